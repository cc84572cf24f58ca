"""The figures as JSON, in one stable form that ``docs/reference/figures.schema.json`` describes.

Counts are numbers, published values are strings with exactly the digits of their source, and interval ends are shares
of 1 rounded half up to six places, so that no machine's last binary digit changes the bytes. A hidden part is ``null``
and named in ``suppressed``. Case keys stand only in a working file, which must be asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from caselight.formats.tables.csvw import NOTHING_HIDDEN
from caselight.formats.tables.entries import Entry, entries, plain_decimal, rounded
from caselight.formats.tables.hiding import COUNTS, PARTS, Hidden
from caselight.formats.tables.rated import rated_records
from caselight.method.analysis.figure import Cell, Interval
from caselight.method.report.traced import TracedLetter

SCHEMA = "caselight.figures/1"
_PLACES = 6


def figures_json(letter: TracedLetter, suppressed: Hidden = NOTHING_HIDDEN, *, working: bool = False) -> bytes:
    """Every figure of the letter with its cells, interval, phrase and reasons.

    ``working`` adds the case keys of each cell and why each case is where it is. It is not read off ``suppressed``:
    a publication in which nothing needs hiding must not print cases either.
    """
    document = {
        "schema": SCHEMA,
        "inspection": {
            "title": letter.title,
            "service": letter.service,
            "subject": letter.subject,
            "published": letter.published,
            "language": letter.language,
        },
        "basis": letter.basis,
        "banner": letter.banner,
        "figures": [_record(entry, letter.language, working=working) for entry in entries(letter, suppressed)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _record(entry: Entry, language: str, *, working: bool) -> dict[str, object]:
    figure = entry.figure
    record: dict[str, object] = {
        "key": figure.key,
        "kind": figure.kind,
        "label": figure.label,
        "definition": figure.definition,
        "theme": figure.theme,
        "subject": figure.subject,
        "question": figure.question,
        "where": figure.where,
        "adverse": figure.adverse,
        "sample": entry.sample,
        **{part: entry.count(part) for part in COUNTS},
        "interval": interval_as_data(entry.interval),
        "phrase": entry.phrase(language),
        "reasons": _reasons(entry),
        "value": None if figure.value is None else plain_decimal(figure.value),
        "measure": figure.measure,
        "cohort": figure.cohort,
        "source": figure.source,
        "published": figure.published,
        "direction": figure.direction,
        "suppressed": [part for part in PARTS if part in entry.hidden and part != "cases"],
        **rated_records(entry),
    }
    if working and "cases" not in entry.hidden:
        record["cases"] = {cell.value: sorted(figure.cells.get(cell, ())) for cell in Cell} if entry.counted else {}
        record["why"] = dict(sorted(figure.why.items()))
        record["snapshot"] = figure.snapshot
    return record


def interval_as_data(interval: Interval | None) -> Mapping[str, object] | None:
    """An interval for a program, here and in the answers of commands."""
    if interval is None:
        return None
    return {
        "method": interval.method,
        "low": _share(interval.low),
        "high": _share(interval.high),
        "confidence": _share(interval.confidence),
        "why": interval.why,
        "population": interval.population,
    }


def _share(value: float | None) -> float | None:
    return None if value is None else float(rounded(value, _PLACES))


def _reasons(entry: Entry) -> list[Mapping[str, object]] | None:
    if "reasons" in entry.hidden:
        return None
    return [{"id": key, "label": label, "count": count} for key, label, count in entry.figure.reasons]
