"""A consistent copy of the database while others write, and its way back, for both kinds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from django.conf import settings
from django.db import connection

from caselight.method.faults import Fault, Faults

SQLITE_COPY, POSTGRESQL_COPY = "database.sqlite3", "database.dump"
KEY_TABLE, KEY_COLUMN = "identities_subjectkey", "key_id"


def copy_database(folder: Path) -> Path:
    """Copy the database as it stands at one instant into ``folder``; later commits are not in it, earlier ones all are."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(Path(str(settings.DATABASES["default"]["NAME"])), folder / SQLITE_COPY)
    target = folder / POSTGRESQL_COPY
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])
    return target


def sound_sqlite(copy: Path) -> None:
    """``Faults`` when a copied SQLite file is damaged."""
    with closing(sqlite.connect(str(copy))) as database:
        found = [row[0] for row in database.execute("PRAGMA integrity_check")]
        strays = database.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or strays:
        says = "The database in the backup is damaged."
        raise Faults([Fault("backup.damaged", (copy.name,), says, "Restore another backup.")])


def files_of_sqlite(file: Path) -> list[Path]:
    """A SQLite file and what SQLite writes beside it, each whether it is there or not.

    A log of another time that lies beside a database is taken for a part of it.
    """
    return [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))]


def keys_wanted(copy: Path) -> set[str]:
    """The keys that the subjects in a copied database are sealed under."""
    if copy.name == SQLITE_COPY:
        with closing(sqlite.connect(str(copy))) as database:
            return {row[0] for row in database.execute(f"SELECT {KEY_COLUMN} FROM {KEY_TABLE}")}  # noqa: S608 - our own names
    lines = _run(["pg_restore", "--data-only", f"--table={KEY_TABLE}", "--file=-", str(copy)]).splitlines()
    begins = next((n for n, line in enumerate(lines) if line.startswith("COPY ")), len(lines))
    if begins == len(lines):
        return set()
    names = lines[begins].partition("(")[2].partition(")")[0].split(", ")
    return {
        line.split("\t")[names.index(KEY_COLUMN)] for line in takewhile(lambda line: line != "\\.", lines[begins + 1 :])
    }


def place_postgresql(dump: Path) -> None:
    """Fill the empty database of the settings from a dump, in one transaction; ``Faults`` when it holds tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()")
        tables = cursor.fetchone()[0]
    if tables:
        says = f"The database holds {tables} tables already."
        raise Faults([Fault("backup.not-empty", (), says, "Name an empty database in CASELIGHT_DATABASE.")])
    name = str(settings.DATABASES["default"]["NAME"])
    _run(["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={name}", str(dump)])


def rows_of_sqlite(file: Path) -> dict[str, int]:
    """How many rows each table of a SQLite file has."""
    with closing(sqlite.connect(str(file))) as database:
        names = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of the file's own tables


def rows_of_live() -> dict[str, int]:
    """How many rows each table of the database in use has."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        return {name: _count(cursor, name) for name in names}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a quoted name
    return int(cursor.fetchone()[0])


def _copy_sqlite(source: Path, target: Path) -> Path:
    with closing(sqlite.connect(str(source))) as live, closing(sqlite.connect(str(target))) as copy:
        live.execute("PRAGMA busy_timeout=20000")
        live.backup(copy)  # all pages in one step: one instant, and writers go on
        copy.execute("PRAGMA journal_mode=DELETE")  # the copy stands alone, without a log beside it
    return target


def _run(command: Sequence[str]) -> str:
    """What the program printed."""
    program = shutil.which(command[0])
    if program is None:
        says = f"The program {command[0]} is not on this machine."
        raise Faults([Fault("backup.no-program", (), says, "Install the PostgreSQL client programs.")])
    done = subprocess.run([program, *command[1:]], env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1][:200]
        says = f"{command[0]} failed: {last}"
        raise Faults([Fault("backup.program-failed", (), says, "See to its message, then run the command again.")])
    return done.stdout


def _environment() -> Mapping[str, str]:
    """The connection as PostgreSQL's own programs read it: never on a command line, which everybody can list."""
    wanted = settings.DATABASES["default"]
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(wanted.get(key) or "") for variable, key in named.items()}
    return {**os.environ, **{variable: value for variable, value in given.items() if value}}
