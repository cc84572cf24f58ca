"""The parts of a letter in Word beside its text: footnotes, page header and footer."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn

from caselight.formats.letter.docx.text import note_numbers
from caselight.formats.letter.labels import Labels
from caselight.formats.word import elements, margins
from caselight.method.report.traced import TracedLetter

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

# Word wants a line above the notes and one above notes that continue, with these numbers.
SEPARATORS = """<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" \
w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" \
w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/>\
</w:r></w:p></w:footnote>"""
NOTE = """<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle \
w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>\
</w:footnote>"""


def add_footnotes(document: Any, letter: TracedLetter) -> None:
    """The footnotes part with its separators, and the settings that name them."""
    numbers = note_numbers(letter.footnotes)
    notes = (NOTE.format(number=numbers[note.id], text=escape(elements.clean(note.text))) for note in letter.footnotes)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>{SEPARATORS}{"".join(notes)}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    properties = elements.element("footnotePr")
    # Without this LibreOffice numbers the notes of every page from one.
    properties.append(elements.element("numRestart", val="continuous"))
    for number in (-1, 0):
        properties.append(elements.element("footnote", id=number))
    settings.insert(list(settings).index(settings.find(qn("w:compat"))), properties)


def add_margins(document: Any, letter: TracedLetter, labels: Labels) -> None:
    """The notice at the head of every page and its number at the foot."""
    margins.notice(document, letter.banner)
    margins.page_numbers(document, labels("page.of"))
