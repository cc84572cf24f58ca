"""A pytest plugin for S5: judges every transaction of an action while the store's own tests run.

    python -m pytest tests/store -p tests.evidence.watching        (CASELIGHT_WATCHED: the file for what was seen)

A *scope* is an ``atomic`` that a module of the store enters. When it ends well, whatever was written to a table of the
store inside it must have been written together with an audit row; a write of the product outside any scope is a fault
by itself. Writes of the tests themselves (factories, attacks) are not the product's and are not judged.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection, transaction

WRITES = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|COPY)\s+"?(\w+)', re.IGNORECASE
)
AUDIT = {"audit_auditrow", "audit_tip", "audit_head"}
# Which key a subject has: a number that is drawn where one is first asked for, and says nothing about anybody.
BARE = {"identities_subjectkey"}

# A purge is several transactions, so that it survives a kill. Between its rows ``purge.begun`` and ``purge.finished``,
# which it cannot end without, these steps write nothing but how far it has come, and remove what the first row names.
PURGES = "caselight.store.identities.actions.purges"
BETWEEN_ROWS = {
    f"{PURGES}.purge": {"identities_purge"},
    f"{PURGES}._verify": {"identities_purge"},
    f"{PURGES}._delete_rows": {"identities_blockingkey", "identities_person"},
}


@dataclass
class Scope:
    """What happened in one ``atomic`` of the store."""

    action: str
    written: set[str] = field(default_factory=set)
    audited: bool = False


class Watch:
    """Everything that was seen in a run."""

    def __init__(self) -> None:
        self.scopes: list[Scope | None] = []
        self.judged = 0
        self.actions: set[str] = set()
        self.faults: list[str] = []
        self.tables: set[str] = set()

    def begin(self) -> None:
        """An ``atomic`` begins; it is a scope where the store began it."""
        name = _entered_by()
        self.scopes.append(Scope(name) if name.startswith("caselight.store.") else None)

    def end(self, failed: bool) -> None:
        """An ``atomic`` ends: its writes are judged, and belong to the one around it as well."""
        scope = self.scopes.pop() if self.scopes else None
        if scope is None or failed:
            return
        around = next((one for one in reversed(self.scopes) if one is not None), None)
        if around is not None:
            around.written |= scope.written
            around.audited |= scope.audited
            if around.action == scope.action:
                return  # a savepoint of one action, whose row may come after it
        if scope.written:
            self.judged += 1
            self.actions.add(scope.action)
        if scope.written - BETWEEN_ROWS.get(scope.action, set()) and not scope.audited:
            self.faults.append(f"{scope.action} wrote {', '.join(sorted(scope.written))} and no audit row.")

    def wrote(self, table: str) -> None:
        """A statement of the product changes a table."""
        inner = next((one for one in reversed(self.scopes) if one is not None), None)
        if table == "audit_auditrow" and inner is not None:
            inner.audited = True
        if table not in self.tables - AUDIT - BARE:
            return
        if inner is None and table in BETWEEN_ROWS.get(_said(_product()), ()):
            return
        if inner is None:
            self.faults.append(f"{_said(_product())} wrote {table} outside an action's transaction.")
        else:
            inner.written.add(table)


WATCH = Watch()


def _product() -> FrameType | None:
    """The innermost frame of the product; None where nothing of it is at work."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("caselight.") and not name.startswith("caselight.config"):
            return frame
        frame = frame.f_back
    return None


def _entered_by() -> str:
    """Who entered an ``atomic``: the function that it decorates, or the one that holds the block."""
    frame: FrameType | None = sys._getframe(3)
    if frame is None:
        return ""
    function = frame.f_locals.get("func") if frame.f_globals.get("__name__") == "contextlib" else None
    return f"{function.__module__}.{function.__name__}" if function else _said(frame)


def _said(frame: FrameType | None) -> str:
    return "?" if frame is None else f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}"


def _watched(enter: Callable[..., Any], leave: Callable[..., Any]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    @wraps(enter)
    def begun(self: Any) -> Any:
        WATCH.begin()
        return enter(self)

    @wraps(leave)
    def ended(self: Any, kind: Any, value: Any, traceback: Any) -> Any:
        failed = kind is not None or connection.needs_rollback
        try:
            return leave(self, kind, value, traceback)
        finally:
            WATCH.end(failed)

    return begun, ended


def _statement(execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
    found = WRITES.match(str(sql))
    if found and not _by_a_factory():
        WATCH.wrote(found[1])
    return execute(sql, params, many, context)


def _copied(copy: Callable[..., Any]) -> Callable[..., Any]:
    """PostgreSQL's COPY goes past Django's statements, and is a write all the same."""

    @wraps(copy)
    def seen(self: Any, statement: Any, *args: Any, **told: Any) -> Any:
        found = WRITES.match(str(statement))
        if found and not _by_a_factory():
            WATCH.wrote(found[1])
        return copy(self, statement, *args, **told)

    return seen


def _by_a_factory() -> bool:
    """Whether a test writes: nothing of the product stands between it and the database, or a manager of a model alone."""
    frame = _product()
    return frame is None or frame.f_globals.get("__name__", "").endswith(".models")


def pytest_configure(config: pytest.Config) -> None:
    """Watch from the first statement on."""
    from django.apps import apps

    WATCH.tables = {
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith("caselight.store.")
    }
    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = _watched(  # type: ignore[method-assign]
        transaction.Atomic.__enter__, transaction.Atomic.__exit__
    )
    if connection.vendor == "postgresql":
        from psycopg import Cursor

        Cursor.copy = _copied(Cursor.copy)  # type: ignore[method-assign]
    del config
    _plant(os.environ.get("CASELIGHT_PLANTED", ""))


def _plant(what: str) -> None:
    """A fault for the control: an action that forgets its row."""
    if what:
        from caselight.store.audit import actions

        def forgotten(**asked: Any) -> Any:
            return actions.Link(0, "")

        import_module(what).record = forgotten  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _watch() -> Any:
    with connection.execute_wrapper(_statement):
        yield


def pytest_sessionfinish() -> None:
    """Write down what was seen."""
    seen = {"judged": WATCH.judged, "actions": sorted(WATCH.actions), "faults": WATCH.faults}
    Path(os.environ.get("CASELIGHT_WATCHED", os.devnull)).write_text(json.dumps(seen), "utf-8")
