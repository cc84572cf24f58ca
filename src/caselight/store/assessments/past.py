"""The past of a case: the steps that it took, with their reasons, and what was answered since one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.store.assessments import models
from caselight.store.assessments.steps import Step
from caselight.store.assessments.words import DESTROYED, opened_text
from caselight.store.audit.actions import as_text

Subject = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class Taken:
    """A step: who took it, with whom where two are needed, when, why where a reason is given; ``n`` is its audit row."""

    step: Step
    by: str
    second: str
    at: datetime
    reason: str
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """What stood at a place then, and what stands there now: none, one, or several answers."""

    place: Address
    before: tuple[AnswerEvent, ...]
    after: tuple[AnswerEvent, ...]


def steps_of(inspection: str, subject: Subject) -> tuple[Taken, ...]:
    """The steps of a case, the first one first; words whose key was destroyed read ``(destroyed)``."""
    kind, key = subject
    kept = models.CaseStep.objects.filter(inspection__key=inspection, subject_kind=kind, subject_key=key).order_by("id")
    found = []
    for step, by, second, at, sealed, key_id, n in kept.values_list(
        "step", "by", "second", "at", "sealed", "key_id", "chain_n"
    ):
        of = reason_of(subject, step, as_text(at))
        reason = opened_text(inspection, of, bytes(sealed), key_id) if key_id else ""
        found.append(Taken(Step(step), by, second, at, DESTROYED if reason is None else reason, n))
    return tuple(found)


def reason_of(subject: Subject, step: str, at: str) -> str:
    """What the reason of a step is bound to."""
    return f"step:{subject[0]}:{subject[1]}:{step}:{at}"


def since(inspection: str, subject: Subject, n: int, events: Iterable[AnswerEvent]) -> Iterator[Change]:
    """Of these events of a case what came after a row of the audit: each place with what stood then and stands now."""
    kind, key = subject
    later = models.AnswerEvent.objects.filter(
        inspection__key=inspection, subject_kind=kind, subject_key=key, chain_n__gt=n
    )
    new, known = set(later.values_list("op_id", flat=True)), tuple(events)
    before, after = heads(event for event in known if event.op_id not in new), heads(known)
    for place in dict.fromkeys(event.address for event in known if event.op_id in new):
        yield Change(place, before.get(place, ()), after.get(place, ()))
