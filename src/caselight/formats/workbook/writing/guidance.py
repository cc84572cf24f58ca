"""The guidance to every question on a sheet of its own, so that the sheets of cases stay short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caselight.formats.workbook import words
from caselight.formats.workbook.writing.cells.pen import Pen, height
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question

WIDTH = 62  # characters of a column of words


def guide_rows(questions: Sequence[Question]) -> dict[str, int]:
    """The row of each question."""
    return {question.id: row for row, question in enumerate(questions, 2)}


def write_guidance(pen: Pen, framework: Framework, questions: Sequence[Question], language: str) -> None:
    """Question, guidance and what to look at."""
    sheet: Any = pen.sheet(words.GUIDANCE)
    pen.text(sheet, (0, 0), framework.title.in_(language), "title")
    for column, text in enumerate(("No.", "Question", "Guidance", "What to look at")):
        pen.text(sheet, (1, column), text, "heading")
    for row, question in enumerate(questions, 2):
        guidance = question.guidance.in_(language) if question.guidance else ""
        prompts = "\n".join(f"– {prompt.in_(language)}" for prompt in question.prompts)
        for column, text in enumerate((question.id, question.text.in_(language), guidance, prompts)):
            pen.text(sheet, (row, column), text, "cell")
        texts = (question.text.in_(language), guidance, prompts)
        sheet.set_row(row, height(zip(texts, (42, WIDTH, WIDTH), strict=True)))
    for column, width in enumerate((9, 42, WIDTH, WIDTH)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer("&R&8Page &P of &N")
    sheet.protect("", {"format_rows": True, "format_columns": True})
