"""The record of a draw in words: how each size came about, and the cases in the order of the draw."""

from __future__ import annotations

from collections.abc import Mapping

from caselight.method.framework.definition import Framework
from caselight.method.sampling.allocation.changes import Why
from caselight.method.sampling.draw import DRAWN, REMOVED, REPLACEMENT, RESERVE, Drawn
from caselight.procedures.sample_choosing import Looked
from caselight.web.sampling.cases import part_in_words

WHY: Mapping[str, str] = {
    Why.LISTED: "in the list",
    Why.NOT_ELIGIBLE: "without those that are not eligible",
    Why.OUTSIDE_WINDOW: "without those outside the period",
    Why.OUTSIDE_POPULATION: "without those that the design does not look at",
    Why.NOT_KNOWN: "without those of which too little is known",
    Why.EXCLUDED: "without those that are left out",
    Why.SAME_PERSON: "one case for each child",
    Why.BY_RULE: "by the rule of the design",
    Why.CHOSEN: "chosen",
    Why.RAISED_TO_MINIMUM: "raised to the least that the design allows",
    Why.LOWERED_TO_MAXIMUM: "lowered to the most that the design allows",
    Why.LOWERED_TO_POPULATION: "lowered to as many as there are",
    Why.LOWERED_TO_QUOTAS: "lowered to what the quotas allow",
    Why.INITIAL: "its share, rounded down",
    Why.WITH_BUFFER: "with some more, in case of losses",
    Why.RAISED_BY_ROUNDING: "raised by rounding",
    Why.LOWERED_BY_ROUNDING: "lowered by rounding",
    Why.RAISED_AS_OTHERS_ARE_FULL: "raised, as other groups have no more",
    Why.RAISED_TO_QUOTA: "raised to its quota",
    Why.LOWERED_TO_QUOTA: "lowered to its quota",
    Why.RAISED_FOR_QUOTAS: "raised for the quotas of others",
    Why.LOWERED_FOR_QUOTAS: "lowered for the quotas of others",
    Why.LOWERED_TO_WORKER_CAP: "lowered to the most for one worker",
    Why.RAISED_FOR_WORKER_CAP: "raised, as a worker of another group has the most",
    Why.LOWERED_AS_WORKERS_ARE_FULL: "lowered, as every worker has the most",
}
STATUS: Mapping[str, str] = {
    DRAWN: "selected", RESERVE: "in reserve", REMOVED: "removed", REPLACEMENT: "took the place of another",
}  # fmt: skip


def steps(seen: Looked, framework: Framework) -> list[tuple[str, int, str]]:
    """Each change of a size: of what, the size from there on, and why."""
    return [
        (
            part_in_words(one.part, framework) or one.part or "The whole list",
            one.size,
            WHY.get(one.reason, one.reason) + (f": {one.note}" if one.note else ""),
        )
        for one in seen.steps
    ]


def in_order(seen: Looked, framework: Framework) -> list[tuple[Drawn, str, str]]:
    """Each case in the order of the draw, with its group and what became of it."""
    defaults, language = framework.sample, framework.languages[0]
    reasons = {one.id: one.label.in_(language) for one in defaults.removal_reasons} if defaults else {}
    return [
        (
            case,
            part_in_words(case.stratum, framework),
            STATUS.get(case.status, case.status)
            + (f" ({reasons.get(case.removed_reason, case.removed_reason)})" if case.removed_reason else ""),
        )
        for case in seen.cases
    ]


def groups(seen: Looked, framework: Framework) -> str:
    """The facts by which the list was divided, as people call them."""
    facts, language = framework.fact_by_id, framework.languages[0]
    named = (facts[name].label.in_(language) if name in facts else name for name in seen.sampling.design.strata)
    return ", ".join(named) or "none"
