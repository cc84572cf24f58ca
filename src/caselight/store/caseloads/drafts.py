"""A case list while somebody prepares it: one for an inspection, sealed, and gone when it is accepted, left, or a day old.

What is kept is what the cells of the file say; the file itself is never kept. Its key is destroyed with it, so that no
backup opens it either.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.caseloads.models import ListDraft
from caselight.store.identities import sealing
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import SubjectKey
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is prepared: its content, and which version of it; who changed it last, and when."""

    content: bytes
    version: int
    by: str
    at: datetime


@transaction.atomic
def keep_draft(*, by: str, inspection: str, content: bytes, version: int, at: datetime) -> int:
    """Keep what is prepared, and give its next version; ``version`` 0 begins anew in the place of any other.

    Raises ``caseload.list-changed`` where somebody else was faster.
    """
    row = found(inspection, locked=True)
    before = ListDraft.objects.filter(inspection=row).first()
    if version and (before is None or before.version != version):
        says = "The list was changed in another window, or by somebody else, since this page was opened."
        stop(Fault("caseload.list-changed", ("version",), says, "Look at the page as it is now, and do it again."))
    if not version and before is not None:
        _forget(before)
        before = None
    subject = before.subject_key if before else f"list:{secrets.token_hex(16)}"
    key_id = before.key_id if before else sealing.key_for(inspection, subject)
    sealed = sealing.seal(key_id, zlib.compress(content), _about(inspection, subject))
    ListDraft.objects.update_or_create(
        inspection=row,
        defaults={
            "subject_key": subject, "key_id": key_id, "version": version + 1, "sealed": sealed, "by": by, "at": at
        },
    )  # fmt: skip
    detail: dict[str, Plain] = {"version": version + 1, "sha256": hashlib.sha256(sealed).hexdigest()}
    record(chain=chain(inspection), by=by, act=Act.LIST_PREPARED, of=("inspection", inspection), detail=detail, at=at)
    return version + 1


@transaction.atomic
def drop_draft(*, by: str, inspection: str, at: datetime) -> None:
    """Let go what was prepared; harmless where there is nothing."""
    row = ListDraft.objects.filter(inspection=found(inspection, locked=True)).first()
    if row is not None:
        _forget(row)
        record(chain=chain(inspection), by=by, act=Act.LIST_DROPPED, of=("inspection", inspection), detail={}, at=at)


def drop_old_drafts(*, at: datetime) -> int:
    """Let go every list that nobody touched for a day, in the name of who did last; how many there were."""
    old = ListDraft.objects.filter(at__lt=at - KEPT).select_related("inspection")
    for row in old:
        drop_draft(by=row.by, inspection=row.inspection.key, at=at)
    return len(old)


def draft_of(inspection: str) -> Draft | None:
    """What is prepared for an inspection; nothing where there is none, or its key is gone."""
    row = ListDraft.objects.filter(inspection__key=inspection).first()
    plain = sealing.open_(row.key_id, bytes(row.sealed), _about(inspection, row.subject_key)) if row else None
    return Draft(zlib.decompress(plain), row.version, row.by, row.at) if row and plain is not None else None


def _forget(row: ListDraft) -> None:
    """The row now, its key as soon as that is certain."""
    key_id = row.key_id
    SubjectKey.objects.filter(key_id=key_id).delete()
    row.delete()
    transaction.on_commit(lambda: keyring().destroy([key_id]))


def _about(inspection: str, subject: str) -> bytes:
    return sealing.about(inspection, "list", subject)
