"""From what a rule gives to the rating as it stands: caps, discretion, the panel's decision, duties, the chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from caselight.method.analysis.figure import Cell, Reached
from caselight.method.analysis.ratings.decisions import counts, decision
from caselight.method.analysis.ratings.discretion import open_because
from caselight.method.analysis.ratings.facts import ranks
from caselight.method.analysis.ratings.found import NOT_RATED, Found, Settled, Spread, fixed, unchecked
from caselight.method.analysis.ratings.given import Given
from caselight.method.framework.ratings import Cap, Rating
from caselight.method.framework.truth import truth

NO_CHANCE = ("no_grade", "too_many", "not_a_share")


@dataclass(frozen=True, slots=True)
class Capped:
    """The caps that hold, and how they change a grade."""

    caps: tuple[Cap, ...]
    rank: Mapping[str, int]

    def __call__(self, grade: str) -> str:
        """The grade with the caps that hold."""
        limits = [cap.at_most for cap in self.caps]
        return min([grade, *limits], key=self.rank.__getitem__) if grade != NOT_RATED else grade


def settle(rating: Rating, found: Found, given: Given, language: str) -> Settled:
    """The rating as it stands, and as others build on it."""
    framework = given.measures.framework
    rank = ranks(framework, rating.id)
    capped, unknown = _caps(rating, found, given, rank)
    if unknown and found.state == "rated":
        found = replace(found, state="incomplete", why="unanswered")
    provisional = capped(found.grade)
    moves = frozenset(map(capped, found.moves))
    biting = [cap for cap in capped.caps if found.grade and rank[cap.at_most] < rank[found.grade]]
    scale = framework.rating_scale_by_id[rating.scale]
    chance, chance_why = _chance(found, provisional, capped)
    reached = Reached(
        scale=tuple((grade.id, grade.label.in_(language)) for grade in scale.grades),
        way=found.way or rating.way[0],
        state=found.state,
        why=found.why,
        grade=provisional if found.state == "rated" else "",
        provisional=provisional,
        reached=found.grade,
        parts=found.parts,
        deciding=found.deciding,
        measure=found.measure,
        value=found.value,
        percent=found.percent,
        maximum=found.maximum,
        band=found.band,
        points_to_worse=found.to_worse,
        points_to_better=found.to_better,
        discretion=_discretion(rating, found, provisional, moves),
        chance=chance,
        chance_why=chance_why,
        caps=tuple(cap.says.in_(language) for cap in biting),
        unchecked=found.unchecked or unchecked(*(cap.provenance for cap in biting)),
    )
    return _decided(rating, reached, given, replace(found, moves=moves, spread=partial(_capped_spread, found, capped)))


def _caps(rating: Rating, found: Found, given: Given, rank: Mapping[str, int]) -> tuple[Capped, bool]:
    """The caps that hold, and whether one that would change the grade may still come to hold."""
    held = [(cap, truth(cap.when, given.facts)) for cap in rating.caps]
    unknown = any(
        holds is None and found.grade and rank[cap.at_most] < rank[found.grade] and given.facts.waits(cap.when)
        for cap, holds in held
    )
    return Capped(tuple(cap for cap, holds in held if holds), rank), unknown


def _discretion(rating: Rating, found: Found, provisional: str, moves: frozenset[str]) -> tuple[str, ...] | None:
    if not rating.may_decide:
        return None
    if rating.discretion is None:  # a part's boundary is the result's only while no cap lies on it
        return found.lifted if provisional == found.grade else None
    return open_because(rating.discretion, found, provisional, moves) if found.state == "rated" else ()


def duties(rating: Rating, given: Given, language: str) -> Iterator[str]:
    """What must follow: the duties whose rule holds, and each critical question of the measures that was missed.

    They look at grades as they stand, the rating's own among them, and change none.
    """
    for duty in rating.duties:
        if truth(duty.when, given.facts):
            yield duty.says.in_(language)
    framework = given.measures.framework
    for name in given.measures.questions_behind(rating.cut.measures if rating.cut else ()):
        question = framework.questions[name]
        sheets = given.measures.seen.sheets.get(framework.subject_of(question), ())
        if question.critical and any(sheet.standing(name).outcome == Cell.INSUFFICIENT for sheet in sheets):
            yield question.short.in_(language)


def _capped_spread(found: Found, capped: Capped) -> Spread:
    if found.spread is None:
        return Spread({}, frozenset({"no_grade"}))
    before = found.spread()
    grades: dict[str, float] = {}
    for grade, chance in before.grades.items():
        grades[capped(grade)] = grades.get(capped(grade), 0.0) + chance
    return replace(before, grades=grades)


def _chance(found: Found, provisional: str, capped: Capped) -> tuple[float | None, str]:
    """The chance of another grade in another sample, and how it was worked out or why there is none."""
    if found.state != "rated" or not provisional:
        return None, "no_grade"
    spread = _capped_spread(found, capped)
    why = next((word for word in NO_CHANCE if word in spread.how), "")
    if why:
        return None, why
    drawn = sorted(spread.how - {"fixed", "census"})
    if not drawn:
        return (0.0, "census") if "census" in spread.how else (None, "fixed")
    words = [*drawn, "independent"] if spread.drawn > 1 else drawn
    return min(max(0.0, 1.0 - spread.grades.get(provisional, 0.0)), 1.0), " ".join(words)


def _decided(rating: Rating, reached: Reached, given: Given, found: Found) -> Settled:
    """The rating after the panel: a decision that counts is fixed, two that contest each other leave it open."""
    about = decision(rating, given.sheet)
    if about.contested and reached.state in ("rated", "judgement_needed"):
        return Settled(replace(reached, state="incomplete", why="contested_decision", grade=""), contested=True)
    event = about.event
    if event is not None and reached.state != "incomplete" and counts(event, rating, reached):
        rule = rating.discretion.provenance if rating.discretion else None
        decided = replace(
            reached,
            state="rated",
            why="",
            grade=event.value,
            decided_by=event.actor,
            decided_why=event.note,
            unchecked=reached.unchecked or unchecked(rule),
        )
        return Settled(decided, found.cases, spread=partial(fixed, event.value))
    if reached.state == "not_rated":
        return Settled(reached, found.cases, spread=partial(fixed, NOT_RATED))
    if found.spread is None or reached.state != "rated":
        return Settled(reached, found.cases)
    return Settled(reached, found.cases, found.moves, found.spread)
