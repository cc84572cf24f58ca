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
    return part([out(item) for item in found[after : after + limit]], after, limit, len(found))


def part(items: list[Any], after: int, limit: int, total: int) -> dict[str, Any]:
    """The page whose items were looked up alone, of so many."""
    end = after + limit
    return {"items": items, "next": end if end < total else None, "total": total}
