"""What is looked at before Caselight is served: whatever is wrong is said, and nothing is started."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connection, connections

from caselight.method.faults import Fault, refuse
from caselight.procedures.demonstration_folder import is_one
from caselight.procedures.serving import in_force
from caselight.procedures.serving.gathering import gather
from caselight.procedures.serving.upgrading import not_ready
from caselight.store.identities.scratch import sweep


def prepare() -> None:
    """Refuse with ``Faults`` where this database must not be served; no connection is left open for a child to inherit."""
    try:
        sweep()  # readable copies that a backup or restore left when it was cut off
        refuse(_demonstrated() or unreachable() or not_ready() or [*in_force.unsafe(), *keys_wrong()])
        gather()
    finally:
        connections.close_all()


def _demonstrated() -> list[Fault]:
    """A demonstration's folder is no place for a team: everybody knows the password of its people."""
    if settings.DEMONSTRATION or not is_one(settings.DATA):
        return []
    says = f"The folder {settings.DATA} holds a demonstration, whose password everybody knows."
    cure = "Serve it with caselight demo, or name another folder in CASELIGHT_DATA for a team."
    return [Fault("demo.for-a-team", ("CASELIGHT_DATA",), says, cure)]


def keys_wrong() -> list[Fault]:
    """Which keys are lost, damaged or of another system, although something was recorded under them."""
    from caselight.store.audit import keys
    from caselight.store.identities.queries import keyring_lost

    return [*keys.wrong(), *keyring_lost()]


def unreachable() -> list[Fault]:
    """Why the database cannot be spoken to, with what it said; nothing where it can."""
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError, ImproperlyConfigured) as error:
        return [
            Fault("store.unreachable", ("database",), f"The database cannot be used: {' '.join(str(error).split())[:300]}",
                  "Check CASELIGHT_DATABASE and CASELIGHT_DATA, and that the database server runs.")
        ]  # fmt: skip
    return []
