"""``python -m benchmarks``: everything, and a Markdown table for docs/explanation/speed.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import agreement, answers, crowd, letter, memory, pages, reoffending, rules, store, syncing, tallying
from benchmarks.measuring import DATABASES, Line, machine, table

Part = Callable[[Path, argparse.Namespace], list[Line]]


def _answers(place: Path, asked: argparse.Namespace) -> list[Line]:
    found = []
    for database in DATABASES:
        folder = place / f"answers-{database}"
        folder.mkdir()
        found += answers.lines(folder, database, times=asked.times)
    return found


PARTS: dict[str, Part] = {
    "reoffending": lambda place, asked: reoffending.lines(asked.folder or place, many=not asked.few),
    "letter": lambda place, asked: letter.lines(place, times=asked.times),
    "rules": lambda place, asked: rules.lines(place, times=asked.times),
    "agreement": lambda _, asked: agreement.lines(times=asked.times),
    "answers": _answers,
    "syncing": lambda place, _: [line for database in DATABASES for line in syncing.lines(place, database)],
    "pages": lambda place, _: [line for database in DATABASES for line in pages.lines(place, database)],
    "crowd": lambda place, _: [line for database in DATABASES for line in crowd.lines(place, database)],
    "store": lambda place, asked: store.lines(place, times=asked.times),
    "memory": lambda place, _: [line for database in DATABASES for line in memory.lines(place, database)],
    "tallying": lambda place, asked: tallying.lines(asked.folder or place, many=not asked.few),
}
LONG = frozenset({"memory"})  # left out of a short run


def main() -> None:
    """Measure everything in one run, or the parts that are named, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=tuple(PARTS), help="only these parts")
    parser.add_argument(
        "--few",
        action="store_true",
        help="leave out the 10,000 cases and the memory of the server: minutes, not an hour",
    )
    parser.add_argument("--times", type=int, default=5, help="how often each command is run")
    parser.add_argument("--folder", type=Path, help="keep the large inspections here (default: a temporary folder)")
    asked = parser.parse_args()
    chosen = asked.only or [name for name in PARTS if not (asked.few and name in LONG)]
    with tempfile.TemporaryDirectory() as place:
        found = [line for name in chosen for line in PARTS[name](Path(place), asked)]
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
