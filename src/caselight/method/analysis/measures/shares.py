"""Shares of relevant subjects: of all, of a sub-sample, estimated from strata, and pooled from several measures.

No base is neither 0% nor 100%: there is no value. A subject that nobody answered for yet, or for which it is not known
whether it belongs to the sub-sample, keeps the share from being complete.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from caselight.method.analysis.figure import Cell, Figure, Number
from caselight.method.analysis.measures.score import OPEN, Given, Score, sorted_cells
from caselight.method.analysis.tallies import OUTSIDE, Cells, tally, why_not_relevant
from caselight.method.framework.measures import Pooled, Share, Weighted
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
        drawn=next(item.sampled for item in framework.subjects if item.id == kind),
    )


def _base(cells: Cells) -> int:
    return len(cells.get(Cell.SUFFICIENT, ())) + len(cells.get(Cell.INSUFFICIENT, ()))


def moved_by_one(n: int, d: int) -> frozenset[Fraction]:
    """The shares that one case judged the other way would give.

    >>> sorted(moved_by_one(14, 28)) == [Fraction(13, 28), Fraction(15, 28)]
    True
    """
    return frozenset(Fraction(other, d) for other in (n - 1, n + 1) if d and 0 <= other <= d)


def weighted(spec: Weighted, given: Given) -> Score:
    """A share of the caseload from its strata: each case examined stands for as many as its stratum holds for it.

    Strata are those of the facts as the service supplied them, which the sample was drawn by. A stratum of which nobody
    was examined leaves the caseload without an estimate.
    """
    framework = given.seen.package.framework
    question = framework.questions[spec.question]
    cells = _tallied(question, None, given)
    base = _score_of(question, cells, None, given)
    if not base.cases:
        return _without(base, "no_base")
    held = _caseload_strata(spec, given)
    strata = _examined_strata(spec, question, given)
    why = _why_no_estimate(held, strata, base.cells)
    if why:
        return _without(base, why)
    counts = {name: _Counts(strata[name], base.cells) for name in held}
    moves = frozenset(
        _estimate(held, {**counts, name: counts[name].moved(by)})
        for name in held
        for by in (-1, 1)
        if 0 <= counts[name].sufficient + by <= counts[name].relevant
    )
    number = Number(_estimate(held, counts), "weighted", base.number.n, base.number.d, percent=True)
    return Score(
        number, base.cells, base.why, base.cases, moves, subject=base.subject, question=question.id, drawn=True
    )


def _without(base: Score, why: str) -> Score:
    number = Number(None, "weighted", base.number.n, base.number.d, percent=True, why=why)
    return Score(
        number, base.cells, base.why, base.cases, subject=base.subject, question=base.question, drawn=base.drawn
    )


def _caseload_strata(spec: Weighted, given: Given) -> Counter[Stratum]:
    """How many eligible cases each stratum holds."""
    eligible = (case for case in given.seen.package.caseload if case.eligible)
    return Counter(tuple(case.facts.get(fact) for fact in spec.strata) for case in eligible)


def _examined_strata(spec: Weighted, question: Question, given: Given) -> dict[Stratum, list[str]]:
    found: dict[Stratum, list[str]] = defaultdict(list)
    for sheet in given.seen.sheets[given.seen.package.framework.subject_of(question)]:
        found[tuple(sheet.subject.supplied.get(fact) for fact in spec.strata)].append(sheet.subject.key)
    return found


def _why_no_estimate(held: Counter[Stratum], strata: dict[Stratum, list[str]], cells: Cells) -> str:
    if not held:
        return "no_caseload"
    if strata.keys() - held.keys():
        return "unknown_stratum"
    open_keys = {key for cell in OPEN for key in cells.get(cell, ())}
    empty = any(open_keys.issuperset(strata.get(name, ())) for name in held)
    return "empty_stratum" if empty else ""


class _Counts:
    """One stratum: how many were examined and answered for, how many of them were relevant, how many sufficient."""

    def __init__(self, keys: list[str], cells: Cells) -> None:
        inside = set(keys)
        number = {cell: sum(key in inside for key in found) for cell, found in cells.items()}
        self.examined = sum(count for cell, count in number.items() if cell not in OPEN)
        self.sufficient = number.get(Cell.SUFFICIENT, 0)
        self.relevant = self.sufficient + number.get(Cell.INSUFFICIENT, 0)

    def moved(self, by: int) -> _Counts:
        """The same stratum with one case judged the other way."""
        other = _Counts([], {})
        other.examined, other.relevant, other.sufficient = self.examined, self.relevant, self.sufficient + by
        return other


def _estimate(held: Counter[Stratum], counts: dict[Stratum, _Counts]) -> Fraction:
    weights = {name: Fraction(size, counts[name].examined) for name, size in held.items()}
    relevant = sum((weights[name] * counts[name].relevant for name in held), Fraction(0))
    return sum((weights[name] * counts[name].sufficient for name in held), Fraction(0)) / relevant


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
