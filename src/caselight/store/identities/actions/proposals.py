"""Asking for a purge: one person proposes whose day has passed, another confirms."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, Faults, stop
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.identities import queries
from caselight.store.identities.models import Purge, PurgeItem, SubjectKey
from caselight.store.identities.purging.steps import Step


@transaction.atomic
def propose(*, by: str, inspection: str, subject_keys: Sequence[str], at: datetime) -> str:
    """Propose to purge some subjects of an inspection; the key of the purge.

    ``Faults`` for a subject that has no key or is purged (``purge.unknown-subject``), whose day has not passed
    (``purge.not-due``), or who is on hold (``purge.on-hold``).
    """
    wanted = sorted(set(subject_keys))
    if not wanted:
        stop(Fault("purge.nothing", (), "Nobody was named.", "Name the subjects, or take those that are due."))
    standing = SubjectKey.objects.filter(inspection=inspection, purged_at__isnull=True)
    found = {row.subject_key: row for row in standing if row.subject_key in set(wanted)}
    faults = [
        Fault("purge.unknown-subject", (key,), "Nothing is kept about this subject.", "Look at what is due.")
        for key in wanted
        if key not in found
    ]
    faults += early(inspection, [key for key in wanted if key in found], at)
    if faults:
        raise Faults(faults)
    refuse_held(inspection, wanted)
    purge = Purge.objects.create(
        key=secrets.token_hex(16), inspection=inspection, asked_by=by, asked_at=at, step=Step.PROPOSED
    )
    PurgeItem.objects.bulk_create(PurgeItem(purge=purge, subject_key=key, key_id=found[key].key_id) for key in wanted)
    _record(by, Act.PURGE_PROPOSED, purge, at)
    return purge.key


@transaction.atomic
def confirm(*, by: str, key: str, at: datetime) -> None:
    """Confirm a purge, as somebody else than who proposed it. Confirming again changes nothing."""
    purge = locked(key)
    if purge.asked_by == by:
        says = "A purge is confirmed by somebody else than who proposed it."
        stop(Fault("purge.same-person", (key,), says, "Ask a second person."))
    if purge.step != Step.PROPOSED:
        return
    purge.confirmed_by, purge.step = by, Step.CONFIRMED
    purge.save(update_fields=["confirmed_by", "step"])
    _record(by, Act.PURGE_CONFIRMED, purge, at)


def locked(key: str) -> Purge:
    """A purge, held until the transaction ends; ``Faults`` where there is none of that key."""
    found = Purge.objects.select_for_update().filter(key=key).first()
    if found is None:
        stop(Fault("purge.unknown", (key,), "There is no such purge.", "List them: caselight purge due."))
    return found


def early(inspection: str, subject_keys: Sequence[str], at: datetime) -> list[Fault]:
    """A fault for each of some subjects whose day has not passed."""
    due = {one.subject_key for one in queries.due(at.date(), inspection=inspection)}
    return [
        Fault("purge.not-due", (key,), "This subject's records may be kept longer.", "Wait, or set an earlier day.")
        for key in subject_keys
        if key not in due
    ]


def refuse_held(inspection: str, subject_keys: list[str]) -> None:
    """``Faults`` where a hold stands against purging any of some subjects."""
    held = queries.on_hold(inspection, subject_keys)
    if held:
        raise Faults(
            Fault(
                "purge.on-hold",
                (key,),
                "A hold stands against this purge.",
                "Leave the subject out, or have the hold lifted.",
            )
            for key in held
        )


def _record(by: str, act: Act, purge: Purge, at: datetime) -> None:
    of, detail = ("purge", purge.key), {"subjects": purge.items.exclude(subject_key="").count()}
    record(chain=f"inspection:{purge.inspection}", by=by, act=act, of=of, detail=detail, at=at)
