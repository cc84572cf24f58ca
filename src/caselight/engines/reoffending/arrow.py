"""Events as Parquet: read in batches into the kernel, with memory for one batch; written whole or not at all.

Reading the next batch and counting the last go on at the same time. What is written is written beside its place and
moved there whole, so that a run that is ended leaves nothing half.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import AREAS, NAMES, SEXES, named, schema
from caselight.engines.reoffending.kernel import MISSING, UNKNOWN, Columns
from caselight.engines.reoffending.running import Run
from caselight.method.faults import Fault, stop

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 262_144  # rows
ABSENT = {
    **dict.fromkeys(("offence_date", "proven_date", "release_date", "born"), MISSING),
    **dict.fromkeys(("area", "police_area", "sex", "severity", "person", "occasion", "offence"), -1),
    **dict.fromkeys(("breach", "tic"), 0),
    **dict.fromkeys(("recordable", "in_jurisdiction"), 1),
    "kind": UNKNOWN,
}  # what stands for null


@dataclass(frozen=True)
class Source:
    """Batches of events, with the names of their areas and sexes."""

    batches: Iterable[pa.RecordBatch]
    areas: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()


def read(path: Path, batch: int = BATCH) -> Source:
    """The batches of a file, as they are asked for."""
    file = opened(path)
    found = file.schema_arrow
    return Source(file.iter_batches(batch, columns=list(NAMES)), named(found, AREAS), named(found, SEXES))


def opened(path: Path) -> Any:
    """A Parquet file of events. Raises ``reoffending.not-events``, naming the columns that are missing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    cure = "Give a Parquet file of offence events; docs/explanation/reoffending.md says which columns it has."
    try:
        file = pq.ParquetFile(path, pre_buffer=True)
    except (pa.ArrowInvalid, OSError) as error:
        says = f"{path.name} cannot be read as Parquet: {str(error).splitlines()[0]}"
        stop(Fault("reoffending.not-events", (str(path),), says, cure))
    missing = [name for name in NAMES if name not in file.schema_arrow.names]
    if missing:
        says = f"{path.name} has no column {', '.join(missing)}."
        stop(Fault("reoffending.not-events", (str(path),), says, cure))
    return file


def is_numbered(path: Path) -> bool:
    """Whether a file has the types of :func:`caselight.engines.reoffending.columns.schema`."""
    found, wanted = opened(path).schema_arrow, schema()
    return all(found.field(name).type == wanted.field(name).type for name in NAMES)


def run(source: Source, question: Question) -> Run:
    """The run of everything that a source holds, in one pass."""
    under_way = Run(question, source.areas, source.sexes)
    for columns, upto in whole_persons(ahead(arrays(batch) for batch in source.batches)):
        under_way.take(columns, upto)
    return under_way


def ahead(made: Iterator[Columns]) -> Iterator[Columns]:
    """The same, each made while the one before is in use."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, made, None)
        while (current := coming.result()) is not None:
            coming = pool.submit(next, made, None)
            yield current


def arrays(batch: pa.RecordBatch) -> Columns:
    """A batch as arrays, with a number for what is null."""
    return Columns(*(_array(batch.column(name), name) for name in NAMES))


def _array(column: pa.Array, name: str) -> Any:
    import pyarrow as pa

    if pa.types.is_date32(column.type):
        column = column.view(pa.int32())
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    if column.null_count:
        column = column.fill_null(ABSENT[name])
    values = column.to_numpy(zero_copy_only=True)
    values.flags.writeable = False
    return values


def whole_persons(batches: Iterable[Columns]) -> Iterator[tuple[Columns, int]]:
    """Batches of whole persons, and how many rows of each to take: the rows of a person who is cut go on to the next."""
    import numpy as np

    kept: list[Columns] = []
    for batch in batches:
        many, person = len(batch.person), batch.person
        if not many:
            continue
        begins = int(np.searchsorted(person, person[-1]))  # of the last person
        first = int(np.searchsorted(person, kept[0].person[0], side="right")) if kept else 0
        if kept and begins == 0 and first == many:
            kept.append(batch)  # all of it is the person who was cut before
            continue
        if kept:
            cut = joined([*kept, part(batch, 0, first)])
            yield cut, len(cut.person)
        yield part(batch, first, begins), max(begins - first, 0)
        kept = [part(batch, max(begins, first), many)] if max(begins, first) < many else []
    if kept:
        cut = joined(kept)
        yield cut, len(cut.person)


def part(batch: Columns, begin: int, end: int) -> Columns:
    """The rows from one to before another."""
    return Columns(*(column[begin:end] for column in batch))


def joined(parts: list[Columns]) -> Columns:
    """The rows of all parts, one part after the other."""
    import numpy as np

    found = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    for values in found:
        values.flags.writeable = False
    return Columns(*found)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A name beside the one that is wanted, which takes its place when all is written and goes when anything fails."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write(batches: Iterable[pa.RecordBatch], path: Path, schema_: pa.Schema) -> None:
    """Write batches of events, whole or not at all."""
    import pyarrow.parquet as pq

    with whole_file(path) as unfinished, pq.ParquetWriter(unfinished, schema_, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
