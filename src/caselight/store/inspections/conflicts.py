"""Conflicts of interest: those that stand, and a person's own wherever they were declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from caselight.store.accounts.permissions import SERVICE
from caselight.store.inspections.models import Conflict, Membership


@dataclass(frozen=True, slots=True)
class Declared:
    """One of them. ``service`` and ``title`` (of an inspection) are names, one of them empty; ``worker`` a name or a key."""

    number: int
    service: str
    inspection: str
    title: str
    case_key: str
    worker: str
    reason: str
    at: datetime
    by: str


def that_stand() -> QuerySet[Conflict]:
    """Every conflict that was not withdrawn."""
    return Conflict.objects.filter(withdrawal=None)


def declared_by(user: str) -> tuple[Declared, ...]:
    """What was declared of a person and stands, the newest first."""
    rows = that_stand().filter(user__key=user).select_related("service", "inspection").order_by("-pk")
    return tuple(
        Declared(
            number=one.pk,
            service=one.service.name if one.service else "",
            inspection=one.inspection.key if one.inspection else "",
            title=one.inspection.title if one.inspection else "",
            case_key=one.case_key,
            worker=_called(one) if one.worker else "",
            reason=one.reason,
            at=one.declared_at,
            by=one.by,
        )
        for one in rows
    )


def _called(one: Conflict) -> str:
    rows = Membership.objects.filter(service=one.service, role__in=SERVICE, member_key=one.worker, ended_at=None)
    return rows.values_list("user__name", flat=True).first() or one.worker
