"""A sorted file read and counted in several stretches at once, by a thread for each processor.

A stretch is some row groups one after the other. Persons do not end where row groups do: whoever begins within a
stretch is counted there to the end, and the person with whom it begins is left to the stretch before, unless the file
says that nobody goes on from there. So every row is counted once, each after the row above it in the file, and the
sums of the stretches are those of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

from caselight.engines.reoffending import arrow
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import NAMES
from caselight.engines.reoffending.kernel import Columns
from caselight.engines.reoffending.running import Run
from caselight.method.faults import Faults

BATCH = 65_536  # rows: few enough to stay in a processor's cache from being read to being counted
PEEK = 1_024  # rows: more than nearly every person has
LEAST = 262_144  # rows of a stretch: beside them, beginning one takes no time
MOST = 4  # threads, so that memory stays within bounds on a machine of any size


def run(path: Path, question: Question, batch: int = BATCH) -> Run:
    """The run of a sorted file, all of which it has taken. Raises ``reoffending.not-sorted``."""
    import pyarrow as pa

    source = arrow.read(path, batch)
    begins = cut(arrow.opened(path))
    threads = min(pa.cpu_count(), MOST, len(begins))
    if threads < 2:
        return arrow.run(source, question)

    def one(begin: int, end: int | None) -> Run:
        return counted(path, begin, end, Run(question, source.areas, source.sexes), batch)

    with ThreadPoolExecutor(threads) as pool:
        runs = pool.map(one, begins, [*begins[1:], None])
        whole = next(runs)
        for other in runs:
            whole.join(other)
    return whole


def if_sorted(count: Callable[[], Run]) -> Run | None:
    """What is counted, or None where it turns out that the rows are not sorted."""
    try:
        return count()
    except Faults as faults:
        if [fault.code for fault in faults] != ["reoffending.not-sorted"]:
            raise
        return None


def cut(file: Any) -> list[int]:
    """The row groups with which stretches begin."""
    begins, rows = [], LEAST
    for group in range(file.num_row_groups):
        if rows >= LEAST:
            begins.append(group)
            rows = 0
        rows += file.metadata.row_group(group).num_rows
    return begins


def counted(path: Path, begin: int, end: int | None, under_way: Run, batch: int = BATCH) -> Run:
    """The run, which has taken the persons of the stretch from one row group to before another, or to the end.

    Raises ``reoffending.not-sorted``.
    """
    file = arrow.opened(path)  # a thread's own
    rows = _read(file, begin, end, batch)
    if end is not None and not parted(file, end):
        rows = chain(rows, of_first_person(_read(file, end, None, PEEK)))
    if begin > 0 and not parted(file, begin):
        rows = past_first_person(rows, under_way)
    for columns, upto in arrow.whole_persons(rows):
        under_way.take(columns, upto)
    return under_way


def parted(file: Any, group: int) -> bool:
    """Whether a file says of a row group that everybody in it comes after everybody in the one before."""
    at = file.schema_arrow.get_field_index("person")
    above, below = (file.metadata.row_group(one).column(at).statistics for one in (group - 1, group))
    return bool(above and below and above.has_min_max and below.has_min_max and above.max < below.min)


def _read(file: Any, begin: int, end: int | None, batch: int) -> Iterator[Columns]:
    """The rows from one row group to before another, by this thread alone."""
    for group in range(file.num_row_groups)[begin:end]:
        for rows in file.iter_batches(batch, row_groups=[group], columns=list(NAMES), use_threads=False):
            yield arrow.arrays(rows)


def of_first_person(rows: Iterator[Columns]) -> Iterator[Columns]:
    """The rows of the person with whom they begin."""
    person = None
    for batch in rows:
        person = batch.person[0] if person is None else person
        end = _until_another(batch, person)
        yield arrow.part(batch, 0, end)
        if end < len(batch.person):
            return


def past_first_person(rows: Iterator[Columns], under_way: Run) -> Iterator[Columns]:
    """All rows but those of the person with whom they begin, after whom the run is told that the others come."""
    person = None
    for batch in rows:
        if person is None:
            person = batch.person[0]
            under_way.comes_after(person)
        begin = _until_another(batch, person)
        if begin < len(batch.person):
            yield arrow.part(batch, begin, len(batch.person))
            yield from rows


def _until_another(batch: Columns, person: int) -> int:
    """How many rows at the begin of a batch are a person's, whether or not the rest is in order."""
    others = (batch.person != person).nonzero()[0]
    return int(others[0]) if len(others) else len(batch.person)
