"""Question sets in the store of a site that is served."""

from __future__ import annotations

from tests.factories.sets import adopted_pack


def packs(*, names: list[str]) -> list[str]:
    """Packs, adopted; their addresses."""
    return [adopted_pack(name).digest for name in names]
