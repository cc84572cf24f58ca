"""Choices that look like chance and are always the same: each is worked out from the words it is asked with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

Item = TypeVar("Item")


def share(*of: str) -> float:
    """A number from 0 to below 1.

    >>> share("case", "1") == share("case", "1") != share("case", "2")
    True
    """
    return int.from_bytes(_digest(of)[:6], "big") / 2**48


def pick(items: Sequence[Item], *of: str) -> Item:
    """One of some."""
    return items[int(share(*of) * len(items))]


def key(*of: str) -> str:
    """A key of 32 hexadecimal digits, as the store makes them by lot."""
    return _digest(of).hex()[:32]


def op_id(at: datetime, *of: str) -> str:
    """The id of an answer: a UUID of version 7.

    >>> from datetime import UTC
    >>> op_id(datetime(2026, 3, 2, tzinfo=UTC), "R1")[:18]
    '019cabd8-3800-773f'
    """
    milliseconds = int(at.timestamp() * 1000)
    lot = int.from_bytes(_digest(of)[:10], "big")
    number = milliseconds << 80 | 7 << 76 | (lot >> 62 & 0xFFF) << 64 | 2 << 62 | lot & (1 << 62) - 1
    return str(UUID(int=number))


def _digest(of: Sequence[str]) -> bytes:
    return hashlib.sha256("\n".join(("caselight demonstration", *of)).encode()).digest()
