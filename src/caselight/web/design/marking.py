"""Two sentences side by side, with the words marked that differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\{[^}]*\}|[^\s{]+|\{")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, marked where it differs."""

    text: str
    changed: bool = False


def words_marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two sentences with the words marked that differ."""
    before, after = WORD.findall(old), WORD.findall(new)
    left, right = list[Piece](), list[Piece]()
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if a < b:
            left.append(Piece("".join(before[a:b]), tag != "equal"))
        if c < d:
            right.append(Piece("".join(after[c:d]), tag != "equal"))
    return tuple(left), tuple(right)
