"""What a workbook holds, as plain values: whom it is about, what its cells said when it was written, what they rest on.

The same values are written into the hidden sheet *Record*, so that a completed workbook says itself what has changed.
What the cells mean is in :mod:`caselight.formats.workbook.contents`; where they stand on a sheet in ``writing``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

SCHEMA = "caselight.workbook/1"
FIELDS = ("answer", "not_relevant", "why", "others", "note", "where", "action", "owner", "due")
SEPARATOR = "|"  # between several reasons, or several places in the file, in one cell

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meta:
    """Which inspection, framework and pass a workbook is for, and how it is laid out (``sheets`` or ``rows``)."""

    inspection: str
    framework: str
    version: str
    digest: str
    layout: str
    pass_: str
    language: str
    kind: str = "external"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The cells of one fact or question as they were written, and the events that stood there.

    ``bases`` are the ``op_id`` of the heads. ``locked`` says why nothing may be entered, and is empty otherwise.
    ``contested``: two answers stood there, and none is shown. ``action`` is the id of the action that is shown.
    """

    texts: Texts = field(default_factory=dict)
    bases: tuple[str, ...] = ()
    locked: str = ""
    contested: bool = False
    action: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to remember of it."""
        return not (self.texts or self.bases or self.locked or self.contested or self.action)


NOTHING = Entry()


@dataclass(frozen=True, slots=True)
class Record:
    """One subject: its key, its label, its entries by the key of the item, and the subjects found in it by kind.

    A found subject has the kind of its table, the key of the subject it was found in and a ``row_key`` of its own;
    ``free`` rows are there to be filled.
    """

    kind: str
    key: str
    label: str
    managed_by: str = ""
    row_key: str = ""
    free: bool = False
    entries: Mapping[str, Entry] = field(default_factory=dict)
    supplied: Texts = field(default_factory=dict)
    found: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def entry(self, item: str) -> Entry:
        """What is remembered of one item; nothing, for one that was empty."""
        return self.entries.get(item, NOTHING)

    @property
    def address(self) -> tuple[str, str, str]:
        """What tells it from every other: kind, key and the key of its row."""
        return self.kind, self.key, self.row_key


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook."""

    meta: Meta
    records: tuple[Record, ...]

    def everyone(self) -> Iterator[Record]:
        """Every subject, and after each those that were found in it."""
        for record in self.records:
            yield record
            for rows in record.found.values():
                yield from rows

    def identified(self) -> Book:
        """The book with an id that follows from what it holds, so that the same content has the same id."""
        meta = replace(self.meta, id="")
        content = [
            [
                *record.address,
                clean(record.label),
                [[item, *_plain(entry)] for item, entry in sorted(record.entries.items())],
            ]
            for record in self.everyone()
        ]
        fields = [getattr(meta, name) for name in Meta.__dataclass_fields__]
        text = json.dumps([fields, content], ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return replace(self, meta=replace(meta, id=digest[:16]))


def clean(text: str) -> str:
    """A text as two of them are compared: one sort of line end and of space, nothing at its ends."""
    plain = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return "".join(character for character in plain if character >= " " or character in "\n\t").strip()


def _plain(entry: Entry) -> tuple[object, ...]:
    texts = [clean(entry.texts.get(name, "")) for name in FIELDS]
    return texts, entry.bases, entry.locked, entry.contested, entry.action
