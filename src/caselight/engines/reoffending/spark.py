"""The same kernel where the rows lie in a cluster: persons are spread over partitions, each sorted and swept by itself.

A person's rows all come to one partition, so the counts of the partitions add up to those of the whole. It needs
``caselight[spark]`` here and on the workers, and Java.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending import arrow
from caselight.engines.reoffending.asking import EPOCH, Question, days
from caselight.engines.reoffending.columns import NAMES, ORDER, schema
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.results import Found, Group, Groups
from caselight.engines.reoffending.running import Run
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.rates import Counts, state

if TYPE_CHECKING:
    import pyarrow as pa

ANSWER = "what string, window int, said string, entries long, reoffenders long, reoffences long, severe long"
GROUP, LAST, TALLY = "group", "last", "tally"
MARK = "\x1f"  # between what is said of a group; stands in no name


def compute(frame: Any, question: Question, areas: tuple[str, ...] = (), sexes: tuple[str, ...] = ()) -> Found:
    """What a Spark data frame of events comes to; its columns are those of ``columns.schema``, in any order of rows."""
    required("pyspark", "pyarrow", "numba", extra="spark")
    spread = frame.select(*NAMES).repartition("person").sortWithinPartitions(*ORDER)
    answers = spread.mapInArrow(_sweep(question, areas, sexes), ANSWER).collect()
    return _together(answers, question)


def _sweep(
    question: Question, areas: tuple[str, ...], sexes: tuple[str, ...]
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What each partition does: the kernel over its rows, and its counts as a few rows."""

    def swept(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        wanted = schema()
        cast = (pa.RecordBatch.from_arrays(list(one.cast(wanted).columns), schema=wanted) for one in batches)
        under_way = Run(question, areas, sexes)
        for columns, upto in arrow.whole_persons(arrow.arrays(batch) for batch in cast):
            under_way.take(columns, upto)
        rows = list(_answers(under_way, question))
        names = ("what", "window", "said", "entries", "reoffenders", "reoffences", "severe")
        types = [pa.string(), pa.int32(), pa.string(), *[pa.int64()] * 4]
        values = list(zip(*rows, strict=True)) if rows else [()] * len(names)
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, type_) for column, type_ in zip(values, types, strict=True)], names=list(names)
        )

    return swept


def _answers(under_way: Run, question: Question) -> Iterator[tuple[Any, ...]]:
    found = under_way.found()
    for group in found.groups:
        counts = group.counts
        said = MARK.join(group.by.values())
        window = question.ordered.index(group.window)
        yield GROUP, window, said, counts.entries, counts.reoffenders, counts.reoffences, counts.severe
    for window, day in enumerate(under_way.last_days()):
        yield LAST, window, "", None if day is None else days(day), None, None, None
    for rule, count in [*found.drops.items(), *found.notes.items()]:
        yield TALLY, -1, str(rule), count, None, None, None
    yield TALLY, -1, "", under_way.rows, None, None, None


def _together(answers: list[Any], question: Question) -> Found:
    """The sums over all partitions; the last entry of a window is the last of any."""
    groups: dict[tuple[int, str], Counts] = {}
    last: dict[int, int] = {}
    tally: Counter[str] = Counter()
    for one in answers:
        if one.what == GROUP:
            counts = Counts(one.entries, one.reoffenders, one.reoffences, one.severe)
            before = groups.get((one.window, one.said))
            groups[one.window, one.said] = counts if before is None else before + counts
        elif one.what == TALLY:
            tally[one.said] += one.entries
        elif one.entries is not None:
            last[one.window] = max(last.get(one.window, one.entries), one.entries)
    days_ = {
        window: EPOCH + timedelta(days=last[at]) if at in last else None for at, window in enumerate(question.ordered)
    }

    def made() -> Iterator[Group]:
        for (window, said), counts in sorted(groups.items()):
            yield Group(question.ordered[window], dict(zip(question.by, said.split(MARK), strict=False)), counts)

    return Found(
        measure=question.measure.id,
        options=question.options.fingerprint,
        as_of=question.as_of,
        groups=Groups(made),
        states={window: state(window, day, question.options, question.as_of) for window, day in days_.items()},
        rows=tally[""],
        drops={rule: tally[rule] for rule in Drop if tally[rule]},
        notes={note: tally[note] for note in Note if tally[note]},
    )
