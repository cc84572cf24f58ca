"""Shares of relevant subjects: of all, of a sub-sample, estimated from strata, and pooled from several measures.

No base is neither 0% nor 100%: there is no value. A subject that nobody answered for yet, or for which it is not known
whether it belongs to the sub-sample, keeps the share from being complete.
"""

from __future__ import annotations

from fractions import Fraction

from caselight.method.analysis.figure import Cell, Figure, Number
from caselight.method.analysis.measures.score import Given, Score, is_drawn, sorted_cells
from caselight.method.analysis.tallies import OUTSIDE, Cells, tally, why_not_relevant
from caselight.method.framework.measures import Pooled, Share
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS, Rule

Stratum = tuple[object, ...]


def share(spec: Share, given: Given) -> Score:
    """Sufficient of relevant subjects for a question, among those for whom ``where`` holds."""
    question = given.seen.package.framework.questions[spec.question]
    return _score_of(question, _tallied(question, spec.where, given), spec.where, given)


def _tallied(question: Question, where: Rule | None, given: Given) -> Cells:
    framework = given.seen.package.framework
    return tally(question.id, given.seen.sheets[framework.subject_of(question)], where or ALWAYS)


def _score_of(question: Question, cells: Cells, where: Rule | None, given: Given) -> Score:
    seen, framework = given.seen, given.seen.package.framework
    kind = framework.subject_of(question)
    n, d = (len(cells.get(Cell.SUFFICIENT, ())), _base(cells))
    group = seen.sheets[kind]
    outside = {key for cell in OUTSIDE for key in cells.get(cell, ())}
    figure = Figure(key="", kind="score", label="", subject=kind, cells=cells, sample_size=len(group))
    return Score(
        Number(
            Fraction(n, d) if d else None, "share", Fraction(n), Fraction(d), percent=True, why="" if d else "no_base"
        ),
        cells=cells,
        why=why_not_relevant(question, (s for s in group if s.subject.key in outside), seen.language),
        cases=d,
        moves=moved_by_one(n, d),
        interval=seen.bases.interval(question, where, figure),
        subject=kind,
        question=question.id,
        drawn=is_drawn(framework, kind),
    )


def _base(cells: Cells) -> int:
    return len(cells.get(Cell.SUFFICIENT, ())) + len(cells.get(Cell.INSUFFICIENT, ()))


def moved_by_one(n: int, d: int) -> frozenset[Fraction]:
    """The shares that one case judged the other way would give.

    >>> sorted(moved_by_one(14, 28)) == [Fraction(13, 28), Fraction(15, 28)]
    True
    """
    return frozenset(Fraction(other, d) for other in (n - 1, n + 1) if d and 0 <= other <= d)


def pooled(spec: Pooled, given: Given) -> Score:
    """Several measures with a base as one: their numerators over their denominators. One without a base adds nothing."""
    parts = [given.score(name) for name in spec.of]
    n = sum((part.number.n or Fraction(0) for part in parts), Fraction(0))
    d = sum((part.number.d or Fraction(0) for part in parts), Fraction(0))
    cells: dict[Cell, list[str]] = {}
    for part in parts:
        for cell, keys in part.cells.items():
            cells.setdefault(cell, []).extend(keys)
    percent = all(part.number.percent for part in parts)
    return Score(
        Number(n / d if d else None, "pooled", n, d, percent, spec.of, "" if d else "no_base"),
        cells=sorted_cells(cells),
        cases=sum(part.cases or 0 for part in parts),
        moves=frozenset((n + change) / d for part in parts for change in _changes(part) if d),
        subject=parts[0].subject if len({part.subject for part in parts}) == 1 else "",
        drawn=any(part.drawn for part in parts),
    )


def _changes(part: Score) -> set[Fraction]:
    """What one case judged otherwise would add to the numerator of a part."""
    n, d = part.number.n, part.number.d
    return {move * d - n for move in part.moves} if n is not None and d is not None else set()
