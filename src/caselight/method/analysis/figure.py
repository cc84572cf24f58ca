"""A figure: a number with its key, its base, its cases and its reason. Computed, never typed (letter.md, Figure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from caselight.method.statistics.intervals import Interval

__all__ = ["Cell", "Figure", "Figures", "Interval"]


class Cell(StrEnum):
    """Where one subject stands for one question. Not relevant, not answered and contested are different things."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    NOT_RELEVANT_BY_RULE = "not_relevant_by_rule"
    NOT_RELEVANT_BY_INSPECTOR = "not_relevant_by_inspector"
    UNANSWERED = "unanswered"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Number:
    """The value of a measure: an exact number with its base, as a percentage where it is a share.

    ``n`` of ``d`` where the measure has a base; ``value`` is empty without one, which is neither 0% nor 100%.
    ``way`` is how it was reached (``share``, ``mean``, ``points`` …), ``of`` the measures it was made from. ``why``
    says in one word why there is no value: ``no_base``, ``missing_part``, ``below_first_step``, ``no_external``,
    ``no_caseload``, ``empty_stratum``, ``unknown_stratum``. The ``n`` and ``d`` of a weighted share are the cases seen.
    """

    value: Fraction | None
    way: str
    n: Fraction | None = None
    d: Fraction | None = None
    percent: bool = False
    of: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How a rating was reached, so that it can be printed whole and followed back.

    ``state``: ``rated``, ``not_rated``, ``judgement_needed``, ``incomplete`` (something it rests on is unanswered or
    contested). ``why`` says in one word why it is not ``rated``: a ``why`` of a number, ``below_minimum``, ``rule``
    (the scheme says that it is not rated then), ``no_line``, ``not_known``, ``no_table``, ``outside_table``,
    ``part`` (see ``deciding``), ``part_not_rated``, ``parts_not_rated``, ``unanswered``, ``contested``,
    ``contested_decision``. ``reached`` is the grade by the rule before caps, ``provisional`` after them, ``grade`` as
    it stands after a decision: ids, empty where there is none. While it is ``incomplete`` there is no ``grade``, and
    the other two are what the answers so far would give. ``way`` is how it was reached, or ``carried``.

    ``parts`` is all that it rests on, ``deciding`` what decided: keys of figures, so that the chain can be followed.
    ``measure`` is the key of the measure that decided, ``value`` what it was (for a sum: the sum, of ``maximum``), and
    ``band`` the ends of its band as written: ``("50%", "<65%")``, ``(">18", "30")``. ``points_to_worse`` and
    ``points_to_better`` are how far it would have to move for another grade, in points (percentage points for shares).
    ``discretion`` holds why it is open: ``within_points``, ``one_case``, ``few_cases``; ``None`` when the scheme
    has no discretion or lets nobody decide, empty when it is closed. The lowest of several without such a rule of its
    own shows that of the one part that decided it; other ways show none, for no boundary of a part is theirs.

    ``chance`` is the chance that another sample of the same size would be graded differently (0 to 1) before anybody
    decides. ``chance_why`` says in words joined by spaces how it was computed: ``caseload`` (exact, the number of
    relevant cases in the caseload is known), ``predictive`` (as for a large caseload), ``census``, and ``independent``
    where several parts were taken as independent; or why there is none: ``fixed`` (nothing was drawn), ``no_grade``,
    ``not_a_share``, ``too_many``.
    ``caps`` and ``duties`` are the texts of what applied. ``unchecked``: a deciding rule was not checked against its source.
    """

    scale: tuple[tuple[str, str], ...]
    way: str
    state: str
    grade: str = ""
    provisional: str = ""
    reached: str = ""
    parts: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    measure: str = ""
    value: Fraction | None = None
    percent: bool = False
    maximum: int | None = None
    band: tuple[str, str] = ("", "")
    points_to_worse: Fraction | None = None
    points_to_better: Fraction | None = None
    discretion: tuple[str, ...] | None = None
    chance: float | None = None
    chance_why: str = ""
    caps: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    decided_by: str = ""
    decided_why: str = ""
    unchecked: bool = False
    why: str = ""

    def label(self, grade: str) -> str:
        """The words of a grade; empty for none."""
        return dict(self.scale).get(grade, "")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with a key. Which parts are set depends on ``kind``:

    ``share`` and ``people``: ``sufficient`` of ``relevant`` (people: case managers), the other cells beside them.
    ``count``: ``sufficient`` cases of ``relevant`` cases in the sample have a fact. ``external``: ``value`` is a
    published percentage with ``measure``, ``cohort``, ``source``, from the table ``origin`` of the inspection. ``fact``: ``text`` by language. ``score``: the
    ``number`` of a measure. ``rating``: how it was ``reached``.
    ``adverse`` figures count a need or a failing: their numerator is not good news. ``describes`` marks a figure whose
    base or count describes children, so that the small-number rules apply.
    """

    key: str
    kind: str
    label: str
    definition: str = ""
    theme: str = ""
    subject: str = "case"
    question: str = ""
    where: str = ""
    cells: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[tuple[str, str, int], ...] = ()
    interval: Interval | None = None
    adverse: bool = False
    describes: bool = False
    sample_size: int = 0
    value: Decimal | None = None
    measure: str = ""
    cohort: str = ""
    source: str = ""
    published: str = ""
    origin: str = ""
    direction: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    snapshot: str = ""
    basis: str = ""
    number: Number | None = None
    reached: Reached | None = None

    def count(self, *cells: Cell) -> int:
        """How many subjects stand in these cells."""
        return sum(len(self.cells.get(cell, ())) for cell in cells)

    @property
    def sufficient(self) -> int:
        """The numerator: sufficient cases, or for a count the subjects with the fact, or for an adverse figure the need."""
        return self.count(Cell.SUFFICIENT)

    @property
    def insufficient(self) -> int:
        """The other side of the numerator."""
        return self.count(Cell.INSUFFICIENT)

    @property
    def relevant(self) -> int:
        """The denominator: subjects that the question applies to and that have one, uncontested answer."""
        return self.count(Cell.SUFFICIENT, Cell.INSUFFICIENT)

    @property
    def not_relevant(self) -> int:
        """Subjects outside the base, by the rule or by the inspector."""
        return self.count(Cell.NOT_RELEVANT_BY_RULE, Cell.NOT_RELEVANT_BY_INSPECTOR)

    @property
    def unanswered(self) -> int:
        """Subjects that the question applies to, or may apply to, without an answer."""
        return self.count(Cell.UNANSWERED)

    @property
    def contested(self) -> int:
        """Subjects with two answers that differ in who gave them last; counted nowhere until resolved."""
        return self.count(Cell.CONTESTED)


Figures = Mapping[str, Figure]
