"""Tables that are only ever added to: triggers of the database refuse to change or remove a row, on both databases.

A migration asks for them: ``operations = [append_only("audit_auditrow", unique=["chain", "n"])]``. On SQLite a later
migration that remakes such a table loses its triggers and must ask again; ``queries.guarded`` says which tables have
them. Triggers stop mistakes and whoever has only SQL; who owns the database can drop them, and the chain tells on that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

SUFFIX = "_append_only"
NAMES = {"sqlite": ("update", "delete", "replace"), "postgresql": ("row", "truncate")}  # of the triggers of each table
Step = Callable[[StateApps, BaseDatabaseSchemaEditor], None]


def append_only(table: str, *, unique: Sequence[str] = ()) -> RunPython:
    """The operation that guards a table. ``unique`` are columns of a constraint, guarded against SQLite's REPLACE.

    ``INSERT OR REPLACE`` removes the row that is in its way without asking a DELETE trigger, so it is caught before.
    """
    guard = {"sqlite": _sqlite(table, unique), "postgresql": _postgresql(table)}
    lift = {"sqlite": _lift_sqlite(table), "postgresql": _lift_postgresql(table)}
    return RunPython(_step(guard), _step(lift))


def _step(statements: dict[str, list[str]]) -> Step:
    def run(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


def _sqlite(table: str, unique: Sequence[str]) -> list[str]:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in unique)
    there = f'SELECT 1 FROM "{table}" WHERE "id" = NEW."id"' + (f" OR ({same})" if same else "")  # noqa: S608 - names of ours
    refuse = f"SELECT RAISE(ABORT, '{_says(table)}');"
    return [
        f'CREATE TRIGGER "{table}{SUFFIX}_update" BEFORE UPDATE ON "{table}" BEGIN {refuse} END',
        f'CREATE TRIGGER "{table}{SUFFIX}_delete" BEFORE DELETE ON "{table}" BEGIN {refuse} END',
        f'CREATE TRIGGER "{table}{SUFFIX}_replace" BEFORE INSERT ON "{table}" WHEN EXISTS ({there}) BEGIN {refuse} END',
    ]


def _lift_sqlite(table: str) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{table}{SUFFIX}_{what}"' for what in NAMES["sqlite"]]


def _postgresql(table: str) -> list[str]:
    name = f"{table}{SUFFIX}"
    return [
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"RAISE EXCEPTION '{_says(table)}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{name}_row" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        f'CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()',
    ]


def _lift_postgresql(table: str) -> list[str]:
    name = f"{table}{SUFFIX}"
    return [
        f'DROP TRIGGER IF EXISTS "{name}_row" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{name}_truncate" ON "{table}"',
        f'DROP FUNCTION IF EXISTS "{name}"()',
    ]


def _says(table: str) -> str:
    return f"Rows of {table} are only ever added."
