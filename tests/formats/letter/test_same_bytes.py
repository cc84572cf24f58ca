"""The same letter gives the same bytes, whatever the hash seed, the time zone, the locale or the fonts of the machine."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.factories.traced_letter import traced_letter

from caselight.formats.letter.docx import letter_docx
from caselight.formats.letter.html import letter_html
from caselight.formats.letter.pdf import letter_pdf

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib
from tests.formats.letter.test_same_bytes import outputs
print(hashlib.sha256(b"".join(outputs())).hexdigest())
"""
MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "FONTCONFIG_FILE": "/nowhere/fonts.conf"},
    {"PYTHONHASHSEED": "77", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
]


def outputs() -> list[bytes]:
    """The letter in each format."""
    letter = traced_letter()
    chart = {
        "A": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title><text y="5">9</text></svg>'
    }
    return [letter_html(letter, chart).encode(), letter_pdf(letter, chart), letter_docx(letter)]


def test_the_bytes_are_the_same_on_two_machines_and_here() -> None:
    here = hashlib.sha256(b"".join(outputs())).hexdigest()
    for machine in MACHINES:
        environment = {**os.environ, **machine, "PYTHONPATH": str(ROOT)}
        made = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert made.stdout.strip() == here


def test_another_letter_gives_other_bytes() -> None:
    from dataclasses import replace

    letter = traced_letter()
    other = replace(letter, published="2016-04-21")
    assert letter_pdf(other) != letter_pdf(letter)
    assert letter_docx(other) != letter_docx(letter)
