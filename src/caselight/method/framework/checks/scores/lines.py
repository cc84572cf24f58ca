"""Lines of a first-match list that no grades can ever reach, found by trying the grades of the ratings they look at.

Each rating has every grade of its scale or none; whatever else a rule tests may hold or not, each test by itself. That
allows more than can happen, so a line told here is never reached for certain. When there is too much to try, nothing is
said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from caselight.method.faults import Fault
from caselight.method.framework.checks.scores.combinations import grades_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import ByFirstMatch
from caselight.method.framework.rules import ALWAYS, AllOf, Always, AnyOf, Not, Rated, Ratings, Rule, Truth, references
from caselight.method.framework.truth import Facts, truth

MOST_WORLDS = 20_000
MOST_TRIES = 200_000
NEVER = Not.model_construct(not_=ALWAYS)


def line_faults(framework: Framework) -> Iterator[Fault]:
    """Lines that are never reached."""
    left = MOST_TRIES
    for at, rating in enumerate(framework.ratings):
        spec = rating.first_match
        if spec is None:
            continue
        worlds = _count(framework, spec)
        cost = worlds * len(spec.lines)
        if worlds > MOST_WORLDS or cost > left:
            continue
        left -= cost
        for line in sorted(set(range(len(spec.lines))) - _reached(framework, spec)):
            path = ("ratings", at, "first_match", "lines", line)
            says = f"Whatever the grades are, an earlier line of {rating.id} holds or this one does not, so it is never reached."
            cure = "Move it up, correct its rule, or take it out."
            yield Fault("framework.line-never-reached", path, says, cure)


def _names(spec: ByFirstMatch) -> list[str]:
    return sorted({name for line in spec.lines for kind, name in references(line.when) if kind == "rating"})


def _others(rule: Rule) -> Iterator[Rule]:
    """The tests in a rule that are of no rating, each as a whole."""
    if isinstance(rule, AllOf):
        yield from (test for part in rule.all for test in _others(part))
    elif isinstance(rule, AnyOf):
        yield from (test for part in rule.any for test in _others(part))
    elif isinstance(rule, Not):
        yield from _others(rule.not_)
    elif not isinstance(rule, (Always, Rated, Ratings)):
        yield rule


def _tests(spec: ByFirstMatch) -> list[Rule]:
    found: list[Rule] = []
    for line in spec.lines:
        found += [test for test in _others(line.when) if test not in found]
    return found


def _count(framework: Framework, spec: ByFirstMatch) -> int:
    """How many worlds there are to try."""
    tests = min(len(_tests(spec)), 20)
    grades: int = prod(1 + len(grades_of(framework, name)) for name in _names(spec))
    return grades << tests


def _reached(framework: Framework, spec: ByFirstMatch) -> set[int]:
    names, tests = _names(spec), _tests(spec)
    found: set[int] = set()
    for held in product((True, False), repeat=len(tests)):
        lines = [_with(line.when, list(zip(tests, held, strict=True))) for line in spec.lines]
        for grades in product(*([None, *range(len(grades_of(framework, name)))] for name in names)):
            world = _World(framework, dict(zip(names, grades, strict=True)))
            first = next((at for at, rule in enumerate(lines) if truth(rule, world)), None)
            if first is not None:
                found.add(first)
        if len(found) == len(lines):
            break
    return found


def _with(rule: Rule, held: list[tuple[Rule, bool]]) -> Rule:
    """The rule with each other test replaced by whether it is taken to hold."""
    if isinstance(rule, AllOf):
        return AllOf.model_construct(all=tuple(_with(part, held) for part in rule.all))
    if isinstance(rule, AnyOf):
        return AnyOf.model_construct(any=tuple(_with(part, held) for part in rule.any))
    if isinstance(rule, Not):
        return Not.model_construct(not_=_with(rule.not_, held))
    if isinstance(rule, (Always, Rated, Ratings)):
        return rule
    return ALWAYS if _taken(rule, held) else NEVER


def _taken(rule: Rule, held: list[tuple[Rule, bool]]) -> bool:
    """Whether a test is taken to hold; rules with lists cannot be keys of a mapping."""
    return next(value for test, value in held if test == rule)


class _World(Facts):
    """Grades as they might be; ``None`` is not rated."""

    def __init__(self, framework: Framework, places: Mapping[str, int | None]) -> None:
        self._framework = framework
        self._places = places

    def rated(self, rating: str) -> Truth:
        return self._places[rating] is not None

    def rank(self, rating: str) -> int | None:
        return self._places[rating]

    def rank_of(self, rating: str, grade: str) -> int:
        return grades_of(self._framework, rating).index(grade)
