"""What a mend marks in the text: what has to be written over, and no more."""

from __future__ import annotations

import pytest

from caselight.method.faults import Fault, Place, Severity
from caselight.web.letter.mending import mending


@pytest.mark.parametrize(
    ("line", "column", "marked"),
    [
        ("TO WRITE: the headline. {R1, R5: headline}", 1, "TO WRITE: the headline."),
        ("- TO WRITE: a strength. {E1: rests}", 3, "TO WRITE: a strength."),
        ("{if: LAC} TO WRITE: how well. {C7: rests}", 10, "TO WRITE: how well."),
        ("In {R1: of} it was so.", 4, "{R1: of}"),
        ("It works in one borough.", 13, "one"),
    ],
)
def test_what_is_written_over_leaves_the_figures_behind_a_sentence(line: str, column: int, marked: str) -> None:
    fault = Fault("letter.unwritten", ("letter",), "Says.", "Cure.", Severity.WARNING, Place("letter.md", 1, column))
    (mend,) = mending([fault], line).warnings
    assert mend.at == marked
    assert line[mend.column - 1 :].startswith(marked)
