"""The last look for names in the final bytes: a name in the letter is found, a typeface that is called like a child is not."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from tests.factories.traced_letter import traced_letter

from caselight.formats.letter.docx import letter_docx
from caselight.method.inspection.package import Identity
from caselight.method.report.lint.names import known_names
from caselight.procedures.outputs import _LOOKS, readable

NAMES = known_names([Identity("k", "Shruti Strong"), Identity("l", "Euphemia Light")], [], ())
LETTER = traced_letter()


def found(document: bytes) -> set[str]:
    """What the last look finds in a Word document."""
    return {hit for _, text in readable({"letter.docx": document}) for hit in NAMES.found(text)}


def test_a_child_who_is_called_like_a_typeface_or_a_style_keeps_no_letter_back() -> None:
    assert found(letter_docx(LETTER)) == set()


def test_the_same_name_in_the_letter_is_found() -> None:
    assert found(letter_docx(replace(LETTER, title="A letter about Shruti"))) == {"Shruti"}


def test_the_parts_that_are_left_out_are_the_same_whatever_the_letter_says() -> None:
    others = letter_docx(replace(LETTER, title="Quibblewick", banner="Quibblewick", passages=LETTER.passages[:1]))
    with zipfile.ZipFile(io.BytesIO(letter_docx(LETTER))) as one, zipfile.ZipFile(io.BytesIO(others)) as other:
        assert b"Quibblewick" in other.read("word/document.xml")
        for member in _LOOKS:
            assert one.read(member) == other.read(member), member
