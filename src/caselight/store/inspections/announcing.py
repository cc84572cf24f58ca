"""The announcement to the service, as it was sent: on which day, to whom, in which words. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Announcement
from caselight.store.inspections.queries import found
from caselight.store.inspections.told import digest, opened_words, sealed_words

MOST = 20_000  # characters
_COLUMNS = ("sent_on", "by", "at", "sealed", "key_id")


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement: when and to whom it was sent, in which words; who noted it."""

    sent_on: date
    to: str
    words: str
    by: str
    at: datetime


def announcements_of(inspection: str) -> tuple[Announced, ...]:
    """Every announcement that was noted, the first one first."""
    rows = Announcement.objects.filter(inspection__key=inspection).order_by("id").values_list(*_COLUMNS)
    made = []
    for sent_on, by, at, sealed, key_id in rows:
        to, words = opened_words(inspection, _of(sent_on), sealed, key_id, 2)
        made.append(Announced(sent_on, to, words, by, at))
    return tuple(made)


@transaction.atomic
def note_announcement(*, by: str, inspection: str, to: str, words: str, sent_on: date, at: datetime) -> None:
    """Note that the announcement was sent. Raises ``store.announcement-words`` and ``store.announcement-day``."""
    row = found(inspection, locked=True)
    to, words = " ".join(to.split()), words.strip()
    if not to or not words or len(to) + len(words) > MOST:
        says = "An announcement needs whom it was sent to and its words, and no more than 20,000 characters."
        stop(Fault("store.announcement-words", ("words",), says, "Enter both."))
    if sent_on > at.date():
        says = "An announcement cannot be noted before the day on which it was sent."
        stop(Fault("store.announcement-day", ("sent_on",), says, "Enter the day on which it was sent."))
    if any((one.sent_on, one.to, one.words) == (sent_on, to, words) for one in announcements_of(inspection)):
        return
    sealed, key_id = sealed_words(inspection, _of(sent_on), [to, words])
    detail = {"sent_on": sent_on.isoformat(), "sealed_sha256": digest(sealed, key_id)}
    of = ("inspection", inspection)
    link = record(chain=chain(inspection), by=by, act=Act.ANNOUNCEMENT_NOTED, of=of, detail=detail, at=at)
    Announcement.objects.create(
        inspection=row, sent_on=sent_on, by=by, at=at, sealed=sealed, key_id=key_id, chain_n=link.n
    )


def _of(sent_on: date) -> str:
    return f"announcement:{sent_on.isoformat()}"
