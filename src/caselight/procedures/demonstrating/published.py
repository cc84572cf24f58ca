"""What is published already: the examples as their folders hold them, brought in and taken to the end, where nobody writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.importing import import_package
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.actions import advance, mark_published
from caselight.store.inspections.memberships import Place, add_member, lead_first
from caselight.store.inspections.models import Inspection, State
from caselight.store.inspections.states import ORDER


def publish(
    folder: Path, lead: Actor, team: Sequence[tuple[Actor, Role]], people: dict[Actor, str], at: datetime
) -> str:
    """Bring an example in as published, and give its key."""
    by = people[lead]
    key = import_package(folder, by=by, at=at).key
    lead_first(by=by, inspection=key, at=at)
    for actor, role in team:
        add_member(by=by, user=people[actor], role=role, place=Place(key), at=at)
    row = Inspection.objects.get(key=key)
    order = list(ORDER[row.kind])
    for state in order[order.index(State(row.state)) + 1 : order.index(State.PUBLISHED)]:
        advance(by=by, inspection=key, to=state, at=at)
    mark_published(by=by, inspection=key, at=at)
    return key
