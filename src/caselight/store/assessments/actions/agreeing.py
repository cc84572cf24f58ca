"""An author of one of several answers says which of them stands. It decides nothing until every author says the same."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.assessments import models
from caselight.store.assessments.room import enter
from caselight.store.assessments.rows import Row
from caselight.store.assessments.stances import contested_groups, reason_of
from caselight.store.assessments.words import Words, sealed_digest
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

MOST = 20_000  # characters of a reason


@transaction.atomic
def prefer(*, by: str, inspection: str, heads: Collection[str], chosen: str, reason: str, at: datetime) -> None:
    """Say that of the answers with the ids ``heads`` the one with the id ``chosen`` stands; the same twice is said once.

    Raises ``answer.not-contested`` where they are not those that stand against each other now, ``answer.not-an-author``
    for who gave none of them, and ``answer.resolves-reason`` without a reason.
    """
    room = enter(inspection)
    address = _address(room.id, frozenset(heads), chosen, by)
    if not reason.strip() or len(reason) > MOST:
        says = "The decision has no reason, or one of more than 20,000 characters."
        stop(Fault("answer.resolves-reason", ("reason",), says, "Enter why this answer stands."))
    ids = "|".join(sorted(heads))
    last = models.Stance.objects.filter(inspection_id=room.id, heads=ids, by=by).order_by("id").last()
    if last is not None and last.chosen == chosen:
        return
    number, (kind, key) = secrets.token_hex(16), (str(address[1]), str(address[2]))
    sealed, key_id = Words(room.key, room.framework).seal_text(key, reason.strip(), reason_of(number))
    link = record(
        chain=room.chain, by=by, act=Act.ANSWER_PREFERRED, of=("answer", chosen),
        detail={"heads": sorted(heads), "sealed_sha256": sealed_digest(sealed, key_id)}, at=at,
    )  # fmt: skip
    models.Stance.objects.create(
        number=number, inspection_id=room.id, subject_kind=kind, subject_key=key, heads=ids, chosen=chosen, by=by, at=at,
        sealed=sealed, key_id=key_id, chain_n=link.n,
    )  # fmt: skip


def _address(inspection_id: int, heads: frozenset[str], chosen: str, by: str) -> Row:
    """Where the answers belong."""
    groups = contested_groups(inspection_id).items()
    address, group = next((one for one in groups if {op_id for op_id, _ in one[1]} == heads), ((), []))
    if not group or chosen not in heads:
        says, cure = "These answers are not, or not alone, in question any more.", "Look at the question again."
        stop(Fault("answer.not-contested", ("chosen",), says, cure))
    if by not in {actor for _, actor in group}:
        says = "Only who gave one of these answers says which of them stands."
        stop(Fault("answer.not-an-author", ("by",), says, "Ask the lead to decide."))
    return address
