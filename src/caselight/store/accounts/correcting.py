"""What an administrator mends of an account: its name and address, and a second step that its owner has lost."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.actions import account, end_sessions
from caselight.store.accounts.models import User
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act


@transaction.atomic
def correct_person(*, by: str, user: str, name: str, email: str, at: datetime) -> None:
    """Correct what a person is called and signs in with. Raises ``access.user-exists``; the same again is no change."""
    row = account(user, locked=True)
    name, email = " ".join(name.split()), email.strip().lower()
    if User.objects.filter(email=email).exclude(pk=row.pk).exists():
        stop(Fault("access.user-exists", ("email",), "This address has an account already.", "Enter another address."))
    changed = [field for field, value in (("name", name), ("email", email)) if getattr(row, field) != value]
    if not changed:
        return
    row.name, row.email = name, email
    row.save(update_fields=["name", "email"])
    if "email" in changed:
        EmailAddress.objects.filter(user_id=row.pk).delete()  # allauth's copy would still open the account
    record(chain="system", by=by, act=Act.USER_CORRECTED, of=("user", user), detail={"fields": changed}, at=at)


@transaction.atomic
def forget_factors(*, by: str, user: str, at: datetime) -> None:
    """Take away a person's second step, and end their sessions: they set up another when they sign in.

    Raises ``access.oneself``: one's own is changed on one's own pages, where the password is asked for.
    """
    if by == user:
        says, cure = "Nobody takes away their own second step here.", "Change it on your own account."
        stop(Fault("access.oneself", ("user",), says, cure))
    row = account(user, locked=True)
    factors, _ = Authenticator.objects.filter(user_id=row.pk).delete()
    end_sessions(by=by, user=user, at=at)
    record(chain="system", by=by, act=Act.FACTOR_FORGOTTEN, of=("user", user), detail={"factors": factors}, at=at)
