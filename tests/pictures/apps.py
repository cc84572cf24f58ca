"""Stops the clock of the pages, so that a second run gives the same pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.apps import AppConfig

NOW = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)


class Stopped(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        """The instant of the pictures."""
        return NOW.astimezone(tz)


class Pictures(AppConfig):
    """Installed beside the product while pictures are made; it has no model and no page."""

    name = "tests.pictures"

    def ready(self) -> None:
        """Every page takes its instant at one place."""
        from caselight.web.design import visits

        visits.datetime = Stopped  # type: ignore[misc]
