"""Invented offence events as person-sorted Parquet, in batches: millions of rows in seconds, in bounded memory.

The histories are those of ``histories.py``, which were fitted to published tables; the mistakes of real deliveries are
added on purpose, each at a rate of its own (``mistakes.py``). The same seed gives the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from caselight.engines.reoffending.columns import KINDS, ORDER, schema
from caselight.engines.reoffending.fitting import SPAN, Rows, spread
from caselight.engines.reoffending.histories import FITTED, Ints, Model, Occasions, occasions
from caselight.engines.reoffending.mistakes import MISTAKES, NONE, Columns, Mistakes, with_mistakes
from caselight.method.reoffending.events import Kind

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 100_000  # people
# caution, first tier, community, custody, other
KIND_OF_DISPOSAL = np.array(
    [KINDS.index(kind) for kind in (Kind.CAUTION, Kind.COURT, Kind.COURT, Kind.CUSTODY, Kind.COURT)]
)
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to invent: how many people, over which days (days since 1970), in how many areas, with which mistakes."""

    people: int
    seed: int = 1
    span: tuple[int, int] = SPAN
    areas: int = 150
    model: Model = FITTED
    mistakes: Mistakes = MISTAKES


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of some people by column, sorted; their charges not yet proven; and the ids that mean one person."""

    events: Columns
    charges: Columns
    same: tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Written:
    """How much was written."""

    rows: int
    charges: int
    same: int


def batches(wanted: Wanted) -> Iterator[Batch]:
    """The people in order, some at a time; each batch has a seed of its own, so that it does not depend on the others."""
    for number, start in enumerate(range(0, wanted.people, BATCH)):
        rng = np.random.default_rng([wanted.seed, number])
        yield _batch(rng, wanted, start, min(BATCH, wanted.people - start))


def _batch(rng: np.random.Generator, wanted: Wanted, start: int, people: int) -> Batch:
    found, rows = spread(rng, occasions(rng, people, wanted.span, wanted.model))
    proven = rows.proven <= wanted.span[1]
    columns = _columns(rng, found, rows, wanted)
    columns["occasion"] = rows.at + 64 * start + 1
    events = {name: column[proven] for name, column in columns.items()}
    pending = ~proven & (rows.offence <= wanted.span[1])
    charges = {name: column[pending] for name, column in columns.items()}
    charges["charged_date"] = np.minimum(charges["offence_date"] + 3, wanted.span[1])
    events, same = with_mistakes(rng, events, wanted.mistakes, people=people, last=wanted.span[1])
    for one in (events, charges):
        one["person"] = one["person"] + 2 * start  # the ids between are those of people who have two
    order = np.lexsort([events[name] for name in reversed(ORDER)])
    return Batch(
        {name: column[order] for name, column in events.items()}, charges, (same + people + 2 * start, same + 2 * start)
    )


def _columns(rng: np.random.Generator, found: Occasions, rows: Rows, wanted: Wanted) -> Columns:
    """Every column of the input, without mistakes; -1 stands for a day that there is not."""
    people = len(found.girl)
    many = len(rows.person)
    begins = np.searchsorted(rows.person, np.arange(people))
    area = (wanted.areas * rng.random(people) ** 1.6).astype(np.int64)  # some areas are larger than others
    moved = np.where(
        rng.random(people) < wanted.mistakes.moves, rng.integers(*wanted.span, people), wanted.span[1] + 9_999
    )
    lives = np.where(rows.proven < moved[rows.person], area[rows.person], (area[rows.person] + 1) % wanted.areas)
    return {
        "person": rows.person,
        "offence": np.arange(many) - begins[rows.person] + 1,
        "offence_date": rows.offence,
        "proven_date": rows.proven,
        "kind": KIND_OF_DISPOSAL[found.disposal][rows.at],
        "release_date": found.release[rows.at],
        "recordable": np.ones(many, dtype=np.int64),
        "breach": np.zeros(many, dtype=np.int64),
        "in_jurisdiction": np.ones(many, dtype=np.int64),
        "tic": np.zeros(many, dtype=np.int64),
        "severity": np.minimum(1 + rng.geometric(0.3, many), 20).astype(np.int64),
        "area": lives,
        "police_area": lives // 4,
        "sex": 1 - found.girl[rows.person].astype(np.int64),
        "born": found.born[rows.person],
    }


def events_schema(wanted: Wanted) -> pa.Schema:
    """The columns of offence events, with the names of areas and sexes."""
    return schema([f"A{number:03}" for number in range(wanted.areas)], SEXES, is_sorted=True)


def charges_schema(wanted: Wanted) -> pa.Schema:
    """The columns of the charges that are not yet proven: those of events, and the day of the charge."""
    import pyarrow as pa

    events = events_schema(wanted)
    fields = [events.field(name) for name in ("person", "offence", "offence_date", "severity", "area", "sex", "born")]
    return pa.schema([*fields, pa.field("charged_date", pa.date32())], metadata=events.metadata)


def same_schema() -> pa.Schema:
    """Two ids of one person: the second, and the one it belongs to."""
    import pyarrow as pa

    return pa.schema([("person", pa.int64()), ("belongs_to", pa.int64())])


def write(
    wanted: Wanted,
    events: IO[bytes],
    charges: IO[bytes],
    same: IO[bytes],
    *,
    doing: Callable[[str], None] = lambda _: None,
) -> Written:
    """Write the three Parquet files, each batch as a row group of its own."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = pending = doubled = 0
    with (
        parquet.ParquetWriter(events, events_schema(wanted)) as to_events,
        parquet.ParquetWriter(charges, charges_schema(wanted)) as to_charges,
        parquet.ParquetWriter(same, same_schema()) as to_same,
    ):
        for batch in batches(wanted):
            to_events.write_batch(as_arrow(batch.events, events_schema(wanted)))
            to_charges.write_batch(as_arrow(batch.charges, charges_schema(wanted)))
            to_same.write_batch(pa.record_batch([pa.array(column) for column in batch.same], schema=same_schema()))
            rows += len(batch.events["person"])
            pending += len(batch.charges["person"])
            doubled += len(batch.same[0])
            doing(f"{rows:,} rows invented")
    return Written(rows, pending, doubled)


def as_arrow(columns: Columns, wanted: pa.Schema) -> pa.RecordBatch:
    """Columns of whole numbers in the types of a schema; :data:`NONE` becomes null."""
    import pyarrow as pa

    return pa.record_batch([_arrow(columns[field.name], field.type) for field in wanted], schema=wanted)


def _arrow(column: Ints, kind: Any) -> Any:
    import pyarrow as pa

    if kind == pa.date32():
        return pa.array(column.astype(np.int32), mask=column == NONE).cast(kind)
    return pa.array(column.astype(kind.to_pandas_dtype()))
