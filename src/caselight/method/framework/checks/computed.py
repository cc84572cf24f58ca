"""What computed, typed and overridden questions need: values of their scale, points to add up, prompts with an outcome."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.places import placed_questions, values_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import Question


def computed_faults(framework: Framework) -> Iterator[Fault]:
    """What does not fit in questions that are computed, typed, overridden, or informed by others."""
    for path, question in placed_questions(framework):
        yield from _typed(path, question)
        yield from _informed(framework, path, question)
        if question.computed is not None and question.kind == "computed":
            yield from _table(framework, path, question)
            yield from _points(framework, path, question)
            yield from _scale(framework, path, question)


def _typed(path: DataPath, question: Question) -> Iterator[Fault]:
    if question.type is None:
        return
    if question.kind != "data":
        says = f"The question {question.id} is a {question.kind}, and only data have a type."
        yield Fault("framework.type-unexpected", (*path, "type"), says, "Write “kind: data”, or give it a scale.")
    elif question.scale is not None:
        says = f"The question {question.id} has a scale and a type, and its answer cannot be of both."
        yield Fault("framework.type-unexpected", (*path, "type"), says, "Remove one of the two.")


def _informed(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    for at, name in enumerate(question.informed_by):
        prompt = framework.questions.get(name)
        where = (*path, "informed_by", at)
        if name == question.id:
            says = f"The question {question.id} is informed by itself."
            yield Fault("framework.informed-by-nothing", where, says, "Name the questions that inform it.")
        elif prompt is not None and not has_outcome(framework, prompt):
            says = f"The answers to {quoted(name)} count as nothing, so they cannot point one way or the other."
            yield Fault("framework.informed-by-nothing", where, says, "Name questions whose options have outcomes.")


def has_outcome(framework: Framework, question: Question) -> bool:
    """Whether an answer to a question can be sufficient or insufficient."""
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None:
        return question.computed is not None and question.computed.points is None
    return any(option.outcome for option in scale.options)


def _table(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    table = question.computed.table if question.computed else None
    if table is None or (question.scale is not None and question.scale not in framework.scale_by_id):
        return
    known = (*(values_of(framework, question) or ()), NOT_RELEVANT)
    where = (*path, "computed", "table")
    placed = [((*where, "lines", at, "value"), line.value) for at, line in enumerate(table.lines)]
    placed += [((*where, "otherwise"), table.otherwise)] if table.otherwise is not None else []
    for at, value in placed:
        if value not in known:
            of = f"the scale {quoted(question.scale)}" if question.scale else "a question without a scale"
            says = f"{quoted(value)} is no value of {of}."
            yield Fault("framework.unknown-value", at, says, did_you_mean(value[:60], known))


def _points(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    computed = question.computed
    if computed is None or computed.points is None:
        return
    if computed.may_override:
        says = f"The points of {question.id} are added up, and no answer could take the place of a sum."
        cure = "Remove “may_override”; correct the answers that score."
        yield Fault("framework.override-of-points", (*path, "computed", "may_override"), says, cure)
    for at, name in enumerate(computed.points.questions):
        asked = framework.questions.get(name)
        if asked is not None and name != question.id and not _can_score(framework, asked):
            where = (*path, "computed", "points", "questions", at)
            says = f"The question {quoted(name)} cannot score any points."
            yield Fault("framework.no-points", where, says, "Give its options outcomes or points, or take it out.")


def _can_score(framework: Framework, question: Question) -> bool:
    scale = framework.scale_by_id.get(question.scale or "")
    own = scale is not None and any(option.points is not None for option in scale.options)
    return own or has_outcome(framework, question)


def _scale(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    """A computed value is one option; yes and no need an option for each outcome."""
    scale, computed = framework.scale_by_id.get(question.scale or ""), question.computed
    if scale is None or computed is None:
        return
    where = (*path, "scale")
    if scale.multiple or computed.points is not None:
        says = f"The computed question {question.id} has one value, and the scale {quoted(scale.id)} does not hold it."
        cure = "Give it a scale without “multiple: true”; points have no scale."
        yield Fault("framework.scale-of-computed", where, says, cure)
    elif computed.table is None and not {*Outcome} <= {option.outcome for option in scale.options}:
        says = f"The scale {quoted(scale.id)} has no option for one of the two outcomes of {question.id}."
        yield Fault("framework.scale-of-computed", where, says, "Give it an option for each, or compute by a table.")
