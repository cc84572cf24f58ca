"""What was recorded, as values: events as they were sent, what stands, what is contested, what was set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.inspection.package import Migrated
from caselight.store.assessments import models, rows
from caselight.store.assessments.evidence import excerpts, locators, named_digests
from caselight.store.assessments.quarantine import Aside, messages_open, quarantined, set_aside
from caselight.store.assessments.receipts import Committed, Receipt, signing_key
from caselight.store.assessments.room import enter
from caselight.store.assessments.rows import Row
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection

__all__ = [
    "Aside", "contested", "events", "events_of", "excerpts", "importers", "judgement_of", "judgements", "locators",
    "messages_open", "migrated", "quarantined", "receipt", "set_aside", "some_contested", "some_events",
    "standing",
]  # fmt: skip


def events(inspection: str) -> tuple[AnswerEvent, ...]:
    """Every event of an inspection in the order recorded; words whose key was destroyed read ``(destroyed)``."""
    room = enter(inspection, lock=False)
    return tuple(rows.read(inspection, '"inspection_id" = %s ORDER BY "chain_n"', [room.id]))


def events_of(inspection: str, subject_kind: str, subject_key: str) -> tuple[AnswerEvent, ...]:
    """The events of one subject, in the order recorded."""
    room = enter(inspection, lock=False)
    where = '"inspection_id" = %s AND "subject_key" = %s AND "subject_kind" = %s ORDER BY "chain_n"'
    return tuple(rows.read(inspection, where, [room.id, subject_key, subject_kind]))


def events_about(inspection: str, question_id: str) -> tuple[AnswerEvent, ...]:
    """The events of one question, of all subjects, in the order recorded."""
    room = enter(inspection, lock=False)
    where = '"inspection_id" = %s AND "question_id" = %s ORDER BY "chain_n"'
    return tuple(rows.read(inspection, where, [room.id, question_id]))


Judgement = tuple[str, str]  # a subject and the author; of what is moderated, none


@dataclass(frozen=True, slots=True)
class Some:
    """A part of a list in its order, and how long the list is."""

    events: tuple[AnswerEvent, ...]
    total: int


def judgements(inspection: str) -> set[Judgement]:
    """Of which subjects there are events of which authors: what blind reading asks of. Nothing is unsealed."""
    return set(rows.judgements(enter(inspection, lock=False).id))


def some_events(inspection: str, of: Collection[Judgement], after: int, most: int) -> Some:
    """Of the events of some judgements, in the order recorded, at most so many after so many."""
    room = enter(inspection, lock=False)
    where, values = rows.of_judgements(room.id, of)
    page = rows.read(inspection, f'{where} ORDER BY "chain_n" LIMIT %s OFFSET %s', [*values, most, after])
    return Some(tuple(page), rows.count(where, values))


def some_contested(
    inspection: str, of: Collection[Judgement], after: int, most: int
) -> tuple[list[list[AnswerEvent]], int]:
    """Of the contested addresses all of whose answers are among some judgements, at most so many after so many."""
    room = enter(inspection, lock=False)
    groups: dict[tuple[int, Row], list[tuple[str, Judgement]]] = {}
    for op_id, subject, author, first, *address in rows.contested(room.id):
        groups.setdefault((first, tuple(address)), []).append((op_id, (subject, author)))
    whole = [group for _, group in sorted(groups.items()) if all(judgement in of for _, judgement in group)]
    shown = [sorted(op_id for op_id, _ in group) for group in whole[after : after + most]]
    wanted = [op_id for group in shown for op_id in group]
    events = {event.op_id: event for event in rows.read_these(inspection, room.id, wanted)}
    return [[events[op_id] for op_id in group] for group in shown], len(whole)


def judgement_of(inspection: str, op_id: str) -> Judgement | None:
    """The judgement that one event is part of; None where the inspection has no such event."""
    return next(iter(rows.judgements(enter(inspection, lock=False).id, op_id)), None)


def importers(inspection: str, op_ids: Iterable[str]) -> dict[str, str]:
    """Of these events those that came in with a package: who brought each in, in the name of its actor."""
    return dict(rows.imported(chain(inspection), op_ids))


def standing(inspection: str) -> dict[Address, tuple[AnswerEvent, ...]]:
    """The heads of each address: one is the answer, several are contested."""
    return heads(events(inspection))


def contested(inspection: str) -> dict[Address, tuple[AnswerEvent, ...]]:
    """The addresses with two answers or more, which count nowhere until a named person decides with a reason."""
    return {address: group for address, group in standing(inspection).items() if len(group) > 1}


def receipt(op_id: str) -> Receipt | None:
    """The receipt of an event, the same as was given for it; None where there is no such event."""
    for found, inspection_id, digest, n, chained, *_ in rows.known([op_id]):
        own = chain(Inspection.objects.values_list("key", flat=True).get(pk=inspection_id))
        return Committed(found, digest, own, n, chained, named_digests(own, [n]).get(n, "")).signed(signing_key())
    return None


def migrated(inspection: str) -> tuple[Migrated, ...]:
    """The answers that were taken over from an earlier framework, in order."""
    kept = models.Migrated.objects.filter(inspection__key=inspection).order_by("position", "id")
    return tuple(Migrated(*row) for row in kept.values_list("op_id", "migrated_from"))
