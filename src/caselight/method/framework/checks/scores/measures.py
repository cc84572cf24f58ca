"""Each measure counts what can be counted that way, and the rules within it are placed for the checks of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.places import subject_of
from caselight.method.framework.checks.rules.uses import RuleUse
from caselight.method.framework.checks.scores.names import rules_of
from caselight.method.framework.checks.scores.ranges import points_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import Lookup, Mean, PointsOf, Pooled, Share, Steps, Weighted, exact

WITH_A_BASE = ("share", "mean", "points")


def score_uses(framework: Framework) -> Iterator[RuleUse]:
    """The rules of measures, which are about their subjects, and of ratings, which are about what is rated."""
    for at, measure in enumerate(framework.measures):
        way, spec = measure.way
        path, title = ("measures", at, way), f"the measure {measure.id}"
        if way in ("share", "mean") and spec.where is not None:
            question = framework.questions.get(spec.question)
            subject = subject_of(framework, question) if question else None
            yield RuleUse((*path, "where"), spec.where, "where", title, subject)
        if way == "lookup":
            for row_at, row in enumerate(spec.rows):
                yield RuleUse((*path, "rows", row_at, "when"), row.when, "lookup", title, spec.subject)
    for at, rating in enumerate(framework.ratings):
        for where, rule in rules_of(("ratings", at), rating):
            yield RuleUse(where, rule, "rating", f"the rating {rating.id}", framework.rated)


def measure_faults(framework: Framework) -> Iterator[Fault]:
    """Measures of questions that do not count so, of strata that the caseload does not hold, steps out of order."""
    for at, measure in enumerate(framework.measures):
        way, spec = measure.way
        if way in CHECKS:
            yield from CHECKS[way](framework, ("measures", at, way), spec)


def _counted(framework: Framework, path: DataPath, spec: Share | Weighted) -> Iterator[Fault]:
    question = framework.questions.get(spec.question)
    if question is None:
        return
    scale = framework.scale_by_id.get(question.scale or "")
    without = scale is not None and not any(option.outcome for option in scale.options)
    if question.kind not in ("judgement", "computed") or without:
        says = f"The answers to {quoted(question.id)} are recorded only and count as nothing, so there is no share of them."
        yield Fault(
            "framework.measure-not-counted", (*path, "question"), says, "Name a judgement or a computed question."
        )


def _coded(framework: Framework, path: DataPath, spec: Mean) -> Iterator[Fault]:
    question = framework.questions.get(spec.question)
    scale = framework.scale_by_id.get(question.scale or "") if question else None
    if question is None:
        return
    if scale is not None and scale.multiple:
        says = f"{quoted(question.id)} takes several answers at once, so one case has no single number."
        yield Fault("framework.measure-not-counted", (*path, "question"), says, "Name a question with one answer.")
    for value in spec.values:
        if scale is not None and value not in scale.outcomes:
            says = f"{quoted(value)} is never an answer to {quoted(question.id)}."
            cure = did_you_mean(value[:60], scale.outcomes)
            yield Fault("framework.unknown-value", (*path, "values", value), says, cure)
    number = question.type == "integer" or (question.computed is not None and question.computed.points is not None)
    if not spec.values and not number and not points_of(framework, question):
        says = f"The answers to {quoted(question.id)} stand for no numbers."
        cure = "Give the measure values, or the options of the scale points."
        yield Fault("framework.measure-without-values", (*path, "question"), says, cure)


def _scoring(framework: Framework, path: DataPath, spec: PointsOf) -> Iterator[Fault]:
    if not spec.questions and not spec.themes:
        says = "The measure names no question and no theme, so nothing scores."
        yield Fault("framework.measure-empty", path, says, "Name them under questions or themes.")
    for at, name in enumerate(spec.questions):
        question = framework.questions.get(name)
        if question is not None and not points_of(framework, question):
            yield _scores_nothing((*path, "questions", at), f"The question {quoted(name)}")
    for at, name in enumerate(spec.themes):
        theme = next((theme for theme in framework.themes if theme.id == name), None)
        scoring = [q for q in theme.questions if q.kind in ("judgement", "computed")] if theme else []
        if theme is not None and not any(points_of(framework, question) for question in scoring):
            yield _scores_nothing((*path, "themes", at), f"No question of the theme {quoted(name)}")


def _scores_nothing(path: DataPath, what: str) -> Fault:
    verb = "scores" if what.startswith("No") else "cannot score"
    cure = "Give its options outcomes or points, or take it out."
    return Fault("framework.measure-without-points", path, f"{what} {verb} any points.", cure)


def _strata(framework: Framework, path: DataPath, spec: Weighted) -> Iterator[Fault]:
    yield from _counted(framework, path, spec)
    drawn = framework.subjects[0].id
    question = framework.questions.get(spec.question)
    subject = subject_of(framework, question) if question else drawn
    found_in = framework.subject_by_id[subject].found_in if subject in framework.subject_by_id else drawn
    if drawn not in (subject, found_in):
        says = f"{quoted(spec.question)} is about a {subject}, and only a {drawn} is drawn from the caseload."
        cure = f"Name a question about a {drawn}, or about what is found in one."
        yield Fault("framework.other-subject", (*path, "question"), says, cure)
    for at, name in enumerate(spec.strata):
        fact = framework.fact_by_id.get(name)
        if fact is not None and (fact.subject != drawn or fact.supplied_by != "service"):
            says = f"The caseload does not hold the fact {quoted(name)}, so nobody knows how large its strata are."
            cure = f"Name a fact about a {drawn} that the service supplies."
            yield Fault("framework.stratum-not-supplied", (*path, "strata", at), says, cure)


def _with_bases(framework: Framework, path: DataPath, spec: Pooled) -> Iterator[Fault]:
    for at, name in enumerate(spec.of):
        part = framework.measure_by_id.get(name)
        if name in spec.of[:at]:
            says = f"{quoted(name)} is pooled twice, so its cases would count twice."
            yield Fault("framework.measure-not-pooled", (*path, "of", at), says, "Name it once.")
        elif part is not None and part.way[0] not in WITH_A_BASE:
            says = f"{quoted(name)} has no cases of its own to be pooled."
            cure = "Pool shares, means or points; of a pooled measure name the parts; or use a sum."
            yield Fault("framework.measure-not-pooled", (*path, "of", at), says, cure)


def _rising(framework: Framework, path: DataPath, spec: Steps) -> Iterator[Fault]:
    del framework
    before = None
    for at, step in enumerate(spec.steps):
        where = (*path, "steps", at, "at_least")
        try:
            start = exact(step.at_least)
        except (ValueError, ZeroDivisionError):
            says = f"{quoted(step.at_least)} is no number."
            yield Fault("framework.not-a-number", where, says, "Write it as 80%, 2/3 or 62.5.")
            continue
        if before is not None and start <= before:
            says = f"The step at {quoted(step.at_least)} does not begin above the one before it."
            yield Fault("framework.steps-order", where, says, "List the steps from the lowest up, each start once.")
        before = start


def _rows(framework: Framework, path: DataPath, spec: Lookup) -> Iterator[Fault]:
    del framework
    seen: set[str] = set()
    for at, row in enumerate(spec.rows):
        written = row.when.model_dump_json(by_alias=True)
        if written in seen:
            says = "An earlier row has the same rule, so this one is never reached."
            yield Fault("framework.line-never-reached", (*path, "rows", at, "when"), says, "Correct one of the two.")
        seen.add(written)


CHECKS: Mapping[str, Callable[[Framework, DataPath, Any], Iterator[Fault]]] = {
    "share": _counted,
    "mean": _coded,
    "points": _scoring,
    "weighted": _strata,
    "pooled": _with_bases,
    "steps": _rising,
    "lookup": _rows,
}
