"""Dates that a file of events gives as text: how DuckDB reads them, and which files are refused.

The same as ``caselight.method.reoffending.written_days``, cell by cell: a cell that is no date becomes a day that cannot
be, so that every engine counts its row under the rule for such days.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending.columns import NAMES
from caselight.method.faults import Fault
from caselight.method.reoffending.written_days import BLANKS, FORM, NO_DATE, OTHER_FORMS

if TYPE_CHECKING:
    import pyarrow as pa

DATES = ("offence_date", "proven_date", "release_date", "born")


def as_text(schema: pa.Schema) -> tuple[str, ...]:
    """The columns of dates that a file has as text."""
    return tuple(name for name in NAMES if name in DATES and is_text(schema.field(name).type))


def is_text(kind: Any) -> bool:
    """Whether a type is text, in a dictionary or not."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def day(cell: str) -> str:
    """What gives the day of a cell, for DuckDB: null where it is empty, a day that cannot be where it is no date."""
    read = f"greatest(coalesce(try_cast({_trimmed(cell)} AS DATE), {_NO_DATE}), {_NO_DATE})"
    of_form = f"regexp_full_match({_trimmed(cell)}, {quoted(FORM)})"
    return f"CASE WHEN coalesce({_trimmed(cell)}, '') = '' THEN NULL WHEN {of_form} THEN {read} ELSE {_NO_DATE} END"


def rows_of(path: Path) -> str:
    """The rows of a file for DuckDB, each with its ``file_row_number`` from 0."""
    return f"read_parquet({quoted(str(path))}, file_row_number = true)"


def delivered(connection: Any, path: Path, schema: pa.Schema) -> Any:
    """The events of a file as a table of a connection of Ibis to DuckDB, with days for dates and ``file_row_number``."""
    days = ", ".join(f"{day(name)} AS {name}" for name in as_text(schema))
    columns = f"* REPLACE ({days})" if days else "*"
    connection.raw_sql(f"CREATE OR REPLACE VIEW delivered AS SELECT {columns} FROM {rows_of(path)}")  # noqa: S608
    return connection.table("delivered")


def faults(path: Path, schema: pa.Schema) -> Iterator[Fault]:
    """A fault for each column that gives dates in another form (``reoffending.date-form``): how many, and which row first."""
    names = as_text(schema)
    if not names:
        return
    import duckdb

    asked = ", ".join(
        f"count(*) FILTER ({_other(name)}), min(file_row_number) FILTER ({_other(name)})" for name in names
    )
    with duckdb.connect() as connection:
        [found] = connection.execute(f"SELECT {asked} FROM {rows_of(path)}").fetchall()  # noqa: S608 - names of ours
    for name, many, first in zip(names, found[::2], found[1::2], strict=True):
        if many:
            rows = f"{many:,} rows, the first of them row {first + 1:,}" if many > 1 else f"row {first + 1:,}"
            says = f"The column {name} gives dates in another form than YYYY-MM-DD: {rows}."
            cure = "Write the dates as YYYY-MM-DD, or as dates; 03/04/2012 would be two days to two readers."
            yield Fault("reoffending.date-form", (path.name, name, first + 1), says, cure)


def quoted(value: str) -> str:
    """A text as it stands in a statement."""
    return "'" + value.replace("'", "''") + "'"


_NO_DATE = f"DATE '{NO_DATE.isoformat()}'"


def _trimmed(cell: str) -> str:
    return f"trim({cell}, {quoted(BLANKS)})"


def _other(cell: str) -> str:
    of_form, other = (f"regexp_full_match({_trimmed(cell)}, {quoted(one)})" for one in (FORM, OTHER_FORMS))
    return f"WHERE NOT {of_form} AND {other}"
