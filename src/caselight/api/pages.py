"""Long lists, a page at a time: ``after`` is how many were read, ``next`` what to ask for, null at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from ninja import Schema

Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: int | None
    total: int


def page(found: Sequence[Any], after: int, limit: int, out: Callable[[Any], Any]) -> dict[str, Any]:
    """The page of a list that begins after so many items."""
    end = after + limit
    return {
        "items": [out(item) for item in found[after:end]],
        "next": end if end < len(found) else None,
        "total": len(found),
    }
