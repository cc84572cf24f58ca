"""How a Word document looks: one font, calm spacing, black headings, and styles that a person can change in one place.

It starts from python-docx's own template and takes out what a document of ours has no use for: a hundred table styles, the theme's
fonts and colours, a thumbnail. (letter.md, Outputs)
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
BLACK = RGBColor(0x0B, 0x0C, 0x0C)
BLUE = RGBColor(0x0B, 0x4F, 0x8A)
HANGING = Mm(11)

# name, size, space before, space after
HEADINGS = (("Title", 18, 18, 14), ("Heading 1", 13.5, 18, 6), ("Heading 2", 11.5, 14, 4), ("Heading 3", 10.5, 10, 3))

TABLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="LetterTable">
<w:name w:val="Letter Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


def dress(document: Any, language: str) -> None:
    """Gives a new document our page, styles and language."""
    _page(document.sections[0])
    _thin_out(document.styles.element)
    _language(document, language)
    _text(document.styles)
    for name, size, before, after in HEADINGS:
        _heading(document.styles[name], size, before, after)
    _own_styles(document.styles)
    document.styles.element.append(parse_xml(TABLE))


def for_tables(document: Any) -> None:
    """Adds the styles of a document that is mostly tables: words and points in cells, a lead, links."""
    styles = document.styles
    words = styles.add_style("Table Words", WD_STYLE_TYPE.PARAGRAPH)
    words.base_style, words.font.size = styles["Normal"], Pt(9.5)
    _spacing(words, 0, 2, 1.2)
    point = styles.add_style("Table Point", WD_STYLE_TYPE.PARAGRAPH)
    point.base_style, point.font.size = styles["List Bullet"], Pt(9.5)
    _spacing(point, 0, 1, 1.2)
    lead = styles.add_style("Lead", WD_STYLE_TYPE.PARAGRAPH)
    lead.base_style, lead.font.size = styles["Normal"], Pt(12)
    link = styles.add_style("Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = BLUE, True


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(11)


def _thin_out(styles: Any) -> None:
    kept = {"TableNormal", "TableGrid"}
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in kept:
            styles.remove(style)


def _language(document: Any, language: str) -> None:
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    for found in document.settings.element.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), language)


def _text(styles: Any) -> None:
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10.5), BLACK
    _spacing(normal, 0, 7, 1.3)
    normal.paragraph_format.widow_control = True
    _spacing(styles["List Bullet"], 0, 4, 1.3)
    styles["List Bullet"].paragraph_format.keep_together = True
    for name in ("Header", "Footer"):
        styles[name].font.size = Pt(8)
        styles[name].font.color.rgb = RGBColor(0x38, 0x3F, 0x43)


def _spacing(style: Any, before: float, after: float, line: float) -> None:
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, line


def _heading(style: Any, size: float, before: float, after: float) -> None:
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)
    _plain(style, size)
    style.font.bold = True
    _spacing(style, before, after, 1.1)
    style.paragraph_format.keep_with_next = True


def _plain(style: Any, size: float) -> None:
    properties = style.element.get_or_add_rPr()
    for name in ("w:color", "w:spacing", "w:kern"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    style.font.size, style.font.color.rgb = Pt(size), BLACK


def _own_styles(styles: Any) -> None:
    numbered = styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = HANGING, -HANGING
    numbered.paragraph_format.tab_stops.add_tab_stop(HANGING)
    for name, size, after in (("Letter Line", 10.5, 2), ("Table Text", 8.5, 1)):
        line = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        line.base_style, line.font.size = styles["Normal"], Pt(size)
        _spacing(line, 0, after, 1.15)
    _plain(styles["Caption"], 9)
    styles["Caption"].paragraph_format.keep_with_next = True
    _spacing(styles["Caption"], 8, 4, 1.15)
    _footnote_styles(styles)
    evidence = styles.add_style("Evidence", WD_STYLE_TYPE.CHARACTER)
    evidence.font.size, evidence.font.color.rgb = Pt(8), BLUE


def _footnote_styles(styles: Any) -> None:
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.element.set(qn("w:styleId"), "FootnoteText")
    text.base_style, text.font.size = styles["Normal"], Pt(8.5)
    _spacing(text, 0, 2, 1.15)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True
    for style in (text, mark):
        style.element.attrib.pop(qn("w:customStyle"), None)
