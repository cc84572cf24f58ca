"""How long each kind of record is to be kept: proposals, each with where its clock starts and how it is destroyed.

They bind nobody until the controller confirms them, or other ones, with the name of an owner.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

VAULT, FREE_TEXT = "identity", "free-text"
LENGTH = re.compile(r"([1-9][0-9]{0,3}) (hour|day|month|year)s?")


@dataclass(frozen=True, slots=True)
class Period:
    """One kind of record. ``proposed`` is a length such as ``6 months``."""

    record: str
    says: str
    clock: str
    proposed: str
    destroyed_by: str


PERIODS = (
    Period(VAULT, "Who a child is", "publication and the time to appeal", "6 months",
           "the child's key is destroyed, then the row, then what is left of it on the disk"),
    Period(FREE_TEXT, "Written words about a case, uploads, notes of interviews", "publication and the time to appeal",
           "6 months", "the child's key is destroyed and files are deleted"),
    Period("judgements", "Coded judgements under a random key", "publication", "6 years",
           "rows are deleted, totals stay"),
    Period("audit", "The audit, which names nobody", "publication", "7 years", "moved to a sealed archive"),
    Period("drafts", "Drafts, and comments on quality", "publication", "12 months", "deleted"),
    Period("offline", "What a device carries", "issue", "72 hours", "wiped on the device, the server's share withdrawn"),
    Period("backups", "Backups", "the day they were taken", "35 days", "rotated; destroyed keys act on them at once"),
    Period("sign-ins", "Records of sign-ins and addresses", "the event", "13 months", "rotated"),
)  # fmt: skip


def valid(length: str) -> bool:
    """Whether a text is a length: a whole number of hours, days, months or years."""
    return LENGTH.fullmatch(length) is not None


def last_day(starts: date, length: str) -> date:
    """The last day on which a record may be kept. A month is counted to the same day, or to the month's last.

    >>> last_day(date(2026, 8, 31), "6 months").isoformat()
    '2027-02-28'
    """
    match = LENGTH.fullmatch(length)
    if match is None:
        raise ValueError(f"{length!r} is no length.")
    number, unit = int(match[1]), match[2]
    if unit in {"hour", "day"}:
        return starts + timedelta(**{f"{unit}s": number})
    months = starts.month - 1 + number * (12 if unit == "year" else 1)
    year, month = starts.year + months // 12, months % 12 + 1
    return date(year, month, min(starts.day, calendar.monthrange(year, month)[1]))
