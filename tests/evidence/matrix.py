"""The role matrix, read: who may do what at which address, in which state. Written apart from the product's own table.

A row is a kind of inspection (``-``: outside any), an address by its name, a method, and what is sent where it matters.
A cell is ``-`` (nobody), ``anyone``, ``signed-in``, ``listed`` (a list of what the row ``api:inspection`` allows), or a
scope with its states: ``own@fieldwork..moderation``. Scopes are ``all``; ``assigned``, cases that are given to the
person; and ``own``, the person's own and moderated judgements on such cases (and others' once all of theirs are signed).
``ST`` is somebody who is signed in and has no role, ``PU`` somebody who is not signed in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "matrix.csv"
STATES = ("setup", "fieldwork", "moderation", "draft", "fact_check", "embargo", "published", "closed")
ROLES = ("LI", "IN", "LA", "QA", "CM", "SM", "AN", "PB", "AD", "PU", "ST", "LL", "AU")
NO_STATE = ("-", "anyone", "signed-in", "listed")


@dataclass(frozen=True)
class Row:
    """One row of the matrix."""

    kind: str
    url: str
    method: str
    what: str
    cells: dict[str, str]

    def scope(self, role: str, state: str) -> str:
        """The scope of a role in a state; ``-`` where there is none."""
        cell = self.cells[role]
        if cell in NO_STATE:
            return cell
        scope, _, states = cell.partition("@")
        return scope if state in between(states) else "-"


def between(states: str) -> tuple[str, ...]:
    """The states from one to another.

    >>> between("draft..embargo")
    ('draft', 'fact_check', 'embargo')
    """
    first, _, last = states.partition("..")
    return STATES[STATES.index(first) : STATES.index(last or first) + 1]


@cache
def matrix() -> tuple[Row, ...]:
    """Every row."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Row(row["kind"], row["url"], row["method"], row["what"], {role: row[role] for role in ROLES})
            for row in csv.DictReader(stream)
        )


def rows_of(kind: str, url: str, method: str) -> list[Row]:
    """The rows of an address and method in a kind of inspection."""
    return [row for row in matrix() if (row.kind, row.url, row.method) == (kind, url, method)]
