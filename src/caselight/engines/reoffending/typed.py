"""Whether the columns of a file of events hold what they should, before a row is counted: types, and a person in each row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caselight.engines.reoffending import text_dates
from caselight.engines.reoffending.arrow import opened
from caselight.engines.reoffending.columns import NAMES
from caselight.method.faults import Fault, refuse

WANTED = {
    **dict.fromkeys(("person", "occasion", "offence"), "whole numbers or text"),
    **dict.fromkeys(text_dates.DATES, "dates, or text that gives them as YYYY-MM-DD"),
    **dict.fromkeys(("kind", "area", "police_area", "sex"), "names, or whole numbers for their places"),
    **dict.fromkeys(("recordable", "breach", "in_jurisdiction", "tic"), "true and false"),
    "severity": "whole numbers",
}


def check(path: Path) -> None:
    """Refuse a file in which a column holds something else (``reoffending.column-type``), or a row names no person.

    Dates as text are read in one form (``reoffending.date-form``), because others could be read in several ways; rows
    without a person (``reoffending.no-person``) would all count as one. Raises ``reoffending.not-events`` too, for a file
    that is none.
    """
    file = opened(path)
    found = file.schema_arrow
    refuse([*_types(path, found), *text_dates.faults(path, found), *_persons(path, file)])


def _types(path: Path, schema: Any) -> Iterator[Fault]:
    for name in NAMES:
        kind = schema.field(name).type
        if not _is(WANTED[name], kind):
            says = f"The column {name} holds {kind}, and should hold {WANTED[name]}."
            cure = "Write the file again with this column in its own type."
            yield Fault("reoffending.column-type", (path.name, name), says, cure)


def _is(wanted: str, kind: Any) -> bool:
    import pyarrow as pa

    of = pa.types
    if of.is_dictionary(kind):
        return _is(wanted, kind.value_type)
    if wanted == WANTED["born"]:
        return bool(of.is_date(kind) or of.is_timestamp(kind) or text_dates.is_text(kind))
    if wanted == "true and false":
        return bool(of.is_boolean(kind))
    return bool(of.is_integer(kind) or (wanted != "whole numbers" and text_dates.is_text(kind)))


def _persons(path: Path, file: Any) -> Iterator[Fault]:
    missing = sum(_nameless(file, group) for group in range(file.num_row_groups))
    if missing:
        says = f"{missing:,} rows name no person."
        yield Fault("reoffending.no-person", (path.name,), says, "Give each row the id of its person, or take it out.")


def _nameless(file: Any, group: int) -> int:
    """How many rows of a row group have no person: as its statistics say, else by looking."""
    at = file.schema_arrow.get_field_index("person")
    said = file.metadata.row_group(group).column(at).statistics
    if said is not None and said.has_null_count:
        return int(said.null_count)
    return int(file.read_row_group(group, columns=["person"])["person"].null_count)
