"""The same framework gives the same page and the same Word document on any machine, and office programs open it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.docx import framework_docx
from caselight.formats.framework_document.html import framework_html
from caselight.formats.framework_yaml import framework_faults

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib
from tests.formats.framework_document.test_same_bytes import outputs
print(hashlib.sha256(b"".join(outputs())).hexdigest())
"""
MACHINE = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}


def outputs() -> list[bytes]:
    framework, _ = framework_faults(ROOT / "packs" / "sqs")
    document = framework_document(framework, "en")
    return [framework_html(document).encode(), framework_docx(document)]


def test_the_bytes_are_the_same_on_another_machine() -> None:
    here = hashlib.sha256(b"".join(outputs())).hexdigest()
    environment = {**os.environ, **MACHINE, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == here


def test_an_office_program_opens_the_word_document(needs, tmp_path) -> None:
    (tmp_path / "framework.docx").write_bytes(outputs()[1])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        needs("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        "framework.docx",
    ]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    said = subprocess.run(
        [needs("pdftotext"), "-layout", str(tmp_path / "framework.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "When a pre-sentence report was prepared." in said
    assert "Rules that are not checked against a source text" in said
