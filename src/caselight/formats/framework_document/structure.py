"""What a framework document holds, whatever its file: sections of paragraphs, points, pairs and tables, with links inside.

Both writers print from these values and from nothing else, so that page and Word document say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Run:
    """Some words. ``href`` leads to an anchor of the document (``#question-R1``) or to an address outside it."""

    text: str
    href: str = ""
    strong: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: *lead* is what a section is about, *unchecked* a label that nobody should miss."""

    words: Words
    look: Literal["text", "lead", "unchecked"] = "text"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Points:
    """A list whose order means nothing."""

    items: tuple[Words, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with what belongs to them: *When it applies*: a paragraph; *Reasons for No*: a list."""

    title: str
    rows: tuple[tuple[str, tuple[Paragraph | Points, ...]], ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; its first cell names it. ``anchor`` is its own id, or empty."""

    cells: tuple[Words, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and a heading for every column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: Literal["table"] = "table"


Block = Paragraph | Points | Pairs | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the sections inside it. ``brief`` names it in the contents of its section."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    brief: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkDocument:
    """The whole document. ``front`` stands before the contents; ``words`` are those that a writer adds itself."""

    title: str
    language: str
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    words: dict[str, str]
    day: str

    def anchors(self) -> Iterator[str]:
        """Every anchor, in order."""

        def within(sections: tuple[Section, ...]) -> Iterator[str]:
            for section in sections:
                yield section.anchor
                for block in section.blocks:
                    if isinstance(block, Table):
                        yield from (row.anchor for row in block.rows if row.anchor)
                yield from within(section.sections)

        yield from within(self.sections)


def filled(title: str, columns: Sequence[str], rows: Iterable[Row]) -> Table:
    """A table without the columns that hold nothing; the first, which names the rows, is always there."""
    kept_rows = tuple(rows)
    kept = [place for place in range(len(columns)) if place == 0 or any(row.cells[place] for row in kept_rows)]
    return Table(
        title,
        tuple(columns[place] for place in kept),
        tuple(Row(tuple(row.cells[place] for place in kept), row.anchor) for row in kept_rows),
    )


def words(text: str, *, href: str = "", strong: bool = False) -> Words:
    """Words of one kind; none when there is no text."""
    return (Run(text, href, strong),) if text else ()


def paragraph(text: str | Words) -> Paragraph:
    """A paragraph of text."""
    return Paragraph(words(text) if isinstance(text, str) else text)
