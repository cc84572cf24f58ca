"""Every question has what its kind needs: a scale, reasons, guidance, a computation; every fact its options."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.places import placed_questions
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Reason, Scale
from caselight.method.framework.questions import Question

OTHER = "other"


def question_faults(framework: Framework) -> Iterator[Fault]:
    """What is missing, and what has no place."""
    for path, question in placed_questions(framework):
        yield from _computed(path, question)
        if question.kind != "computed":
            yield from _scale(framework, path, question)
        if question.kind == "judgement":
            yield from _judgement(path, question, framework.scale_by_id.get(question.scale or ""))
    yield from _reason_lists(framework)
    yield from _scales(framework)
    yield from _facts(framework)
    yield from _provenance(framework)


def _computed(path: DataPath, question: Question) -> Iterator[Fault]:
    if question.kind == "computed" and question.computed is None:
        says = f"The question {question.id} is computed and does not say how."
        cure = "Add “computed:” with sufficient_when or on_time, or choose another kind."
        yield Fault("framework.computed-missing", (*path, "computed"), says, cure)
    elif question.kind != "computed" and question.computed is not None:
        says = f"The question {question.id} is a {question.kind} and is also computed."
        cure = "Write “kind: computed”, or remove “computed:”."
        yield Fault("framework.computed-unexpected", (*path, "computed"), says, cure)


def _scale(framework: Framework, path: DataPath, question: Question) -> Iterator[Fault]:
    if question.scale is None and question.type is not None:
        return
    if question.scale is None:
        says = f"The question {question.id} has no scale, so nobody could answer it."
        yield Fault("framework.scale-missing", (*path, "scale"), says, "Add “scale:” with the id of a scale.")
        return
    scale = framework.scale_by_id.get(question.scale)
    if scale is None:
        return
    where = (*path, "scale")
    if question.kind == "gate" and not scale.data_only:
        says = f"The gate {question.id} has the scale {quoted(scale.id)}, whose answers would count."
        yield Fault("framework.gate-scale", where, says, "Give it a scale with “data_only: true”.")
    if question.kind in ("gate", "judgement") and scale.multiple:
        says = f"The {question.kind} {question.id} needs one answer, and the scale {quoted(scale.id)} takes several."
        yield Fault("framework.scale-multiple", where, says, "Give it a scale without “multiple: true”.")
    if question.kind == "judgement" and not any(option.outcome for option in scale.options):
        says = f"No answer on the scale {quoted(scale.id)} of the judgement {question.id} has an outcome, so nothing would count."
        cure = "Give the options outcomes, or make the question one of the kind data or gate."
        yield Fault("framework.no-outcome", where, says, cure)


def _judgement(path: DataPath, question: Question, scale: Scale | None) -> Iterator[Fault]:
    checklist = scale is not None and not scale.reasons
    if question.guidance is None and not checklist:
        says = f"The judgement {question.id} has no guidance, and judgements rest on written guidance."
        yield Fault(
            "framework.missing-guidance", (*path, "guidance"), says, "Say under “guidance:” what sufficient looks like."
        )
    if not question.reasons and not checklist:
        says = f"The judgement {question.id} has no reasons for No."
        yield Fault(
            "framework.missing-reasons", (*path, "reasons"), says, "List them under “reasons:”, or name a list."
        )
    if question.reasons and not isinstance(question.reasons, str):
        yield from _ends_with_other((*path, "reasons"), question.reasons)


def _reason_lists(framework: Framework) -> Iterator[Fault]:
    named = {question.reasons for _, question in placed_questions(framework) if isinstance(question.reasons, str)}
    for name, reasons in framework.reason_lists.items():
        if name in named:
            yield from _ends_with_other(("reason_lists", name), reasons)
    if framework.not_relevant_reasons:
        yield from _ends_with_other(("not_relevant_reasons",), framework.not_relevant_reasons)


def _ends_with_other(path: DataPath, reasons: tuple[Reason, ...]) -> Iterator[Fault]:
    if not reasons or reasons[-1].id != OTHER or not reasons[-1].needs_note:
        says = "This list of reasons leaves no room for a reason that is not in it."
        cure = "End it with the reason “other” and “needs_note: true”."
        yield Fault("framework.no-other-reason", (*path, max(len(reasons) - 1, 0)), says, cure)


def _scales(framework: Framework) -> Iterator[Fault]:
    for at, scale in enumerate(framework.scales):
        for place in _counted(scale) if scale.data_only else ():
            says = f"The scale {quoted(scale.id)} is data only, and this option has an outcome."
            cure = "Remove the outcome, or “data_only: true”."
            yield Fault("framework.outcome-on-data", ("scales", at, "options", place, "outcome"), says, cure)


def _counted(scale: Scale) -> list[int]:
    return [place for place, option in enumerate(scale.options) if option.outcome is not None]


def _facts(framework: Framework) -> Iterator[Fault]:
    for at, fact in enumerate(framework.facts):
        if fact.type == "choice" and not fact.options:
            says = f"The fact {quoted(fact.id)} is a choice and has no options."
            yield Fault("framework.options-missing", ("facts", at, "options"), says, "List them under “options:”.")
        elif fact.type != "choice" and fact.options:
            says = f"The fact {quoted(fact.id)} has options and is not a choice."
            yield Fault(
                "framework.options-unexpected", ("facts", at, "options"), says, "Write “type: choice”, or remove them."
            )


def _provenance(framework: Framework) -> Iterator[Fault]:
    """A rule that is said to be documented names where."""
    for path, question in placed_questions(framework):
        if question.provenance.mark == "documented" and question.provenance.source is None:
            says = f"The question {question.id} is marked as documented and names no source."
            cure = "Name the source, or choose another mark."
            yield Fault("framework.no-source", (*path, "provenance"), says, cure, Severity.WARNING)
