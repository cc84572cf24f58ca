"""Names that measures and ratings use, and the grades that they hold others against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import Measure
from caselight.method.framework.ratings import Rating
from caselight.method.framework.rules import Measured, Rated, Ratings, Rule, leaves

MOST_COMPARED = 500  # looking for the nearest of more names takes too long


@dataclass(frozen=True, slots=True)
class Named:
    """A name in use, what kind of thing it should name, and the names that would do."""

    path: DataPath
    noun: str
    name: str
    known: Collection[str]


def name_faults(framework: Framework) -> Iterator[Fault]:
    """Names that nothing has, and words a grade is held against that no scale has."""
    for at, measure in enumerate(framework.measures):
        yield from map(_unknown, _missing(_of_measure(framework, ("measures", at), measure)))
    for at, rating in enumerate(framework.ratings):
        path = ("ratings", at)
        yield from map(_unknown, _missing(_of_rating(framework, path, rating)))
        for where, rule in rules_of(path, rating):
            yield from _in_rule(framework, where, rule)
    subjects = {subject.id for subject in framework.subjects}
    if framework.rated is not None and framework.rated not in subjects:
        yield _unknown(Named(("rated",), "kind of subject", framework.rated, subjects))


def _missing(named: Iterator[Named]) -> Iterator[Named]:
    return (item for item in named if item.name not in item.known)


def _unknown(named: Named) -> Fault:
    says = f"No {named.noun} is called {quoted(named.name)}."
    many = len(named.known) > MOST_COMPARED
    cure = "Correct the name, or add what it names." if many else did_you_mean(named.name[:60], named.known)
    return Fault("framework.unknown-id", named.path, says, cure)


def _of_measure(framework: Framework, path: DataPath, measure: Measure) -> Iterator[Named]:
    way, spec = measure.way
    if way in ("share", "mean", "weighted"):
        yield Named((*path, way, "question"), "question", spec.question, framework.questions)
    for key, noun, known in _lists(framework, way):
        for at, name in enumerate(getattr(spec, key)):
            yield Named((*path, way, key, at), noun, name, known)
    if way == "lookup":
        subjects = {subject.id for subject in framework.subjects}
        yield Named((*path, way, "subject"), "kind of subject", spec.subject, subjects)
    for inner, name in parts_of(measure):
        yield Named((*path, *inner), "measure", name, framework.measure_by_id)


def _lists(framework: Framework, way: str) -> list[tuple[str, str, Collection[str]]]:
    """The lists of names that a way of measuring holds, what they name, and what there is."""
    if way == "points":
        themes = {theme.id for theme in framework.themes}
        return [("questions", "question", framework.questions), ("themes", "theme", themes)]
    return [("strata", "fact", framework.fact_by_id)] if way == "weighted" else []


def parts_of(measure: Measure) -> Iterator[tuple[DataPath, str]]:
    """The measures that a measure is made from."""
    way, spec = measure.way
    if way == "steps":
        yield (way, "of"), spec.of
    elif way in ("pooled", "sum"):
        yield from (((way, "of", at), name) for at, name in enumerate(spec.of))


def _of_rating(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Named]:
    themes = {theme.id for theme in framework.themes}
    for key, noun, known in (
        ("scale", "scale of grades", framework.rating_scale_by_id),
        ("theme", "theme", themes),
        ("carried_from", "question", framework.questions),
        ("judged", "question", framework.questions),
    ):
        name = getattr(rating, key)
        if name is not None:
            yield Named((*path, key), noun, name, known)
    if rating.cut is not None:
        yield Named((*path, "cut", "table"), "cut table", rating.cut.table, framework.cut_table_by_id)
        for at, name in enumerate(rating.cut.measures):
            yield Named((*path, "cut", "measures", at), "measure", name, framework.measure_by_id)
    for at, item in enumerate(rating.sum.tables if rating.sum else ()):
        yield Named((*path, "sum", "tables", at, "table"), "cut table", item.table, framework.cut_table_by_id)
    for inner, name in rating_parts(rating):
        yield Named((*path, *inner), "rating", name, framework.rating_by_id)


def rating_parts(rating: Rating) -> Iterator[tuple[DataPath, str]]:
    """The ratings that a rating is made from, but for those in its rules."""
    way, spec = rating.way
    if way in ("lowest", "sum"):
        yield from (((way, "of", at), name) for at, name in enumerate(spec.of))
    elif way == "matrix":
        yield from (((way, key), getattr(spec, key)) for key in ("rows", "columns"))


def rules_of(path: DataPath, rating: Rating) -> Iterator[tuple[DataPath, Rule]]:
    """Every rule of a rating with its path."""
    if rating.not_rated_when is not None:
        yield (*path, "not_rated_when"), rating.not_rated_when
    for key in ("caps", "duties"):
        for at, item in enumerate(getattr(rating, key)):
            yield (*path, key, at, "when"), item.when
    for at, line in enumerate(rating.first_match.lines if rating.first_match else ()):
        yield (*path, "first_match", "lines", at, "when"), line.when


def _in_rule(framework: Framework, path: DataPath, rule: Rule) -> Iterator[Fault]:
    for inner, leaf in leaves(rule):
        where = (*path, *inner)
        if isinstance(leaf, Measured) and leaf.measure not in framework.measure_by_id:
            yield _unknown(Named((*where, "measure"), "measure", leaf.measure, framework.measure_by_id))
        if isinstance(leaf, Rated):
            yield from _graded(framework, (*where, "rating"), leaf.rating, leaf)
        if isinstance(leaf, Ratings):
            for at, name in enumerate(leaf.ratings):
                yield from _graded(framework, (*where, "ratings", at), name, leaf)


def _graded(framework: Framework, path: DataPath, rating: str, leaf: Rated | Ratings) -> Iterator[Fault]:
    known = framework.rating_by_id
    if rating not in known:
        yield _unknown(Named(path, "rating", rating, known))
        return
    scale = framework.rating_scale_by_id.get(known[rating].scale)
    grades = [grade.id for grade in scale.grades] if scale else [leaf.grade]
    if leaf.grade not in grades:
        yield not_on_scale(path, leaf.grade, grades)


def not_on_scale(path: DataPath, grade: str, grades: Collection[str]) -> Fault:
    """The fault of a grade that the scale does not have."""
    says = f"{quoted(grade)} is no grade of the scale."
    return Fault("framework.grade-not-on-scale", path, says, did_you_mean(grade[:60], grades))
