"""The letter is saved, its claims are accepted, and figures from elsewhere are kept. No saved version is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection.package import Accepted, External
from caselight.store.audit.actions import Plain, record, record_many
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.reports import models

LONGEST = 1_000_000  # characters of a letter


@transaction.atomic
def save_letter(*, by: str, inspection: str, language: str, text: str, base: int | None = None, at: datetime) -> int:
    """Save the letter in one language as its next version, and give the number; the same text again is no version.

    ``base`` is the version that the text was written on (0 for none); None where nobody wrote it on any. What its author
    had not saved before is let go. Raises ``store.letter-newer`` where somebody saved another version meanwhile, and
    ``store.letter-text`` for what is no text.
    """
    _refuse_unfit(text)
    row = found(inspection, locked=True)
    versions = models.LetterVersion.objects.filter(inspection=row, language=language).order_by("-n")
    last = versions.first()
    if last is not None and last.text == text:
        return last.n
    newest = last.n if last is not None else 0
    if base is not None and base != newest:
        _newer(newest)
    n = newest + 1
    models.LetterVersion.objects.create(inspection=row, language=language, n=n, text=text, by=by, at=at)
    models.UnsavedLetter.objects.filter(inspection=row, language=language, by=by).delete()
    detail: dict[str, Plain] = {"language": language, "n": n, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    record(chain=chain(inspection), by=by, act=Act.LETTER_SAVED, of=("letter", language), detail=detail, at=at)
    return n


@transaction.atomic
def keep_unsaved(*, by: str, inspection: str, language: str, text: str, base: int, at: datetime) -> None:
    """Keep what somebody typed and has not saved, for them alone; what was kept of them before gives way.

    ``base`` is the version that they type on. Raises ``store.letter-text`` for what is no text.
    """
    _refuse_unfit(text)
    row = found(inspection)
    kept = {"base": base, "text": text, "at": at}
    models.UnsavedLetter.objects.update_or_create(inspection=row, language=language, by=by, defaults=kept)
    detail: dict[str, Plain] = {"language": language, "base": base, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    record(chain=chain(inspection), by=by, act=Act.LETTER_UNSAVED, of=("letter", language), detail=detail, at=at)


@transaction.atomic
def drop_unsaved(*, by: str, inspection: str, language: str, at: datetime) -> bool:
    """Let go what somebody typed and did not save; whether there was anything."""
    kept = models.UnsavedLetter.objects.filter(inspection__key=inspection, language=language, by=by).first()
    if kept is not None:
        kept.delete()
        detail: dict[str, Plain] = {"language": language}
        of = ("letter", language)
        record(chain=chain(inspection), by=by, act=Act.LETTER_UNSAVED_DROPPED, of=of, detail=detail, at=at)
    return kept is not None


@transaction.atomic
def accept_claims(*, by: str, inspection: str, accepted: Sequence[Accepted], at: datetime) -> None:
    """Keep claims as somebody accepted them, each with the snapshot behind it; a newer acceptance takes the place."""
    row = found(inspection, locked=True)
    rows = models.Accepted.objects.filter(inspection=row)
    for claim in accepted:
        rows.filter(row__claim=claim.claim, row__language=claim.language).delete()
    last = rows.aggregate(last=Max("position"))["last"]
    models.Accepted.objects.bulk_create(
        models.Accepted(inspection=row, position=position, row=asdict(claim))
        for position, claim in enumerate(accepted, 0 if last is None else last + 1)
    )
    details: list[tuple[tuple[str, str], dict[str, Plain]]] = [
        (("claim", claim.claim), {"language": claim.language, "snapshot": claim.snapshot, "sha256": _digest(claim)})
        for claim in accepted
    ]
    record_many(chain=chain(inspection), by=by, act=Act.CLAIM_ACCEPTED, rows=details, at=at)


@transaction.atomic
def keep_external(*, by: str, inspection: str, external: Sequence[External], at: datetime) -> None:
    """Add figures from elsewhere. Raises ``store.external-exists`` where a key is taken."""
    row = found(inspection, locked=True)
    rows = models.External.objects.filter(inspection=row)
    taken = sorted(rows.filter(key__in=[figure.key for figure in external]).values_list("key", flat=True))
    if taken:
        says = f"There is a figure {quoted(taken[0])} from elsewhere already."
        stop(Fault("store.external-exists", ("external", taken[0]), says, "Give the new one another key."))
    last = rows.aggregate(last=Max("position"))["last"]
    models.External.objects.bulk_create(
        models.External(inspection=row, position=position, key=figure.key, row=_plain(figure))
        for position, figure in enumerate(external, 0 if last is None else last + 1)
    )
    detail: dict[str, Plain] = {"rows": len(external), "sha256": _digest(*external)}
    record(chain=chain(inspection), by=by, act=Act.EXTERNAL_KEPT, of=("inspection", inspection), detail=detail, at=at)


def _refuse_unfit(text: str) -> None:
    if len(text) > LONGEST or "\0" in text:
        says = "The letter is over a million characters long, or holds a character that is no text."
        stop(Fault("store.letter-text", ("text",), says, "Paste it again as plain text, in parts if it is that long."))


def _newer(newest: int) -> None:
    says = f"Somebody saved version {newest} of the letter while you were writing."
    cure = "Compare the two texts, put into yours what you want of theirs, and save again. Nothing of either is lost."
    stop(Fault("store.letter-newer", ("text",), says, cure))


def _plain(value: Accepted | External) -> dict[str, object]:
    """The fields as JSON holds them; an exact number is a text, so that it comes back with all its digits."""
    fields = asdict(value)
    if fields.get("value") is not None:
        fields["value"] = str(fields["value"])
    return fields


def _digest(*values: Accepted | External) -> str:
    rows = [list(_plain(value).values()) for value in values]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
