"""Changed lines of completed workbooks as answer events: the same line of the same file gives the same event again.

An event builds on the answers that stood when its workbook was written, not on those that stand now. So two people who
changed one answer without seeing each other both stand, and it is contested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from caselight.formats.workbook.contents import Contents
from caselight.formats.workbook.reading.changes import Given
from caselight.method.answers.events import Address, AnswerEvent, payload_digest
from caselight.method.answers.evidence import Locator

_KEPT = 10  # characters of the key of a new row


def event_of(given: Given, contents: Contents, author: str, at: str, *, workbook: str) -> AnswerEvent:
    """The event of one changed line; ``at`` is when the file was saved."""
    address = address_of(given, contents, author, workbook)
    base = _base(given, contents)
    made = AnswerEvent(
        "", *address, value="" if given.withdrawn else given.value,
        reasons=_reasons(given, base), note=base.note if base and "note" in given.same else given.note,
        themes=base.themes if base else (), notable=bool(base and base.notable), withdrawn=given.withdrawn,
        actor=author, device=f"workbook {workbook}", base_op_ids=given.entry.bases,
        resolves_reason=given.note if given.entry.contested else "", client_time=at, server_time="",
        framework_version=contents.package.framework.version, payload_sha256="",
    )  # fmt: skip
    made = made._replace(op_id=_op_id(made))
    return made._replace(payload_sha256=payload_digest(made))


def address_of(given: Given, contents: Contents, author: str, workbook: str) -> Address:
    """Where the event belongs. A row that was free gets a key of its own, which two people never share."""
    record = given.record
    row_key = record.row_key
    if record.free:
        row_key = "r-" + _hashed([workbook, author, *record.address])[:_KEPT]
    return contents.address(given.item, record.kind, record.key, row_key)


def _base(given: Given, contents: Contents) -> AnswerEvent | None:
    """The one event that the line showed."""
    if len(given.entry.bases) != 1:
        return None
    wanted = given.entry.bases[0]
    return next((event for event in contents.package.events if event.op_id == wanted and not event.withdrawn), None)


def _reasons(given: Given, base: AnswerEvent | None) -> tuple[str, ...]:
    if given.withdrawn:
        return ()
    kept = base is not None and base.value == given.value and {"why", "others"} & given.same == _cells(given)
    return base.reasons if base is not None and kept and "not_relevant" not in _changed(given) else given.reasons


def _cells(given: Given) -> set[str]:
    return {"why", "others"} & set(given.item.fields)


def _changed(given: Given) -> set[str]:
    return set(given.item.fields) - given.same


def locators_of(given: Given, event: AnswerEvent, locators: Iterable[Locator]) -> tuple[Locator, ...]:
    """The evidence of the event: as it stood, where that was not changed, else as it was typed."""
    if given.withdrawn:
        return ()
    if "where" in given.same and given.entry.bases:
        kept = (one for one in locators if one.op_id in given.entry.bases)
        return tuple(Locator(event.op_id, one.document, one.where) for one in kept)
    return tuple(Locator(event.op_id, document, where) for document, where in given.places)


def recorded_already(event: AnswerEvent, events: Sequence[AnswerEvent]) -> bool:
    """Whether the same was recorded before: by this file, or as the answer that stands there now.

    ``events`` are those of the same address.
    """
    content = (event.value, event.reasons, event.note, event.withdrawn)
    superseded = {base for one in events for base in one.base_op_ids}
    standing = [one for one in events if one.op_id not in superseded]
    for one in events:
        if (one.value, one.reasons, one.note, one.withdrawn) != content:
            continue
        again = (
            one.actor == event.actor and set(one.base_op_ids) == set(event.base_op_ids) and one.device == event.device
        )
        stands = standing == [one] and one.op_id not in event.base_op_ids
        if again or stands:
            return True
    return False


def _op_id(event: AnswerEvent) -> str:
    """A UUID of version 7 that follows from what was recorded: its time, then its digest instead of chance."""
    moment = datetime.fromisoformat(event.client_time)
    number = int(moment.timestamp() * 1000) << 80 | int(_hashed(list(event)), 16) >> (256 - 80)
    number = number & ~(0xF << 76) | 7 << 76
    digits = f"{number & ~(0x3 << 62) | 2 << 62:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _hashed(content: list[object]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
