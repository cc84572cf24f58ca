"""What stands at the head and foot of every page of a Word document: a notice, and the number of the page."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from caselight.formats.word import elements

FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def notice(document: Any, text: str) -> None:
    """A notice at the head of every page; nothing when there is none."""
    if text:
        header = document.sections[0].header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        header.add_run(elements.clean(text)).bold = True


def page_numbers(document: Any, words: str) -> None:
    """The number of the page at its foot: ``words`` are such as ``Page {page} of {pages}``."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in re.split(r"(\{pages?\})", words):
        made = elements.field(FIELDS[piece], "1") if piece in FIELDS else elements.run(piece)
        footer._p.append(made)  # noqa: SLF001 - a field has to be placed by hand
