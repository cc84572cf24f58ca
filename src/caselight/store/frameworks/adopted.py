"""The question sets that were adopted and can be pinned to."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.frameworks.models import FrameworkVersion


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adopted version: its address, its own id and version, and its title."""

    digest: str
    name: str
    version: str
    title: str


def adopted_frameworks() -> tuple[Adopted, ...]:
    """Every adopted version by title, the newest of each first."""
    rows = FrameworkVersion.objects.order_by("title", "-adopted_at", "digest")
    return tuple(Adopted(*row) for row in rows.values_list("digest", "name", "version", "title"))
