"""Whether the recorded events hold together: each by itself, against the framework, and one against another.

One pass per rule, plain loops, and each distinct content judged once: 250,000 events take about two seconds. What a
single answer may say is in ``admissible``, which event builds on which in ``lineage``. Whether a question applies to
a subject is for the answer sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter

from caselight.method.answers.addresses import Content, address_faults
from caselight.method.answers.admissible import missing_faults, value_faults
from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.fact_values import day
from caselight.method.answers.lineage import base_faults, contested_faults
from caselight.method.faults import Fault, Findings, Severity, quoted
from caselight.method.framework.definition import Framework

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?Z")
_BOTH = re.compile(f"{_INSTANT.pattern} (?:{_INSTANT.pattern})?")
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_LATE = timedelta(days=1)
_content = itemgetter(1, 2, 4, 5, 6, 7, 8, 9, 13)  # the fields of a Content, but for whether there is a note


@dataclass(frozen=True, slots=True)
class Register:
    """What the events of one inspection are held against.

    ``subjects`` are pairs of kind and key; ``asked`` the questions of the screening; ``actors`` the keys of the team,
    empty when the team is not listed. ``former`` are the versions of frameworks that the inspection was migrated from:
    what was recorded with them is kept as it is, and not held against the framework of now.
    """

    framework: Framework
    asked: frozenset[str]
    subjects: frozenset[tuple[str, str]]
    actors: frozenset[str] = frozenset()
    published: date | None = None
    former: frozenset[str] = frozenset()


def event_faults(events: Sequence[AnswerEvent], register: Register) -> list[Fault]:
    """Everything that is wrong with the events, with paths ``("answers", row, field)`` into the sequence.

    Superseded events are checked too, except for what an answer lacks only while it stands.

    >>> from types import SimpleNamespace
    >>> event_faults([], Register(SimpleNamespace(), frozenset(), frozenset()))
    []
    """
    found = Findings()
    first: dict[str, int] = {}
    found.extend(_repeated(events, first))
    found.extend(_contents(events, register, first))
    found.extend(_people(events, register))
    found.extend(_payloads(events))
    found.extend(_instants(events, register.published))
    found.extend(_versions(events, {register.framework.version, *register.former}) if events else ())
    found.extend(base_faults(events, first))
    return found.all()


def unique(events: Iterable[AnswerEvent]) -> Iterator[int]:
    """The positions of the events that count: of several with one ``op_id``, the first."""
    seen: set[str] = set()
    for index, event in enumerate(events):
        if event.op_id not in seen:
            seen.add(event.op_id)
            yield index


def _repeated(events: Sequence[AnswerEvent], first: dict[str, int]) -> Iterator[Fault]:
    for index, event in enumerate(events):
        op_id = event[0]
        before = first.setdefault(op_id, index)
        if not _UUID7.fullmatch(op_id):
            yield _bad_id(index, op_id)
        if before != index and op_id:
            yield _twice(index, op_id, same=_sent(events[before]) == _sent(event))


def _sent(event: AnswerEvent) -> AnswerEvent:
    """The event without when it arrived: one that was sent twice arrived twice."""
    return event._replace(server_time="")


def _bad_id(index: int, op_id: str) -> Fault:
    where = ("answers", index, "op_id")
    if not op_id:
        says = "The event has no op_id, so nothing can build on it and a copy of it cannot be told."
        return Fault("package.no-op-id", where, says, "Give it a UUID of version 7.")
    says = f"{quoted(op_id)} is not a UUID of version 7 in small letters."
    cure = "Ids made in another way may meet the id of another device; use UUIDs of version 7 for new events."
    return Fault("package.op-id-form", where, says, cure, Severity.HINT)


def _twice(index: int, op_id: str, *, same: bool) -> Fault:
    where = ("answers", index, "op_id")
    if same:
        says = f"The event {quoted(op_id)} is there twice with the same content; it counts once."
        return Fault("package.event-repeated", where, says, "Take the second row out.", Severity.WARNING)
    says = f"The event {quoted(op_id)} is there twice with different content."
    cure = "Find out which row was recorded, and give the other one an op_id of its own."
    return Fault("package.event-altered", where, says, cure)


def _contents(events: Sequence[AnswerEvent], register: Register, first: dict[str, int]) -> Iterator[Fault]:
    with_note: dict[tuple[object, ...], tuple[list[Fault], list[Fault]]] = {}
    without: dict[tuple[object, ...], tuple[list[Fault], list[Fault]]] = {}
    lacking: list[tuple[int, list[Fault]]] = []
    for index, event in enumerate(events):
        if event[20] in register.former:
            continue
        judged = with_note if event[10] else without
        content = _content(event)
        verdict = judged.get(content)
        if verdict is None:
            verdict = judged[content] = _judge(Content._make((*content[:8], bool(event[10]), content[8])), register)
        if verdict[0]:
            yield from (_at(fault, index) for fault in verdict[0])
        if verdict[1]:
            lacking.append((index, verdict[1]))
    standing = heads(events)
    stands = {event.op_id for group in standing.values() for event in group} if lacking else ()
    for index, faults in lacking:
        if events[index].op_id in stands:
            yield from (_at(fault, index) for fault in faults)
    yield from contested_faults(standing, first)


def _judge(content: Content, register: Register) -> tuple[list[Fault], list[Fault]]:
    always = [*address_faults(content, register.framework, register.asked), *value_faults(content, register.framework)]
    return always, list(missing_faults(content, register.framework))


def _at(fault: Fault, index: int) -> Fault:
    return replace(fault, where=("answers", index, *fault.where))


def _people(events: Sequence[AnswerEvent], register: Register) -> Iterator[Fault]:
    subjects, actors = register.subjects, register.actors
    for index, event in enumerate(events):
        if event[2:4] not in subjects:
            says = f"There is no {event.subject_kind} {quoted(event.subject_key)} in subjects.csv."
            cure = "Add the subject, or correct subject_kind and subject_key."
            yield Fault("package.unknown-subject", ("answers", index, "subject_key"), says, cure)
        if event[14] not in actors and actors and event.pass_ != "self":  # noqa: S105 - the name of a pass
            says = f"{quoted(event.actor)} is not in the team of inspection.yaml."
            cure = "Add the person to the team, or correct the actor."
            yield Fault("package.unknown-actor", ("answers", index, "actor"), says, cure, Severity.WARNING)


def _payloads(events: Sequence[AnswerEvent]) -> Iterator[Fault]:
    for index, event in enumerate(events):
        if event[21] == payload_digest(event):
            continue
        where = ("answers", index, "payload_sha256")
        if not event.payload_sha256:
            says = "The event carries no digest, so nobody can tell whether it was changed after it was recorded."
            cure = "Let the program that records the answer write payload_sha256."
            yield Fault("package.no-payload-digest", where, says, cure, Severity.WARNING)
        else:
            says = f"The event {quoted(event.op_id)} is not what was recorded: its digest does not fit its content."
            cure = "Restore the row as it was recorded; to change an answer, record an event that builds on it."
            yield Fault("package.payload-changed", where, says, cure)


def _versions(events: Sequence[AnswerEvent], versions: set[str]) -> Iterator[Fault]:
    for index, event in enumerate(events):
        if event[20] not in versions:
            known = " or ".join(sorted(versions))
            says = f"The event was recorded with framework version {quoted(event.framework_version)}, not {known}."
            cure = "Answers of two versions are not counted together: record it again with the adopted version."
            yield Fault("package.other-version", ("answers", index, "framework_version"), says, cure)


def _instants(events: Sequence[AnswerEvent], published: date | None) -> Iterator[Fault]:
    days: dict[str, bool] = {"": True}
    end = f"{published}T24" if published else "9999"
    both = _BOTH.fullmatch
    for index, event in enumerate(events):
        client, server = event[18:20]
        if both(f"{client} {server}") is None or not (_is_day(client[:10], days) and _is_day(server[:10], days)):
            yield from _bad_instants(index, client, server)
        # The day alone tells most events apart, and no clock is a day ahead on the same day.
        if (client[:10] > server[:10] and server) or client > end:
            yield from _order_of_times(index, event, published)


def _is_day(text: str, days: dict[str, bool]) -> bool:
    known = days.get(text)
    if known is None:
        known = days[text] = day(text) is not None
    return known


def _bad_instants(index: int, client: str, server: str) -> Iterator[Fault]:
    if not _is_instant(client):
        yield _bad_instant(index, "client_time", client)
    if server and not _is_instant(server):  # empty: no server has seen it yet
        yield _bad_instant(index, "server_time", server)


def _is_instant(text: str) -> bool:
    return _INSTANT.fullmatch(text) is not None and day(text[:10]) is not None


def _bad_instant(index: int, field: str, text: str) -> Fault:
    says = f"{quoted(text)} is not an instant that can be." if text else f"{field} is empty."
    cure = "Write instants in UTC as in 2015-12-14T09:30:00Z."
    return Fault("package.bad-instant", ("answers", index, field), says, cure)


def _order_of_times(index: int, event: AnswerEvent, published: date | None) -> Iterator[Fault]:
    client, server = _instant(event.client_time), _instant(event.server_time)
    if client and server and client - server > _LATE:
        says = f"The device says {event.client_time}, more than a day after the server received it."
        cure = "Set the clock of the device; the order of answers does not depend on it."
        yield Fault("package.clock-ahead", ("answers", index, "client_time"), says, cure, Severity.WARNING)
    if client and published and client.date() > published:
        says = f"The event of {event.client_time} is later than the publication of {published}."
        cure = "Correct the date of publication, or publish a corrected letter."
        where = ("answers", index, "client_time")
        yield Fault("package.after-publication", where, says, cure, Severity.WARNING)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
    except ValueError:
        return None
