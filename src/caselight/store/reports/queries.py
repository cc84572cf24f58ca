"""The letter, the claims accepted in it and figures from elsewhere, as values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from caselight.method.inspection.package import Accepted, External
from caselight.store.reports import models


def letters_of(inspection: str) -> dict[str, str]:
    """The newest letter in each language, by language."""
    rows = models.LetterVersion.objects.filter(inspection__key=inspection).order_by("language", "n")
    return dict(rows.values_list("language", "text"))


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
