"""The letter's text in Word: paragraphs, lists and headings, with a content control around every claim.

A control's tag is the claim's id and its title the keys of the figures, so that an edited copy can be checked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import Body, Group, Line, Run
from caselight.formats.word import elements
from caselight.formats.word.naming import Numbers
from caselight.formats.word.tables import Table
from caselight.method.report.traced import Footnote, TracedLetter

STYLES = {"paragraph": "Normal", "list": "List Bullet"}


class Text:
    """Writes the letter's text into a document."""

    def __init__(self, document: Any, letter: TracedLetter, labels: Labels, numbers: Numbers) -> None:
        self._document = document
        self._letter = letter
        self._labels = labels
        self._numbers = numbers
        self._notes = note_numbers(letter.footnotes)
        self._cited: dict[str, str] = {}

    def write(self, body: Body) -> None:
        """Head, title, text, copy list and what stands after it."""
        self._head()
        self._document.add_paragraph(elements.clean(self._letter.title), style="Title")
        self._document.add_paragraph(elements.clean(self._labels("page.guide_print")), style=STYLES["paragraph"])
        self._groups(body.main)
        self._copy_list()
        self._groups(body.closing)

    def _head(self) -> None:
        if not self._letter.header:
            return
        rows = [(label, (value,)) for label, value in self._letter.header]
        add_pairs(self._document, rows, self._labels("page.header"), widths=(42, 120))

    def _copy_list(self) -> None:
        if not self._letter.copy_list:
            return
        self._document.add_heading(elements.clean(self._labels("page.copy_to")), level=1)
        nobody = (self._labels("page.copy_nobody"),)
        rows = [(one.role, one.names or nobody) for one in self._letter.copy_list]
        headings = (self._labels("page.copy_role"), self._labels("page.copy_names"))
        add_pairs(self._document, rows, self._labels("page.copy_to"), widths=(81, 81), headings=headings)

    def _groups(self, groups: tuple[Group, ...]) -> None:
        for group in groups:
            if group.kind == "table":
                self._ratings(group)
                continue
            for line in group.lines:
                self._line(line, group.kind)

    def _ratings(self, group: Group) -> None:
        """A table of ratings: name, grade, how it was reached."""
        title = self._labels("table.ratings_of", first=group.lines[0].name, last=group.lines[-1].name)
        table = Table(self._document, title, (40, 32, 90))
        table.head([self._labels(column) for column in ("table.rating", "table.grade", "table.how_reached")])
        for line in group.lines:
            for cell, runs in zip(table.row(), line.cells, strict=True):
                paragraph = table.words(cell, "")
                for made in (made for run in runs for made in self._run(run)):
                    paragraph._p.append(made)  # noqa: SLF001 - python-docx offers no other way to the element
        table.space_after()

    def _line(self, line: Line, kind: str) -> None:
        if kind == "heading":
            paragraph = self._document.add_heading(level=min(line.level - 1, 3))
        else:
            paragraph = self._document.add_paragraph(style="Numbered Paragraph" if line.number else STYLES[kind])
        if line.number:
            paragraph.add_run(f"{line.number}. " if kind == "heading" else f"{line.number}\t")
        for run in line.runs:
            for made in self._run(run):
                paragraph._p.append(made)  # noqa: SLF001 - python-docx offers no other way to the element

    def _run(self, run: Run) -> list[Any]:
        if run.kind == "note":
            return self._note(run)
        style = "Evidence" if run.kind == "evidence" else ""
        made = elements.run(run.text, style, run.emphasis)
        if run.kind == "evidence" and run.href:
            made = elements.link(self._numbers.bookmark(run.href), made)
        if run.claim:
            made = elements.control(self._numbers.next(), run.claim, ", ".join(run.keys), made)
        return [made]

    def _note(self, run: Run) -> list[Any]:
        """The footnote itself where it is first cited; afterwards a reference to that place."""
        name = self._cited.get(run.note)
        if name is not None:
            return [elements.field(f"NOTEREF {name} \\f \\h", run.text, "FootnoteReference")]
        name = self._cited[run.note] = self._numbers.bookmark(run.anchor)
        return elements.bookmark(self._numbers.next(), name, elements.footnote_mark(self._notes[run.note]))


def note_numbers(footnotes: tuple[Footnote, ...]) -> Mapping[str, int]:
    """The number of each footnote in the footnotes part, from 1."""
    return {note.id: number for number, note in enumerate(footnotes, start=1)}


def add_pairs(document: Any, rows: Sequence[tuple[str, tuple[str, ...]]], title: str, *, widths: tuple[int, int],
              headings: tuple[str, str] | None = None) -> None:  # fmt: skip
    """A table of two columns, the first bold where it has no heading row."""
    table = Table(document, title, widths, "Letter Line")
    if headings:
        table.head(headings)
    for first, second in rows:
        cells = table.row()
        table.words(cells[0], first, emphasis="" if headings else "strong")
        for number, name in enumerate(second):
            table.words(cells[1], name, first=number == 0)
    table.space_after()
