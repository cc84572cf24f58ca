"""What one question shows: plain values, so that a template has nothing to work out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple


class Opt(NamedTuple):
    """One answer. ``shows`` is the part that opens with it: ``reasons``, ``good``, ``aside`` or nothing."""

    id: str
    value: str
    label: str
    chosen: bool
    shows: str = ""


class Tick(NamedTuple):
    """One coded reason, or one tick of what was good."""

    id: str
    value: str
    label: str
    ticked: bool


class Stand(NamedTuple):
    """One recorded answer as people read it."""

    op_id: str
    who: str
    when: str
    answer: str
    reasons: str
    note: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it stands on the page.

    ``kind`` is radios, checkboxes, number, date or text. ``op`` and ``gate_op`` are the ids that the next answer will
    have, ``bases`` and ``gate_bases`` what the page shows, so that a stale page can only contradict and never overwrite.
    """

    id: str
    question: str
    table: str
    row: str
    code: str
    text: str
    kind: str
    made: str
    op: str
    gate_op: str = ""
    bases: str = ""
    gate_bases: str = ""
    guidance: str = ""
    prompts: tuple[str, ...] = ()
    options: tuple[Opt, ...] = ()
    reasons: tuple[Tick, ...] = ()
    good: tuple[Tick, ...] = ()
    aside: tuple[Tick, ...] = ()
    value: str = ""
    parts: tuple[str, str, str] = ("", "", "")  # day, month, year of a date
    note: str = ""
    places: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    open: bool = True
    saved: str = ""
    heads: tuple[Stand, ...] = ()
    between: tuple[Stand, ...] = ()  # the answers that what stands was decided between, and why
    because: str = ""
    both: bool = False  # several answers stand, one of which is the visitor's, and they may say which
    closed_to: tuple[str, ...] = ()  # who else answered, whose answer stays closed
    agreed: str = ""
    lacks: tuple[str, ...] = ()
    supplied: str = ""
    fact: bool = False
    paired: str = ""  # the gate's words where two answers are one control
    error: str = ""
    typed: tuple[str, str, str, str] = ("", "", "", "")  # document, where, quote, alias, where they were not saved

    @property
    def contested(self) -> bool:
        """Whether several answers stand against each other."""
        return len(self.heads) > 1

    @property
    def folded(self) -> bool:
        """Whether only what was supplied shows at first: a fact that nobody has corrected."""
        return self.fact and bool(self.supplied) and not self.bases and not self.error

    @property
    def boxes(self) -> tuple[tuple[str, str], ...]:
        """The boxes of a date, with what stands in each."""
        return tuple(zip(("day", "month", "year"), self.parts, strict=True))

    @property
    def found(self) -> int:
        """How many places and quotations are noted."""
        return len(self.places) + len(self.quotes)

    @property
    def print(self) -> str:
        """What changes when what stands changes: a page that shows the same need not be renewed."""
        text = f"{self.bases}|{self.gate_bases}|{self.agreed}|{self.closed_to}|{self.text}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Hidden(NamedTuple):
    """A question that is not asked, and why, in plain words."""

    code: str
    text: str
    why: str


class Worked(NamedTuple):
    """A question whose answer is worked out from others."""

    code: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """The questions about one subject: the case itself (no ``title``), or one row found in it."""

    title: str
    entries: tuple[Entry, ...]
    hidden: tuple[Hidden, ...]
    worked: tuple[Worked, ...]
