"""A traced letter as a Word document: real styles, real footnotes, a control around each claim, the same bytes each time."""

from __future__ import annotations

from caselight.formats.letter.annex import annex_of
from caselight.formats.letter.labels import labels_of
from caselight.formats.letter.layout import compose, day_of, language_tag
from caselight.formats.letter.parts import Suppressed
from caselight.method.report.traced import TracedLetter


def letter_docx(letter: TracedLetter, *, open_: bool = False, suppressed: Suppressed | None = None) -> bytes:
    """The letter as DOCX. ``open_`` and ``suppressed`` as for the page."""
    from docx import Document

    from caselight.formats.letter.docx import parts
    from caselight.formats.letter.docx.annex import AnnexText
    from caselight.formats.letter.docx.text import Text
    from caselight.formats.word import file, styles
    from caselight.formats.word.naming import Numbers

    labels, numbers, document = labels_of(letter), Numbers(), Document()
    styles.dress(document, language_tag(letter))
    file.tidy(document)
    Text(document, letter, labels, numbers).write(compose(letter, labels))
    annex = annex_of(letter, labels, suppressed or {}, open_=open_)
    AnnexText(document, labels, numbers).write(letter, annex, hidden=bool(suppressed))
    parts.add_footnotes(document, letter)
    parts.add_margins(document, letter, labels)
    file.describe(document, letter.title, letter.subject, language=language_tag(letter), day=day_of(letter))
    return file.saved(document)
