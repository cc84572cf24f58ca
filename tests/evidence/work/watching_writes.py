"""What a request writes: every statement that changes a table, by a wrapper around the database's cursor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO|TRUNCATE)\s+"?([a-z_0-9]+)', re.IGNORECASE)
OF_ASKING = frozenset({"django_session", "cache", "accounts_signedin"})  # where asking itself leaves a trace


@dataclass(frozen=True)
class Write:
    """One statement: the table it changes, and its values."""

    table: str
    values: tuple[Any, ...]

    def holds(self, text: str) -> bool:
        """Whether a value contains a text."""
        return any(text in str(value) for value in self.values)


@contextmanager
def writes() -> Iterator[list[Write]]:
    """Inside, the list grows with each statement that changes more than a session."""
    found: list[Write] = []

    def watch(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        match = WRITES.match(sql)
        if match and match[1] not in OF_ASKING:
            rows = values if many else [values]
            found.extend(Write(match[1], _flat(row)) for row in rows)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(watch):
        yield found


def _flat(values: Any) -> tuple[Any, ...]:
    return tuple(values.values()) if isinstance(values, dict) else tuple(values or ())
