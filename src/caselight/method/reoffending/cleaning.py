"""What of the delivered rows counts: every row is kept, or dropped under one named rule; nothing disappears.

A row is dropped under the first rule of :class:`Drop` that it meets. A date that cannot be is set aside and the row is
kept for what else it says; that is noted under one of :class:`Note`. What is dropped neither enters a cohort nor counts.
A row that repeats another (same person, occasion, offence, offence date and proven date) counts once, and where the two
differ both are heard: the heavier disposal, the later release, serious if either says so, a breach only if both do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.months import EARLIEST, LATEST
from caselight.method.reoffending.options import Missing, Options

RELEASED = frozenset({Kind.CUSTODY, Kind.RECALL})


class Drop(StrEnum):
    """Why a row is left out, in the order in which the rules are asked."""

    UNKNOWN_KIND = "unknown-kind"
    NOT_PROVEN = "not-proven"
    NOT_RECORDABLE = "not-recordable"
    OUTSIDE_JURISDICTION = "outside-jurisdiction"
    NOT_OF_THIS_MEASURE = "not-of-this-measure"
    TAKEN_INTO_CONSIDERATION = "taken-into-consideration"
    NO_PROVEN_DATE = "no-proven-date"
    AFTER_EXTRACT = "after-extract"
    NO_OFFENCE_DATE = "no-offence-date"
    REPEAT = "repeat"


class Note(StrEnum):
    """What was set aside in a row that is kept."""

    OFFENCE_DATE_MISSING = "offence-date-missing"
    OFFENCE_DATE_IMPOSSIBLE = "offence-date-impossible"
    OFFENCE_AFTER_PROVEN = "offence-after-proven"
    RELEASE_MISSING = "release-missing"
    RELEASE_IMPOSSIBLE = "release-impossible"
    RELEASE_BEFORE_SENTENCE = "release-before-sentence"
    RELEASE_AFTER_EXTRACT = "release-after-extract"
    BIRTHDAY_IMPOSSIBLE = "birthday-impossible"


IN_WORDS: Mapping[Drop | Note, str] = {
    Drop.UNKNOWN_KIND: "the kind of disposal is not known",
    Drop.NOT_PROVEN: "not proven: acquittal, no further action, community resolution or civil order",
    Drop.NOT_RECORDABLE: "the offence is not recordable",
    Drop.OUTSIDE_JURISDICTION: "the offence was dealt with elsewhere",
    Drop.NOT_OF_THIS_MEASURE: "the measure does not count this kind of disposal",
    Drop.TAKEN_INTO_CONSIDERATION: "an offence taken into consideration, which the measure does not count",
    Drop.NO_PROVEN_DATE: "no proven date, or one that cannot be",
    Drop.AFTER_EXTRACT: "proven after the day of the extract",
    Drop.NO_OFFENCE_DATE: "no offence date, and the option says to leave such rows out",
    Drop.REPEAT: "the row repeats another",
    Note.OFFENCE_DATE_MISSING: "no offence date: an entry, never a reoffence, unless an option says otherwise",
    Note.OFFENCE_DATE_IMPOSSIBLE: "an offence date that cannot be, treated as missing",
    Note.OFFENCE_AFTER_PROVEN: "an offence date after the proven date, treated as missing",
    Note.RELEASE_MISSING: "custody without a release date: no entry",
    Note.RELEASE_IMPOSSIBLE: "a release date that cannot be, treated as missing",
    Note.RELEASE_BEFORE_SENTENCE: "a release before the sentence, treated as missing",
    Note.RELEASE_AFTER_EXTRACT: "a release after the day of the extract, treated as missing",
    Note.BIRTHDAY_IMPOSSIBLE: "a birthday that cannot be, treated as missing: it gives no age",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The rows that count, with their usable dates; per dropped row its number and rule; and how often what was noted.

    ``repeats`` are in ``events`` too (both are heard); ``len(dropped)`` and the rows that count add up to all rows.
    """

    events: tuple[Event, ...] = ()
    dropped: tuple[tuple[int, Drop], ...] = ()
    noted: tuple[tuple[int, Note], ...] = ()
    rows: int = 0
    repeats: frozenset[int] = field(default_factory=frozenset)

    @property
    def drops(self) -> Counter[Drop]:
        """How many rows were left out under each rule."""
        return Counter(rule for _, rule in self.dropped)

    @property
    def notes(self) -> Counter[Note]:
        """How many rows were kept with a date set aside."""
        return Counter(note for _, note in self.noted)


def merge(events: Iterable[Event], same: Mapping[str, str]) -> list[Event]:
    """The events under the person that each id belongs to: two ids of one person become one before everything else."""
    return [replace(event, person=same.get(event.person, event.person)) for event in events]


