"""A letter's source as values: blocks of inline parts, among them bound phrases, checked phrases and quotations.

Made by :mod:`caselight.formats.letter.source` from Markdown; consumed by the trace. Places are lines and columns of
the source, so that a fault can stand beside its words. (letter.md, Source.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caselight.method.faults import Place


@dataclass(frozen=True, slots=True)
class Words:
    """The author's own words. ``emphasis`` is ``""``, ``"em"`` or ``"strong"``."""

    text: str
    place: Place
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """``{KEY[, KEY …]: style[; option=value …]}``: a phrase rendered from figures."""

    keys: tuple[str, ...]
    style: str
    options: Mapping[str, str]
    place: Place
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """``[the author's words]{KEY[, KEY …][; option=value …]}``: words that must agree with figures."""

    text: str
    keys: tuple[str, ...]
    options: Mapping[str, str]
    place: Place
    emphasis: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """``{quote: KEY}``: the words of an excerpt."""

    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Divider:
    """Where a row of a table goes on in the next cell; ``text`` is what stands there for who reads it as a sentence."""

    text: str
    place: Place


Inline = Words | Bound | Checked | Quoted | Divider


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the source.

    ``kind``: ``title`` (``# …``), ``section`` (``## {section: summary}``), ``theme`` (``## {theme: R}``), ``heading``
    (any other), ``paragraph``, ``item`` (of a list), ``fixed`` (``{fixed: context}`` alone on its line; ``name`` is
    the fixed text's id), ``ratings`` (``{ratings}`` alone on its line: a table; ``name`` lists keys, or is empty for
    all). Else ``name`` is the section or theme id. ``condition`` is the count key of ``{if: KEY}`` at the
    start of a paragraph: the paragraph appears only when that count is not nought.
    """

    kind: str
    parts: tuple[Inline, ...]
    place: Place
    name: str = ""
    level: int = 0
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before the trace: blocks in order, the language, and the file it came from."""

    blocks: tuple[Block, ...]
    language: str
    file: str = "letter.md"
    front: Mapping[str, str] = field(default_factory=dict)
