"""What a measure comes to: its number, where each subject stands, and what one case judged otherwise would make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figure import Cell, Interval, Number
from caselight.method.analysis.tallies import Cells
from caselight.method.framework.definition import Framework

OPEN = (Cell.UNANSWERED, Cell.CONTESTED)


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a measure with what stands behind it.

    ``cells`` are those of a share, otherwise only the subjects outside the base or not answered; ``why`` says what each
    subject gave, or why it is not relevant. ``cases`` is the number of subjects in the base, ``None`` where there are
    none. ``moves`` are the values that another judgement in one case would give. ``drawn`` says whether its subjects
    were drawn from a caseload.
    """

    number: Number
    cells: Cells = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    cases: int | None = None
    moves: frozenset[Fraction] = frozenset()
    interval: Interval | None = None
    subject: str = ""
    question: str = ""
    drawn: bool = False

    @property
    def incomplete(self) -> str:
        """Why the number may still change: ``contested``, ``unanswered``, ``no_external``; empty when it may not."""
        if self.cells.get(Cell.CONTESTED):
            return "contested"
        if self.cells.get(Cell.UNANSWERED):
            return "unanswered"
        return self.number.why if self.number.why == "no_external" else ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a way of measuring may look at: the sheets of the inspection, and other measures by id."""

    seen: Examined
    score: Callable[[str], Score]


def is_drawn(framework: Framework, kind: str) -> bool:
    """Whether subjects of a kind were drawn from a caseload, or found in some that were."""
    found = framework.subject_by_id.get(kind)
    while found is not None and found.found_in is not None:
        found = framework.subject_by_id.get(found.found_in)
    return found is not None and found.sampled


def sorted_cells(cells: Mapping[Cell, Iterable[str]]) -> Cells:
    """Cells with their keys in order, empty ones left out. A key stands as often as it was counted."""
    return {name: tuple(sorted(keys)) for name, keys in cells.items() if keys}


def number_text(value: Fraction) -> str:
    """An exact number as text, in no language: ``2``, ``7/3``.

    >>> number_text(Fraction(4, 2))
    '2'
    """
    return str(value)
