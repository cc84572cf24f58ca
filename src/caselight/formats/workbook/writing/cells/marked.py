"""What is wrong with which cell, for the copy of a completed workbook that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Spot = tuple[tuple[str, str, str], str, str]  # the address of a subject, the item, the field


@dataclass(frozen=True, slots=True)
class Marked:
    """What somebody entered in a cell, and what is wrong with it: empty for a cell that is only kept."""

    text: str
    says: str = ""


Marks = Mapping[Spot, Marked]
