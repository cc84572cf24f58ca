"""Every framework of this repository, and its document in each of its languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_yaml import framework_faults

ROOT = Path(__file__).parents[3]
FOLDERS = sorted(
    path.parent for place in ("packs", "tests/specimens") for path in (ROOT / place).glob("*/framework.yaml")
)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def framework(request):
    found, _ = framework_faults(request.param)  # that there are none is a test of its own
    return found


@pytest.fixture(scope="module")
def document(framework):
    return framework_document(framework, framework.languages[0])
