"""The two additions to Markdown that bind words to figures, as inline rules of markdown-it (letter.md, Source).

``{KEY[, KEY …]: style[; option=value …]}`` and ``[words]{KEY[, KEY …][; option=value …]}``, with ``{quote: KEY}``,
``{fixed: ID}``, ``{section: ID}``, ``{theme: ID}`` and ``{if: KEY}`` in the same braces. A literal brace is ``\\{``. What is
between braces and does not fit is kept as a ``broken`` token, so that the reader can say where and why.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

KEY = r"[A-Za-z][A-Za-z0-9_.@\-]*"
KEYS = rf"{KEY}(?:\s*,\s*{KEY})*"
OPTIONS = r"(?P<options>(?:\s*;\s*[a-z_]+\s*=\s*[^;{}]*)*)"
BOUND = re.compile(rf"^\s*(?P<keys>{KEYS})\s*:\s*(?P<style>[^;{{}}]*?)\s*{OPTIONS}\s*$")
CHECKED = re.compile(rf"^\s*(?P<keys>{KEYS})\s*{OPTIONS}\s*$")


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
    end = state.src.find("}", brace)
    again = state.src.find("{", brace + 1)
    if end < 0 or (0 <= again < end):
        kind, end = "broken", (again if 0 <= again else len(state.src)) - 1
    if not silent:
        token = state.push(kind, "", 0)
        token.content = state.src[brace + 1 : end]
        token.info = state.src[start + 1 : brace - 1] if kind == "checked" else ""
        token.meta = {"at": start}
    state.pos = end + 1
    return True


def options_of(text: str) -> dict[str, str]:
    """``"; side=insufficient; numbers=words"`` as a mapping."""
    pairs = (part.split("=", 1) for part in text.split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def keys_of(text: str) -> tuple[str, ...]:
    """``"rate.a, rate.b"`` as keys."""
    return tuple(key.strip() for key in text.split(","))
