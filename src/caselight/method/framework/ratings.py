"""Ratings as data: scales of grades, cut tables, how parts combine, caps, discretion, and when nothing is rated.

A rating is reached from measures by a cut table, from other ratings (the lowest, a sum of scores, a matrix, the first
rule that holds), or it is judged: answered about the service. What is decided otherwise is an answer event of the
question ``rating:ID`` with a reason; what was reached before is kept beside it. How it is computed is in
:mod:`caselight.method.analysis`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from caselight.method.framework.measures import exact
from caselight.method.framework.parts import Ident, Many, Provenance, Text
from caselight.method.framework.rules import Model, Rule

Rounding = Literal["exact", "half_up_to_integer", "half_up_to_one_place"]


class Grade(Model):
    """One grade of a scale, and what it scores where scores are added."""

    id: Ident
    label: Text
    score: int | None = None
    word: Text | None = None


class RatingScale(Model):
    """The grades of a rating, worst first."""

    id: Ident
    grades: Many[Grade] = Field(min_length=2)


class Cut(Model):
    """The values that one grade covers, as exact numbers (``"65%"``, ``"18"``). An end that is left out is open.

    ``from`` is inside, ``above`` is not; ``to`` is inside, ``below`` is not.
    """

    grade: Ident
    from_: str | None = Field(None, alias="from")
    above: str | None = None
    to: str | None = None
    below: str | None = None

    @model_validator(mode="after")
    def _ends(self) -> Cut:
        if self.from_ is not None and self.above is not None:
            raise ValueError("a cut begins with from or with above, not with both")
        if self.to is not None and self.below is not None:
            raise ValueError("a cut ends with to or with below, not with both")
        for end in (self.from_, self.above, self.to, self.below):
            if end is not None:
                exact(end)
        return self


class CutTable(Model):
    """Which values give which grade. ``rounding`` says how a value is rounded before it is looked up; percentages as
    they are printed (62.5% to 63%). ``whole`` says that only whole numbers occur (scores), so that 6 and 7 leave no gap.
    """

    id: Ident
    rounding: Rounding = "exact"
    whole: bool = False
    cuts: Many[Cut] = Field(min_length=1)
    provenance: Provenance


class ByCut(Model):
    """From a measure by a cut table; of several measures the lowest that has a base decides."""

    measures: Many[Ident] = Field(min_length=1)
    table: Ident


class ByLowest(Model):
    """The worst grade among other ratings; one that is not rated drops out."""

    of: Many[Ident] = Field(min_length=1)


class TableFor(Model):
    """The cut table for one highest possible sum."""

    maximum: int = Field(ge=1)
    table: Ident


class BySum(Model):
    """The sum of the scores of other ratings, looked up in the cut table for the highest sum that was possible.

    One that is not rated drops out, and the maximum shrinks by the best score of its scale. A maximum without a table
    of its own is no rating but a judgement that is needed.
    """

    of: Many[Ident] = Field(min_length=1)
    tables: Many[TableFor] = Field(min_length=1)


class GradeLine(Model):
    """One line of a first-match list: the grade, and the rule under which it is reached."""

    grade: Ident
    when: Rule
    provenance: Provenance | None = None


class ByFirstMatch(Model):
    """The first line that holds. When none does, a judgement is needed: nothing is guessed."""

    lines: Many[GradeLine] = Field(min_length=1)


class ByMatrix(Model):
    """Two ratings looked up in a matrix: ``cells[grade of rows][grade of columns]``. Every pair has a cell."""

    rows: Ident
    columns: Ident
    cells: dict[str, dict[str, Ident]]


class Cap(Model):
    """While the rule holds, the grade is at most ``at_most``; what it would have been stays visible."""

    when: Rule
    at_most: Ident
    says: Text
    provenance: Provenance


class Duty(Model):
    """While the rule holds, something must follow (a plan, a status beside the rating); the grade does not change."""

    when: Rule
    says: Text
    provenance: Provenance


class Discretion(Model):
    """When a panel may decide otherwise. Any one that holds opens it, and its name is printed.

    ``within_points``: the value is that near, in percentage points or scores, to a boundary (``inclusive``: or exactly
    so). ``one_case``: another judgement in one case would change the grade. ``base_at_most``: that few cases.
    """

    within_points: int | float | None = None
    inclusive: bool = True
    one_case: bool = False
    base_at_most: int | None = None
    provenance: Provenance


WAYS = ("cut", "lowest", "sum", "first_match", "matrix", "judged")


class Rating(Model):
    """One rating. Its ``id`` is the key of a figure. Exactly one of cut, lowest, sum, first_match, matrix, judged.

    ``judged`` names a question that is answered about the service; the values of its scale are the grades.
    ``minimum``: with a smaller base nothing is rated. ``carried_from``: a question about the service whose answer
    stands while there is no base of its own (a rating carried forward). ``may_decide``: a panel may decide otherwise
    while discretion is open, or at any time when the rating has no discretion rule.
    """

    id: Ident
    label: Text
    scale: Ident
    theme: Ident | None = None
    cut: ByCut | None = None
    lowest: ByLowest | None = None
    sum: BySum | None = None
    first_match: ByFirstMatch | None = None
    matrix: ByMatrix | None = None
    judged: Ident | None = None
    caps: Many[Cap] = ()
    duties: Many[Duty] = ()
    discretion: Discretion | None = None
    minimum: int | None = Field(None, ge=1)
    not_rated_when: Rule | None = None
    carried_from: Ident | None = None
    may_decide: bool = True
    headline: bool = False
    provenance: Provenance

    @model_validator(mode="after")
    def _one_way(self) -> Rating:
        if sum(getattr(self, name) is not None for name in WAYS) != 1:
            raise ValueError(f"a rating has exactly one of {', '.join(WAYS)}")
        return self

    @property
    def way(self) -> tuple[str, Any]:
        """How it is reached: the name of the way, and what it needs."""
        name = next(name for name in WAYS if getattr(self, name) is not None)
        return name, getattr(self, name)
