"""The services that a person belongs to by a role that was not ended, and those that are inspected."""

from __future__ import annotations

from collections.abc import Iterable

from caselight.store.accounts.permissions import LOCAL, SERVICE
from caselight.store.inspections.models import Membership, Service


def own_services(user: str) -> tuple[tuple[str, str], ...]:
    """Key and name of each, by name."""
    roles = [*LOCAL, *SERVICE]
    rows = Membership.objects.filter(user__key=user, role__in=roles, ended_at=None, service__isnull=False)
    return tuple(rows.order_by("service__name").values_list("service__key", "service__name").distinct())


def inspected(inspections: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Key and name of the services of these inspections, by name."""
    rows = Service.objects.filter(inspections__key__in=list(inspections))
    return tuple(rows.order_by("name").values_list("key", "name").distinct())
