"""Events in any order, or with ids and names as text, put in the order and the numbers that the kernel takes.

DuckDB sorts, on disk where memory does not suffice. Numbers are given in the order of the ids and names, so that the
lowest id is the lowest number whichever way the rows come.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending import text_dates
from caselight.engines.reoffending.arrow import BATCH, Source, opened, write
from caselight.engines.reoffending.columns import AREAS, KINDS, NAMES, ORDER, SEXES, named, schema
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.text_dates import quoted
from caselight.engines.reoffending.typed import check

if TYPE_CHECKING:
    import pyarrow as pa

IDS = ("person", "occasion", "offence")
MEMORY = "600MB"


def sort(path: Path, to: Path, *, batch: int = BATCH) -> int:
    """Write the events of a file, sorted and numbered, to another; how many rows there are.

    Raises what :func:`caselight.engines.reoffending.typed.check` does.
    """
    check(path)
    rows = 0

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        nonlocal rows
        for one in batches:
            rows += one.num_rows
            yield one

    with in_order(path, batch) as source:
        write(counted(iter(source.batches)), to, schema(source.areas, source.sexes, is_sorted=True))
    return rows


@contextmanager
def in_order(path: Path, batch: int = BATCH) -> Iterator[Source]:
    """The events of a file, sorted and numbered, batch by batch."""
    required()
    import duckdb

    found = opened(path).schema_arrow
    with tempfile.TemporaryDirectory() as place, duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = '{place}'; SET memory_limit = '{MEMORY}'")
        connection.execute("CREATE VIEW delivered AS SELECT * FROM read_parquet(?)".replace("?", quoted(str(path))))
        areas, sexes = named(found, AREAS), named(found, SEXES)
        if not _is_number(found, "area"):
            areas = _numbered(
                connection, "areas", "SELECT area AS name FROM delivered UNION SELECT police_area FROM delivered"
            )
        if not _is_number(found, "sex"):
            sexes = _numbered(connection, "sexes", "SELECT sex AS name FROM delivered")
        for name in IDS:
            if not _is_number(found, name):
                _ranked(connection, name)
        columns = ", ".join(_column(found, name) for name in NAMES)
        joins = " ".join(_join(found, name) for name in NAMES)
        order = ", ".join(f"{name} NULLS FIRST" for name in ORDER)
        rows = connection.sql(f"SELECT {columns} FROM delivered {joins} ORDER BY {order}")  # noqa: S608 - names of ours
        reader = rows.to_arrow_reader(batch)
        wanted = schema(areas, sexes, is_sorted=True)
        yield Source((one.cast(wanted) for one in reader), areas, sexes)


def _is_number(found: pa.Schema, name: str) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(found.field(name).type))


def _numbered(connection: Any, table: str, query: str) -> tuple[str, ...]:
    """The names of a column in the order of the alphabet, as a table with their places."""
    connection.execute(
        f"CREATE TABLE {table} AS SELECT name, row_number() OVER (ORDER BY name) - 1 AS place"  # noqa: S608 - names of ours
        f" FROM (SELECT DISTINCT name FROM ({query}) WHERE name IS NOT NULL AND name <> '')"
    )
    return tuple(name for (name,) in connection.execute(f"SELECT name FROM {table} ORDER BY place").fetchall())  # noqa: S608


def _ranked(connection: Any, column: str) -> None:
    """The ids of a column with their places: whole numbers first, by their value, then by their characters."""
    number = f"CASE WHEN regexp_full_match({column}, '[0-9]+') THEN try_cast({column} AS HUGEINT) END"
    connection.execute(
        f"CREATE TABLE {column}s AS SELECT name, row_number() OVER (ORDER BY number NULLS LAST, name) - 1 AS place"  # noqa: S608
        f" FROM (SELECT DISTINCT coalesce({column}, '') AS name, {number} AS number FROM delivered)"
    )


def _column(found: pa.Schema, name: str) -> str:
    if name in text_dates.as_text(found):
        return f"{text_dates.day(f'delivered.{name}')} AS {name}"
    if _is_number(found, name) or name not in {*IDS, "kind", "area", "police_area", "sex"}:
        return f"delivered.{name} AS {name}"
    if name == "kind":
        places = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KINDS))
        return f"CASE delivered.kind {places} ELSE {KINDS.index(KINDS[-1])} END AS kind"
    return f"of_{name}.place AS {name}"


def _join(found: pa.Schema, name: str) -> str:
    if _is_number(found, name):
        return ""
    if name in IDS:
        return f"LEFT JOIN {name}s of_{name} ON of_{name}.name = coalesce(delivered.{name}, '')"
    tables = {"area": "areas", "police_area": "areas", "sex": "sexes"}
    return f"LEFT JOIN {tables[name]} of_{name} ON of_{name}.name = delivered.{name}" if name in tables else ""
