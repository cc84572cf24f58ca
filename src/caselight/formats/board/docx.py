"""The report to a board as a Word document of two A4 pages: the same styles and tables as the letter, set closer.

Bound words keep their content controls, so that an edited copy can be checked again. The second page begins with its
heading, wherever the first one ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from caselight.formats.board.content import Board, Promises, Theme, single_said
from caselight.formats.board.fit import MARKS, RESULT, WIDTH, Sizes
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import Group, Line

SIDE, TOP = 16, 19  # margins in millimetres
CLOSE = 10  # twentieths of a point
FIRST, SECOND, CELL, SMALL = "Board First", "Board Second", "Board Cell", "Board Small"


def board_docx(
    board: Board, labels: Labels, sizes: Sizes, *, notices: tuple[str, ...], language: str, day: str
) -> bytes:
    """The report as DOCX. ``day`` is the one that the file carries, because no output reads the clock."""
    from docx import Document

    from caselight.formats.word import file, margins, styles

    document = Document()
    styles.dress(document, language)
    file.tidy(document)
    _closer(document, sizes)
    writer = Writer(document, labels)
    writer.first(board)
    writer.second(board)
    margins.notice(document, " · ".join(notices))
    margins.page_numbers(document, labels("page.of"))
    file.describe(document, board.title, "", language=language, day=day)
    return file.saved(document)


def _closer(document: Any, sizes: Sizes) -> None:
    """Narrow margins, and styles of each page in the size that fits."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin = section.bottom_margin = Mm(TOP)
    section.header_distance = section.footer_distance = Mm(9)
    for name, size in ((FIRST, sizes.first), (SECOND, sizes.second), (CELL, sizes.first), (SMALL, sizes.second)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = document.styles["Normal"], Pt(size)
        _spacing(style, after=0 if name in (CELL, SMALL) else size * 0.45)
    for name, size, before, after in (("Title", 15, 0, 2), ("Heading 1", sizes.first * 1.2, 5, 2)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _spacing(document.styles["List Bullet"], after=sizes.first * 0.25)
    document.styles["List Bullet"].font.size = Pt(sizes.first)


def _spacing(style: Any, after: float) -> None:
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after), 1.08


class Writer:
    """Writes the two pages into a document."""

    def __init__(self, document: Any, labels: Labels) -> None:
        from caselight.formats.word.naming import Numbers

        self._document = document
        self._labels = labels
        self._numbers = Numbers()

    def first(self, board: Board) -> None:
        """Title, grade, what the letter says, grades by theme, actions."""
        from caselight.formats.word.elements import clean

        self._document.add_paragraph(clean(board.title), style="Title")
        header = " · ".join(f"{label}: {value}" for label, value in board.header)
        if header:
            self._document.add_paragraph(clean(header), style=FIRST)
        if board.grade:
            self._overall(board)
        if board.graded:
            self._grades(board.graded)
        self._groups(board.first, FIRST)
        self._heading(self._labels("board.actions"))
        self._actions(board.promises)

    def second(self, board: Board) -> None:
        """Figures by theme, and what follows the themes in the letter."""
        from caselight.formats.word import elements

        self._heading(self._labels("board.figures")).paragraph_format.page_break_before = True
        self._figures(board)
        self._groups(board.last, SECOND)
        if board.precision:
            self._document.add_paragraph(board.precision, style=SECOND)
        for mark, text in board.notes:
            note = self._document.add_paragraph(style=SECOND)
            note._p.append(elements.run(mark, "FootnoteReference"))  # noqa: SLF001 - raised, as where it is cited
            note._p.append(elements.run(f" {text}"))  # noqa: SLF001

    def _overall(self, board: Board) -> None:
        from caselight.formats.word import elements

        table = self._table(self._labels("board.overall"), (int(WIDTH),), CELL)
        (cell,) = table.row()
        cell._tc.get_or_add_tcPr().append(elements.element("shd", val="clear", color="auto", fill="F3F2F1"))  # noqa: SLF001
        words = table.words(cell, "")
        words.add_run(f"{self._labels('board.overall')}: ").font.size = self._points(15)
        grade = words.add_run(board.grade)
        grade.bold, grade.font.size = True, self._points(15)
        table.words(cell, board.judged, first=False)
        self._gap()

    def _grades(self, graded: tuple[Theme, ...]) -> None:
        """The grades of the themes side by side: name, grade and score, a column each."""
        table = self._table(self._labels("board.grade"), (WIDTH / len(graded),) * len(graded), SMALL)
        table.head([theme.name for theme in graded])
        for cell, theme in zip(table.row(), graded, strict=True):
            table.words(cell, theme.grade).runs[0].font.size = self._points(12)
            table.words(cell, self._labels("board.scored", score=theme.score) if theme.score else "", first=False)
        self._gap()

    def _actions(self, promises: Promises) -> None:
        labels = self._labels
        if promises.listed:
            table = self._table(labels("board.actions"), (92, 38, 32, 16), CELL)
            table.head([labels(f"board.{name}") for name in ("what", "owner", "due", "state")])
            for one in promises.listed:
                for cell, text in zip(table.row(), (one.what, one.owner, one.due, one.state), strict=True):
                    table.words(cell, text)
            self._gap()
        else:
            self._document.add_paragraph(labels("board.no_actions"), style=FIRST)
        said = [single_said(promises, labels), labels("board.as_of", day=promises.day) if promises.day else ""]
        if any(said):
            self._document.add_paragraph(" ".join(text for text in said if text), style=FIRST)

    def _figures(self, board: Board) -> None:
        labels = self._labels
        widths = (int(WIDTH - RESULT - MARKS), int(RESULT), int(MARKS))
        table = self._table(labels("board.figures"), widths, SMALL)
        self._set_close()
        cases = labels("board.cases" if board.by_case else "board.shares")
        table.head([labels("board.question"), labels("board.result"), cases])
        for theme in board.themes:
            self._theme(table, theme)
            for row in theme.rows:
                label, result, marks = table.row()
                table.words(label, row.label)
                table.words(result, row.result)
                table.words(marks, row.marks)
        self._gap()

    def _set_close(self) -> None:
        """Less room above and below the words of the last table's cells than other tables have."""
        from docx.oxml.ns import qn

        from caselight.formats.word.elements import element

        properties = self._document.tables[-1]._tbl.tblPr  # noqa: SLF001 - python-docx has no words for it
        room = element("tblCellMar")
        for side in ("top", "bottom"):
            room.append(element(side, w=CLOSE, type="dxa"))
        properties.insert(list(properties).index(properties.find(qn("w:tblLook"))), room)

    def _theme(self, table: Any, theme: Theme) -> None:
        """The theme's own row: its title and grade, and what the letter says of it, across the table."""
        cells = table.row()
        whole = cells[0].merge(cells[-1])
        for extra in whole.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)  # noqa: SLF001 - merging leaves the paragraphs of the other cells
        grade = f" · {theme.grade}" if theme.grade else ""
        head = table.words(whole, f"{theme.title}{grade}", emphasis="strong")
        head.paragraph_format.space_before = self._points(3)
        head.paragraph_format.keep_with_next = True
        for line in theme.lines:
            self._runs(table.words(whole, "", first=False), line)

    def _groups(self, groups: Iterable[Group], style: str) -> None:
        for group in groups:
            for line in group.lines:
                if group.kind == "heading":
                    self._runs(self._document.add_heading(level=1), line)
                else:
                    self._runs(
                        self._document.add_paragraph(style="List Bullet" if group.kind == "list" else style), line
                    )

    def _heading(self, text: str) -> Any:
        return self._document.add_heading(text, level=1)

    def _runs(self, paragraph: Any, line: Line) -> None:
        from caselight.formats.word import elements

        for run in line.runs:
            made = elements.run(run.text, "FootnoteReference" if run.kind == "note" else "", run.emphasis)
            if run.claim:
                made = elements.control(self._numbers.next(), run.claim, ", ".join(run.keys), made)
            paragraph._p.append(made)  # noqa: SLF001 - python-docx has no words for a control

    def _table(self, title: str, widths: tuple[float, ...], style: str) -> Any:
        from caselight.formats.word.tables import Table

        return Table(self._document, title, widths, style)

    def _gap(self) -> None:
        """A narrow gap, because Word joins tables that touch."""
        gap = self._document.add_paragraph(style=SMALL)
        gap.paragraph_format.line_spacing = self._points(4)

    def _points(self, size: float) -> Any:
        from docx.shared import Pt

        return Pt(size)
