"""What a first draft leaves to be written: a line that begins with TO WRITE is for the author, and not for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.letter import Words

TO_WRITE = "TO WRITE"


def unwritten(placed: Iterable[Placed]) -> Iterator[Fault]:
    """A fault for each place that still says what is to be written there."""
    for block in placed:
        for part in block.parts:
            if isinstance(part, Words) and TO_WRITE in part.text:
                yield _fault(part.place, part.text.index(TO_WRITE))


def _fault(place: Place, at: int) -> Fault:
    column = place.column + at if isinstance(place.column, int) else place.column
    return Fault(
        "letter.unwritten", ("letter",), "What is to be said here is not written yet.",
        "Write it in place of the words that begin with TO WRITE, or take them out.", Severity.WARNING,
        Place(place.file, place.line, column),
    )  # fmt: skip
