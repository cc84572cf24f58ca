"""What was agreed beside answers: an action is agreed, and later done or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.inspection.package import Action
from caselight.store.audit.actions import Plain, record, record_many
from caselight.store.audit.acts import Act
from caselight.store.improvement import models
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found

STATUSES = ("open", "done", "dropped")


@transaction.atomic
def agree_actions(*, by: str, inspection: str, actions: Sequence[Action], at: datetime) -> None:
    """Add actions that were agreed. Raises ``store.action-exists`` where the id of one is taken."""
    row = found(inspection, locked=True)
    rows = models.Action.objects.filter(inspection=row)
    taken = sorted(rows.filter(key__in=[action.id for action in actions]).values_list("key", flat=True))
    if taken:
        says = f"There is an action {quoted(taken[0])} already."
        stop(Fault("store.action-exists", ("actions", taken[0]), says, "Give the new one another id."))
    last = rows.aggregate(last=Max("position"))["last"]
    models.Action.objects.bulk_create(
        models.Action(
            inspection=row, position=position, key=action.id, subject_kind=action.subject_kind,
            subject_key=action.subject_key, question_id=action.question_id, text=action.text, owner=action.owner,
            due=action.due, status=action.status,
        )
        for position, action in enumerate(actions, 0 if last is None else last + 1)
    )  # fmt: skip
    details: list[tuple[tuple[str, str], dict[str, Plain]]] = [
        (("action", action.id), {"sha256": _digest(action), "status": action.status}) for action in actions
    ]
    record_many(chain=chain(inspection), by=by, act=Act.ACTION_AGREED, rows=details, at=at)


@transaction.atomic
def settle_action(*, by: str, inspection: str, action: str, status: str, at: datetime) -> None:
    """Say how an action stands: open, done or dropped. Raises ``store.no-action`` and ``store.action-status``."""
    if status not in STATUSES:
        says = f"An action cannot be {quoted(status)}."
        stop(Fault("store.action-status", ("actions", action), says, did_you_mean(status, STATUSES)))
    row = models.Action.objects.filter(inspection=found(inspection, locked=True), key=action).first()
    if row is None:
        says = f"There is no action {quoted(action)}."
        stop(Fault("store.no-action", ("actions", action), says, "Check its id."))
    detail = {"from": row.status, "to": status}
    row.status = status
    row.save(update_fields=["status"])
    record(chain=chain(inspection), by=by, act=Act.ACTION_SETTLED, of=("action", action), detail=detail, at=at)


def _digest(action: Action) -> str:
    return hashlib.sha256("\x1f".join((action.text, action.owner, str(action.due))).encode()).hexdigest()
