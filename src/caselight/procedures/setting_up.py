"""Makes a place for Caselight, or brings one up to this version: folder, keys, database, and the first administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from caselight.method.faults import Fault, refuse, stop
from caselight.procedures.serving.starting import unreachable
from caselight.procedures.serving.upgrading import upgrade


@dataclass(frozen=True)
class SetUp:
    """What was done: migrations applied, and the password of the administrator who was made, to be said once."""

    migrations: int
    administrator: str = ""
    password: str = ""


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
    """Make every key that is not there, so that none is made in the middle of the work."""
    from caselight.store.audit import keys

    keys.public_key()
    keys.seal("")


@transaction.atomic
def first_administrator(*, email: str, name: str, at: datetime) -> str:
    """The first account, which runs the system and reads no content; its password, which must be changed."""
    from caselight.store.accounts.models import User
    from caselight.store.audit.actions import record
    from caselight.store.audit.acts import Act

    if User.objects.filter(administrator=True).exists():
        stop(Fault("store.has-administrator", ("administrator",), "There is an administrator already, and only the first is made here.",
                   "Sign in as that administrator to add more."))  # fmt: skip
    password = secrets.token_urlsafe(18)
    user = User.objects.create_user(email, password, name=name, administrator=True)
    record(chain="system", by="set-up", act=Act.ADMINISTRATOR_MADE, of=("user", user.key), detail={}, at=at)
    return password
