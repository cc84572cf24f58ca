"""Makes a place for Caselight, or brings one up to this version: folder, keys, database, and the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from caselight.method.faults import Fault, refuse, stop
from caselight.procedures.serving.starting import keys_wrong, unreachable
from caselight.procedures.serving.upgrading import upgrade

if TYPE_CHECKING:
    from caselight.store.accounts.models import User


@dataclass(frozen=True)
class SetUp:
    """What was done: migrations applied, and the administrator with the path of the page that sets their password, once."""

    migrations: int
    administrator: str = ""
    link: str = ""


def set_up(*, at: datetime, email: str = "", name: str = "") -> SetUp:
    """Make what is missing and change nothing that is there; an administrator only where there is none yet.

    ``Faults`` where the database cannot be reached or is half changed, or where there is an administrator already.
    """
    for folder in (settings.DATA, settings.KEYS, settings.HEADS, settings.FILES):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    refuse(unreachable())
    migrations = len(upgrade())
    make_keys()
    if not email:
        return SetUp(migrations)
    return SetUp(migrations, email, first_administrator(email=email, name=name or email, at=at))


def make_keys() -> None:
    """Make every key that is not there, so that none is made in the middle of the work.

    ``Faults`` where one was lost: something was recorded under it, and a new one cannot stand in for it.
    """
    from caselight.store.audit import keys
    from caselight.store.identities.keyring import keyring

    refuse(keys_wrong())
    keys.make()
    keyring().begin()


@transaction.atomic
def first_administrator(*, email: str, name: str, at: datetime) -> str:
    """The first account, which runs the system and reads no content; the path of the page that sets its password.

    Asked for again before a password was set, it gives another path: one that was lost or is too old locks nobody out.
    """
    from caselight.store.accounts.actions import lock_administrators
    from caselight.store.accounts.models import User
    from caselight.store.audit.actions import record
    from caselight.store.audit.acts import Act

    there = next(iter(lock_administrators()), None)  # who was disabled runs nothing
    if there is not None and (there.email != email.lower() or there.has_usable_password()):
        stop(Fault("store.has-administrator", ("administrator",), "There is an administrator already, and only the first is made here.",
                   "Sign in as that administrator to add more."))  # fmt: skip
    if there is None and User.objects.filter(email=email.strip().lower()).exists():
        stop(Fault("access.user-exists", ("email",), "This address has an account already.", "Name another address."))
    user = there or User.objects.create_user(email, name=name, administrator=True)
    if there is None:
        record(chain="system", by="set-up", act=Act.ADMINISTRATOR_MADE, of=("user", user.key), detail={}, at=at)
    return _link(user)


def _link(user: User) -> str:
    """The path of the page on which a person sets their password, good once and for three days."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse

    wanted = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=wanted)
