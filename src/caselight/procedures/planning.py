"""An inspection planned from nothing in the store: its definition, the days on which nobody works, and its first lead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.method.inspection.definition import Area, Dates, Inspection, Member, Pinned, Service
from caselight.method.inspection.planning import holidays_about
from caselight.procedures.beginning import plain_id
from caselight.store.accounts.models import User
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.actions import create_inspection, keep_days
from caselight.store.inspections.memberships import lead_first
from caselight.store.inspections.models import Kind
from caselight.store.inspections.queries import exists

LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody decides about an inspection before it begins. ``framework`` is the address of an adopted one."""

    kind: Kind
    title: str
    service: str
    short: str
    framework: str
    screening: str
    dates: Dates


@transaction.atomic
def plan_inspection(plan: Plan, *, by: str, at: datetime) -> str:
    """Begin the inspection with ``by`` as its first lead, and give its key.

    Raises what ``add_member`` refuses, and ``store.service-name`` for a service without a name.
    """
    if not plan.service.strip():
        stop(Fault("store.service-name", ("service",), "The service has no name.", "Enter its name in full."))
    definition = _definition(plan, by)
    source = json.dumps(definition.model_dump(mode="json", by_alias=True, exclude_defaults=True), indent=2) + "\n"
    key = create_inspection(by=by, inspection=definition, framework=plan.framework, source=source.encode(), at=at)
    days = (day for days in holidays_about(plan.dates.fieldwork_to).values() for day in days)
    keep_days(by=by, inspection=key, holidays=days, tables={}, at=at)
    lead_first(by=by, inspection=key, at=at)
    return key


def _definition(plan: Plan, by: str) -> Inspection:
    framework = framework_of(plan.framework)
    short = plan.short.strip() or plan.service.strip()
    return Inspection.model_validate(
        {
            "schema": "caselight.inspection/1",
            "id": _free_key(short, plan.dates.fieldwork_from.year),
            "title": plan.title,
            "kind": plan.kind.value,
            "service": Service(name=plan.service.strip(), short=short, areas=(Area(name=plan.service.strip()),)),
            "dates": plan.dates,
            "languages": framework.languages,
            "framework": Pinned(id=framework.id, version=framework.version, screening=plan.screening),
            "team": (Member(key=by, role="lead_inspector", name=User.objects.get(key=by).name),),
        }
    )


def _free_key(short: str, year: int) -> str:
    """A key that nothing has, of the service's short name and the year."""
    plain = plain_id(short, "inspection").lower()[:LONGEST_KEY].strip("-")
    key, n = f"{plain}-{year}", 2
    while exists(key) or key == "new":
        key, n = f"{plain}-{year}-{n}", n + 1
    return key
