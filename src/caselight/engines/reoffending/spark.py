"""The same kernel where the rows lie in a cluster: persons are spread over partitions, each sorted and swept by itself.

A person's rows all come to one partition, so the counts of the partitions add up to those of the whole. Rows travel
in parcels of many, which the cluster moves as they are: handling each row by itself costs ten times what counting it
does. It needs ``caselight[spark]`` here and on the workers, and Java.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending import arrow, stretches
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import AREAS, NAMES, ORDER, SEXES, named, schema
from caselight.engines.reoffending.kernel import Columns
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.results import Found
from caselight.engines.reoffending.running import CODES, COUNTS, Run, Sums
from caselight.method.faults import Fault, stop

if TYPE_CHECKING:
    import pyarrow as pa

PARCEL = "part int, rows binary"
ANSWER = "groups binary, last binary, tally binary, rows bigint"
MIX = 0x9E3779B97F4A7C15  # odd: neighbouring numbers times it differ in their upper bits
Batches = Iterator["pa.RecordBatch"]


def compute(frame: Any, question: Question, areas: tuple[str, ...] = (), sexes: tuple[str, ...] = ()) -> Found:
    """What a Spark data frame of events comes to; its columns are those of ``columns.schema``, in any order of rows.

    There are as many partitions as ``spark.sql.shuffle.partitions`` says; a worker holds one of them in memory.
    """
    _needed()
    parts = _parts(frame.sparkSession)
    return _counted(frame.select(*NAMES).mapInArrow(_of_rows(parts), PARCEL), parts, question, areas, sexes)


def compute_file(session: Any, path: Path, question: Question) -> Found:
    """What a Parquet file of events comes to, in any order of rows, that every worker can read under the same name.

    The workers read it by themselves, row group by row group, which is much faster than by way of Java; where it is sorted,
    each counts what it read, and no row is moved. Its ids must be numbers: :func:`caselight.engines.reoffending.sorting.sort`
    writes such a file. Raises ``reoffending.not-events``.
    """
    _needed()
    if not arrow.is_numbered(path):
        says = f"{path.name} has ids or names as text, or other types than workers can read by themselves."
        stop(Fault("reoffending.not-events", (str(path),), says, "Sort it first, which numbers them, or give a frame."))
    file, parts = arrow.opened(path), _parts(session)
    names = named(file.schema_arrow, AREAS), named(file.schema_arrow, SEXES)
    begins = stretches.cut(file)
    answers = (
        _numbered(session, len(begins), parts).mapInArrow(_of_stretches(str(path), begins, question), ANSWER).collect()
    )
    if all(one.rows is not None for one in answers):
        return _added(answers, question, *names)
    groups = _numbered(session, file.num_row_groups, parts)
    return _counted(groups.mapInArrow(_of_file(str(path), parts), PARCEL), parts, question, *names)


def _needed() -> None:
    required("pyspark", "pyarrow", "numba", extra="spark")


def _parts(session: Any) -> int:
    return int(session.conf.get("spark.sql.shuffle.partitions"))


def _counted(parcels: Any, parts: int, question: Question, areas: tuple[str, ...], sexes: tuple[str, ...]) -> Found:
    """The sums over all partitions."""
    answers = parcels.repartitionById(parts, "part").mapInArrow(_sweep(question), ANSWER).collect()
    return _added(answers, question, areas, sexes)


def _numbered(session: Any, many: int, parts: int) -> Any:
    """So many numbers from 0, in no more partitions than there are."""
    return session.range(0, many, 1, min(parts, max(many, 1)))


def _added(answers: Iterable[Any], question: Question, areas: tuple[str, ...], sexes: tuple[str, ...]) -> Found:
    whole = Run(question, areas, sexes)
    for one in answers:
        whole.add(_sums(one.groups, one.last, one.tally, one.rows))
    return whole.found()


def _sums(groups: bytes, last: bytes, tally: bytes, rows: int) -> Sums:
    """As they came from a worker."""
    import numpy as np

    lines = np.frombuffer(groups, np.int64).reshape(CODES + COUNTS, -1)
    return Sums(lines, np.frombuffer(last, np.int64), np.frombuffer(tally, np.int64), rows)


def _of_rows(parts: int) -> Callable[[Batches], Batches]:
    """Parcels of the rows that the cluster hands over."""

    def packed(batches: Batches) -> Batches:
        wanted = schema()
        for batch in batches:
            yield _parcels(batch.cast(wanted), parts)

    return packed


def _of_file(path: str, parts: int) -> Callable[[Batches], Batches]:
    """Parcels of the row groups whose numbers the cluster hands over."""

    def packed(batches: Batches) -> Batches:
        wanted, file = schema(), arrow.opened(Path(path))
        for batch in batches:
            for group in batch.column(0).to_pylist():
                for rows in file.read_row_group(group, columns=list(NAMES)).to_batches():
                    yield _parcels(rows.cast(wanted), parts)

    return packed


def _parcels(rows: pa.RecordBatch, parts: int) -> pa.RecordBatch:
    """Rows spread by their persons: one parcel for each part that any go to, the rows in the order in which they came."""
    import numpy as np
    import pyarrow as pa

    person = arrow.arrays(rows).person.astype(np.uint64)
    part = ((person * np.uint64(MIX)) >> np.uint64(32)) % np.uint64(parts)
    there = np.unique(part).tolist()
    parcels = [_parcel(rows.take(pa.array(np.flatnonzero(part == at)))) for at in there]
    return pa.RecordBatch.from_arrays(
        [pa.array(there, pa.int32()), pa.array(parcels, pa.binary())], names=["part", "rows"]
    )


def _parcel(rows: pa.RecordBatch) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_batch(rows)
    return bytes(sink.getvalue())


def _sweep(question: Question) -> Callable[[Batches], Batches]:
    """What each partition does: the kernel over its rows, and what they came to as whole numbers."""

    def swept(batches: Batches) -> Batches:
        under_way = Run(question)
        for columns, upto in arrow.whole_persons(_sorted(batches)):
            under_way.take(columns, upto)
        yield _answer(under_way)

    return swept


def _of_stretches(path: str, begins: list[int], question: Question) -> Callable[[Batches], Batches]:
    """What the stretches of a file come to whose numbers the cluster hands over; nothing for one that is not sorted."""

    def counted(batches: Batches) -> Batches:
        for batch in batches:
            for at in batch.column(0).to_pylist():
                yield _answer(stretches.if_sorted(partial(_stretch, Path(path), begins, at, question)))

    return counted


def _stretch(path: Path, begins: list[int], at: int, question: Question) -> Run:
    end = begins[at + 1] if at + 1 < len(begins) else None
    return stretches.counted(path, begins[at], end, Run(question))


def _answer(under_way: Run | None) -> pa.RecordBatch:
    """What a run came to, on its way from a worker; nothing of none."""
    import pyarrow as pa

    *numbers, rows = under_way.sums() if under_way else (None,) * len(Sums._fields)
    lines = [pa.array([None if line is None else line.tobytes()], pa.binary()) for line in numbers]
    return pa.RecordBatch.from_arrays([*lines, pa.array([rows], pa.int64())], names=["groups", "last", "tally", "rows"])


def _sorted(batches: Batches) -> Iterable[Columns]:
    """All rows of the parcels in the order that the kernel takes, in pieces; those of a sorted file are in it already."""
    import numpy as np
    import pyarrow as pa

    parcels = [
        arrow.arrays(rows)
        for batch in batches
        for parcel in batch.column("rows")
        for rows in pa.ipc.open_stream(parcel.as_buffer())
    ]
    if not parcels:
        return
    parcels.sort(key=lambda rows: tuple(int(getattr(rows, name)[0]) for name in ORDER))
    columns = arrow.joined(parcels)
    keys = [getattr(columns, name) for name in ORDER]
    if not in_order(keys):
        places = np.lexsort(keys[::-1])
        columns = Columns(*(column[places] for column in columns))
    for begin in range(0, len(columns.person), arrow.BATCH):
        yield arrow.part(columns, begin, begin + arrow.BATCH)


def in_order(keys: list[Any]) -> bool:
    """Whether no row comes before the one above it, by the first of the columns in which they differ.

    >>> import numpy as np
    >>> in_order([np.array([1, 1, 2]), np.array([5, 6, 0])]), in_order([np.array([1, 1, 2]), np.array([6, 5, 0])])
    (True, False)
    """
    import numpy as np

    same = np.ones(len(keys[0]) - 1, dtype=bool)  # as the row above in every column so far
    for key in keys:
        above, below = key[:-1], key[1:]
        if (same & (below < above)).any():
            return False
        same &= below == above
    return True
