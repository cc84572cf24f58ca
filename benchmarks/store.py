"""A package of 100,000 events brought into the store, and its figures from there, held against bare scripts and the folder.

The bare script of an import reads ``answers.csv`` with ``csv``, makes a canonical JSON text of each row, chains the texts
by SHA-256 and inserts rows and chain into two tables with the keys that ours have, in one transaction on the same SQLite
with the same settings. It reads nothing else, checks nothing, seals nothing and signs nothing. Both sides are a
fresh process each and begin with an empty database that has its tables, imports being over.

The figures are those of ``caselight tally``: all of them, from the package as value. One side reads it from its folder,
with all checks, the other from the store.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.large_inspection import write_large_inspection
from benchmarks.measuring import Line, Run, compared, doing, in_turns, inside, machine, table, told

CASES = 404  # about 100,000 events
IMPORT_LIMIT, FIGURES_LIMIT = 4, 1.3
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def lines(place: Path, *, times: int = 5) -> list[Line]:
    """Both comparisons, measured now."""
    folder = place / "large-400"
    if not folder.exists():
        with doing(f"Writing {CASES} cases"):
            write_large_inspection(folder, CASES)
    rows = sum(1 for _ in (folder / "answers.csv").open("rb")) - 1
    with doing(f"Import of {rows:,} events, {times} times"):
        runs = in_turns(times, ours=_side("import", folder), bare=_side("bare", folder))
    found = [compared(f"import of {rows:,} events; bare script", runs, IMPORT_LIMIT, ("ours", "bare"))]
    with doing(f"Figures of {rows:,} events, {times} times"), tempfile.TemporaryDirectory() as data:
        os.environ["CASELIGHT_DATA"] = data
        _opened()
        _import(folder)
        store = _side("store", folder, data)
        runs = in_turns(times, ours=store, bare=_side("folder", folder))
    found.append(
        compared(f"figures of {rows:,} events from the store; from the folder", runs, FIGURES_LIMIT, ("ours", "bare"))
    )
    return found


def _side(side: str, folder: Path, data: str = "") -> Callable[[], Run]:
    return lambda: told("benchmarks.store", "--inside", side, "--folder", str(folder), "--data", data)


def _opened() -> None:
    """Django on a database with its tables, in the data folder that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "caselight.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _import(folder: Path) -> None:
    from caselight.procedures.importing import import_package

    import_package(folder, by="lead", at=AT)


def _figures(of: Callable[[], object]) -> None:
    from caselight.formats.garbage import uncollected
    from caselight.method.analysis.figures import figures

    with uncollected():
        figures(of())  # type: ignore[arg-type]


def _bare(folder: Path) -> Callable[[], None]:
    """The bare script, on a database that has its tables."""
    import pysqlite3

    from caselight.config.env import SQLITE
    from caselight.method.answers.events import AnswerEvent

    names = [field.removesuffix("_") for field in AnswerEvent._fields]
    connection = pysqlite3.connect(Path(os.environ["CASELIGHT_DATA"]) / "bare.sqlite3", isolation_level=None)
    for pragma in str(SQLITE["init_command"]).split(";"):
        connection.execute(pragma)
    connection.execute("PRAGMA cache_size=-2000")  # as much room as SQLite gives by itself
    columns = ", ".join(f'"{name}" text not null' for name in names)
    connection.execute(f"create table event (id integer primary key, {columns}, hash text not null)")
    connection.execute("create unique index event_op on event (op_id)")
    connection.execute("create index event_address on event (subject_key, question_id)")
    connection.execute("create table chain (n integer primary key, op_id text, row text, prev text, hash text)")
    connection.execute("create index chain_op on chain (op_id)")

    def work() -> None:
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        prev, events, chain = "0" * 64, [], []
        with (folder / "answers.csv").open(encoding="utf-8", newline="") as stream:
            for n, row in enumerate(csv.DictReader(stream), 1):
                text = encode(row)
                digest = hashlib.sha256((prev + text).encode()).hexdigest()
                events.append((*row.values(), digest))
                chain.append((n, row["op_id"], text, prev, digest))
                prev = digest
        connection.execute("begin immediate")
        marks = ", ".join("?" * (len(names) + 1))
        connection.executemany(f"insert into event ({', '.join(map(_quoted, names))}, hash) values ({marks})", events)  # noqa: S608
        connection.executemany("insert into chain values (?, ?, ?, ?, ?)", chain)
        connection.execute("commit")

    return work


def _quoted(name: str) -> str:
    return f'"{name}"'


def _inside(side: str, folder: Path, data: str) -> None:
    with tempfile.TemporaryDirectory() as fresh:
        os.environ["CASELIGHT_DATA"] = data or fresh
        if side == "bare":
            inside(_bare(folder))
        elif side == "folder":
            from caselight.formats.package.reading import read_package

            inside(lambda: _figures(lambda: read_package(folder)))
        else:
            _opened()
            from caselight.procedures.importing import import_package  # noqa: F401 - imports are over when it begins
            from caselight.procedures.stored import store_package

            inside(lambda: _import(folder) if side == "import" else _figures(lambda: store_package("large")))


def main() -> None:
    """Measure, and print the table; or do one side, when asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--inside", choices=("import", "bare", "store", "folder"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="keep the large inspection in this folder")
    parser.add_argument("--data", default="", help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=5, help="how often each side is run")
    arguments = parser.parse_args()
    if arguments.inside:
        _inside(arguments.inside, arguments.folder, arguments.data)
        return
    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(f"{machine()}\n\n{table(lines(arguments.folder or Path(place), times=arguments.times))}")


if __name__ == "__main__":
    main()
