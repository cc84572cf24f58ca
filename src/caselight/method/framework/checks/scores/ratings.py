"""Each rating has what its way needs: a subject to be about, a base for a minimum, grades of its scale."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.places import subject_of
from caselight.method.framework.checks.scores.names import not_on_scale, rules_of
from caselight.method.framework.checks.scores.ranges import Range, ranges_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import Rating
from caselight.method.framework.rules import references

WITH_A_VALUE = ("cut", "lowest", "sum")


def rating_faults(framework: Framework) -> Iterator[Fault]:
    """What is missing or has no place in a rating."""
    ranges = ranges_of(framework)
    for at, rating in enumerate(framework.ratings):
        path: DataPath = ("ratings", at)
        yield from _rated(framework, path, rating)
        yield from _grades(framework, path, rating)
        yield from _questions(framework, path, rating)
        yield from _discretion(path, rating)
        yield from _measures(ranges, path, rating)
        if rating.minimum is not None and rating.cut is None:
            says = f"The rating {rating.id} rests on no measure of its own, so it has no base to be too small."
            cure = "Put the minimum on the ratings that it rests on."
            yield Fault("framework.minimum-without-base", (*path, "minimum"), says, cure)


def _rated(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    """Ratings that are judged, decided or look at the service need a subject that is rated."""
    looks = any(kind not in ("measure", "rating") for _, rule in rules_of(path, rating) for kind, _ in references(rule))
    if framework.rated is None and (rating.judged or rating.carried_from or rating.may_decide or looks):
        says = f"The rating {rating.id} is judged, decided or looks at facts, and the framework does not say of whom."
        cure = (
            "Name the subject under “rated:”, or write “may_decide: false” where nothing is recorded about the rating."
        )
        yield Fault("framework.rated-missing", path, says, cure)


def _grades(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    scale = framework.rating_scale_by_id.get(rating.scale)
    if scale is None:
        return
    grades = [grade.id for grade in scale.grades]
    named = [((*path, "caps", at, "at_most"), cap.at_most) for at, cap in enumerate(rating.caps)]
    for at, line in enumerate(rating.first_match.lines if rating.first_match else ()):
        named.append(((*path, "first_match", "lines", at, "grade"), line.grade))
    for where, grade in named:
        if grade not in grades:
            yield not_on_scale(where, grade, grades)


def _questions(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    """The questions whose answers are grades: about what is rated, and their options grades of the scale."""
    scale = framework.rating_scale_by_id.get(rating.scale)
    grades = [grade.id for grade in scale.grades] if scale else []
    for key, name in (("judged", rating.judged), ("carried_from", rating.carried_from)):
        question = framework.questions.get(name or "")
        if question is None:
            continue
        subject = subject_of(framework, question)
        if framework.rated is not None and subject not in (framework.rated, None):
            says = f"The question {quoted(question.id)} is about a {subject}, and a {framework.rated} is rated."
            cure = f"Name one that is about a {framework.rated}."
            yield Fault("framework.other-subject", (*path, key), says, cure)
        answers = framework.scale_by_id.get(question.scale or "")
        for option in answers.options if answers and scale else ():
            if option.value not in grades:
                yield not_on_scale((*path, key), option.value, grades)


def _discretion(path: DataPath, rating: Rating) -> Iterator[Fault]:
    rule = rating.discretion
    if rule is None:
        return
    for key in ("within_points", "base_at_most"):
        value = getattr(rule, key)
        if value is not None and value < 0:
            says = f"{value} is below 0, so this would never open discretion."
            yield Fault("framework.discretion-negative", (*path, "discretion", key), says, "Write a number from 0 up.")
    if rule.within_points is None and not rule.one_case and rule.base_at_most is None:
        says = f"The discretion of the rating {rating.id} has no condition, so it would never be open."
        cure = "Give within_points, one_case or base_at_most; leave discretion out where a panel may always decide."
        yield Fault("framework.discretion-never-open", (*path, "discretion"), says, cure)
    elif rating.way[0] not in WITH_A_VALUE and not rule.one_case:
        says = (
            f"The rating {rating.id} has no value that could be near a boundary, so its discretion would never be open."
        )
        cure = "Use one_case, or put the discretion on the ratings that it rests on."
        yield Fault("framework.discretion-never-open", (*path, "discretion"), says, cure, Severity.WARNING)


def _measures(ranges: dict[str, Range], path: DataPath, rating: Rating) -> Iterator[Fault]:
    names = rating.cut.measures if rating.cut else ()
    if len({ranges[name].percent for name in names if name in ranges}) > 1:
        says = f"The rating {rating.id} compares percentages with other numbers."
        yield Fault("framework.cut-mixed", (*path, "cut", "measures"), says, "Name measures of one sort.")
