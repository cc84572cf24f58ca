"""A framework document as a Word document: real headings, tables with a title, links inside, the same bytes each time."""

from __future__ import annotations

import re
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

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
from caselight.formats.word import elements, file, margins, styles
from caselight.formats.word.naming import Numbers
from caselight.formats.word.tables import Table as WordTable

WIDTH = 162  # millimetres between the margins
FIRST = 38  # of a table of pairs


def framework_docx(document: FrameworkDocument) -> bytes:
    """The document as DOCX."""
    made = Document()
    styles.dress(made, document.language)
    styles.for_tables(made)
    file.tidy(made)
    _Writer(made).write(document)
    margins.page_numbers(made, document.words["page_of"])
    file.describe(made, document.title, document.words["kind"], language=document.language, day=document.day)
    return file.saved(made)


class _Writer:
    """Writes the sections of a document one after the other."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbers = Numbers()
        # Looked up once: by name it takes longer than all the rest.
        self._styles = {name: document.styles[name].style_id for name in ("Table Words", "Table Point")}

    def write(self, document: FrameworkDocument) -> None:
        self._document.add_paragraph(elements.clean(document.title), style="Title")
        self._document.add_paragraph(elements.clean(document.words["kind"]), style="Letter Line")
        for block in document.front:
            self._block(block)
        self._contents(document)
        for number, section in enumerate(document.sections):
            heading = self._section(section, 1)
            heading.paragraph_format.page_break_before = number == 0

    def _contents(self, document: FrameworkDocument) -> None:
        self._document.add_heading(elements.clean(document.words["contents"]), level=1)
        for section in document.sections:
            self._words(self._document.add_paragraph(style="Letter Line"), (Run(section.title, f"#{section.anchor}"),))
            inner = [Run(one.brief or one.title, f"#{one.anchor}") for one in section.sections]
            if inner:
                line = self._document.add_paragraph(style="Table Text")
                self._words(line, tuple(run for one in inner for run in (one, Run("  ")))[:-1])

    def _section(self, section: Section, level: int) -> Any:
        """Writes a section and gives its heading."""
        heading = self._document.add_heading(level=min(level, 3))
        self._marked(heading, section.anchor, (Run(section.title),))
        for block in section.blocks:
            self._block(block)
        for inner in section.sections:
            self._section(inner, level + 1)
        return heading

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Points):
            for item in block.items:
                self._words(self._document.add_paragraph(style="List Bullet"), item)
        elif isinstance(block, Pairs):
            self._pairs(block)
        else:
            self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        if block.words:
            made = self._document.add_paragraph(style="Lead" if block.look == "lead" else "Normal")
            made.paragraph_format.keep_with_next = block.look != "text"
            self._words(made, block.words)

    def _pairs(self, block: Pairs) -> None:
        table = WordTable(self._document, block.title, (FIRST, WIDTH - FIRST), "Table Words")
        for name, inside in block.rows:
            cells = table.row()
            table.words(cells[0], name, emphasis="strong")
            items = [(item, style) for one in inside for item, style in _lines(one)]
            for number, (item, style) in enumerate(items):
                line = table.words(cells[1], "", first=number == 0)
                line._p.style = self._styles[style]  # noqa: SLF001
                self._words(line, item)
        table.space_after()

    def _table(self, block: Table) -> None:
        caption = self._document.add_paragraph(style="Caption")
        caption.add_run(elements.clean(block.title)).bold = True
        table = WordTable(self._document, block.title, _widths(block))
        table.head(block.columns)
        for row in block.rows:
            self._row(table, row)
        table.space_after()

    def _row(self, table: WordTable, row: Row) -> None:
        for place, (cell, words) in enumerate(zip(table.row(), row.cells, strict=True)):
            line = table.words(cell, "")
            if place == 0 and row.anchor:
                self._marked(line, row.anchor, words)
            else:
                self._words(line, words)

    def _marked(self, paragraph: Any, anchor: str, words: Words) -> None:
        """Words that links of the document lead to."""
        made = [self._made(run) for run in words]
        for one in elements.bookmark(self._numbers.next(), self._numbers.bookmark(anchor), *made):
            paragraph._p.append(one)  # noqa: SLF001 - python-docx offers no other way to the element

    def _words(self, paragraph: Any, words: Words) -> None:
        for run in words:
            paragraph._p.append(self._made(run))  # noqa: SLF001

    def _made(self, run: Run) -> Any:
        made = elements.run(run.text, "Link" if run.href else "", "strong" if run.strong else "")
        if run.href.startswith("#"):
            return elements.link(self._numbers.bookmark(run.href[1:]), made)
        return self._outside(run.href, made) if run.href else made

    def _outside(self, address: str, content: Any) -> Any:
        """A link to an address outside the document."""
        made = elements.element("hyperlink", history=1)
        number = self._document.part.relate_to(elements.clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), number)
        made.append(content)
        return made


def _lines(block: Paragraph | Points) -> list[tuple[Words, str]]:
    """What stands in a cell, line by line, each with its style."""
    if isinstance(block, Points):
        return [(item, "Table Point") for item in block.items]
    return [(block.words, "Table Words")] if block.words else []


def _widths(table: Table) -> list[int]:
    """The widths of columns in millimetres: wide enough for the longest word, and the rest by how much they hold."""
    columns = [[heading] for heading in table.columns]
    for row in table.rows:
        for texts, words in zip(columns, row.cells, strict=True):
            texts.append("".join(run.text for run in words))
    least = [max(12, min(40, 5 + max(_longest_word(text) for text in texts) * 9 // 5)) for texts in columns]
    held = [max(min(len(text), 300) for text in texts) for texts in columns]
    spare = max(0, WIDTH - sum(least))
    widths = [low + spare * part // (sum(held) or 1) for low, part in zip(least, held, strict=True)]
    widths[held.index(max(held))] += WIDTH - sum(widths)
    return widths


def _longest_word(text: str) -> int:
    """The number of letters that no line break may part."""
    return max(map(len, re.split(r"[\s-]", text)), default=0)
