"""``python -m benchmarks``: everything, and a Markdown table for docs/explanation/speed.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import agreement, letter, rules, store, tallying
from benchmarks.measuring import machine, table


def main() -> None:
    """Measure everything in one run and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--few", action="store_true", help="leave the 10,000 cases out: minutes instead of half an hour"
    )
    parser.add_argument("--times", type=int, default=5, help="how often each command is run")
    parser.add_argument("--folder", type=Path, help="keep the large inspections here (default: a temporary folder)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = letter.lines(Path(place), times=arguments.times)
        found += rules.lines(Path(place), times=arguments.times)
        found += agreement.lines(times=arguments.times)
        found += store.lines(Path(place), times=arguments.times)
        found += tallying.lines(arguments.folder or Path(place), many=not arguments.few)
    sys.stdout.write(f"{machine()}\n\n{table(found)}")


if __name__ == "__main__":
    main()
