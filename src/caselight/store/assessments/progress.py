"""Where the cases of an inspection stand, and what keeps one from being complete."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.answers.addresses import Content
from caselight.method.answers.admissible import missing_faults
from caselight.method.answers.completeness import missing
from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.faults import Fault
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import Package
from caselight.method.inspection.samples import not_asked
from caselight.store.assessments import models, rows
from caselight.store.assessments.queries import events_of
from caselight.store.assessments.room import Room, enter
from caselight.store.assessments.steps import CaseStanding, Step, fingerprint
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples.queries import sample_of

Subject = tuple[str, str]  # kind and key
_COLUMNS = ("subject_kind", "subject_key", "step", "by", "second", "at", "events_sha256")


def standings(inspection: str) -> dict[Subject, CaseStanding]:
    """Where each subject stands that has taken a step."""
    room = enter(inspection, lock=False)
    prints = _fingerprints(room, None)
    last = {row[:2]: row for row in _steps(room).values_list(*_COLUMNS)}
    return {subject: _standing(row, prints.get(subject)) for subject, row in last.items()}


def standing_of(room: Room, subject: Subject) -> tuple[CaseStanding, str]:
    """Where one subject stands, and the fingerprint of its answers now."""
    now = _fingerprints(room, subject[1]).get(subject, fingerprint(()))
    kind, key = subject
    row = _steps(room).filter(subject_kind=kind, subject_key=key).values_list(*_COLUMNS).last()
    return (_standing(row, now) if row else CaseStanding(kind, key)), now


def _steps(room: Room):  # type: ignore[no-untyped-def] # a query set of Django
    return models.CaseStep.objects.filter(inspection_id=room.id).order_by("id")


def _standing(row: rows.Row, now: str | None) -> CaseStanding:
    kind, key, step, by, second, at, then = row
    return CaseStanding(kind, key, Step(step), by, second, at, (now or fingerprint(())) != then)


def _fingerprints(room: Room, subject_key: str | None) -> dict[Subject, str]:
    found: dict[Subject, list[tuple[str, str]]] = {}
    for kind, key, op_id, digest in rows.standing(room.id, subject_key):
        found.setdefault((kind, key), []).append((op_id, digest))
    return {subject: fingerprint(pairs) for subject, pairs in found.items()}


def unfinished(room: Room, subject: Subject) -> Iterator[Fault]:
    """What keeps a subject from being complete: no answer, two answers, or an answer that lacks a reason or a note."""
    events = events_of(room.key, *subject)
    current = [event for event in events if event.framework_version not in room.former]
    for address, group in heads(current).items():
        if len(group) > 1:
            yield Fault(
                "answer.case-contested",
                (*subject, address.question_id),
                f"{address.question_id}: {len(group)} answers, and a decision is needed.",
                "Whoever leads decides which one stands, with a reason.",
            )
    for sheet in _sheets(room, subject, current):
        for item in missing([sheet]):
            if item.why == "unanswered":
                says = f"{item.question_id} is not yet answered."
                yield Fault("answer.case-unanswered", (*subject, item.question_id), says, "Answer it.")
        yield from _lacking(sheet, subject, room)


def _sheets(room: Room, subject: Subject, events: list[AnswerEvent]) -> tuple[Sheet, ...]:
    kept, framework = inspection_of(room.key), room.framework
    known = [one for one in subjects_of(room.key) if (one.kind, one.key) == subject]
    subjects = with_facts(known, caseload_of(room.key, framework), events, framework)
    outside = not_asked(Package(kept.definition, framework, sample=sample_of(room.key)))
    return sheets(framework, subjects, heads(events), screening=room.screening, holidays=kept.holidays, outside=outside)


def _lacking(sheet: Sheet, subject: Subject, room: Room) -> Iterator[Fault]:
    """Answers that stand without the reason or the note that they need."""
    for name, group in sheet.recorded.items():
        event = group[0]
        if name in room.framework.questions and sheet.standing(name).event is not event:
            continue
        content = Content(*event[1:3], *event[4:8], event.value, event.reasons, bool(event.note), event.withdrawn)
        for fault in missing_faults(content, room.framework):
            yield Fault("answer.case-lacks-reason", (*subject, name), fault.says, fault.cure)
