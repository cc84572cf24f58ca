"""A traced letter as a Word document: real styles, real footnotes, a control around each claim, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from caselight.formats.letter.annex import annex_of
from caselight.formats.letter.labels import labels_of
from caselight.formats.letter.layout import compose, day_of, language_tag
from caselight.formats.letter.parts import Suppressed
from caselight.method.report.traced import TracedLetter

EPOCH = (1980, 1, 1, 0, 0, 0)


def letter_docx(letter: TracedLetter, *, open_: bool = False, suppressed: Suppressed | None = None) -> bytes:
    """The letter as DOCX. ``open_`` and ``suppressed`` as for the page."""
    from docx import Document

    from caselight.formats.letter.docx import parts, styles
    from caselight.formats.letter.docx.annex import AnnexText
    from caselight.formats.letter.docx.text import Numbers, Text

    labels, numbers, document = labels_of(letter), Numbers(), Document()
    styles.dress(document, language_tag(letter))
    parts.tidy(document)
    Text(document, letter, labels, numbers).write(compose(letter, labels))
    annex = annex_of(letter, labels, suppressed or {}, open_=open_)
    AnnexText(document, labels, numbers).write(letter, annex, hidden=bool(suppressed))
    parts.add_footnotes(document, letter)
    parts.add_margins(document, letter, labels)
    _properties(document.core_properties, letter)
    made = io.BytesIO()
    document.save(made)
    return _fixed(made.getvalue())


def _properties(properties: Any, letter: TracedLetter) -> None:
    from caselight.formats.letter.docx.elements import clean

    day = datetime.fromisoformat(day_of(letter)).replace(tzinfo=UTC)
    # The format has room for 255 characters.
    properties.title, properties.subject = clean(letter.title)[:255], clean(letter.subject)[:255]
    properties.language = language_tag(letter)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = day
    properties.revision = 1


def _fixed(data: bytes) -> bytes:
    """The same archive with its members in order and without times."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fixed:
        # Sorted, the list of content types comes first, where some readers want it.
        for name in sorted(archive.namelist()):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            fixed.writestr(member, archive.read(name))
    return made.getvalue()
