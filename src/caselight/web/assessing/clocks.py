"""Instants as people say them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def clock(instant: str | datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant where the inspection is: the time today, else the day as well.

    >>> clock("2026-03-02T09:00:00Z", datetime.fromisoformat("2026-03-03T09:00:00Z"), ZoneInfo("Europe/London"))
    '09:00 on 2 March 2026'
    """
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    there, today = at.astimezone(zone), now.astimezone(zone)
    time = f"{there:%H:%M}"
    return time if there.date() == today.date() else f"{time} on {there.day} {there:%B %Y}"
