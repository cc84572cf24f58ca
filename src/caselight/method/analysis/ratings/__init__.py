"""The ratings of an inspection: each way of rating is one entry of a table here, and nowhere else.

How a rating was reached is kept whole (:class:`Reached`). What a rating needs of another is worked out once; that no
rating needs itself is checked when the framework is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from caselight.method.analysis.figure import Cell, Figure
from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings import cuts, ways
from caselight.method.analysis.ratings.decisions import closed_decision
from caselight.method.analysis.ratings.facts import RatingFacts
from caselight.method.analysis.ratings.found import Found, Settled
from caselight.method.analysis.ratings.given import Given
from caselight.method.analysis.ratings.settling import duties, settle
from caselight.method.faults import Fault
from caselight.method.framework.ratings import Rating
from caselight.method.framework.truth import truth

WAYS: Mapping[str, Callable[[Any, Rating, Given], Found]] = {
    "cut": cuts.cut,
    "lowest": ways.lowest,
    "sum": ways.total,
    "first_match": ways.first_match,
    "matrix": ways.matrix,
    "judged": ways.judged,
}


class Ratings:
    """The ratings of an inspection by id, each worked out on first use."""

    def __init__(self, measures: Measures) -> None:
        self.framework = measures.framework
        self._language = measures.seen.language
        rated = measures.seen.sheets.get(self.framework.rated or "", ())
        sheet = rated[0] if rated else None
        self._given = Given(measures, self.settled, RatingFacts(sheet, measures, self.settled), sheet)
        self._settled: dict[str, Settled] = {}

    def settled(self, name: str) -> Settled:
        """How a rating was reached, and what others need to build on it."""
        if name not in self._settled:
            rating = self.framework.rating_by_id[name]
            self._settled[name] = settle(rating, self._found(rating), self._given, self._language)
        return self._settled[name]

    def _found(self, rating: Rating) -> Found:
        """What the rule gives, unless nothing is rated; then what is carried forward, if anything is."""
        found = self._not_rated(rating) or self._by_its_way(rating)
        if found.state == "not_rated" and rating.carried_from is not None:
            carried = ways.answered(rating.carried_from, rating, self._given)
            return found if carried.state == "not_rated" else replace(carried, way="carried")
        return found

    def _not_rated(self, rating: Rating) -> Found | None:
        if rating.not_rated_when is None:
            return None
        holds = truth(rating.not_rated_when, self._given.facts)
        if holds:
            return Found("not_rated", why="rule")
        if holds is None and self._given.facts.waits(rating.not_rated_when):
            return Found("incomplete", why="unanswered")
        return None

    def _by_its_way(self, rating: Rating) -> Found:
        way, spec = rating.way
        found = WAYS[way](spec, rating, self._given)
        few = rating.minimum is not None and found.cases is not None and found.cases < rating.minimum
        if few and found.state == "rated":
            return Found("not_rated", why="below_minimum", parts=found.parts, deciding=found.deciding)
        return found

    def figures(self) -> Iterator[Figure]:
        """A figure of the kind ``rating`` for each rating, in the order of the framework."""
        for rating in self.framework.ratings:
            settled = self.settled(rating.id)
            sheet = self._given.sheet
            contested = {Cell.CONTESTED: (sheet.subject.key,)} if sheet and settled.contested else {}
            yield Figure(
                key=rating.id,
                kind="rating",
                label=rating.label.in_(self._language),
                theme=rating.theme or "",
                subject=self.framework.rated or "",
                cells=contested,
                reached=replace(settled.reached, duties=tuple(duties(rating, self._given, self._language))),
            )

    def decision_faults(self) -> Iterator[Fault]:
        """An error for every decision that is recorded although the panel may not decide; it is not used."""
        for rating in self.framework.ratings:
            yield from closed_decision(rating, self.settled(rating.id).reached, self._given.sheet)
