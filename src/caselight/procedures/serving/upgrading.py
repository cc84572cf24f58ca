"""The database as this version needs it: all migrations in one transaction, and how a half-made upgrade is known.

Django commits each migration by itself, and for some records that it was applied only afterwards: a process that ends
between the two leaves a database that no later run can mend. Here everything, and the record of it, is committed at
once, or nothing is (both databases can undo changes of tables). A database that was half changed by other means is
told by its tables and columns, which are not those that its record of migrations speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from caselight.method.faults import Fault, refuse

Node = tuple[str, str]


def upgrade() -> list[Node]:
    """Apply what is not applied, all of it or nothing; what was applied. ``Faults`` where the database is half changed."""
    refuse(half_applied())
    wanted = pending()
    # SQLite changes a table by making it anew, which it does only while foreign keys are not looked at: switched off
    # before the transaction begins, and every one of them checked by Django before the transaction ends.
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, interactive=False)
    return wanted


def pending() -> list[Node]:
    """The migrations that are not applied, in their order."""
    executor = MigrationExecutor(connection)
    return [(m.app_label, m.name) for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def half_applied() -> list[Fault]:
    """A fault for each application whose tables are not those that the record of applied migrations speaks of."""
    found = sorted(set(_disagreeing()))
    return [
        Fault("store.half-upgraded", (label,), f"The tables of “{label}” are not as the record of upgrades says: "
              "an upgrade was ended half-way.",
              "Nothing was started. Restore the backup that was made before the upgrade, then run: caselight set-up")
        for label in found
    ]  # fmt: skip


def not_ready() -> list[Fault]:
    """Why this version must not be served from this database: half changed, not yet changed, or changed by a newer one."""
    if faults := half_applied():
        return faults
    return [*_unmade(), *_newer()]


def _unmade() -> Iterator[Fault]:
    if missing := pending():
        yield Fault("store.not-upgraded", ("database",), f"The database lacks {len(missing)} changes that this version needs.",
                    "Make a backup, then run: caselight set-up")  # fmt: skip


def _newer() -> Iterator[Fault]:
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs()}
    unknown = [
        node for node in loader.applied_migrations or {} if node[0] in ours and node not in loader.disk_migrations
    ]
    if unknown:
        yield Fault("store.newer", ("database",), "The database was made or changed by a newer version of Caselight.",
                    "Serve it with that version, or restore a backup that this version made.")  # fmt: skip


def _disagreeing() -> Iterator[str]:
    """Labels of applications with a table too many, too few, or with other columns than its migrations gave it."""
    loader = MigrationLoader(connection)
    applied = [node for node in loader.graph.nodes if node in (loader.applied_migrations or {})]
    recorded = _tables(loader, applied)
    final = _tables(loader, list(loader.graph.nodes))
    with connection.cursor() as cursor:
        there = {info.name for info in connection.introspection.get_table_list(cursor) if info.type == "t"}
        for table, (label, columns) in recorded.items():
            if table not in there:
                yield label
                continue
            found = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if found != columns:
                yield label
    yield from (label for table, (label, _) in final.items() if table in there and table not in recorded)


def _tables(loader: MigrationLoader, nodes: list[Node]) -> dict[str, tuple[str, set[str]]]:
    """Tables after these migrations: the application each belongs to, and its columns."""
    if not nodes:
        return {}
    models = loader.project_state(nodes).apps.get_models(include_auto_created=True)
    described = [model._meta for model in models]  # noqa: SLF001 - Django documents it, and its name is what it is
    return {
        one.db_table: (one.app_label, {str(field.column) for field in one.local_concrete_fields})
        for one in described
        if one.managed and not one.proxy
    }
