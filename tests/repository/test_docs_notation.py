"""docs/reference/letter-notation.md is true: each example is read as what the page says, or refused with the code it names."""

from __future__ import annotations

import pytest
from tests.repository.pages import code, rows, sections, text_of

from caselight.formats.letter.source import read_letter
from caselight.method.faults import Faults
from caselight.method.report.letter import Bound, Checked, Quoted, Words

PAGE = sections(text_of("docs/reference/letter-notation.md"))
PARTS = {"bound phrase": Bound, "checked phrase": Checked, "quotation": Quoted, "words": Words}


@pytest.mark.parametrize(("written", "what", "_meaning"), rows(PAGE["Words that are bound to figures"], "You write"))
def test_the_example_is_the_phrase_that_the_page_says(written: str, what: str, _meaning: str) -> None:
    (block,) = read_letter(f"Read this: {code(written)}".encode(), "en").blocks
    assert isinstance(block.parts[-1], PARTS[what])


@pytest.mark.parametrize(("written", "kind", "_meaning"), rows(PAGE["The parts of a letter"], "You write"))
def test_the_example_is_the_part_that_the_page_says(written: str, kind: str, _meaning: str) -> None:
    (block,) = read_letter(code(written).encode(), "en").blocks
    assert block.kind == kind
    assert bool(block.condition) is ("{if:" in written)


@pytest.mark.parametrize(("written", "fault", "_why"), rows(PAGE["What is refused"], "You write"))
def test_the_example_is_refused_with_the_code_that_the_page_says(written: str, fault: str, _why: str) -> None:
    with pytest.raises(Faults) as refused:
        read_letter(code(written).encode(), "en")
    assert {found.code for found in refused.value} == {code(fault)}
