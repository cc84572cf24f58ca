"""Ratings that a cut table gives: from a measure, or from the lowest of several that have a base."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from caselight.method.analysis.measures import Measures
from caselight.method.analysis.measures.derived import stepped
from caselight.method.analysis.measures.score import Score
from caselight.method.analysis.ratings.facts import ranks
from caselight.method.analysis.ratings.found import NOT_RATED, Found, Spread, unchecked
from caselight.method.analysis.ratings.given import Given
from caselight.method.framework.cutting import Placed, band, cut_of, placed
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import ByCut, CutTable, Rating
from caselight.method.statistics.proportions import Undefined
from caselight.method.statistics.resampling import another_sample, lowest_of

Values = dict[Fraction, float]
KNOWN = {"hypergeometric": "caseload", "wilson": "predictive", "none": "census"}


def cut(spec: ByCut, rating: Rating, given: Given) -> Found:
    """The grade of the lowest measure with a base.

    While a measure is incomplete so is the rating, and the grade is what the answers so far give.
    """
    framework = given.measures.framework
    scores = {name: given.measures.score(name) for name in spec.measures}
    based = {name: score for name, score in scores.items() if score.number.value is not None}
    open_why = next((score.incomplete for score in scores.values() if score.incomplete), "")
    if not based or _without_value(scores):
        return _no_value(spec, scores, open_why)
    deciding = min(based, key=lambda name: based[name].number.value or 0)
    table = framework.cut_table_by_id[spec.table]
    number = based[deciding].number
    at = placed(number.value or Fraction(0), table, percent=number.percent)
    rules = (rating.provenance, table.provenance, framework.measure_by_id[deciding].provenance)
    return Found(
        state="incomplete" if open_why else "rated" if at else "judgement_needed",
        grade=at.cut.grade if at else "",
        why=open_why or ("" if at else "outside_table"),
        parts=spec.measures,
        deciding=(deciding,),
        measure=deciding,
        value=number.value,
        percent=number.percent,
        cases=based[deciding].cases,
        moves=_moved(based, table),
        spread=partial(_spread, tuple(based), table, given.measures),
        unchecked=unchecked(*rules),
        **boundaries(at, ranks(framework, rating.id), percent=number.percent),
    )


def _without_value(scores: Mapping[str, Score]) -> str:
    """Why a measure that has a base has no value all the same: then nothing may be rated as if it had none."""
    return next((s.number.why for s in scores.values() if s.number.why not in ("", "no_base")), "")


def _no_value(spec: ByCut, scores: Mapping[str, Score], open_why: str) -> Found:
    why = _without_value(scores)
    state = "incomplete" if open_why else "judgement_needed" if why else "not_rated"
    named = tuple(name for name, score in scores.items() if score.number.why == why) if why else ()
    return Found(state, why=open_why or why or "no_base", parts=spec.measures, deciding=named)


def boundaries(at: Placed | None, rank: Mapping[str, int], *, percent: bool) -> dict[str, Any]:
    """The band that a value is in, and how far the nearest worse and the nearest better grade are, in points."""
    if at is None:
        return {}
    scale = 100 if percent else 1
    here = rank[at.cut.grade]
    beside = [(rank[grade], distance * scale) for grade, distance in filter(None, (at.below, at.above))]
    return {
        "band": band(at.cut),
        "to_worse": min((distance for place, distance in beside if place < here), default=None),
        "to_better": min((distance for place, distance in beside if place > here), default=None),
    }


def _moved(based: Mapping[str, Score], table: CutTable) -> frozenset[str]:
    """The grades that another judgement in one case of any of the measures would give."""
    grades = set()
    for name, score in based.items():
        others = [other.number.value for key, other in based.items() if key != name and other.number.value is not None]
        for move in score.moves:
            grades.add(_grade(min([move, *others]), table, percent=score.number.percent))
    return frozenset(grades)


def _grade(value: Fraction, table: CutTable, *, percent: bool) -> str:
    found = cut_of(value, table, percent=percent)
    return found.grade if found else NOT_RATED


def _spread(names: tuple[str, ...], table: CutTable, measures: Measures) -> Spread:
    found = [_values(name, measures) for name in names]
    how = frozenset(word for _, words, _ in found for word in words)
    if "not_a_share" in how:
        return Spread({}, how)
    percent = measures.score(names[0]).number.percent
    grades: dict[str, float] = {}
    for value, chance in lowest_of(values for values, _, _ in found).items():
        grade = _grade(value, table, percent=percent)
        grades[grade] = grades.get(grade, 0.0) + chance
    return Spread(grades, how, sum(drawn for _, _, drawn in found))


def _values(name: str, measures: Measures) -> tuple[Values, frozenset[str], int]:
    """How the value of a measure is spread in another sample, how that is known, and how many draws it rests on."""
    score, (way, spec) = measures.score(name), measures.framework.measure_by_id[name].way
    value = score.number.value or Fraction(0)
    if not score.drawn:
        return {value: 1.0}, frozenset({"fixed"}), 0
    if measures.seen.bases.census:
        return {value: 1.0}, frozenset({"census"}), 0
    if way == "share" and score.subject == measures.framework.subjects[0].id:
        return _of_share(score)  # what was found in cases comes in clusters, which no simple draw describes
    if way == "pooled":
        return _of_pooled(spec.of, measures)
    if way == "steps":
        return _of_steps(spec, measures)
    return {}, frozenset({"not_a_share"}), 0


def _of_share(score: Score) -> tuple[Values, frozenset[str], int]:
    n, d = int(score.number.n or 0), int(score.number.d or 0)
    interval = score.interval
    method = interval.method if interval else "wilson"
    known = interval.population if interval else None
    chances = another_sample(n, d, d if method == "none" else known if method == "hypergeometric" else None)
    if isinstance(chances, Undefined):
        return {}, frozenset({"not_a_share"}), 0
    spread = {Fraction(count, d): chance for count, chance in enumerate(chances) if chance > 0}
    return spread, frozenset({KNOWN[method]}), int(method != "none")


def _of_pooled(names: tuple[str, ...], measures: Measures) -> tuple[Values, frozenset[str], int]:
    """The numerators of the parts added up, each part as independent of the others."""
    parts = [name for name in names if measures.score(name).number.d]
    total = sum((measures.score(name).number.d or Fraction(0) for name in parts), Fraction(0))
    how: frozenset[str] = frozenset()
    drawn, sums = 0, {Fraction(0): 1.0}
    for name in parts:
        values, words, draws = _values(name, measures)
        base = measures.score(name).number.d or Fraction(0)
        how, drawn = how | words, drawn + draws
        following: Values = {}
        for so_far, chance in sums.items():
            for value, weight in values.items():
                key = so_far + value * base
                following[key] = following.get(key, 0.0) + chance * weight
        sums = following
    return {value / total: chance for value, chance in sums.items()}, how, drawn


def _of_steps(spec: Any, measures: Measures) -> tuple[Values, frozenset[str], int]:
    values, how, drawn = _values(spec.of, measures)
    found: Values = {}
    for value, chance in values.items():
        step = stepped(spec, value)
        if step is None:
            return {}, frozenset({"not_a_share"}), 0
        found[step] = found.get(step, 0.0) + chance
    return found, how, drawn


def table_found(value: Fraction, table: CutTable, framework: Framework, rating: str) -> tuple[str, dict[str, Any]]:
    """The grade that a table gives a score, empty for none, with the band and the distances."""
    at = placed(value, table, percent=False)
    return (at.cut.grade if at else ""), boundaries(at, ranks(framework, rating), percent=False)
