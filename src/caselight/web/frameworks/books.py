"""A framework as pages: each section of its document is one page, and each of its links leads to the right one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import Http404
from django.urls import reverse

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.structure import (
    Block,
    FrameworkDocument,
    Pairs,
    Paragraph,
    Points,
    Row,
    Run,
    Section,
    Table,
    Words,
)
from caselight.method.framework.definition import Framework
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.frameworks.queries import framework_of

THEME, KNOWN = "theme-", "known"  # how the anchors of themes begin; the part about provenance
FILES = {
    "html": "One page to print (HTML)",
    "docx": "Word document",
    "zip": "The files that it is made of (zip)",
}


@dataclass(frozen=True)
class Book:
    """A framework in one of its languages, as its document says it."""

    digest: str
    language: str
    framework: Framework
    document: FrameworkDocument

    def address(self, page: str, **more: str) -> str:
        """The address of a page about it, in its language."""
        base = reverse(f"frameworks:{page}", kwargs={"digest": self.digest, **more})
        return base if self.language == self.framework.languages[0] else f"{base}?language={self.language}"

    def part(self, anchor: str) -> Section:
        """One section, its links as addresses of pages. Raises ``Http404``."""
        section = next((one for one in self.document.sections if one.anchor == anchor), None)
        if section is None:
            raise Http404
        pages = {name: one.anchor for one in self.document.sections for name in anchors(one)}

        def placed(href: str) -> str:
            page = pages.get(href[1:], "") if href.startswith("#") else ""
            return f"{self.address('part', part=page)}{href}" if page and page != anchor else href

        return _section(section, placed)

    @property
    def about(self) -> str:
        """What it is, in a few sentences of its own."""
        return next((plain(block.words) for block in self.document.front if isinstance(block, Paragraph)), "")

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What it is, as names with what belongs to them."""
        (pairs,) = (block for block in self.document.front if isinstance(block, Pairs))
        return [
            (name, " ".join(plain(one.words) for one in inside if isinstance(one, Paragraph)))
            for name, inside in pairs.rows
        ]

    @property
    def themes(self) -> list[tuple[str, str, int]]:
        """Title, address and number of questions of each theme."""
        found = (one for one in self.document.sections if one.anchor.startswith(THEME))
        return [(*self._link(one), len(one.sections)) for one in found]

    @property
    def others(self) -> list[tuple[str, str]]:
        """The parts about everything else: facts, answers, how it adds up, how cases are chosen."""
        return [self._link(one) for one in self.document.sections if not one.anchor.startswith(THEME)]

    @property
    def unchecked(self) -> str:
        """The address of the part that says which rules were not checked; nothing where all were."""
        known = next(one for one in self.document.sections if one.anchor == KNOWN)
        some = any(isinstance(block, Paragraph) and block.look == "unchecked" for block in known.blocks)
        return self.address("part", part=KNOWN) if some else ""

    @property
    def files(self) -> list[tuple[str, str]]:
        """What can be downloaded, with the addresses."""
        return [(says, self.address("download", kind=kind)) for kind, says in FILES.items()]

    def beside(self, part: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """The parts before and after one, with their addresses."""
        parts = self.document.sections
        links = [None, *map(self._link, parts), None]
        at = [one.anchor for one in parts].index(part)
        return links[at], links[at + 2]

    def _link(self, section: Section) -> tuple[str, str]:
        return section.title, self.address("part", part=section.anchor)


def book(digest: str, language: str = "") -> Book:
    """A framework by its address, in a language that it has (without one its first). Raises ``Http404``."""
    try:
        framework = framework_of(digest)
    except FrameworkVersion.DoesNotExist:
        raise Http404 from None
    language = language or framework.languages[0]
    if language not in framework.languages:
        raise Http404
    return Book(digest, language, framework, _document(digest, language))


@lru_cache(maxsize=16)
def _document(digest: str, language: str) -> FrameworkDocument:
    """The document, made once in the life of a process: an adopted framework never changes."""
    return framework_document(framework_of(digest), language)


def anchors(section: Section) -> Iterator[str]:
    """Everything in a section that a link can lead to."""
    yield section.anchor
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (row.anchor for row in block.rows if row.anchor)
    for inner in section.sections:
        yield from anchors(inner)


def languages(book: Book, page: str, **more: str) -> list[tuple[str, str, str]]:
    """The languages of the framework with their names and the addresses of a page; none where there is only one."""
    framework = book.framework
    if len(framework.languages) == 1:
        return []
    made = ((code, replace(book, language=code).address(page, **more)) for code in framework.languages)
    return [(code, framework.wording[code].name, href) for code, href in made]


Placed = Callable[[str], str]


def _section(section: Section, placed: Placed) -> Section:
    """A section with another address on each link."""
    blocks = tuple(_block(block, placed) for block in section.blocks)
    return replace(section, blocks=blocks, sections=tuple(_section(inner, placed) for inner in section.sections))


def _block(block: Block, placed: Placed) -> Block:
    if isinstance(block, Pairs):
        rows = tuple((name, tuple(_lines(one, placed) for one in inside)) for name, inside in block.rows)
        return replace(block, rows=rows)
    if isinstance(block, Table):
        return replace(block, rows=tuple(_row(row, placed) for row in block.rows))
    return _lines(block, placed)


def _lines(block: Paragraph | Points, placed: Placed) -> Paragraph | Points:
    if isinstance(block, Paragraph):
        return replace(block, words=_words(block.words, placed))
    return replace(block, items=tuple(_words(item, placed) for item in block.items))


def _row(row: Row, placed: Placed) -> Row:
    return replace(row, cells=tuple(_words(cell, placed) for cell in row.cells))


def _words(words: Words, placed: Placed) -> Words:
    return tuple(replace(run, href=placed(run.href)) if run.href else run for run in words)


def plain(words: Iterable[Run]) -> str:
    """Words without their links."""
    return "".join(run.text for run in words)
