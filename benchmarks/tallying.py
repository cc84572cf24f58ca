"""Reading, checking and tallying a large inspection, held against ``pandas.read_csv`` of its answers.

Each run is a process of its own; imports are over before its clock starts, on both sides. Ours is the whole road: every
file read, every row checked, every figure computed with its cases, intervals and digests, and all that the answers say
about themselves (incomplete, inconsistent, not applicable), as ``caselight check`` and ``caselight tally`` do it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import mean

from benchmarks.measuring import Line, Run, compared, doing, in_turns, inside, machine, table, told

FEW, MANY = 1_000, 10_000
LIMIT_PANDAS, LIMIT_TEN_TIMES = 10, 12
MEMORY_PER_BYTE, MEMORY_BESIDE = 8, 100_000_000


def lines(folder: Path, *, times: int = 3, many: bool = True) -> list[Line]:
    """Everything about tallying, measured now; the packages are written into ``folder``."""
    few = _written(folder, FEW)
    with doing(f"Tallying {FEW:,} cases and reading them with pandas, {times} times each"):
        runs = in_turns(times, ours=lambda: _tally(few), pandas=lambda: _read_with_pandas(few))
    found = [
        compared(f"{FEW:,} cases: read, check, tally; `pandas.read_csv`", runs, LIMIT_PANDAS, ("ours", "pandas")),
        _memory(f"{FEW:,} cases: most memory; file", few, runs["ours"]),
    ]
    if many:
        package = _written(folder, MANY)
        with doing(f"Tallying {MANY:,} cases, and {FEW:,} five times before and after"):
            before = [_tally(few) for _ in range(5)]
            many_runs = [_tally(package)]
            beside = {"many": many_runs, "few": [_mean([*before, *(_tally(few) for _ in range(5))])]}
        what = f"{MANY:,} cases; {FEW:,} cases, mean of ten: read, check, tally"
        found.append(compared(what, beside, LIMIT_TEN_TIMES, ("many", "few")))
        found.append(_memory(f"{MANY:,} cases: most memory; file", package, many_runs))
    return found


def _mean(runs: list[Run]) -> Run:
    """What a run took on average: a long run meets every disturbance, so the fastest short one is no measure for it."""
    return Run(mean(run.seconds for run in runs), mean(run.processor for run in runs))


def _written(folder: Path, cases: int) -> Path:
    from benchmarks.large_inspection import write_large_inspection

    target = folder / f"{cases}-cases"
    if not target.exists():
        with doing(f"Writing {cases:,} cases"):
            write_large_inspection(target, cases)
    return target


def _memory(what: str, folder: Path, runs: list[Run]) -> Line:
    """The most memory of any run, and how many times the file it is, once 100 MB are taken off."""
    size = (folder / "answers.csv").stat().st_size
    most = max(run.memory for run in runs)
    ratio = (most - MEMORY_BESIDE) / size
    ours = f"{most / 1e6:,.0f} MB less 100 MB"
    return Line(what, ours, f"{size / 1e6:,.0f} MB", ratio, MEMORY_PER_BYTE)


def _tally(folder: Path) -> Run:
    return told("benchmarks.tallying", "--inside", "ours", str(folder))


def _read_with_pandas(folder: Path) -> Run:
    return told("benchmarks.tallying", "--inside", "pandas", str(folder))


def _inside_pandas(folder: Path) -> None:
    import pandas as pd

    inside(lambda: pd.read_csv(folder / "answers.csv", dtype=str))


def _inside_ours(folder: Path) -> None:
    from caselight.formats.garbage import uncollected
    from caselight.formats.package.reading import read_package
    from caselight.method.analysis.examined import Examined
    from caselight.method.analysis.figures import figures
    from caselight.procedures.checking import answer_faults

    def work() -> None:
        with uncollected():
            package = read_package(folder)
            examined = Examined(package, package.inspection.languages[0])
            assert figures(package, examined=examined)  # noqa: S101 - it must have done the work
            list(answer_faults(package, examined))

    inside(work)


def main() -> None:
    """Measure and print, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="where the packages go, or are (default: a temporary one)")
    parser.add_argument("--inside", choices=("ours", "pandas"), help=argparse.SUPPRESS)
    parser.add_argument("--few", action="store_true", help=f"leave {MANY:,} cases out")
    arguments = parser.parse_args()
    if arguments.inside:
        return {"ours": _inside_ours, "pandas": _inside_pandas}[arguments.inside](arguments.folder)
    with tempfile.TemporaryDirectory() as place:
        found = lines(arguments.folder or Path(place), many=not arguments.few)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")
    return None


if __name__ == "__main__":
    main()
