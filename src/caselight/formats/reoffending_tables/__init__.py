"""Published reoffending tables read to values: the official spreadsheets and tidy CSV, each number with its cell.

``read_published`` finds out which layout a file has. What is no number is a state (:class:`State`), never nought; what
nobody can read is a fault with its cell, and all of them are said at once.
"""

from __future__ import annotations

from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.reading import read_published

__all__ = ["About", "read_published"]
