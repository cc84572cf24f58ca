"""The shipped inspection of West London, read once: package, figures, traced letter, and the published claims."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from caselight.formats.package.reading import read_package
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figures import figures
from caselight.method.answers.sheet import Sheet
from caselight.method.inspection.package import Package
from caselight.method.report.traced import TracedLetter
from caselight.procedures.drafting import draft

ROOT = Path(__file__).parents[2]
WEST_LONDON = ROOT / "examples" / "west-london"
PUBLISHED: dict[str, Any] = json.loads((ROOT / "tests/reference/west-london-figures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def package() -> Package:
    return read_package(WEST_LONDON, private=True)


@pytest.fixture(scope="session")
def computed(package: Package) -> Mapping[str, Any]:
    return figures(package)


@pytest.fixture(scope="session")
def cases(package: Package) -> tuple[Sheet, ...]:
    return Examined(package, "en").sheets["case"]


@pytest.fixture(scope="session")
def letter(package: Package) -> TracedLetter:
    return draft(package, "en")
