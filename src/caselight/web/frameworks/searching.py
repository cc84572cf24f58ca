"""Search in a framework: every question, rule and row whose words hold all that was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caselight.formats.framework_document.structure import Block, Pairs, Paragraph, Points, Section, Table
from caselight.web.frameworks.books import Book, plain

LONGEST = 100  # characters of what is looked for
MOST = 100  # things found that are shown
AROUND = 90  # characters on each side of the first word found


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where, what it is called, and the words around the first one that was looked for."""

    title: str
    within: str
    href: str
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, and the first of what was found; ``count`` is of all."""

    query: str
    hits: tuple[Hit, ...]
    count: int


def search(book: Book, query: str) -> Found | None:
    """What holds every word of a query, in the order of the framework; nothing where nothing was asked."""
    query = " ".join(query.split())[:LONGEST]
    sought = query.casefold().split()
    if not sought:
        return None
    hits = [hit for hit in _units(book, sought) if hit is not None]
    return Found(query, tuple(hits[:MOST]), len(hits))


def _units(book: Book, sought: list[str]) -> Iterator[Hit | None]:
    for page in book.document.sections:
        address = book.address("part", part=page.anchor)
        for title, anchor, text in _texts(page):
            yield _hit(title, page.title, f"{address}#{anchor}", text, sought)


def _texts(section: Section) -> Iterator[tuple[str, str, str]]:
    """Each thing of a section that has a place of its own: its name, its anchor, and all that it says."""
    rest: list[str] = []
    for block in section.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [plain(cell) for cell in row.cells]
                if row.anchor:
                    yield cells[0], row.anchor, ". ".join(filter(None, cells))
                else:
                    rest += cells
        else:
            rest += _said(block)
    if rest:
        yield section.title, section.anchor, " ".join((section.title, *rest))
    for inner in section.sections:
        yield from _texts(inner)


def _said(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield plain(block.words)
    elif isinstance(block, Points):
        yield from (plain(item) for item in block.items)
    elif isinstance(block, Pairs):
        for name, inside in block.rows:
            yield f"{name}:"
            for one in inside:
                yield from _said(one)


def _hit(title: str, within: str, href: str, text: str, sought: list[str]) -> Hit | None:
    if not all(word in text.casefold() for word in sought):
        return None
    said = text.removeprefix(title).strip() or title
    first = re.search("|".join(map(re.escape, sought)), said, re.IGNORECASE)
    start, end = first.span() if first else (0, 0)
    return Hit(title, within, href, _before(said[:start]), said[start:end], _after(said[end:]))


def _before(text: str) -> str:
    """The last words of a text, none of them cut."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    """The first words of a text, none of them cut."""
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"
