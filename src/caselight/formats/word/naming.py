"""Numbers and bookmarks of a Word document, which must be different throughout it."""

from __future__ import annotations


class Numbers:
    """Numbers and names that must be different throughout one document."""

    def __init__(self) -> None:
        self._last = 0
        self._names: dict[str, str] = {}

    def next(self) -> int:
        """A number that nothing else in the document has."""
        self._last += 1
        return self._last

    def bookmark(self, anchor: str) -> str:
        """The bookmark for an anchor of ours: Word allows 40 letters, digits and underlines."""
        return self._names.setdefault(anchor, f"caselight_{len(self._names) + 1}")
