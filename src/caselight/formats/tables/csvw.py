"""The figures as one CSV file, and the W3C CSVW metadata that says what its columns are.

UTF-8 without a mark, LF, RFC 4180 quoting. A text that a spreadsheet would run as a formula begins with an apostrophe.
Any notice that must stand on every output is a column of its own, because a CSV file travels alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from types import MappingProxyType

from caselight.formats.tables.columns import COLUMNS, SHORTHAND, Column
from caselight.formats.tables.entries import Value, entries, plain_decimal, tidy
from caselight.formats.tables.hiding import Hidden
from caselight.formats.tables.labels import Words
from caselight.formats.tables.rated import COLUMNS as RATED
from caselight.formats.tables.rated import has_rated
from caselight.method.report.traced import TracedLetter

NOTHING_HIDDEN: Hidden = MappingProxyType({})
# Excel also runs a cell that begins with a wide form of these signs.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def figures_csv(letter: TracedLetter, suppressed: Hidden = NOTHING_HIDDEN) -> bytes:
    """One row per figure, in the order of the letter; the header row holds the column names of the metadata."""
    columns = _columns(letter)
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for entry in entries(letter, suppressed):
        writer.writerow([_cell(column.fill(entry)) for column in columns])
    return lines.getvalue().encode("utf-8")


def figures_csvw(letter: TracedLetter, file: str = "figures.csv") -> bytes:
    """The metadata of the CSV file of that name, to be stored beside it as ``<file>-metadata.json``."""
    words = Words(letter.labels)
    metadata: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": letter.language}],
        "url": file,
        "dc:title": tidy(words.say("tables.title", title=letter.title)),
        "dc:description": words["tables.cover.what"],
        "dc:language": letter.language,
        "dc:subject": tidy(letter.service),
        "dc:license": words["tables.licence"],
        "notes": [{"text": note} for note in _notes(letter, words)],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tableSchema": {"columns": [_described(column, words) for column in _columns(letter)], "primaryKey": "key"},
    }
    # A licence is the publisher's to give: without one the property is left out, never invented.
    return _json({name: value for name, value in metadata.items() if value})


def _columns(letter: TracedLetter) -> list[Column]:
    notice = Column("notice", "string", lambda _: tidy(letter.banner))
    rated = RATED.values() if has_rated(letter.figures.values()) else ()
    return [*COLUMNS.values(), *rated, *([notice] if letter.banner else [])]


def _notes(letter: TracedLetter, words: Words) -> list[str]:
    names = ["shorthand", "relevant", "not-relevant", "unsettled", "interval", "counts"]
    names += ["ratings"] if has_rated(letter.figures.values()) else []
    return [*([tidy(letter.banner)] if letter.banner else []), *(words[f"tables.note.{name}"] for name in names)]


def _described(column: Column, words: Words) -> Mapping[str, object]:
    return {
        "name": column.name,
        # CSVW asks that the header of the file be one of the titles.
        "titles": [column.name, words[f"tables.column.{column.name}"]],
        "datatype": column.datatype,
        "null": list(SHORTHAND),
        **({"required": True} if column.name == "key" else {}),
    }


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return str(value) if isinstance(value, int) else plain_decimal(value)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
