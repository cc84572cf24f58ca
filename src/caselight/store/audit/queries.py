"""What the audit holds, as plain records, a page at a time: an export of any length takes little memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from caselight.store.audit.append_only import NAMES, SUFFIX
from caselight.store.audit.growing import COLUMNS
from caselight.store.audit.models import AuditRow, Head, Tip

Record = dict[str, object]
PAGE = 5_000  # rows
HEAD = ("chain", "n", "hash", "at", "signature", "key_id")

_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND instr(sql, 'RAISE(ABORT') > 0",
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE tgenabled IN ('O', 'A') AND strpos(prosrc, 'RAISE EXCEPTION') > 0",
}


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is as it stood at one moment, and nobody who writes is kept waiting."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN"
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def chains() -> list[str]:
    """The names of all chains that have rows."""
    return list(AuditRow.objects.order_by("chain").values_list("chain", flat=True).distinct())


def rows_of(chain: str) -> Iterator[Record]:
    """The rows of a chain in their order, as they lie in the database, right or wrong."""
    last = (-1, 0)
    while True:
        some = AuditRow.objects.filter(chain=chain, n__gte=last[0]).order_by("n", "id").values("id", *COLUMNS)
        # The order is by number and then by id, so that even a number that stands twice is read twice.
        page = [row for row in some[: PAGE + 1] if (row["n"], row["id"]) > last]
        if not page:
            return
        last = (page[-1]["n"], page[-1]["id"])
        for row in page:
            yield {name: row[name] for name in COLUMNS}


def last_row(chain: str, *, but: str = "") -> tuple[int, str] | None:
    """Number and hash of a chain's last row, those left out whose act begins with ``but``; None where there is none."""
    rows = AuditRow.objects.filter(chain=chain).order_by("-n")
    return (rows.exclude(act__startswith=but) if but else rows).values_list("n", "hash").first()


def tips() -> list[Record]:
    """The last row of each chain, as the database remembers it."""
    return [{**row} for row in Tip.objects.filter(n__gt=0).order_by("chain").values("chain", "n", "hash")]


def heads() -> list[Record]:
    """The heads that were written, as the database repeats them."""
    return [{"kind": "head", **row} for row in Head.objects.order_by("id").values(*HEAD)]


def guarded() -> frozenset[str]:
    """The tables that have every trigger of those that refuse a change and a removal, and each in force."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        there = set(cursor.fetchall())
    needed = NAMES[connection.vendor]
    return frozenset(
        str(table) for table, _ in there if all((table, f"{table}{SUFFIX}_{name}") in there for name in needed)
    )
