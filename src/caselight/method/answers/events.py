"""Answer events and heads: what was recorded, and which recordings stand (letter.md, the inspection package).

An event is never changed. *Heads* are the events of one address that no other event of it names in ``base_op_ids``:
one head is the answer, several are contested, and a resolution names all of them and a reason. Heads do not depend on
the order of events or on anybody's clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple


class Address(NamedTuple):
    """Where an answer belongs. ``table`` and ``row_key`` are empty unless the framework has repeating tables."""

    tool: str
    subject_kind: str
    subject_key: str
    table: str
    row_key: str
    question_id: str
    pass_: str


class AnswerEvent(NamedTuple):
    """One recorded answer, as in a row of ``answers.csv``; lists are already split.

    ``value`` holds an option of the scale, several joined by ``|`` for a multi-select, or ``not_relevant`` with its
    coded reason in ``reasons``. ``withdrawn`` takes an answer back without giving another.
    """

    op_id: str
    tool: str
    subject_kind: str
    subject_key: str
    table: str
    row_key: str
    question_id: str
    pass_: str
    value: str
    reasons: tuple[str, ...]
    note: str
    themes: tuple[str, ...]
    notable: bool
    withdrawn: bool
    actor: str
    device: str
    base_op_ids: tuple[str, ...]
    resolves_reason: str
    client_time: str
    server_time: str
    framework_version: str
    payload_sha256: str

    @property
    def address(self) -> Address:
        """Where this answer belongs."""
        return Address(*self[1:8])


PASSES = ("first", "second", "moderated", "self", "validated")
COUNTED_PASSES = ("moderated", "first")


_FLAGS = {False: "false", True: "true"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def payload_digest(event: AnswerEvent) -> str:
    """SHA-256 of what the recorder sent: every field but ``server_time`` and the digest itself, as canonical JSON.

    The JSON is an array in the order of the fields, UTF-8, without spaces: ``json.dumps([*fields], ensure_ascii=False,
    separators=(",", ":"))``. Another language gives the same digest.
    """
    text = _plain(event) or _encode((*event[:19], event.framework_version))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(event: AnswerEvent) -> str:
    """The canonical JSON of a payload in which nothing needs an escape, else nothing: four times as fast, as most are.

    A text needs an escape for a quotation mark, a backslash or a control character, and only then.
    """
    (op_id, tool, kind, key, table, row, question, pass_, value, reasons, note, themes, notable, withdrawn, actor,
     device, bases, resolves, client, _, version, _) = event  # fmt: skip
    text = (
        f'["{op_id}","{tool}","{kind}","{key}","{table}","{row}","{question}","{pass_}","{value}",'
        f'{_list(reasons) if reasons else "[]"},"{note}",{_list(themes) if themes else "[]"},{_FLAGS[notable]},'
        f'{_FLAGS[withdrawn]},"{actor}","{device}",{_list(bases) if bases else "[]"},"{resolves}","{client}","{version}"]'
    )
    marks = 30 + 2 * (len(reasons) + len(themes) + len(bases))
    return text if text.count('"') == marks and "\\" not in text and text.isprintable() else ""


def _list(items: tuple[str, ...]) -> str:
    return '["' + '","'.join(items) + '"]'


def heads(events: Iterable[AnswerEvent]) -> dict[Address, tuple[AnswerEvent, ...]]:
    """The events of each address that no other event of that address is based on, in ``op_id`` order.

    A base that belongs to another address, or that is not here, changes nothing.
    """
    # Nearly every address has one event: a list is made only for the others.
    new, standing = tuple.__new__, dict[Address, tuple[AnswerEvent, ...]]()
    several: dict[Address, list[AnswerEvent]] = {}
    for event in events:
        address, alone = new(Address, event[1:8]), (event,)
        before = standing.setdefault(address, alone)
        if before is not alone:
            several.setdefault(address, [*before]).append(event)
    for address, group in several.items():
        standing[address] = _heads(group)
    return standing


def _heads(group: list[AnswerEvent]) -> tuple[AnswerEvent, ...]:
    based_on = {base for event in group for base in event.base_op_ids if base != event.op_id}
    unique = {event.op_id: event for event in group if event.op_id not in based_on}
    return tuple(unique[op_id] for op_id in sorted(unique))
