"""What values a measure can have, as far as the framework alone tells: from where to where, in percent, whole or not."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import Lookup, Mean, Measure, PointsOf, Steps
from caselight.method.framework.questions import Question


class Range(NamedTuple):
    """The lowest and the highest value, ``None`` where that is not known; as a percentage; only whole numbers."""

    low: Fraction | None
    high: Fraction | None
    percent: bool = False
    whole: bool = False


DEEPEST_CHAIN = 50
UNKNOWN = Range(None, None)
SHARE = Range(Fraction(0), Fraction(1), percent=True)


def ranges_of(framework: Framework) -> dict[str, Range]:
    """The range of every measure that a cut table is used for; unknown for what rests on itself, or on too much."""
    names = {name for rating in framework.ratings if rating.cut for name in rating.cut.measures}
    known = framework.measure_by_id
    behind: dict[str, Measure] = {}
    waiting = [name for name in names if name in known]
    while waiting:
        name = waiting.pop()
        if name not in behind:
            behind[name] = known[name]
            waiting += [part for part in _parts(known[name]) if part in known]
    found: dict[str, Range] = {}
    for _ in range(DEEPEST_CHAIN):
        for name in [name for name, measure in behind.items() if found.keys() >= set(_parts(measure))]:
            found[name] = _range(framework, behind.pop(name), found)
    return {name: found.get(name, UNKNOWN) for name in names if name in known}


def _parts(measure: Measure) -> tuple[str, ...]:
    way, spec = measure.way
    return tuple(spec.of) if way in ("pooled", "sum") else ()


def _range(framework: Framework, measure: Measure, found: dict[str, Range]) -> Range:
    way, spec = measure.way
    alone = {
        "share": lambda: SHARE,
        "weighted": lambda: SHARE,
        "external": lambda: Range(None, None, percent=True),
        "mean": lambda: _of_mean(framework, spec),
        "points": lambda: _of_points(framework, spec),
        "steps": lambda: _of_gives(spec),
        "lookup": lambda: _of_lookup(spec),
    }
    return alone[way]() if way in alone else _together(way, [found[name] for name in spec.of])


def _together(way: str, parts: list[Range]) -> Range:
    percent = all(part.percent for part in parts)
    if way == "pooled":
        return SHARE if percent else UNKNOWN
    low = _sum(part.low for part in parts)
    return Range(low, _sum(part.high for part in parts), percent, all(part.whole for part in parts))


def _sum(ends: Iterable[Fraction | None]) -> Fraction | None:
    found = list(ends)
    known = [end for end in found if end is not None]
    return sum(known, Fraction(0)) if len(known) == len(found) else None


def _of_mean(framework: Framework, spec: Mean) -> Range:
    question = framework.questions.get(spec.question)
    values = [Fraction(str(value)) for value in spec.values.values()]
    values = values or (points_of(framework, question) if question else [])
    return Range(min(values), max(values)) if values else UNKNOWN


def _of_points(framework: Framework, spec: PointsOf) -> Range:
    named = [framework.questions[name] for name in spec.questions if name in framework.questions]
    themes = [question for theme in framework.themes if theme.id in spec.themes for question in theme.questions]
    points = [value for question in (*named, *themes) for value in points_of(framework, question)]
    low = Fraction(0) if all(value >= 0 for value in points) else None
    if spec.as_ == "share":
        return Range(low, Fraction(1), percent=True)
    return Range(low, None, whole=all(value.denominator == 1 for value in points))


def points_of(framework: Framework, question: Question) -> list[Fraction]:
    """Everything that an answer to a question can score."""
    scale = framework.scale_by_id.get(question.scale or "")
    options = scale.options if scale else ()
    found = {Fraction(str(option.points)) for option in options if option.points is not None}
    outcomes = {option.outcome for option in options if option.points is None and option.outcome is not None}
    if outcomes or (question.computed is not None and not options):
        found |= {Fraction(0), Fraction(str(question.points))}
    return sorted(found)


def _of_gives(spec: Steps) -> Range:
    gives = [Fraction(str(step.gives)) for step in spec.steps]
    return Range(min(gives), max(gives), whole=all(value.denominator == 1 for value in gives))


def _of_lookup(spec: Lookup) -> Range:
    gives = [Fraction(str(row.gives)) for row in spec.rows]
    return Range(None, None, whole=all(value.denominator == 1 for value in gives))
