"""Whose word counts in the letter: the people who have a role in the inspection, by the key that its team knows them by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caselight.method.inspection.definition import Member
from caselight.store.accounts.permissions import OF_TEAM, Role
from caselight.store.inspections.models import Membership
from caselight.store.inspections.queries import inspection_of

ROLES: Mapping[str, Any] = {
    **{role.value: name for name, role in [*OF_TEAM.items()][::-1]},
    Role.LOCAL_LEAD.value: "lead_inspector",
    Role.AUDITOR.value: "inspector",
}


def signers_of(inspection: str) -> tuple[Member, ...]:
    """Everybody with a role in the inspection as a member of its team, by key."""
    rows = Membership.objects.filter(inspection__key=inspection, ended_at=None, role__in=list(ROLES)).select_related(
        "user"
    )
    return tuple(
        Member.model_construct(key=row.member_key or row.user.key, role=ROLES[row.role], name=row.user.name)
        for row in rows.order_by("id")
    )


def signs_as(inspection: str, user: str) -> str:
    """The key by which the team knows a person; their own where it has none for them."""
    rows = Membership.objects.filter(inspection__key=inspection, user__key=user, ended_at=None).exclude(member_key="")
    return rows.order_by("id").values_list("member_key", flat=True).first() or user


def names_of(inspection: str) -> dict[str, str]:
    """The names of everybody with a role in the inspection, by their own key and by the key that its team knows.

    A package may bring answers of people without an account: they are called as its team calls them.
    """
    told = {one.key: one.name for one in inspection_of(inspection).definition.team}
    rows = Membership.objects.filter(inspection__key=inspection).values_list("user__key", "member_key", "user__name")
    return told | {key: name for user, member, name in rows for key in (user, member) if key}
