"""Every request of S1: who asks for what, where, how, and in which state; and a sample of them that holds all pairs."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests import cast
from tests.evidence.matrix import STATES, Row, rows_of

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
INSPECTIONS = ("testshire", "otherham", "testshire-audit", "otherham-audit")
NOWHERE = ("1", "2", "0" * 32, "x" * 300, "..%2Ftestshire", "%00", "testshire%20OR%201=1", "TESTSHIRE")
OF_INSPECTION = ("inspection", "figures", "package", "answers", "contested", "quarantine", "receipt")
OUTSIDE = ("inspections", "frameworks", "framework", "packages", "openapi-json")
CASES = ("C1", "C2", "C3", "C4", "C9", "x" * 200, "\u0000", "../C1")
REAL = CASES[:4]
# Roles that have ended, and one that has not begun: whoever holds nothing else is somebody without a role.
OUT_OF_TIME = ("i0", "lead0", "sm0", "i9")
PEOPLE = (*(person.key for person in cast.CAST), *OUT_OF_TIME, "")


@dataclass(frozen=True, slots=True)
class Try:
    """One request: who, what, where, in which state.

    ``case`` and ``pass_`` matter where an answer is sent or read. A package is new, or ``more`` of the inspection at
    ``place``.
    """

    state: str
    person: str
    url: str
    method: str
    place: str
    case: str = "C1"
    pass_: str = "first"

    @property
    def more(self) -> bool:
        """Whether it brings a package of an inspection that is there."""
        return self.url == "packages" and self.method == "POST" and bool(self.place)


def every() -> Iterator[Try]:
    """Every combination."""
    for state, person, method in itertools.product(STATES, PEOPLE, METHODS):
        for url, place in itertools.product(OF_INSPECTION, INSPECTIONS + NOWHERE):
            if url == "answers" and method == "POST":
                for case, pass_ in itertools.product(CASES, ("first", "second", "moderated")):
                    yield Try(state, person, url, method, place, case, pass_)
            elif url == "receipt":
                yield from (Try(state, person, url, method, place, case) for case in CASES)
            else:
                yield Try(state, person, url, method, place)
        for url in OUTSIDE:
            yield Try(state, person, url, method, "")
        if method == "POST":
            yield from (Try(state, person, "packages", method, place) for place in INSPECTIONS)


def about(url: str) -> list[Try]:
    """Everybody who reads one address, of every inspection in every state: none of it is left to chance."""
    readings = itertools.product(STATES, PEOPLE, INSPECTIONS)
    return [Try(state, person, url, "GET", place) for state, person, place in readings]


def chosen(trials: int, draw: random.Random) -> tuple[list[Try], int, int]:
    """So many of all combinations, by state; how many there are, and how many pairs the first of those chosen hold.

    First come combinations that hold every pair of values between them. Of the others three in four are taken
    from those where somebody asks for something that is there, by a method that it has.
    """
    all_of_them = list(every())
    total = len(all_of_them)
    if trials >= total:
        return all_of_them, total, 0
    draw.shuffle(all_of_them)
    first, pairs = _pairwise(all_of_them, trials)
    core, rest = list[Try](), list[Try]()
    taken = set(first)
    for one in all_of_them:
        if one not in taken:
            (core if _is_there(one) else rest).append(one)
    left = trials - len(first)
    some = min(len(core), left * 3 // 4)
    found = [*first, *core[:some], *rest[: left - some]]
    return sorted(found, key=lambda one: STATES.index(one.state)), total, pairs


def _pairwise(mixed: Sequence[Try], most: int) -> tuple[list[Try], int]:
    """Of mixed combinations those that each add a pair which none before it held, and the number of pairs."""
    held: set[tuple[int, object, object]] = set()
    found = []
    for one in mixed:
        what = (one.url, one.method, one.pass_)
        parts = (one.state, one.person, what, one.place, one.case)
        pairs = {(n, *pair) for n, pair in enumerate(itertools.combinations(parts, 2))}
        if not pairs <= held and len(found) < most:
            held |= pairs
            found.append(one)
    return found, len(held)


def _is_there(one: Try) -> bool:
    return one.place in (*INSPECTIONS, "") and one.case in REAL and row_of(one) is not None


def row_of(one: Try) -> Row | None:
    """The row of the matrix for a request."""
    what = "more" if one.more else one.pass_ if one.url == "answers" and one.method == "POST" else ""
    return _row(one.url, one.method, one.place, what)


@cache
def _row(url: str, method: str, place: str, what: str) -> Row | None:
    inside = url in OF_INSPECTION or what == "more"
    kind = ("local_audit" if place.endswith("-audit") else "external") if inside else "-"
    rows = rows_of(kind, f"api:{url}", method)
    if what:
        rows = [row for row in rows if row.what == what]
    return rows[0] if rows else None
