"""Answers in and out: a device sends events and gets a receipt, or a reason, for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import BaseModel, ConfigDict, Field

from caselight.api.callers import Caller, caller, named
from caselight.api.pages import Page, page, part
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Fault, Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments import queries
from caselight.store.assessments.access import scope
from caselight.store.assessments.actions.messages import MOST
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.permitted import barred
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.audit.actions import as_text
from caselight.store.inspections.access import Access, demand, not_found, on_some, read_by
from caselight.store.inspections.keys import chain

router = Router(tags=["answers"])

LISTED = 500  # codes in one list


class Strict(BaseModel):
    """What is sent holds these fields and no other: a field with a slip in its name is refused, not ignored.

    Not Ninja's Schema, which wraps each of 250 answers to read attributes from it that plain JSON does not have.
    """

    model_config = ConfigDict(extra="forbid", strict=True)


class EventIn(Strict):
    """An answer event as the recorder made it (see the inspection package). ``pass`` is first, second or moderated."""

    op_id: str = Field(max_length=36)
    tool: str = Field(max_length=60)
    subject_kind: str = Field(max_length=60)
    subject_key: str = Field(max_length=100)
    table: str = Field("", max_length=60)
    row_key: str = Field("", max_length=100)
    question_id: str = Field(max_length=100)
    pass_: str = Field(max_length=20, alias="pass")
    value: str = ""
    reasons: list[str] = Field([], max_length=LISTED)
    note: str = ""
    themes: list[str] = Field([], max_length=LISTED)
    notable: bool = False
    withdrawn: bool = False
    actor: str = Field(max_length=100)
    device: str = Field("", max_length=100)
    base_op_ids: list[str] = Field([], max_length=LISTED)
    resolves_reason: str = ""
    client_time: str = Field(max_length=40)
    framework_version: str = Field(max_length=100)
    payload_sha256: str = Field(max_length=64)

    def event(self, server_time: str) -> AnswerEvent:
        """The event as the method knows it."""
        said: dict[str, Any] = self.model_dump()
        said |= {name: tuple(said[name]) for name in ("reasons", "themes", "base_op_ids")}
        return AnswerEvent(**said, server_time=server_time)


class LocatorIn(Strict):
    """Where in the file the evidence of an event is."""

    op_id: str
    document: str
    where: str


class ExcerptIn(Strict):
    """Words quoted from the file, with the alias they may be printed under."""

    key: str
    op_id: str
    text: str
    alias: str = ""
    alias_checked_by: str = ""
    speaker: str = ""


class MessageIn(Strict):
    """What a device sends at once."""

    events: list[EventIn] = Field(min_length=1, max_length=MOST)
    locators: list[LocatorIn] = Field(default_factory=list)
    excerpts: list[ExcerptIn] = Field(default_factory=list)


class ReceiptOut(Schema):
    """A judgement is kept. ``signature`` (Ed25519) covers the other fields as canonical JSON.

    ``evidence_sha256`` is the digest of the locators and excerpts kept with it (how to record answers); empty for none.
    """

    op_id: str
    payload_sha256: str
    chain: str
    chain_index: int
    chain_hash: str
    signature: str
    key_id: str
    evidence_sha256: str


class RefusalOut(Schema):
    """A message was not taken as an answer. ``kept``: it lies in quarantine on the server, for a person to look at."""

    op_id: str
    code: str
    says: str
    cure: str
    kept: bool


class ResultsOut(Schema):
    """For each event sent, in order, its receipt or its refusal."""

    results: list[ReceiptOut | RefusalOut]


@router.post("/inspections/{key}/answers", response=ResultsOut, url_name="answers", by_alias=True)
def record(request: HttpRequest, key: str, message: MessageIn) -> dict[str, Any]:
    """Record answers. Sending the same again gives the same receipts; a device keeps its copy until it has one."""
    who = caller(request)
    events = [item.event(as_text(who.at)) for item in message.events]
    found = barred(scope(who.user, key, who.at), events)
    gone = {n: refusal for n, refusal in found.items() if not refusal.kept}
    if len(gone) == len(events):
        first = next(iter(gone.values()))
        raise Faults([Fault(first.code, (), first.says, first.cure)])
    left = [event for n, event in enumerate(events) if n not in gone]
    # Only evidence of what is not kept goes with it; evidence of no event at all is refused by name.
    dropped = {events[n].op_id for n in gone} - {event.op_id for event in left}
    answers = record_answers(
        by=who.user,
        inspection=key,
        device=who.device,
        events=left,
        at=who.at,
        locators=[Locator(**item.model_dump()) for item in message.locators if item.op_id not in dropped],
        excerpts=[Excerpt(**item.model_dump()) for item in message.excerpts if item.op_id not in dropped],
        ask=lambda waited: barred(scope(who.user, key, datetime.now(UTC)), waited),
    )
    return {"results": _in_order(events, gone, answers)}


def _in_order(
    events: Sequence[AnswerEvent], gone: dict[int, Refusal], answers: Iterable[Receipt | Refusal]
) -> list[dict[str, Any]]:
    given = iter(answers)
    return [_said(gone[n] if n in gone else next(given)) for n in range(len(events))]


def _said(answer: Receipt | Refusal) -> dict[str, Any]:
    """Its fields; all of them are plain."""
    return {name: getattr(answer, name) for name in answer.__slots__}


class EventOut(EventIn):
    """An answer event as it is kept. ``imported_by``: who brought it in with a package, where it was not sent here."""

    server_time: str
    imported_by: str = ""


@router.get("/inspections/{key}/answers", response=Page[EventOut], url_name="answers", by_alias=True)
def recorded(
    request: HttpRequest, key: str, after: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=1000)
) -> Any:
    """The events that the caller may read, in the order recorded, a page at a time."""
    who = caller(request)
    found = queries.some_events(key, _readable(who, key), after, limit)
    return part(_events_out(key, found.events), after, limit, found.total)


@router.get("/inspections/{key}/contested", response=Page[list[EventOut]], url_name="contested", by_alias=True)
def contested(
    request: HttpRequest, key: str, after: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=1000)
) -> Any:
    """The answers that stand against each other and count nowhere until a named person decides."""
    who = caller(request)
    groups, total = queries.some_contested(key, _readable(who, key), after, limit)
    return part([_events_out(key, group) for group in groups], after, limit, total)


@router.get("/inspections/{key}/answers/{op_id}/receipt", response=ReceiptOut, url_name="receipt")
def receipt(request: HttpRequest, key: str, op_id: str) -> Receipt:
    """The receipt of an event, the same as was given for it."""
    who = caller(request)
    found = queries.receipt(named(op_id, 36))
    if found is None or found.chain != chain(key):
        not_found()
    judgement = queries.judgement_of(key, op_id)
    if judgement is None or not read_by(_reader(who, key), [judgement]):
        not_found()
    return found


class AsideOut(Schema):
    """A message that was set aside, for a person to look at."""

    op_id: str
    code: str
    received_at: str
    received_from: str
    settled: bool
    event: EventOut | None


@router.get("/inspections/{key}/quarantine", response=Page[AsideOut], url_name="quarantine", by_alias=True)
def quarantine(
    request: HttpRequest, key: str, after: int = Query(0, ge=0), limit: int = Query(200, ge=1, le=1000)
) -> Any:
    """Messages that could not be taken as answers; nothing that was sent is dropped."""
    caller(request).allowed(key, Permission.ANSWER_QUARANTINED)
    return page(queries.quarantined(key), after, limit, _aside_out)


def _reader(who: Caller, key: str) -> Access:
    """The caller's access; what they may read at all is asked before anything is looked at."""
    access = scope(who.user, key, who.at)
    if not on_some(access, Permission.ANSWER_READ):
        demand(access, Permission.ANSWER_READ)
    return access


def _readable(who: Caller, key: str) -> set[queries.Judgement]:
    """The judgements that the caller may read now."""
    return read_by(_reader(who, key), queries.judgements(key))


def _events_out(key: str, events: Sequence[AnswerEvent]) -> list[dict[str, Any]]:
    importers = queries.importers(key, (event.op_id for event in events))
    return [_event_out(event) | {"imported_by": importers.get(event.op_id, "")} for event in events]


def _event_out(event: AnswerEvent) -> dict[str, Any]:
    said = event._asdict()
    return {"pass" if name == "pass_" else name: list(value) if isinstance(value, tuple) else value
            for name, value in said.items()}  # fmt: skip


def _aside_out(aside: queries.Aside) -> dict[str, Any]:
    return {
        "op_id": aside.op_id,
        "code": aside.code,
        "received_at": as_text(aside.received_at),
        "received_from": aside.received_from,
        "settled": aside.settled,
        "event": _event_out(aside.event) if aside.event else None,
    }
