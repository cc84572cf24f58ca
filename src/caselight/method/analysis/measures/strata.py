"""A share of the caseload estimated from its strata: each case examined stands for as many as its stratum holds for it.

Strata are those of the facts as the service supplied them, which the sample was drawn by. What was found in a case (a
crime in a file) weighs as its case does. A stratum of which nobody was examined leaves the caseload without an estimate.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from caselight.method.analysis.figure import Cell
from caselight.method.analysis.measures.score import OPEN, Given, Score
from caselight.method.analysis.measures.shares import share
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.measures import Share, Weighted

Stratum = tuple[object, ...]


def weighted(spec: Weighted, given: Given) -> Score:
    """The weighted sufficient over the weighted relevant, both over all strata of the caseload."""
    base = replace(share(Share(question=spec.question), given), interval=None)
    held = _caseload(spec, given)
    examined = _examined(spec, base, given)
    why = base.number.why or _why_not(held, examined)
    if why:
        return replace(base, number=replace(base.number, value=None, way="weighted", why=why), moves=frozenset())
    number = replace(base.number, value=_estimate(held, examined), way="weighted")
    moves = (
        _estimate(held, {**examined, name: examined[name].moved(by)})
        for name in held
        for by in (-1, 1)
        if 0 <= examined[name].sufficient + by <= examined[name].relevant
    )
    return replace(base, number=number, moves=frozenset(moves))


@dataclass(frozen=True, slots=True)
class _Examined:
    """One stratum of the sample: how many cases were examined and answered for; relevant and sufficient subjects."""

    cases: int
    relevant: int
    sufficient: int

    def moved(self, by: int) -> _Examined:
        """The same with one subject judged the other way."""
        return replace(self, sufficient=self.sufficient + by)


def _caseload(spec: Weighted, given: Given) -> Counter[Stratum]:
    """How many eligible cases each stratum holds."""
    eligible = (case for case in given.seen.package.caseload if case.eligible)
    return Counter(tuple(case.facts.get(fact) for fact in spec.strata) for case in eligible)


def _examined(spec: Weighted, base: Score, given: Given) -> dict[Stratum, _Examined]:
    framework = given.seen.package.framework
    drawn = framework.subjects[0].id
    where = {key: cell for cell, keys in base.cells.items() for key in keys}
    # A case that is not answered for stands for nobody; a case in which nothing was found stands for such cases.
    cases = Counter(
        _stratum(spec, sheet)
        for sheet in given.seen.sheets[drawn]
        if base.subject != drawn or where[sheet.subject.key] not in OPEN
    )
    counted = Counter((_stratum(spec, sheet), where[sheet.subject.key]) for sheet in given.seen.sheets[base.subject])
    return {
        name: _Examined(
            number,
            counted[name, Cell.SUFFICIENT] + counted[name, Cell.INSUFFICIENT],
            counted[name, Cell.SUFFICIENT],
        )
        for name, number in cases.items()
    }


def _stratum(spec: Weighted, sheet: Sheet) -> Stratum:
    while sheet.parent is not None:
        sheet = sheet.parent
    return tuple(sheet.subject.supplied.get(fact) for fact in spec.strata)


def _why_not(held: Counter[Stratum], examined: dict[Stratum, _Examined]) -> str:
    if not held:
        return "no_caseload"
    if examined.keys() - held.keys():
        return "unknown_stratum"
    return "empty_stratum" if held.keys() - examined.keys() else ""


def _estimate(held: Counter[Stratum], examined: dict[Stratum, _Examined]) -> Fraction:
    weights = {name: Fraction(size, examined[name].cases) for name, size in held.items()}
    relevant = sum((weight * examined[name].relevant for name, weight in weights.items()), Fraction(0))
    return sum((weight * examined[name].sufficient for name, weight in weights.items()), Fraction(0)) / relevant
