"""Ratings made from other ratings, or judged: the lowest, a sum of scores, a first match, a matrix, a question.

A part that waits for an answer or a judgement keeps the whole from being settled; one that is not rated drops out.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from caselight.method.analysis.ratings.combining import Combining, current, moved, rated, spread, waiting
from caselight.method.analysis.ratings.cuts import table_found
from caselight.method.analysis.ratings.facts import Supposed, ranks
from caselight.method.analysis.ratings.found import NOT_RATED, Found, Settled, Spread, fixed, unchecked
from caselight.method.analysis.ratings.given import Given
from caselight.method.framework.cutting import cut_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import ByFirstMatch, ByLowest, ByMatrix, BySum, GradeLine, Rating
from caselight.method.framework.rules import references
from caselight.method.framework.truth import truth

Parts = Mapping[str, Settled]


def _parts(names: tuple[str, ...], given: Given) -> dict[str, Settled]:
    return {name: given.settled(name) for name in names}


def _unsettled(names: tuple[str, ...], parts: Parts) -> Found | None:
    """Why parts give no grade: one waits, or none is rated; ``None`` when they may."""
    waits = waiting(parts)
    if waits:
        return Found("incomplete", why="part", parts=names, deciding=waits)
    return None if rated(parts) else Found("not_rated", why="parts_not_rated", parts=names)


def _built(combining: Combining, parts: Parts, deciding: tuple[str, ...], rating: Rating) -> dict[str, Any]:
    """What every combination has: what one case and another sample could make of it, and how far it is checked."""
    return {
        "parts": tuple(parts),
        "deciding": deciding,
        "moves": moved(combining, parts),
        "spread": partial(spread, combining, parts),
        "unchecked": unchecked(rating.provenance) or any(part.reached.unchecked for part in parts.values()),
    }


def lowest(spec: ByLowest, rating: Rating, given: Given) -> Found:
    """The worst grade among the parts; the boundary is that of the first part which has it.

    Discretion is that of the part where it alone decides: with a second part as low, its boundary is not the result's.
    """
    parts = _parts(spec.of, given)
    unsettled = _unsettled(spec.of, parts)
    if unsettled is not None:
        return unsettled
    rank = ranks(given.measures.framework, rating.id)
    combining = _lowest_of(rank)
    grade = combining.grade(current(parts))
    deciding = tuple(name for name, part in parts.items() if part.reached.grade == grade)
    part = parts[deciding[0]]
    was = part.reached
    own = was.grade == was.reached  # a cap or a panel put the grade where no boundary is near
    return Found(
        "rated",
        grade,
        measure=was.measure,
        value=was.value,
        percent=was.percent,
        maximum=was.maximum,
        band=was.band if own else ("", ""),
        to_worse=was.points_to_worse if own else None,
        to_better=was.points_to_better if own else None,
        cases=part.cases,
        lifted=was.discretion if own and not was.decided_by and len(deciding) == 1 else None,
        **_built(combining, parts, deciding, rating),
    )


def _lowest_of(rank: Mapping[str, int]) -> Combining:
    grades = list(rank)

    def step(so_far: int, part: str, grade: str) -> int:
        del part
        return so_far if grade == NOT_RATED else min(so_far, rank[grade])

    return Combining(len(grades), step, lambda so_far: [*grades, NOT_RATED][so_far])


def total(spec: BySum, rating: Rating, given: Given) -> Found:
    """The sum of the scores, looked up in the table for the highest sum that the parts which are rated could give."""
    framework = given.measures.framework
    parts = _parts(spec.of, given)
    unsettled = _unsettled(spec.of, parts)
    if unsettled is not None:
        return unsettled
    combining = _sum_of(spec, framework)
    value, maximum = _summed(combining, parts)
    table = next((item.table for item in spec.tables if item.maximum == maximum), None)
    deciding = rated(parts)
    built = _built(combining, parts, deciding, rating)
    if table is None:
        return Found("judgement_needed", why="no_table", value=Fraction(value), maximum=maximum, **built)
    grade, near = table_found(Fraction(value), framework.cut_table_by_id[table], framework, rating.id)
    built["unchecked"] |= unchecked(framework.cut_table_by_id[table].provenance)
    state, why = ("rated", "") if grade else ("judgement_needed", "outside_table")
    return Found(state, grade, why, value=Fraction(value), maximum=maximum, **built, **near)


def _summed(combining: Combining, parts: Parts) -> tuple[int, int]:
    so_far: Any = combining.start
    for name, grade in current(parts).items():
        so_far = combining.step(so_far, name, grade)
    return int(so_far[0]), int(so_far[1])


def _sum_of(spec: BySum, framework: Framework) -> Combining:
    scores = {name: scores_of(framework, name) for name in spec.of}
    tables = {item.maximum: framework.cut_table_by_id[item.table] for item in spec.tables}

    def step(so_far: tuple[int, int], part: str, grade: str) -> tuple[int, int]:
        if grade == NOT_RATED:
            return so_far
        return so_far[0] + scores[part][grade], so_far[1] + max(scores[part].values())

    def finish(so_far: tuple[int, int]) -> str:
        table = tables.get(so_far[1])
        found = cut_of(Fraction(so_far[0]), table, percent=False) if table else None
        return found.grade if found else NOT_RATED

    return Combining((0, 0), step, finish)


def scores_of(framework: Framework, rating: str) -> dict[str, int]:
    """What each grade of a rating scores; one without a score is found when the framework is loaded."""
    scale = framework.rating_scale_by_id[framework.rating_by_id[rating].scale]
    return {grade.id: grade.score or 0 for grade in scale.grades}


def matrix(spec: ByMatrix, rating: Rating, given: Given) -> Found:
    """Two ratings looked up; with only one of them rated a judgement is needed."""
    names = (spec.rows, spec.columns)
    parts = _parts(names, given)
    unsettled = _unsettled(names, parts)
    if unsettled is not None:
        return unsettled
    combining = Combining((), _collected, partial(_cell, spec))
    built = _built(combining, parts, names, rating)
    grade = combining.grade(current(parts))
    if not grade:
        return Found("judgement_needed", why="part_not_rated", **built)
    return Found("rated", grade, **built)


def _collected(so_far: tuple[str, ...], part: str, grade: str) -> tuple[str, ...]:
    del part
    return (*so_far, grade)


def _cell(spec: ByMatrix, pair: tuple[str, ...]) -> str:
    # One rating may stand on both sides.
    row, column = pair if len(pair) == 2 else (pair[0], pair[0])
    return spec.cells.get(row, {}).get(column, NOT_RATED)


def first_match(spec: ByFirstMatch, rating: Rating, given: Given) -> Found:
    """The first line that holds. When none does, or it cannot be known, a judgement is needed: nothing is guessed."""
    names, measures = named_in(spec)
    parts = _parts(names, given)
    combining = Combining((), _collected, partial(_supposed, spec, names, given))
    every = (*names, *measures)
    if names and not measures and not waiting(parts) and not rated(parts):
        return Found("not_rated", why="parts_not_rated", parts=every)  # else "none is bad" would hold of nothing
    line, known = _first(spec, given.facts)
    if line is None and not known:
        waits = any(given.facts.waits(each.when) for each in spec.lines)
        found = [*waiting(parts), *(name for name in measures if given.measures.score(name).incomplete)]
        state, why = ("incomplete", "part" if found else "unanswered") if waits else ("judgement_needed", "not_known")
        return Found(state, why=why, parts=every, deciding=tuple(found))
    if line is None:
        return Found("judgement_needed", why="no_line", **{**_built(combining, parts, (), rating), "parts": every})
    looked = {name for kind, name in references(line.when) if kind in ("rating", "measure")}
    deciding = tuple(name for name in every if name in looked)
    built = _built(combining, parts, deciding, rating) | {"parts": every}
    built["moves"] |= _moved_measures(spec, measures, given)
    built["unchecked"] |= unchecked(line.provenance)
    if any(given.measures.score(name).drawn for name in measures):
        built["spread"] = lambda: Spread({}, frozenset({"not_a_share"}))
    return Found("rated", line.grade, **built)


def named_in(spec: ByFirstMatch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ratings and the measures that the lines look at, in order."""
    looked = [sorted(references(line.when)) for line in spec.lines]
    names = {kind: tuple(dict.fromkeys(n for line in looked for k, n in line if k == kind)) for kind in KINDS}
    return names["rating"], names["measure"]


