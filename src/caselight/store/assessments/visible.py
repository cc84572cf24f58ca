"""The inspections that a person may know of, each with what they may do there: what somebody arrives at begins with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from caselight.method.inspection.definition import Dates
from caselight.store.accounts.permissions import EVERY_INSPECTION
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import Access, known
from caselight.store.inspections.models import Inspection, State
from caselight.store.inspections.roles import Standing, standing

PLACES = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Visible:
    """One inspection, and the person's access to it; ``service`` is the name of the service."""

    access: Access
    title: str
    service: str
    dates: Dates

    @property
    def key(self) -> str:
        """The key of the inspection."""
        return self.access.inspection


def visible(user_key: str, at: datetime) -> tuple[Visible, ...]:
    """The inspections that the person may know of at an instant: those that are least far first, then by title."""
    holder = standing(user_key)
    found = (_visible(row, user_key, at) for row in _candidates(holder).select_related("service"))
    mine = [one for one in found if known(one.access)]
    return tuple(sorted(mine, key=lambda one: (PLACES[one.access.state or State.CLOSED], one.title, one.key)))


def _candidates(holder: Standing) -> QuerySet[Inspection]:
    """Those that a membership could be about, so that few rows are looked at where there are many inspections."""
    rows = Inspection.objects.all()
    if holder.administrator or any(one.role in EVERY_INSPECTION and one.inspection is None for one in holder.held):
        return rows
    inspections = {one.inspection for one in holder.held if one.inspection is not None}
    return rows.filter(Q(pk__in=inspections) | Q(service__in={one.service for one in holder.held if one.service}))


def _visible(row: Inspection, user_key: str, at: datetime) -> Visible:
    dates = Dates.model_validate(json.loads(row.definition)["dates"])
    return Visible(scope(user_key, row.key, at), row.title, row.service.name, dates)
