"""The action that withdraws a conflict of interest: what it closed is open again from then on, and why is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit import leave
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Conflict, ConflictWithdrawal


@transaction.atomic
def withdraw_conflict(*, by: str, conflict: int, reason: str, at: datetime) -> None:
    """Withdraw it. Raises ``access.not-found``, and ``access.conflict-withdrawn`` for one that no longer stands."""
    rows = Conflict.objects.select_for_update(of=("self",)).select_related("user", "service", "inspection")
    row = rows.filter(pk=conflict).first()
    leave.ask()
    if row is None:
        stop(Fault("access.not-found", ("conflict",), "There is no such conflict of interest.", "Check the address."))
    if ConflictWithdrawal.objects.filter(conflict=row).exists():
        says = "This conflict of interest was withdrawn before."
        stop(Fault("access.conflict-withdrawn", ("conflict",), says, "Nothing needs doing."))
    of = chain(row.inspection.key) if row.inspection else "system"
    detail: dict[str, Plain] = {
        "service": row.service.key if row.service else "",
        "case": row.case_key,
        "worker": row.worker,
        "conflict": row.pk,
    }
    link = record(chain=of, by=by, act=Act.CONFLICT_WITHDRAWN, of=("user", row.user.key), detail=detail, at=at)
    ConflictWithdrawal.objects.create(conflict=row, reason=reason, by=by, at=at, chain_n=link.n)
