"""Steps of cases, quarantined messages and what became of them as an audit export holds them, and never a sealed word.

Each record says what the row of the audit says that was written with it, worked out again from the table alone; so the
verifier, which has both, finds what was changed, removed or added behind the triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from caselight.store.assessments import models
from caselight.store.assessments.actions import settling, stepping, unlocking
from caselight.store.assessments.steps import Step
from caselight.store.assessments.words import sealed_digest
from caselight.store.audit.actions import as_text
from caselight.store.audit.acts import Act

Record = dict[str, object]
MANY = 2_000  # rows at once


def wordless_steps(inspection: str) -> Iterator[Record]:
    """Every such row of an inspection: the act, what it is about, by whom and when, and the digests of what it holds."""
    of = {"inspection__key": inspection}
    for row in _each(models.Quarantined.objects.filter(**of)):
        detail = {"code": row.code, "payload_sha256": row.payload_sha256, "sealed_sha256": _sealed(row)}
        detail |= {"evidence_sha256": row.evidence_sha256} if row.evidence_sha256 else {}
        about = ("message", row.op_id)
        yield _record(inspection, Act.ANSWER_QUARANTINED, about, (row.received_from, row.received_at), detail)
    for row in _each(models.Settlement.objects.filter(**of).select_related("message")):
        kept = row.message
        detail = {"payload_sha256": kept.payload_sha256, "evidence_sha256": kept.evidence_sha256, "answer": row.op_id}
        detail |= {"sealed_sha256": _sealed(row)}
        yield _record(inspection, settling.ACTS[row.how], ("message", kept.op_id), (row.by, row.at), detail)
    for row in _each(models.Stance.objects.filter(**of)):
        detail = {"heads": row.heads.split("|"), "sealed_sha256": _sealed(row)}
        yield _record(inspection, Act.ANSWER_PREFERRED, ("answer", row.chosen), (row.by, row.at), detail)
    for row in _each(models.CaseStep.objects.filter(**of)):
        detail = {"events_sha256": row.events_sha256, "second": row.second, "sealed_sha256": _sealed(row)}
        about = (row.subject_kind, row.subject_key)
        yield _record(inspection, stepping.ACTS[Step(row.step)], about, (row.by, row.at), detail)
    for row in _each(models.UnlockStep.objects.filter(**of)):
        detail = {"subject": [row.subject_kind, row.subject_key], "sealed_sha256": _sealed(row)}
        yield _record(inspection, unlocking.ACTS[row.step], ("unlock", row.request), (row.by, row.at), detail)


def _each(found: Any) -> Iterator[Any]:
    yield from found.order_by("id").iterator(chunk_size=MANY)


def _sealed(row: Any) -> str:
    return sealed_digest(bytes(row.sealed), row.key_id)


def _record(
    inspection: str, act: Act, about: tuple[str, str], told: tuple[str, datetime], detail: dict[str, Any]
) -> Record:
    return {
        "inspection": inspection, "act": act.value, "object": list(about), "by": told[0], "at": as_text(told[1]),
        "detail": detail,
    }  # fmt: skip
