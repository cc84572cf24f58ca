"""The annex in Word: how to read it, a table of figures for each theme, and what quantity words stand for."""

from __future__ import annotations

from typing import Any

from caselight.formats.letter.annex import Annex
from caselight.formats.letter.entries import Entry
from caselight.formats.letter.labels import Labels
from caselight.formats.word import elements
from caselight.formats.word.naming import Numbers
from caselight.formats.word.tables import Table
from caselight.method.report.traced import TracedLetter

TERMS = ("sufficient", "relevant", "not_relevant", "unanswered", "contested", "interval")
WIDTHS = (45, 43, 50, 24)
RATED_WIDTHS = (32, 28, 80, 22)


class AnnexText:
    """Writes the annex at the end of a document."""

    def __init__(self, document: Any, labels: Labels, numbers: Numbers) -> None:
        self._document = document
        self._labels = labels
        self._numbers = numbers
        self._tables = 0

    def write(self, letter: TracedLetter, annex: Annex, *, hidden: bool) -> None:
        """The whole annex, beginning on a new page."""
        self._heading("annex.title", 1).paragraph_format.page_break_before = True
        self._reading(annex, (*TERMS, "hidden") if hidden else TERMS)
        self._used(self._labels("annex.ratings"), annex.ratings, "table.how_reached", rated=True)
        self._measures(annex)
        for theme in annex.themes:
            self._used(theme.title, theme.entries)
        self._used(self._labels("annex.other_used"), annex.other, "table.notes")
        self._several(annex)
        self._scale(letter)
        self._heading("annex.basis", 2)
        self._paragraph(letter.basis)

    def _heading(self, key: str, level: int) -> Any:
        return self._document.add_heading(elements.clean(self._labels(key)), level=level)

    def _paragraph(self, text: str, style: str = "Normal") -> Any:
        return self._document.add_paragraph(elements.clean(text), style=style)

    def _reading(self, annex: Annex, terms: tuple[str, ...]) -> None:
        self._heading("annex.read", 2)
        self._paragraph(" ".join(annex.examined))
        self._paragraph(self._labels("annex.refers"))
        self._paragraph(self._labels("annex.ranges"))
        self._heading("annex.terms", 3)
        for term in terms:
            paragraph = self._paragraph("")
            paragraph.add_run(elements.clean(self._labels(f"term.{term}"))).bold = True
            paragraph.add_run(elements.clean(f"  {self._labels(f'term.{term}_means')}"))

    def _used(
        self, title: str, entries: tuple[Entry, ...], third: str = "table.left_out", *, rated: bool = False
    ) -> None:
        if not entries:
            return
        self._document.add_heading(elements.clean(title), level=2)
        self._caption(title)
        table = Table(self._document, title, RATED_WIDTHS if rated else WIDTHS)
        first = ("table.rating", "table.grade") if rated else ("table.figure", "table.result")
        table.head([self._labels(column) for column in (*first, third, "table.where_said")])
        for entry in entries:
            self._row(table, entry)
        table.space_after()

    def _measures(self, annex: Annex) -> None:
        """What stands behind the ratings: each measure with its number and what it was made from."""
        if not (annex.ratings and annex.measures):
            return
        title = self._labels("annex.measures")
        self._document.add_heading(elements.clean(title), level=2)
        self._caption(title)
        table = Table(self._document, title, (68, 44, 50))
        table.head([self._labels(column) for column in ("table.measure", "table.value", "table.made_from")])
        for row in annex.measures:
            cells = table.row()
            name = table.words(cells[0], "")
            key = elements.run(f"{row.key} ", emphasis="strong")
            marked = (
                elements.bookmark(self._numbers.next(), self._numbers.bookmark(row.anchor), key)
                if row.anchor
                else [key]
            )
            for made in (*marked, elements.run(row.label)):
                name._p.append(made)  # noqa: SLF001
            for cell, text in zip(cells[1:], row.cells, strict=True):
                table.words(cell, text)
        table.space_after()

    def _caption(self, title: str) -> None:
        self._tables += 1
        before, _, after = self._labels("table.caption", title=title).partition("{n}")
        paragraph = self._document.add_paragraph(style="Caption")
        number = elements.field("SEQ Table \\* ARABIC", str(self._tables))
        for made in (elements.run(before), number, elements.run(after)):
            paragraph._p.append(made)  # noqa: SLF001 - a field has to be placed by hand

    def _row(self, table: Table, entry: Entry) -> None:
        figure, result, outside, places = table.row()
        name = table.words(figure, "")
        key = elements.run(f"{entry.key} ", emphasis="strong")
        for made in elements.bookmark(self._numbers.next(), self._numbers.bookmark(entry.anchor), key):
            name._p.append(made)  # noqa: SLF001
        name._p.append(elements.run(entry.label))  # noqa: SLF001
        self._lines(table, figure, [entry.question])
        table.words(result, entry.result, emphasis="strong")
        adverse = self._labels("figure.adverse") if entry.adverse else ""
        self._lines(table, result, [adverse, entry.base_brief, entry.brief])
        self._lines(table, outside, list(entry.lines) or [self._labels("interval.dash")], first=True)
        said = dict.fromkeys(said.place or self._labels("page.letter") for said in entry.said)
        self._lines(table, places, list(said), first=True)

    def _lines(self, table: Table, cell: Any, lines: list[str], *, first: bool = False) -> None:
        for line in lines:
            if line:
                table.words(cell, line, first=first)
                first = False

    def _several(self, annex: Annex) -> None:
        if not annex.several:
            return
        self._heading("annex.claims", 2)
        for claim in annex.several:
            paragraph = self._document.add_paragraph()
            name = self._numbers.bookmark(claim.anchor)
            for made in elements.bookmark(self._numbers.next(), name, elements.run(claim.text)):
                paragraph._p.append(made)  # noqa: SLF001
            paragraph.paragraph_format.keep_together = True
            listed = "; ".join(f"{label}: {result}" for _, label, result in claim.figures)
            paragraph.add_run().add_break()
            paragraph._p.append(elements.run(listed))  # noqa: SLF001

    def _scale(self, letter: TracedLetter) -> None:
        if not letter.scale:
            return
        self._heading("annex.scale", 2)
        self._paragraph(self._labels("annex.scale_says")).paragraph_format.keep_with_next = True
        self._caption(self._labels("annex.scale"))
        table = Table(self._document, self._labels("annex.scale"), (81, 81))
        table.head([self._labels("table.word"), self._labels("table.stands_for")])
        for word, shares in letter.scale:
            cells = table.row()
            table.words(cells[0], word)
            table.words(cells[1], shares)
        table.space_after()
