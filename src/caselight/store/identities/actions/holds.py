"""Holds: reasons why nothing may be purged. A hold works from the moment it is placed and beats every date.

It needs a second person, and shows as unconfirmed until then; that protects from being forgotten, not from being placed.
Lifting one needs a second person before anything is let go.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.identities.models import Hold
from caselight.store.identities.sealing import about, key_for, locked_keys, seal


@transaction.atomic
def place_hold(*, by: str, inspection: str, subject_key: str = "", reason: str, at: datetime) -> int:
    """Hold one subject, or with no ``subject_key`` the whole inspection; the number of the hold.

    The reason may name somebody, so it is sealed. Refused without one (``purge.no-reason``) and for a subject whose
    purge has begun (``purge.already-begun``).
    """
    if not reason.strip():
        stop(Fault("purge.no-reason", (), "A hold has no reason.", "Say what the records are needed for."))
    key_id = key_for(inspection, subject_key)
    # Asked with the rows locked: a purge begins under the same lock, so one of the two comes first.
    if dict(locked_keys(inspection)).get(subject_key) is not None:
        says = "The purge of what this hold is for has begun, and can only be finished."
        stop(Fault("purge.already-begun", (subject_key,), says, "Nothing can be done; a purge cannot be undone."))
    hold = Hold.objects.create(
        inspection=inspection, subject_key=subject_key, key_id=key_id, sealed=b"", placed_by=by, placed_at=at
    )
    hold.sealed = seal(key_id, reason.encode(), about(inspection, "hold", str(hold.pk)))
    hold.save(update_fields=["sealed"])
    _record(by, Act.HOLD_PLACED, hold, at)
    return hold.pk


@transaction.atomic
def confirm_hold(*, by: str, hold: int, at: datetime) -> None:
    """Confirm a hold, as somebody else than who placed it."""
    found = _standing(hold)
    if found.placed_by == by:
        says = "A hold is confirmed by somebody else than who placed it."
        stop(Fault("purge.same-person", (str(hold),), says, "Ask a second person."))
    found.confirmed_by = by
    found.save(update_fields=["confirmed_by"])
    _record(by, Act.HOLD_CONFIRMED, found, at)


@transaction.atomic
def lift_hold(*, by: str, hold: int, at: datetime) -> bool:
    """Ask that a hold be lifted, or as a second person lift it: the dates count again. Whether it is lifted.

    Raises ``purge.same-person`` where who asked asks again; the hold stands until somebody else does.
    """
    found = _standing(hold)
    if not found.lift_asked_by:
        found.lift_asked_by = by
        found.save(update_fields=["lift_asked_by"])
        _record(by, Act.HOLD_LIFT_ASKED, found, at)
        return False
    if found.lift_asked_by == by:
        says = "A hold is lifted by somebody else than who asked for it."
        stop(Fault("purge.same-person", (str(hold),), says, "Ask a second person."))
    found.lifted_by, found.lifted_at = by, at
    found.save(update_fields=["lifted_by", "lifted_at"])
    _record(by, Act.HOLD_LIFTED, found, at)
    return True


def _standing(hold: int) -> Hold:
    found = Hold.objects.select_for_update().filter(pk=hold, lifted_at__isnull=True).first()
    if found is None:
        stop(
            Fault(
                "purge.unknown-hold",
                (str(hold),),
                "There is no such hold, or it was lifted.",
                "List them: caselight hold list.",
            )
        )
    return found


def _record(by: str, act: Act, hold: Hold, at: datetime) -> None:
    of, detail = ("hold", str(hold.pk)), {"subject": hold.subject_key}
    record(chain=f"inspection:{hold.inspection}", by=by, act=act, of=of, detail=detail, at=at)
