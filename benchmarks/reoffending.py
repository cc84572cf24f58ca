"""Reoffending: 28 quarterly cohorts by area, sex and age band, against reading the file, pandas, and the statement on DuckDB.

Each run is a process of its own; imports are over and the kernel is compiled before its clock starts, as it is kept on
disk from the first run on: what compiling takes is said apart. All sides must come to the same counts, and are timed until
they have them as rows of whole numbers; what naming them takes here is a line of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sized
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pyarrow.parquet as pq

from benchmarks.measuring import Line, Run, compared, doing, in_turns, inside, machine, table, told
from benchmarks.reoffending_beside import on_spark, one_more
from benchmarks.reoffending_rows import shuffle, write
from caselight.engines.reoffending import statement
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import AREAS, NAMES, SEXES, named
from caselight.engines.reoffending.computing import compute, run
from caselight.engines.reoffending.typed import check as refuse_what_is_none
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import WindowKind, windows
from caselight.method.reoffending.options import band_label

FEW, MANY = 5_000_000, 25_000_000
MEMORY = 1_500_000_000
TUNED = {"preserve_insertion_order": False, "memory_limit": "1GB"}


def lines(folder: Path, *, times: int = 3, many: bool = False) -> list[Line]:
    """Everything about reoffending, measured now; the rows are written into ``folder``."""
    few, unsorted = _written(folder, FEW), _written(folder, FEW, shuffled=True)
    small = folder / "reoffending-50000.parquet"
    with doing("Compiling the kernel, which is then kept"):
        check(folder)
        sys.stderr.write(f"  {told('benchmarks.reoffending', 'compiling', str(small)).processor:.1f} s of processor\n")
    with doing(f"{FEW:,} rows, {times} times each"):
        runs = in_turns(times, **{name: _side(name, few) for name in ("ours", "named", "reading", "statement")})
        runs |= in_turns(2, pandas=_side("pandas", few))
        runs |= in_turns(2, unsorted=_side("ours", unsorted), other=_side("statement", unsorted))
    found = [
        compared(f"{FEW:,} rows, 28 cohorts; reading the columns with pyarrow", runs, 2.5, ("ours", "reading")),
        compared(f"{FEW:,} rows; careful pandas", runs, 1 / 20, ("ours", "pandas")),
        compared(f"{FEW:,} rows; the statement on DuckDB", runs, 1 / 3, ("ours", "statement")),
        compared(f"{FEW:,} rows with areas, sexes and bands named; as numbers", runs, 2, ("named", "ours")),
        compared(f"{FEW:,} unsorted rows, sorted on the way; the statement", runs, 2.5, ("unsorted", "other")),
        _memory(f"{FEW:,} rows: most memory", runs["ours"]),
        _one_more(small),
    ]
    return found + _on_spark(few, runs["ours"]) + (_many(folder) if many else [])


def _one_more(small: Path) -> Line:
    took = one_more(small, asked())
    return Line("one more event in the tracker", f"{1_000 * took:.2f} ms of processor", "1 ms", 1_000 * took, 1)


def _on_spark(path: Path, ours: list[Run]) -> list[Line]:
    """Its workers are other processes, so that only the clock counts; nothing where Spark or Java is not installed."""
    if find_spec("pyspark") is None or which("java") is None:
        sys.stderr.write("Spark or Java is not installed, so the cluster was not measured.\n")
        return []
    with doing(f"{FEW:,} rows on Spark"):
        there = _side("spark", path)().seconds
    here = min(run.seconds for run in ours)
    return [Line(f"{FEW:,} rows on Spark, two workers; here", f"{there:.2f} s", f"{here:.2f} s", there / here, 5)]


def _many(folder: Path) -> list[Line]:
    path = _written(folder, MANY)
    with doing(f"{MANY:,} rows"):
        runs = in_turns(2, ours=_side("ours", path), reading=_side("scanning", path))
        runs |= in_turns(1, tuned=_side("tuned", path))
    return [
        compared(f"{MANY:,} rows, 28 cohorts; reading the columns in batches", runs, 2.5, ("ours", "reading")),
        compared(f"{MANY:,} rows; the statement on tuned DuckDB", runs, 1 / 2, ("ours", "tuned")),
        _memory(f"{MANY:,} rows: most memory", runs["ours"]),
    ]


def _side(name: str, path: Path) -> Callable[[], Run]:
    return lambda: told("benchmarks.reoffending", name, str(path))


def _memory(what: str, runs: list[Run]) -> Line:
    most = max(run.memory for run in runs)
    return Line(what, f"{most / 1e6:.0f} MB", f"{MEMORY / 1e6:.0f} MB", most / MEMORY, 1)


def _written(folder: Path, rows: int, *, shuffled: bool = False) -> Path:
    path = folder / f"reoffending-{rows}{'-unsorted' if shuffled else ''}.parquet"
    if not path.exists():
        with doing(f"Writing {rows:,} rows"):
            if shuffled:
                shuffle(_written(folder, rows), path)
            else:
                write(path, rows)
    return path


def asked() -> Question:
    """Twenty-eight quarters by area, sex and age band."""
    spans = windows(WindowKind.QUARTER, date(2009, 1, 1), date(2015, 12, 31))
    return Question(measure("EW-3M"), spans, date(2021, 1, 1), ("area", "sex", "age"))


def check(folder: Path) -> None:
    """All sides come to the same counts, or nothing is worth measuring."""
    from benchmarks import reoffending_pandas

    path, question = _written(folder, 50_000), asked()
    ours = sorted(
        (
            question.ordered.index(one.window),
            *one.by.values(),
            one.counts.entries,
            one.counts.reoffenders,
            one.counts.reoffences,
        )
        for one in compute(path, question).groups
    )
    ages = [band_label(place, question.options.age_bands) for place in range(-1, len(question.options.age_bands))]
    file = pq.read_schema(path)
    areas, sexes = named(file, AREAS), named(file, SEXES)

    def in_words(row: tuple[int, ...]) -> tuple[object, ...]:
        window, area, sex, age, *counts = row
        return (window, areas[area], sexes[sex], ages[age + 1], *counts[:3])

    if len(numbers(path, question)) != len(ours):
        raise SystemExit("There are not as many groups as numbers of them.")
    for other in (reoffending_pandas.compute(path, question), statement.compute(path, question)):
        if sorted(in_words(row) for row in other) != ours:
            raise SystemExit("The sides of the comparison come to different counts.")


def numbers(path: Path, question: Question) -> list[list[int]]:
    """Window, area, sex, age band and previous band of each group, then its counts, as the other sides give them."""
    refuse_what_is_none(path)
    rows: list[list[int]] = run(path, question).sums().groups.T.tolist()
    return rows


def named_groups(path: Path, question: Question) -> Sized:
    """The groups as everybody who computes gets them."""
    return tuple(compute(path, question).groups)


def one_side(name: str, path: Path) -> None:
    """In a process of its own: one side of the comparison, imports and compiling being over."""
    question = asked()
    if name == "compiling":
        with tempfile.TemporaryDirectory() as kept:
            os.environ["NUMBA_CACHE_DIR"] = kept
            inside(lambda: compute(path, question))
    elif name in ("ours", "named"):
        side = numbers if name == "ours" else named_groups
        side(path.with_name("reoffending-50000.parquet"), question)
        inside(lambda: len(side(path, question)))
    elif name == "reading":
        inside(lambda: pq.read_table(path, columns=list(NAMES)))
    elif name == "scanning":
        inside(lambda: sum(one.num_rows for one in pq.ParquetFile(path).iter_batches(524_288, columns=list(NAMES))))
    elif name == "spark":
        on_spark(path, question)
    elif name == "pandas":
        from benchmarks import reoffending_pandas

        inside(lambda: reoffending_pandas.compute(path, question))
    else:
        statement.compute(path.with_name("reoffending-50000.parquet"), question)
        inside(lambda: statement.compute(path, question, **(TUNED if name == "tuned" else {})))


def main() -> None:
    """Without arguments the table; with a side and a file, that side alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reoffending", description=__doc__)
    parser.add_argument("side", nargs="?")
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--many", action="store_true", help="25 million rows too")
    parser.add_argument("--folder", type=Path, help="keep the rows here")
    given = parser.parse_args()
    if given.side:
        one_side(given.side, given.path)
        return
    with tempfile.TemporaryDirectory() as place:
        found = lines(given.folder or Path(place), many=given.many)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
