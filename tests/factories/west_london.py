"""West London in the store, with people of the cast in its team."""

from __future__ import annotations

from pathlib import Path

from tests.factories.moving import AT

from caselight.procedures.importing import import_package
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.models import Inspection, Membership, State

KEY = "west-london"
FOLDER = Path(__file__).parents[2] / "examples" / KEY
TEAM = {"lead": ("lead", Role.LEAD_INSPECTOR), "i1": ("insp-a", Role.INSPECTOR), "qa": ("qa", Role.QUALITY_ASSURER)}


def west_london(state: str = State.DRAFT) -> None:
    """Bring the example in, in a state, led by the cast's lead; the cast must be there."""
    import_package(FOLDER, by="lead", at=AT)
    inspection = Inspection.objects.get(key=KEY)
    Inspection.objects.filter(pk=inspection.pk).update(state=state)
    for who, (member, role) in TEAM.items():
        user = User.objects.get(key=who)
        Membership.objects.create(user=user, role=role, inspection=inspection, member_key=member)
        user.access_version = f"west-london-{who}"
        user.save()
