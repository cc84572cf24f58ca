"""Two texts side by side: paragraph by paragraph, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from caselight.web.design.marking import Piece, words_marked

ALIKE = 0.3  # below, two paragraphs have nothing to do with each other
CONTEXT = 1  # paragraphs that are shown around a change


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in both texts. ``kind``: ``same``, ``changed``, ``added``, ``removed``, ``left-out`` (of many)."""

    kind: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    count: int = 0


def differences(old: str, new: str) -> list[Row]:
    """The paragraphs that differ, with one around each; the others are counted."""
    return list(_folded(list(_rows(_paragraphs(old), _paragraphs(new)))))


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Row("same", (Piece(line),), (Piece(line),)) for line in old[a:b])
            continue
        for n in range(max(b - a, d - c)):
            yield from _row(old[a + n] if a + n < b else None, new[c + n] if c + n < d else None)


def _row(old: str | None, new: str | None) -> Iterator[Row]:
    if old is not None and new is not None and SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE:
        yield Row("changed", *words_marked(old, new))
        return
    if old is not None:
        yield Row("removed", (Piece(old, changed=True),))
    if new is not None:
        yield Row("added", (), (Piece(new, changed=True),))


def _folded(rows: list[Row]) -> Iterator[Row]:
    """What is the same in both, but for the paragraphs around a change, is counted and not shown."""
    changed = [n for n, row in enumerate(rows) if row.kind != "same"]
    near = {n + step for n in changed for step in range(-CONTEXT, CONTEXT + 1)}
    hidden = 0
    for n, row in enumerate(rows):
        if n not in near:
            hidden += 1
            continue
        if hidden:
            yield Row("left-out", count=hidden)
            hidden = 0
        yield row
    if hidden and changed:
        yield Row("left-out", count=hidden)
