"""The question sets that were adopted and can be pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caselight.store.frameworks.models import FrameworkVersion

COLUMNS = ("digest", "name", "version", "title", "adopted_at", "adopted_by")


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adopted version: its address, its own id and version, its title, and when and by whom it was adopted."""

    digest: str
    name: str
    version: str
    title: str
    at: datetime
    by: str


def adopted_frameworks() -> tuple[Adopted, ...]:
    """Every adopted version by title, the newest of each first."""
    rows = FrameworkVersion.objects.order_by("title", "-adopted_at", "digest")
    return tuple(Adopted(*row) for row in rows.values_list(*COLUMNS))


def versions_of(name: str) -> tuple[Adopted, ...]:
    """The adopted versions of one question set by its own id, the newest first."""
    rows = FrameworkVersion.objects.filter(name=name).order_by("-adopted_at", "digest")
    return tuple(Adopted(*row) for row in rows.values_list(*COLUMNS))
