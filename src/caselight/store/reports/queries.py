"""The letter and its versions, the claims accepted in it and figures from elsewhere, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from caselight.method.inspection.package import Accepted, External
from caselight.store.accounts.models import User
from caselight.store.reports import models


@dataclass(frozen=True, slots=True)
class Version:
    """A saved version of the letter: its number, who saved it (their name) and when."""

    n: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What somebody typed and has not saved, on which version, and when it was kept."""

    text: str
    base: int
    at: datetime


def letters_of(inspection: str) -> dict[str, str]:
    """The newest letter in each language, by language."""
    rows = models.LetterVersion.objects.filter(inspection__key=inspection).order_by("language", "n")
    return dict(rows.values_list("language", "text"))


def versions_of(inspection: str, language: str) -> tuple[Version, ...]:
    """The saved versions of the letter in a language, the newest first, without their texts."""
    rows = models.LetterVersion.objects.filter(inspection__key=inspection, language=language).order_by("-n")
    found = list(rows.values_list("n", "by", "at"))
    names = dict(User.objects.filter(key__in={by for _, by, _ in found}).values_list("key", "name"))
    return tuple(Version(n, names.get(by, by), at) for n, by, at in found)


def text_of(inspection: str, language: str, n: int) -> str | None:
    """The text of a version of the letter; None where there is no such version."""
    rows = models.LetterVersion.objects.filter(inspection__key=inspection, language=language, n=n)
    return rows.values_list("text", flat=True).first()


def newest_of(inspection: str, language: str) -> tuple[int, str]:
    """The number and the text of the newest version of the letter; nought and nothing where there is none."""
    rows = models.LetterVersion.objects.filter(inspection__key=inspection, language=language).order_by("-n")
    return rows.values_list("n", "text").first() or (0, "")


def unsaved_of(inspection: str, language: str, by: str) -> Unsaved | None:
    """What somebody typed and has not saved; nobody else's."""
    row = models.UnsavedLetter.objects.filter(inspection__key=inspection, language=language, by=by).first()
    return Unsaved(row.text, row.base, row.at) if row else None


def accepted_of(inspection: str) -> tuple[Accepted, ...]:
    """The claims accepted, by claim and language."""
    rows = models.Accepted.objects.filter(inspection__key=inspection).values_list("row", flat=True)
    found = (Accepted(**{**row, "keys": tuple(row["keys"]), "values": tuple(row["values"])}) for row in rows)
    return tuple(sorted(found, key=lambda claim: (claim.claim, claim.language)))


def external_of(inspection: str) -> tuple[External, ...]:
    """Figures from elsewhere, by key."""
    rows = models.External.objects.filter(inspection__key=inspection).values_list("row", flat=True)
    return tuple(sorted((_external(row) for row in rows), key=lambda figure: figure.key))


def _external(row: dict[str, Any]) -> External:
    value = row["value"]
    return External(**{**row, "value": None if value is None else Decimal(value), "about": tuple(row["about"])})