def clean(events: Iterable[Event], options: Options, as_of: date) -> Cleaned:
    """Keep or drop each row, by rule; ``as_of`` is the day of the extract. Rows are numbered from 0.

    >>> found = clean([Event(person="a", occasion="1", proven_date=None, kind=Kind.CAUTION)], Options(), date(2020, 1, 1))
    >>> found.dropped
    ((0, <Drop.NO_PROVEN_DATE: 'no-proven-date'>),)
    """
    kept: list[Event] = []
    dropped: list[tuple[int, Drop]] = []
    noted: list[tuple[int, Note]] = []
    seen: set[tuple[object, ...]] = set()
    rows = 0
    for row, event in enumerate(events):
        rows += 1
        usable, notes = _usable(event, as_of)
        rule = _rule(usable, options, as_of)
        if rule is not None:
            dropped.append((row, rule))
            continue
        noted += [(row, note) for note in notes]
        if (key := repeat_key(usable)) in seen:
            dropped.append((row, Drop.REPEAT))
        seen.add(key)
        if usable.offence_date is None and options.missing_offence_date is Missing.PROVEN_DATE:
            usable = replace(usable, offence_date=usable.proven_date)
        kept.append(usable)
    repeats = frozenset(row for row, rule in dropped if rule is Drop.REPEAT)
    return Cleaned(tuple(kept), tuple(dropped), tuple(noted), rows, repeats)


def repeat_key(event: Event) -> tuple[object, ...]:
    """What two cleaned rows share when one repeats the other, as they were delivered."""
    return event.person, event.occasion, event.offence, event.delivered_date, event.proven_date


def _usable(event: Event, as_of: date) -> tuple[Event, list[Note]]:
    """The event with every date that cannot be set aside, and what was noted."""
    born, proven = _possible(event.born), _possible(event.proven_date)
    offence, about_offence = _offence_date(event, proven)
    release, about_release = _release_date(event, proven, as_of)
    about_birth = Note.BIRTHDAY_IMPOSSIBLE if event.born is not None and born is None else None
    usable = replace(
        event,
        born=born,
        proven_date=proven,
        offence_date=offence,
        release_date=release,
        delivered_date=event.offence_date,
    )
    return usable, [note for note in (about_offence, about_release, about_birth) if note is not None]


def _possible(day: date | None) -> date | None:
    return day if day is not None and EARLIEST <= day <= LATEST else None


def _offence_date(event: Event, proven: date | None) -> tuple[date | None, Note | None]:
    day = event.offence_date
    if day is None:
        return None, Note.OFFENCE_DATE_MISSING
    if _possible(day) is None:
        return None, Note.OFFENCE_DATE_IMPOSSIBLE
    if proven is not None and day > proven:
        return None, Note.OFFENCE_AFTER_PROVEN
    return day, None


def _release_date(event: Event, proven: date | None, as_of: date) -> tuple[date | None, Note | None]:
    day = event.release_date
    if event.kind not in RELEASED:
        return None, None
    if day is None:
        return None, Note.RELEASE_MISSING
    if _possible(day) is None:
        return None, Note.RELEASE_IMPOSSIBLE
    if proven is not None and day < proven:
        return None, Note.RELEASE_BEFORE_SENTENCE
    if day > as_of:
        return None, Note.RELEASE_AFTER_EXTRACT
    return day, None


def _rule(event: Event, options: Options, as_of: date) -> Drop | None:
    """The first rule under which the row is left out, apart from repeats."""
    proven = event.proven_date
    missing = event.offence_date is None and event.kind in options.kinds
    rules = (
        (Drop.UNKNOWN_KIND, event.kind is Kind.UNKNOWN),
        (Drop.NOT_PROVEN, event.kind is Kind.NOT_PROVEN),
        (Drop.NOT_RECORDABLE, not event.recordable),
        (Drop.OUTSIDE_JURISDICTION, not event.in_jurisdiction),
        (Drop.NOT_OF_THIS_MEASURE, event.kind not in entering(options)),
        (Drop.TAKEN_INTO_CONSIDERATION, event.tic and not options.tic_counts),
        (Drop.NO_PROVEN_DATE, proven is None),
        (Drop.AFTER_EXTRACT, proven is not None and proven > as_of),
        (Drop.NO_OFFENCE_DATE, missing and options.missing_offence_date is Missing.DROP),
    )
    return next((rule for rule, holds in rules if holds), None)


def entering(options: Options) -> frozenset[Kind]:
    """The kinds of occasion that may make an entry: those that count, and those that an option adds."""
    recall = {Kind.RECALL} if options.recall_release_is_index else set()
    return frozenset({*options.kinds, *recall, *({Kind.DRUG_TEST} if options.drug_test_is_entry else ())})
