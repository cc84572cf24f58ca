"""Somebody new: the account, the first role and the one-time link, all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caselight.store.accounts.actions import add_user
from caselight.store.accounts.invitations import Invited, invite
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.memberships import Place, add_member


@transaction.atomic
def invite_person(
    *, by: str, name: str, email: str, role: Role | None = None, place: Place | None = None, at: datetime
) -> Invited:
    """Give somebody an account, their first role where one is named, and a link to choose a password with.

    Raises ``access.user-exists``, and what :func:`add_member` refuses; then there is no account either.
    """
    user = add_user(by=by, email=email, name=" ".join(name.split()), at=at)
    if role is not None:
        add_member(by=by, user=user, role=role, place=place or Place(), at=at)
    return invite(by=by, user=user, at=at)
