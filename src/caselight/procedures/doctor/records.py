"""What is written: whether every chain of the audit holds, heads and backups are recent, and the clock is sane."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from caselight.method.faults import Fault, Severity
from caselight.procedures.doctor import queries
from caselight.store.audit.actions import as_text
from caselight.store.audit.acts import Act
from caselight.store.audit.models import AuditRow, Head
from caselight.store.audit.queries import chains, rows_of, snapshot, tips

LATEST_HEAD = timedelta(hours=1)
LATEST_BACKUP = timedelta(hours=25)
SKEW = timedelta(minutes=5)


def examine(at: datetime) -> Iterator[Fault]:
    """The findings, at an instant by this machine's clock."""
    with snapshot():
        yield from _chains()
    yield from _clock(at)
    yield from _heads(at)
    yield from _backups(at)


def _chains() -> Iterator[Fault]:
    ends = {str(tip["chain"]): (tip["n"], tip["hash"]) for tip in tips()}
    for chain in sorted({*chains(), *ends}):
        wrong = _first_wrong(chain, ends.get(chain, (0, "")))
        if wrong:
            yield Fault("doctor.chain-broken", ("audit", chain), f"The audit was changed: row {wrong} of a chain does not follow.",
                        "Change nothing. Run caselight verify with the heads from outside, and find out who was at the database.")  # fmt: skip


def _first_wrong(chain: str, end: tuple[object, object]) -> int:
    """The number of the first row that does not follow, or of the one that the tip names in vain; 0 where all is well."""
    n, before = 0, "0" * 64
    for n, row in enumerate(rows_of(chain), start=1):
        digest = hashlib.sha256((before + str(row["row"])).encode()).hexdigest()
        if (row["n"], row["prev"], row["hash"]) != (n, before, digest):
            return n
        before = digest
    return 0 if (n, before) == end else n + 1


def _clock(at: datetime) -> Iterator[Fault]:
    newest = AuditRow.objects.order_by("-id").values_list("at", flat=True).first()
    server = queries.clock()
    behind = newest is not None and newest > as_text(at + SKEW)
    apart = server is not None and abs(server - at) > SKEW
    if behind or apart:
        yield Fault("doctor.clock", ("clock",), "This machine's clock is more than five minutes from what was recorded, "
                    "or from the database server's.",
                    "Let both machines take the time from the network. The order of judgements does not rest on it, "
                    "sessions and second factors do.", Severity.WARNING)  # fmt: skip


def _heads(at: datetime) -> Iterator[Fault]:
    if not tips():
        return
    oldest_ok = as_text(at - LATEST_HEAD)
    newest = Head.objects.order_by("-id").values_list("at", flat=True).first() or ""
    grown = AuditRow.objects.filter(at__gt=newest, at__lt=oldest_ok).exists() if newest < oldest_ok else False
    if grown:
        yield Fault("doctor.heads-late", ("heads",), "No signed head was written for over an hour, though the audit grew.",
                    "See whether Caselight is served, and whether CASELIGHT_HEADS can be written.", Severity.WARNING)  # fmt: skip


def _backups(at: datetime) -> Iterator[Fault]:
    taken = AuditRow.objects.filter(act=Act.BACKUP_TAKEN.value).order_by("-id").values_list("at", flat=True).first()
    if AuditRow.objects.exists() and (taken is None or taken < as_text(at - LATEST_BACKUP)):
        says = "No backup was ever taken." if taken is None else f"The last backup was taken on {taken[:10]}."
        yield Fault("doctor.backup-old", ("backup",), says,
                    "Run caselight backup every day, and restore one every month to see that it can be.", Severity.WARNING)  # fmt: skip
