"""The two additions to Markdown that bind words to figures, as inline rules of markdown-it (letter.md, Source).

``{KEY[, KEY …]: style[; option=value …]}`` and ``[words]{KEY[, KEY …][; option=value …]}``, with ``{quote: KEY}``,
``{fixed: ID}``, ``{section: ID}``, ``{theme: ID}``, ``{ratings}`` and ``{if: KEY}`` in the same braces. A literal brace is ``\\{``. What is
between braces and does not fit is kept as a ``broken`` token, so that the reader can say where and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST = 2_000  # characters between two braces
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.@-]*")
OPTION = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Braces:
    """What stands between two braces: keys, the style behind a colon (empty without one), and options."""

    keys: tuple[str, ...]
    style: str
    options: dict[str, str]


def parser() -> MarkdownIt:
    """A Markdown parser for letters: paragraphs, headings, bullet lists, emphasis, and bound and checked phrases."""
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.inline.ruler.before("link", "checked", _checked)
    markdown.inline.ruler.before("link", "bound", _bound)
    return markdown


def _bound(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    return _token(state, "bound", state.pos, state.pos, silent=silent)


def _checked(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = _closing(state.src, state.pos + 1)
    if end is None or not state.src.startswith("]{", end):
        return False
    return _token(state, "checked", state.pos, end + 1, silent=silent)


def _closing(source: str, start: int) -> int | None:
    """Where the bracket that encloses the author's words ends; brackets and braces do not nest in it."""
    for position in range(start, len(source)):
        if source[position] in "[{}":
            return None
        if source[position] == "]":
            return position
    return None


def _token(state: StateInline, kind: str, start: int, brace: int, *, silent: bool) -> bool:
    # Looks no further than a phrase may be long, so that a page of braces is read in one pass.
    far = min(brace + 1 + LONGEST, len(state.src))
    again = state.src.find("{", brace + 1, far)
    stop = far if again < 0 else again
    end = state.src.find("}", brace, stop)
    if end < 0:
        kind, end = "broken", stop - 1
    if not silent:
        token = state.push(kind, "", 0)
        token.content = state.src[brace + 1 : end]
        token.info = state.src[start + 1 : brace - 1] if kind == "checked" else ""
        token.meta = {"at": start}
    state.pos = end + 1
    return True


def read_braces(text: str, *, style: bool) -> Braces | None:
    """What stands between braces, with a ``style`` behind a colon or without; ``None`` when it is not written so.

    >>> read_braces("P5: of; side=insufficient", style=True)
    Braces(keys=('P5',), style='of', options={'side': 'insufficient'})
    """
    head, *pairs = text.split(";")
    named, colon, said = head.partition(":")
    keys = tuple(key.strip() for key in named.split(","))
    options = [(name.strip(), equals, value.strip()) for name, equals, value in (pair.partition("=") for pair in pairs)]
    if not all(KEY.fullmatch(key) for key in keys) or (colon, said.strip()) == (":", "") or bool(colon) != style:
        return None
    if not all(equals and OPTION.fullmatch(name) for name, equals, _ in options):
        return None
    return Braces(keys, said.strip(), {name: value for name, _, value in options})
