"""The inspections that a person may know of, each with what they may do there: what somebody arrives at begins with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from caselight.method.inspection.definition import Dates
from caselight.store.accounts.permissions import EVERY_INSPECTION, SERVICE, Permission, Role
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import Access, known
from caselight.store.inspections.grants import granted
from caselight.store.inspections.models import Inspection, Kind, State
from caselight.store.inspections.roles import standing

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
    found = (_visible(row, user_key, at) for row in possible(user_key).select_related("service"))
    mine = [one for one in found if known(one.access)]
    return tuple(sorted(mine, key=lambda one: (PLACES[one.access.state or State.CLOSED], one.title, one.key)))


def possible(user_key: str) -> QuerySet[Inspection]:
    """Inspections that a role of the person could be about: all that they may know of, and few others.

    What is of others alone is not among them, so that neither work nor time tells how much of it there is.
    """
    holder = standing(user_key)
    about = Q(pk__in={one.inspection for one in holder.held if one.inspection is not None})
    about |= Q(service__in={one.service for one in holder.held if one.role in SERVICE and one.service})
    everywhere = {one.role for one in holder.held if one.role in EVERY_INSPECTION and one.inspection is None}
    for role in everywhere | ({Role.ADMINISTRATOR} if holder.administrator else set()):
        for kind in Kind:
            states = [state for state in State if granted(kind, role, Permission.INSPECTION_READ, state)]
            about |= Q(kind=kind, state__in=states)
    return Inspection.objects.filter(about)


def _visible(row: Inspection, user_key: str, at: datetime) -> Visible:
    dates = Dates.model_validate(json.loads(row.definition)["dates"])
    return Visible(scope(user_key, row.key, at), row.title, row.service.name, dates)
