"""The columns of the figures tables: name, datatype, and the cell of one entry. CSV and ODS choose from one list.

No cell is ever empty: ``[c]`` suppressed, ``[x]`` not available, ``[z]`` not applicable to this figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caselight.formats.tables.entries import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Entry,
    Value,
    rounded,
    tidy,
)
from caselight.formats.tables.hiding import COUNTS

SHORTHAND = (SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE)
SHARE_PLACES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name that machines use, its CSVW datatype, and how an entry fills it."""

    name: str
    datatype: str
    fill: Callable[[Entry], Value]


def _text(read: Callable[[Entry], str], *, only_published: bool = False) -> Callable[[Entry], Value]:
    """A text column: what is missing is not available, or for a counted figure not applicable."""

    def fill(entry: Entry) -> Value:
        if only_published and (entry.counted or entry.rated or entry.figure.kind == "fact"):
            return NOT_APPLICABLE
        return tidy(read(entry)) or NOT_AVAILABLE

    return fill


def _count(part: str) -> Callable[[Entry], Value]:
    def fill(entry: Entry) -> Value:
        if not entry.counted:
            return NOT_APPLICABLE
        count = entry.count(part)
        return SUPPRESSED if count is None else count

    return fill


def _interval(part: str) -> Callable[[Entry], Value]:
    def fill(entry: Entry) -> Value:
        if not entry.counted or (entry.figure.kind == "count" and entry.figure.interval is None):
            return NOT_APPLICABLE
        if "interval" in entry.hidden:
            return SUPPRESSED
        return _interval_part(entry, part)

    return fill


def _interval_part(entry: Entry, part: str) -> Value:
    interval = entry.interval
    if interval is None:
        return NOT_AVAILABLE
    if interval.method == "none" and part in {"low", "high", "confidence", "population"}:
        return NOT_APPLICABLE
    value = getattr(interval, part)
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, float):
        return rounded(value, SHARE_PLACES)
    return value if isinstance(value, int) else tidy(value) or NOT_AVAILABLE


def _theme(entry: Entry) -> Value:
    if not (entry.counted or entry.rated):
        return NOT_APPLICABLE
    return tidy(entry.theme_title) or entry.words["tables.no-theme"]


def _phrase(entry: Entry) -> Value:
    if entry.hides_phrase:
        return SUPPRESSED
    return tidy(entry.phrase("") or "") or NOT_AVAILABLE


def _value(entry: Entry) -> Value:
    if entry.counted or entry.rated or entry.figure.kind == "fact":
        return NOT_APPLICABLE
    return NOT_AVAILABLE if entry.figure.value is None else entry.figure.value


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("key", "string", _text(lambda entry: entry.figure.key)),
        Column("theme", "string", _theme),
        Column("label", "string", _text(lambda entry: entry.figure.label)),
        Column("kind", "string", _text(lambda entry: entry.figure.kind)),
        Column("subject", "string", lambda entry: tidy(entry.figure.subject) if entry.counted else NOT_APPLICABLE),
        Column("counts", "string", _text(lambda entry: entry.counts)),
        *(Column(part, "integer", _count(part)) for part in COUNTS),
        Column("phrase", "string", _phrase),
        Column("interval_method", "string", _interval("method")),
        Column("interval_low", "decimal", _interval("low")),
        Column("interval_high", "decimal", _interval("high")),
        Column("interval_confidence", "decimal", _interval("confidence")),
        Column("interval_population", "integer", _interval("population")),
        Column("interval_why", "string", _interval("why")),
        Column("value", "decimal", _value),
        Column("measure", "string", _text(lambda entry: entry.figure.measure, only_published=True)),
        Column("cohort", "string", _text(lambda entry: entry.figure.cohort, only_published=True)),
        Column("source", "string", _text(lambda entry: entry.figure.source, only_published=True)),
        Column("published", "string", _text(lambda entry: entry.figure.published, only_published=True)),
        Column("direction", "string", _text(lambda entry: entry.figure.direction, only_published=True)),
    )
}