KINDS = ("rating", "measure")


def _first(spec: ByFirstMatch, facts: Any) -> tuple[GradeLine | None, bool]:
    """The first line that holds, and whether that is known: a line that may hold hides those after it."""
    for line in spec.lines:
        holds = truth(line.when, facts)
        if holds is None:
            return None, False
        if holds:
            return line, True
    return None, True


def _supposed(spec: ByFirstMatch, names: tuple[str, ...], given: Given, grades: tuple[str, ...]) -> str:
    line, _ = _first(spec, Supposed(given.facts, dict(zip(names, grades, strict=True))))
    return line.grade if line else NOT_RATED


def _moved_measures(spec: ByFirstMatch, measures: tuple[str, ...], given: Given) -> frozenset[str]:
    supposed = (
        Supposed(given.facts, {}, {name: move})
        for name in measures
        for move in sorted(given.measures.score(name).moves)
    )
    lines = (_first(spec, facts)[0] for facts in supposed)
    return frozenset(line.grade if line else NOT_RATED for line in lines)


def judged(spec: str, rating: Rating, given: Given) -> Found:
    """The answer to a question about the service."""
    return answered(spec, rating, given)


def answered(question: str, rating: Rating, given: Given) -> Found:
    """A grade that is the answer to a question about the rated service."""
    scale = ranks(given.measures.framework, rating.id)
    named: dict[str, Any] = {"parts": (question,), "deciding": (question,)}
    standing = given.sheet.standing(question) if given.sheet else None
    if standing is not None and standing.relevant is False:
        return Found("not_rated", why="no_base", **named)
    if standing is not None and standing.contested:
        return Found("incomplete", why="contested", **named)
    if standing is None or str(standing.value) not in scale:
        return Found("incomplete", why="unanswered", **named)
    grade = str(standing.value)
    return Found("rated", grade, spread=partial(fixed, grade), unchecked=unchecked(rating.provenance), **named)
