"""An open inspection moved to another framework: which answers are taken over, and which are not, and why.

An answer is taken over where the question is still asked of the same subject in the same form and the answer still
means the same: then a new event with the author of the old one builds on it. Nothing is rewritten: what was recorded
before stays, and counts no more. A decision about a rating is never taken over, because what it was decided about has
changed; acceptances of claims become stale by themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.fact_values import FACT, fact_value
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Option
from caselight.method.framework.questions import Question
from caselight.method.inspection.definition import Migration
from caselight.method.inspection.package import Migrated, Package

RATING = "rating:"


class Left(NamedTuple):
    """An answer that is not taken over, and why: a word of ``WHY`` and what it is about."""

    event: AnswerEvent
    why: str
    about: str = ""


WHY = {
    "dropped": "the question is no longer there",
    "replaced": "another question takes its place",
    "elsewhere": "it is asked of another subject or in another form",
    "re-scaled": "the answer no longer means the same, or is no longer one",
    "reason": "its reason is no longer among those of the question",
    "computed": "the question is now computed",
    "contested": "it is contested: resolve it first or answer again",
    "fact": "the fact is no longer there, or no longer has this value",
    "decision": "a decision about a rating is made again",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """The inspection as it is afterwards, the answers taken over, and those that are not."""

    package: Package
    taken: tuple[Migrated, ...]
    left: tuple[Left, ...]


def moved(package: Package, after: Framework, migration: Migration, screening: str) -> Moved:
    """The package pinned to ``after``, with a new event for each answer that is taken over.

    ``migration`` says what it was pinned to, and who moves it, when and why. Ids of new events follow from the old ones
    and the new version, so that a repeated migration gives the same events.
    """
    made: list[AnswerEvent] = []
    links: list[Migrated] = []
    left: list[Left] = []
    for standing in heads(package.counted).values():
        for event in standing:
            if event.withdrawn:
                continue
            found = Left(event, "contested") if len(standing) > 1 else _why_not(event, package.framework, after)
            if found is not None:
                left.append(found)
                continue
            new = _again(event, after.version)
            made.append(new)
            links.append(Migrated(new.op_id, event.op_id))
    pinned = package.inspection.framework.model_copy(
        update={"id": after.id, "version": after.version, "screening": screening}
    )
    migrations = (*package.inspection.migrations, migration)
    inspection = package.inspection.model_copy(update={"framework": pinned, "migrations": migrations})
    changed = replace(
        package,
        inspection=inspection,
        framework=after,
        events=tuple(sorted((*package.events, *made))),
        migrated=tuple(sorted((*package.migrated, *links), key=lambda row: row.op_id)),
    )
    return Moved(changed, tuple(links), tuple(sorted(left)))


def _again(event: AnswerEvent, version: str) -> AnswerEvent:
    """The same answer by the same author, built on the old one."""
    digest = hashlib.sha256(f"{event.op_id} {version}".encode()).hexdigest()
    time = event.op_id.replace("-", "")[:12].rjust(12, "0")
    op_id = f"{time[:8]}-{time[8:12]}-7{digest[:3]}-8{digest[3:6]}-{digest[6:18]}"
    made = event._replace(
        op_id=op_id, base_op_ids=(event.op_id,), resolves_reason="", framework_version=version, payload_sha256=""
    )
    return made._replace(payload_sha256=payload_digest(made))


def _why_not(event: AnswerEvent, before: Framework, after: Framework) -> Left | None:
    """Why an answer is not taken over; ``None`` when it is."""
    name = event.question_id
    if name.startswith(RATING):
        return Left(event, "decision", name.removeprefix(RATING))
    if name.startswith(FACT):
        return _fact(event, after)
    old, new = before.questions.get(name), after.questions.get(name)
    if new is None:
        other = next((question.id for question in after.questions.values() if name in question.replaces), "")
        return Left(event, "replaced" if other else "dropped", other)
    if old is None or new.tool != event.tool or after.subject_of(new) != (event.table or event.subject_kind):
        return Left(event, "elsewhere", new.tool)
    if new.computed is not None and not (old.computed and new.computed.may_override):
        return Left(event, "computed")
    if not _means_the_same(event.value, old, new, before, after):
        return Left(event, "re-scaled", event.value)
    return next((Left(event, "reason", reason) for reason in event.reasons if reason not in _reasons(new, after)), None)


def _fact(event: AnswerEvent, after: Framework) -> Left | None:
    fact = after.fact_by_id.get(event.question_id.removeprefix(FACT))
    fits = fact is not None and fact.subject == (event.table or event.subject_kind)
    if fact is not None and fits and not fact_value(fact, event.value)[1]:
        return None
    return Left(event, "fact", event.question_id.removeprefix(FACT))


def _means_the_same(value: str, old: Question, new: Question, before: Framework, after: Framework) -> bool:
    if value == NOT_RELEVANT:
        return not new.never_not_relevant
    chosen = value.split("|")
    was, now = dict(_options(old, before)), dict(_options(new, after))
    if not was and not now:
        return old.type == new.type
    return all(_meaning(was.get(one)) == _meaning(now.get(one)) is not None for one in chosen)


def _meaning(option: Option | None) -> tuple[object, ...] | None:
    return None if option is None else (option.value, option.outcome, option.points)


def _options(question: Question, framework: Framework) -> Iterator[tuple[str, Option]]:
    scale = framework.scale_by_id.get(question.scale or "")
    yield from ((option.value, option) for option in (scale.options if scale else ()))


def _reasons(question: Question, framework: Framework) -> frozenset[str]:
    listed = (*framework.reasons_of(question), *framework.good_of(question), *framework.not_relevant_reasons)
    return frozenset(reason.id for reason in listed)
