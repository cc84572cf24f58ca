"""Suggestions and comments about the letter, and what was decided about them. Nothing of either is ever taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import User
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.reports.models import Remark, RemarkDecision

KINDS = ("suggestion", "comment")
DECISIONS = ("taken", "left")
LONGEST, LONGEST_PLACE = 5_000, 100


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says about a place of the letter (its paragraph or a few words of it)."""

    place: str
    says: str
    instead: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as it stands: by whom (their name), about which version, and the newest decision about it, if any."""

    n: int
    kind: str
    language: str
    version: int
    words: Words
    by: str
    at: datetime
    decision: str = ""
    reason: str = ""
    decided_by: str = ""


@transaction.atomic
def remark(*, by: str, inspection: str, kind: str, about: tuple[str, int], words: Words, at: datetime) -> int:
    """Say something about the letter: ``about`` is its language and version. Raises ``store.remark-text``."""
    texts = (words.says, words.instead, words.evidence)
    if (
        not words.says.strip()
        or len(words.place) > LONGEST_PLACE
        or any(_unfit(text) for text in (words.place, *texts))
    ):
        says = "The remark is empty, too long or no text."
        stop(Fault("store.remark-text", ("says",), says, "Enter what you want to say, in a few sentences."))
    row = found(inspection)
    language, version = about
    said = Remark.objects.create(
        inspection=row, language=language, version=version, kind=kind, place=words.place, says=words.says.strip(),
        instead=words.instead.strip(), evidence=words.evidence.strip(), by=by, at=at,
    )  # fmt: skip
    detail: dict[str, Plain] = {"kind": kind, "language": language, "version": version}
    record(chain=chain(inspection), by=by, act=Act.REMARK_MADE, of=("remark", str(said.pk)), detail=detail, at=at)
    return said.pk


@transaction.atomic
def decide_remark(*, by: str, inspection: str, n: int, decision: str, reason: str, at: datetime) -> None:
    """Take a remark up or leave it, with a reason where it is left.

    Raises ``store.no-remark``, ``store.remark-decision`` and ``store.no-reason``.
    """
    said = Remark.objects.filter(inspection__key=inspection, pk=n).first()
    if said is None:
        stop(Fault("store.no-remark", (str(n),), "There is no such remark.", "Choose one of the list."))
    if decision not in DECISIONS or _unfit(reason):
        says = "A remark is taken up or left, and nothing else."
        stop(Fault("store.remark-decision", ("decision",), says, "Select one of the two."))
    if decision == "left" and not reason.strip():
        says = "A decision without a reason cannot be read afterwards."
        stop(Fault("store.no-reason", ("reason",), says, "Enter the reason."))
    RemarkDecision.objects.create(remark=said, decision=decision, reason=reason.strip(), by=by, at=at)
    of, detail = ("remark", str(n)), {"decision": decision}
    record(chain=chain(inspection), by=by, act=Act.REMARK_DECIDED, of=of, detail=detail, at=at)


def remarks_of(inspection: str) -> tuple[Said, ...]:
    """Every remark about the letter of an inspection, the newest first."""
    rows = list(Remark.objects.filter(inspection__key=inspection).order_by("-id").prefetch_related("decisions"))
    newest = {row.pk: max(row.decisions.all(), key=lambda one: one.pk, default=None) for row in rows}
    people = {row.by for row in rows} | {one.by for one in newest.values() if one}
    names = dict(User.objects.filter(key__in=people).values_list("key", "name"))
    return tuple(_said(row, newest[row.pk], names) for row in rows)


def _said(row: Remark, decided: RemarkDecision | None, names: dict[str, str]) -> Said:
    words = Words(row.place, row.says, row.instead, row.evidence)
    said = (row.pk, row.kind, row.language, row.version, words, names.get(row.by, row.by), row.at)
    if decided is None:
        return Said(*said)
    return Said(*said, decided.decision, decided.reason, names.get(decided.by, decided.by))


def _unfit(text: str) -> bool:
    return len(text) > LONGEST or "\0" in text
