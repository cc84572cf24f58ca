"""Sheets of feedback: one page that the lead speaks from. Every saved one is kept; the newest counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import User
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.reports.models import FeedbackSheet

MOST = 5  # points on either side
LONGEST = 600  # characters of one text: more is not spoken, and does not fit on a page

Point = tuple[str, str]  # the key of a figure, and what is said


@dataclass(frozen=True, slots=True)
class SheetText:
    """What a sheet says."""

    opening: str
    strengths: tuple[Point, ...]
    areas: tuple[Point, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A saved sheet: its number, who saved it (their name) and when."""

    n: int
    says: SheetText
    by: str
    at: datetime


@transaction.atomic
def save_sheet(*, by: str, inspection: str, sheet: SheetText, base: int, at: datetime) -> int:
    """Save a sheet as the next version and give its number; the same again is no version.

    ``base`` is the version that was changed, nought for none. Raises ``store.sheet-newer`` where somebody saved another
    meanwhile, ``store.sheet-empty`` and ``store.sheet-long``.
    """
    _refuse_unfit(sheet)
    row = found(inspection, locked=True)
    last = FeedbackSheet.objects.filter(inspection=row).order_by("-n").first()
    if last is not None and _text(last) == sheet:
        return last.n
    newest = last.n if last else 0
    if base != newest:
        says = f"Somebody saved version {newest} of the sheet while you were writing."
        stop(Fault("store.sheet-newer", ("opening",), says, "Look at it, then put into it what you want to say."))
    FeedbackSheet.objects.create(
        inspection=row, n=newest + 1, opening=sheet.opening, strengths=[list(point) for point in sheet.strengths],
        areas=[list(point) for point in sheet.areas], closing=sheet.closing, by=by, at=at,
    )  # fmt: skip
    words = json.dumps([sheet.opening, sheet.strengths, sheet.areas, sheet.closing], ensure_ascii=False)
    detail: dict[str, Plain] = {"n": newest + 1, "sha256": hashlib.sha256(words.encode()).hexdigest()}
    of = ("feedback-sheet", str(newest + 1))
    record(chain=chain(inspection), by=by, act=Act.SHEET_SAVED, of=of, detail=detail, at=at)
    return newest + 1


def sheets_of(inspection: str) -> tuple[Sheet, ...]:
    """Every saved sheet, the newest first."""
    rows = list(FeedbackSheet.objects.filter(inspection__key=inspection).order_by("-n"))
    names = dict(User.objects.filter(key__in={row.by for row in rows}).values_list("key", "name"))
    return tuple(Sheet(row.n, _text(row), names.get(row.by, row.by), row.at) for row in rows)


def _text(row: FeedbackSheet) -> SheetText:
    strengths, areas = (tuple((key, says) for key, says in points) for points in (row.strengths, row.areas))
    return SheetText(row.opening, strengths, areas, row.closing)


def _refuse_unfit(sheet: SheetText) -> None:
    if not sheet.strengths and not sheet.areas:
        says = "The sheet says neither what was good nor what was not."
        stop(Fault("store.sheet-empty", ("strengths",), says, "Enter at least one strength or one area."))
    texts = [sheet.opening, sheet.closing, *(says for _, says in (*sheet.strengths, *sheet.areas))]
    if any(len(text) > LONGEST or "\0" in text for text in texts) or max(len(sheet.strengths), len(sheet.areas)) > MOST:
        says = "The sheet is more than one page that can be spoken."
        stop(Fault("store.sheet-long", ("opening",), says, f"Say each point in at most {LONGEST} characters."))
