"""Ids of answers that pages make: UUIDs of version 7, whose first part is the instant, so that they sort by time."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def new_op_id(at: datetime) -> str:
    """A new id, made at an instant.

    >>> from datetime import UTC
    >>> new_op_id(datetime(2026, 3, 2, tzinfo=UTC))[:9], new_op_id(datetime(2026, 3, 2, tzinfo=UTC))[14]
    ('019cac0d-', '7')
    """
    milliseconds = int(at.timestamp() * 1000)
    number = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(UUID(int=number))
