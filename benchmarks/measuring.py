"""Runs pieces of work in fresh processes, side by side, and keeps what each took: seconds, processor seconds, memory.

Compiled Python is kept in out/, as it is kept beside the code on an ordinary machine, and one run that does not count
comes first: every start but the very first finds it there. On a machine that does other work too, wall clocks stray: what is compared is run in turns, and of several turns the
fastest counts. The processor seconds stand beside it for whoever wants to look through the noise.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = {"PYTHONPYCACHEPREFIX": str(ROOT / "out" / "benchmarks" / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
DATABASES = ("sqlite", "postgresql")
LIBRARIES = ("pydantic", "PyYAML", "pandas", "weasyprint", "matplotlib", "python-docx", "odfdo")


@dataclass(frozen=True)
class Run:
    """One run: seconds on the wall, seconds of processor, and the most memory it held, in bytes."""

    seconds: float
    processor: float
    memory: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the table: what was compared, what each side took, the ratio and its limit.

    ``ratio`` is that of the wall clock; ``processor`` that of processor seconds, where there are any.
    """

    what: str
    ours: str
    other: str
    ratio: float
    limit: float
    processor: float | None = None

    @property
    def kept(self) -> str:
        """Whether the limit is kept."""
        return "yes" if self.ratio <= self.limit else "**no**"


def inside(work: Callable[[], object]) -> None:
    """In a fresh process: do the work, imports being over, and print what it took as JSON for :func:`told`."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    took = time.perf_counter() - wall, time.process_time() - processor
    sys.stdout.write(json.dumps([*took, peak_memory()]) + "\n")


def peak_memory() -> int:
    """The most memory this process has held, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def told(*arguments: str) -> Run:
    """Run a module of ours in a fresh process that ends with :func:`inside`, and take what it prints."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | KEPT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def whole(*command: str) -> Run:
    """Run a whole process, start and end included."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | KEPT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    seconds = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def in_turns(times: int, **sides: Callable[[], Run]) -> dict[str, list[Run]]:
    """Every side once, then every side again: a disturbance then meets all of them. The first turn does not count."""
    runs: dict[str, list[Run]] = {name: [] for name in sides}
    for run in sides.values() if times > 2 else ():
        run()
    for _ in range(times):
        for name, run in sides.items():
            runs[name].append(run())
    return runs


def compared(what: str, runs: Mapping[str, list[Run]], limit: float, names: tuple[str, str]) -> Line:
    """A line from the fastest runs of two sides: ours, and what it is held against."""
    ours, other = (runs[name] for name in names)
    ratio = min(run.seconds for run in ours) / min(run.seconds for run in other)
    processor = min(run.processor for run in ours) / min(run.processor for run in other)
    return Line(what, _seconds(ours), _seconds(other), ratio, limit, processor)


def _seconds(runs: Iterable[Run]) -> str:
    walls = sorted(run.seconds for run in runs)
    processor = min(run.processor for run in runs)
    return f"{walls[0]:.2f} s (median {statistics.median(walls):.2f}, processor {processor:.2f})"


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    head = "| what | ours | against | times | by processor | limit | kept |\n|---|---|---|--:|--:|--:|---|\n"
    return head + "".join(
        f"| {line.what} | {line.ours} | {line.other} | {line.ratio:.1f} "
        f"| {'' if line.processor is None else f'{line.processor:.1f}'} | {line.limit:g} | {line.kept} |\n"
        for line in lines
    )


def on_each_database(name: str, lines: Callable[[Path, str], list[Line]]) -> None:
    """The command of a part that is measured on both databases, or on those that are asked for: its table."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--database", choices=DATABASES, action="append")
    found = []
    for database in parser.parse_args().database or DATABASES:
        with tempfile.TemporaryDirectory() as place:
            found += lines(Path(place), database)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


def machine() -> str:
    """What the figures were taken on, in a sentence."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{platform.system()} {platform.machine()}, {_processor()}, Python {platform.python_version()}, {libraries}."


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text("utf-8").splitlines() if listing.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} cores of {names[0]}" if names else platform.processor() or "processor not known"


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Say on the error channel what is going on and how long it took: a run takes minutes."""
    began = time.perf_counter()
    sys.stderr.write(f"{what} …\n")
    yield
    sys.stderr.write(f"  {time.perf_counter() - began:.0f} s\n")
