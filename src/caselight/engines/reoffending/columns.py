"""The columns of offence events, as every engine reads and every generator writes them.

A row is an ``Event`` of ``caselight.method.reoffending.events`` in whole numbers: ids are numbers in the order of the
ids, dates are days, kinds are places in :data:`KINDS`, areas and sexes are places in lists of names that the schema
carries, in the order of the alphabet. What is not known is null. Sorted files are sorted by :data:`ORDER`, nulls first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from caselight.method.reoffending.events import Event, Kind, id_order

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = tuple(Kind)
ORDER = ("person", "proven_date", "occasion", "offence", "offence_date")
NAMES = (
    "person", "occasion", "offence", "offence_date", "proven_date", "kind", "release_date", "recordable", "breach",
    "in_jurisdiction", "tic", "severity", "area", "police_area", "sex", "born",
)  # fmt: skip
AREAS, SEXES, SORTED = b"caselight.areas", b"caselight.sexes", b"caselight.sorted"


def schema(areas: Sequence[str] = (), sexes: Sequence[str] = (), *, is_sorted: bool = False) -> pa.Schema:
    """The schema of a table of events. ``areas`` (home and police alike) and ``sexes`` are what their codes stand for."""
    import pyarrow as pa

    types = {
        **dict.fromkeys(("person", "occasion", "offence"), pa.int64()),
        **dict.fromkeys(("offence_date", "proven_date", "release_date", "born"), pa.date32()),
        **dict.fromkeys(("recordable", "breach", "in_jurisdiction", "tic"), pa.bool_()),
        **dict.fromkeys(("kind", "sex"), pa.int8()),
        **dict.fromkeys(("area", "police_area"), pa.int32()),
        "severity": pa.int16(),
    }
    named = {AREAS: json.dumps(list(areas)), SEXES: json.dumps(list(sexes)), SORTED: json.dumps(is_sorted)}
    return pa.schema([pa.field(name, types[name]) for name in NAMES], metadata=named)


def named(schema_: pa.Schema, which: bytes) -> tuple[str, ...]:
    """The names that a schema carries for :data:`AREAS` or :data:`SEXES`; empty where it carries none."""
    return tuple(json.loads((schema_.metadata or {}).get(which, b"[]")))


def table_of(events: Iterable[Event]) -> pa.Table:
    """Events as a sorted table, with the numbers of their ids in the order of the ids.

    For histories that fit in memory as values: a service's own, and tests. Persons are numbered in the order of theirs.
    """
    import pyarrow as pa

    rows = list(events)
    areas = sorted({name for row in rows for name in (row.area, row.police_area) if name})
    sexes = sorted({row.sex for row in rows if row.sex})
    codes = {
        **{name: _ranks([getattr(row, name) for row in rows]) for name in ("person", "occasion", "offence")},
        "area": {name: place for place, name in enumerate(areas)},
        "police_area": {name: place for place, name in enumerate(areas)},
        "sex": {name: place for place, name in enumerate(sexes)},
        "kind": {kind: place for place, kind in enumerate(KINDS)},
    }
    columns = {name: [_coded(getattr(row, name), codes.get(name)) for row in rows] for name in NAMES}
    table = pa.Table.from_pydict(columns, schema=schema(areas, sexes, is_sorted=True))
    return table.take(pa.compute.sort_indices(table, [(name, "ascending", "at_start") for name in ORDER]))


def _ranks(ids: Sequence[str]) -> dict[Any, int]:
    return {written: place for place, written in enumerate(sorted(set(ids), key=id_order))}


def _coded(value: Any, codes: dict[Any, int] | None) -> Any:
    return value if codes is None else codes.get(value)
