"""Tables in Word: heading rows that repeat, rows that stay whole, fixed columns, a title for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.shared import Mm, Pt

from caselight.formats.word import elements


class Table:
    """One table of a document, filled row by row. Widths are millimetres."""

    def __init__(self, document: Any, title: str, widths: Sequence[float], style: str = "Table Text") -> None:
        self._document = document
        self._style = document.styles[style].style_id  # looked up once: by name it takes longer than all the rest
        self._table = document.add_table(rows=0, cols=len(widths), style="Letter Table")
        self._table.autofit = False
        for column, width in zip(self._table.columns, widths, strict=True):
            column.width = Mm(width)
        self._widths = widths
        properties = self._table._tbl.tblPr  # noqa: SLF001 - python-docx has no title for tables
        properties.append(elements.element("tblCaption", val=title))

    def head(self, headings: Sequence[str]) -> None:
        """The heading row, repeated on every page that the table reaches."""
        cells = self.row()
        properties = cells[0]._tc.getparent().get_or_add_trPr()  # noqa: SLF001
        properties.append(elements.element("tblHeader"))
        for cell, heading in zip(cells, headings, strict=True):
            self.words(cell, heading, emphasis="strong")
            cell.paragraphs[0].paragraph_format.keep_with_next = True

    def row(self) -> Any:
        """The cells of a new row, which no page break divides."""
        row = self._table.add_row()
        row._tr.get_or_add_trPr().append(elements.element("cantSplit"))  # noqa: SLF001
        for cell, width in zip(row.cells, self._widths, strict=True):
            cell.width = Mm(width)
        return row.cells

    def words(self, cell: Any, text: str, *, emphasis: str = "", first: bool = True) -> Any:
        """A paragraph in a cell; ``first`` uses the one that every cell begins with."""
        paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
        paragraph._p.style = self._style  # noqa: SLF001
        if text:
            paragraph._p.append(elements.run(text, emphasis=emphasis))  # noqa: SLF001
        return paragraph

    def space_after(self) -> None:
        """A narrow gap, because Word joins tables that touch."""
        gap = self._document.add_paragraph(style="Table Text")
        gap.paragraph_format.space_after = Pt(4)
