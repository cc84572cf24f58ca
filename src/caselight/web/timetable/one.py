"""The page of one slot as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.attendance import presences
from caselight.store.samples.timetable.values import WHY, Change, Outcome, Settled, Slot
from caselight.web.timetable.board import Board, Warned
from caselight.web.timetable.publications import clock_words
from caselight.web.timetable.seeing import Seen
from caselight.web.timetable.wording import change_words, half_words

DESTROYED = "(destroyed)"


@dataclass(frozen=True)
class Page:
    """What is shown, and which forms: ``changes`` those of time and room, ``notes`` that of what became of it."""

    slot: str
    title: str
    rows: Sequence[tuple[str, object, object]]
    warned: Sequence[Warned]
    history: Sequence[str]
    changes: bool
    notes: bool
    told: bool
    noted: dict[str, str]


def page_of(board: Board, slot: Slot) -> Page:
    """The page of a slot that the visitor may see."""
    seen = board.seen
    settled = seen.timetable.settled.get(slot.slot)
    present = presences(seen.visit.key, {slot.subject}).get(slot.subject, "") if seen.notes(slot) else ""
    told = any(one.slot == slot.slot for one in seen.timetable.published)
    return Page(
        slot.slot,
        seen.title(slot),
        [*_rows(board, slot), *_became(seen, slot, settled, present)],
        board.warned(slot),
        _history(seen, slot) if seen.plans else (),
        changes=seen.plans and settled is None,
        notes=seen.notes(slot) and told,
        told=told,
        noted=_initial(settled, present),
    )


def _rows(board: Board, slot: Slot) -> list[tuple[str, object, object]]:
    seen, place = board.seen, slot.place
    named = {"key": seen.visit.key, "kind": slot.kind, "subject": slot.key}
    opens = seen.visit.may(Permission.ANSWER_RECORD, slot.key)
    about = (reverse("assessing:case", kwargs=named), "Open") if opens else None
    return [
        ("About", seen.about(slot), about),
        ("Worker", seen.worker(slot), None),
        (board.said.cap(board.said.inspector), seen.name(place.user), None),
        ("When", half_words(place.day, place.half), None),
        ("Time", slot.starts or "Not said yet", None),
        ("Room", slot.room or "Not said yet", None),
    ]


def _became(seen: Seen, slot: Slot, settled: Settled | None, present: str) -> list[tuple[str, object, object]]:
    if settled is None:
        return []
    by = f"{seen.name(settled.by)}, {clock_words(seen, settled.at)}"
    if settled.outcome is Outcome.HELD:
        return [("Held", f"Noted by {by}", None), *([("Present", present, None)] if present else [])]
    rows: list[tuple[str, object, object]] = [("Cancelled", f"Noted by {by}", None)]
    rows.append(("Why", WHY.get(settled.reason, settled.reason), None))
    if seen.notes(slot) and settled.note != "":
        rows.append(("Note", DESTROYED if settled.note is None else settled.note, None))
    return rows


def _initial(settled: Settled | None, present: str) -> dict[str, str]:
    if settled is None:
        return {"who": present}
    return {"outcome": settled.outcome, "who": present, "reason": settled.reason, "note": settled.note or ""}


def _history(seen: Seen, slot: Slot) -> list[str]:
    """Every state, the newest first: what, by whom and when."""
    states = seen.timetable.history(slot.slot)
    steps = [Change(before, after) for before, after in zip((None, *states), states, strict=False)]
    return [
        f"{change_words(one, seen.names)} ({seen.name(one.slot.by)}, {clock_words(seen, one.slot.at)})"
        for one in reversed(steps)
    ]
