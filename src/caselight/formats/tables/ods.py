"""The workbook as an OpenDocument spreadsheet, the same bytes for the same letter.

odfdo makes the package, the styles and the metadata; the table text is ours, escaped, because a cell at a time is slow.
The zip is written afresh with fixed times and without the template's thumbnail, views and window settings (stack.md 5).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from caselight.formats.tables.csvw import NOTHING_HIDDEN
from caselight.formats.tables.entries import Value, plain_decimal, tidy
from caselight.formats.tables.hiding import Hidden
from caselight.formats.tables.labels import Words
from caselight.formats.tables.sheets import Cover, Sheet, cover, sheets
from caselight.method.report.traced import TracedLetter

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_KEPT = ("content.xml", "styles.xml", "meta.xml")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COVER_WIDTH = 16.5

_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.4">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.4" manifest:media-type="{_MIMETYPE}"/>'
    + "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in _KEPT)
    + "</manifest:manifest>"
)
_BOLD = '<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" fo:font-size="{size}pt"/>'  # codespell:ignore fo
_WRAP = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'  # codespell:ignore fo
_LEFT = '<style:paragraph-properties fo:text-align="start"/>'  # codespell:ignore fo
_RIGHT = '<style:paragraph-properties fo:text-align="end"/>'  # codespell:ignore fo


def _cell_style(name: str, *properties: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default">'
        + "".join(properties)
        + "</style:style>"
    )


_CELL_STYLES = (
    _cell_style("title", _BOLD.format(size=15)),
    _cell_style("heading", _WRAP, _LEFT, _BOLD.format(size=12)),
    _cell_style("columnhead", _WRAP, _LEFT, _BOLD.format(size=10)),
    _cell_style("line", _LEFT),
    _cell_style("words", _WRAP, _LEFT),
    _cell_style("number", _WRAP, _RIGHT),
)


def figures_ods(letter: TracedLetter, suppressed: Hidden = NOTHING_HIDDEN) -> bytes:
    """The workbook of a letter: cover, contents, notes, and one table a sheet."""
    front, rest = cover(letter), sheets(letter, suppressed)
    parts = _template(front.title, _locale(letter), tidy(letter.service))
    parts["content.xml"] = _content(parts["content.xml"], front, rest)
    return _zipped(parts)


def _locale(letter: TracedLetter) -> str:
    """Language and country: the label decides; English is British; other languages stand as they are."""
    if "tables.locale" in letter.labels or letter.language in {"", "en"}:
        return Words(letter.labels)["tables.locale"]
    return letter.language


def _template(title: str, locale: str, subject: str) -> dict[str, str]:
    """The parts of an empty spreadsheet by odfdo, in our language and with our title, as text."""
    from odfdo import Document

    document = Document("spreadsheet")
    document.language = locale
    meta = document.meta
    meta.language, meta.title, meta.subject, meta.generator = locale, title, subject, "Caselight"
    package = io.BytesIO()
    document.save(package)
    with zipfile.ZipFile(package) as made:
        parts = {name: made.read(name).decode("utf-8") for name in _KEPT}
    # The day the template was made, empty fields and counts of its empty sheet say nothing true about this file.
    parts["meta.xml"] = re.sub(
        r"<meta:(creation-date|editing-cycles|editing-duration)>[^<]*</meta:\1>|<dc:date>[^<]*</dc:date>"
        r"|<meta:(document-statistic|user-defined)\b[^>]*/>",
        "",
        parts["meta.xml"],
    )
    return parts


def _content(template: str, front: Cover, rest: Iterable[Sheet]) -> str:
    rest = list(rest)
    widths = sorted({width for sheet in rest for width in sheet.widths} | {_COVER_WIDTH})
    styles = "".join(_CELL_STYLES) + "".join(_column_style(width) for width in widths)
    tables = _cover_table(front) + "".join(_table(sheet) for sheet in rest)
    ranges = "".join(_range(sheet) for sheet in rest)
    body = f"{tables}<table:database-ranges>{ranges}</table:database-ranges>"
    template = template.replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>", 1)
    start = template.index("<office:spreadsheet>") + len("<office:spreadsheet>")
    return template[:start] + body + template[template.index("</office:spreadsheet>") :]


def _column_style(width: float) -> str:
    return (
        f'<style:style style:name="{_column_name(width)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
    )


def _column_name(width: float) -> str:
    return f"width{round(width * 10)}"


def _cover_table(front: Cover) -> str:
    rows = [_row([_text_cell(front.title, "title")])]
    for head, lines in front.blocks:
        rows.append(_row([_text_cell(head, "heading")]))
        rows.extend(_row([_text_cell(line, "words")]) for line in lines)
    return _sheet(front.name, [_COVER_WIDTH], "".join(rows))


def _table(sheet: Sheet) -> str:
    before = [_row([_text_cell(sheet.title, "title")]), *(_row([_text_cell(line, "line")]) for line in sheet.about)]
    head = _row([_text_cell(name, "columnhead") for name in sheet.head])
    rows = (_row([_cell(cell, link=sheet.links and column == 0) for column, cell in enumerate(row)])
            for row in sheet.rows)  # fmt: skip
    headed = f"<table:table-header-rows>{head}</table:table-header-rows>"
    return _sheet(sheet.name, sheet.widths, "".join(before) + headed + "".join(rows))


def _sheet(name: str, widths: Iterable[float], rows: str) -> str:
    columns = "".join(f'<table:table-column table:style-name="{_column_name(width)}"/>' for width in widths)
    return f'<table:table table:name={quoteattr(name)} table:style-name="ta1">{columns}{rows}</table:table>'


def _range(sheet: Sheet) -> str:
    """The mark that makes the cells a table: header row and rows, under a stable name."""
    first = len(sheet.about) + 2
    name = sheet.name.replace("'", "''")
    corner = f"{_letter(len(sheet.head))}{first + len(sheet.rows)}"
    address = quoteattr(f"'{name}'.A{first}:'{name}'.{corner}")
    return (
        f'<table:database-range table:name="{sheet.id.replace("-", "_")}" table:target-range-address={address} '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _letter(column: int) -> str:
    """The letter of a column, 1 for A. The widest table has fewer than 26."""
    return chr(ord("A") + column - 1)


def _row(cells: Iterable[str]) -> str:
    return f'<table:table-row table:style-name="ro1">{"".join(cells)}</table:table-row>'


def _cell(value: Value, *, link: bool = False) -> str:
    if isinstance(value, str):
        # Shorthand stands for a number and lines up with numbers.
        return _text_cell(value, "number" if value in {"[c]", "[x]", "[z]"} else "words", link=link)
    printed = str(value) if isinstance(value, int) else plain_decimal(value)
    return (
        f'<table:table-cell table:style-name="number" office:value-type="float" office:value="{printed}">'
        f"<text:p>{printed}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str, *, link: bool = False) -> str:
    """Text is always of type string, so that a text beginning with a formula sign stays text."""
    words = escape(text)
    if link:
        target = quoteattr(f"#'{text}'.A1")
        words = f'<text:a xlink:type="simple" xlink:href={target}>{words}</text:a>'
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{words}</text:p></table:table-cell>"
    )


def _zipped(parts: dict[str, str]) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        # The format asks for the type first and stored, so that a program can tell it from the first bytes.
        made.writestr(_member("mimetype", zipfile.ZIP_STORED), _MIMETYPE)
        for name in _KEPT:
            made.writestr(_member(name, zipfile.ZIP_DEFLATED), parts[name].encode("utf-8"))
        made.writestr(_member("META-INF/manifest.xml", zipfile.ZIP_DEFLATED), _MANIFEST)
    return package.getvalue()


def _member(name: str, compression: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = compression
    member.create_system = 3  # the same on every system
    member.external_attr = 0o644 << 16
    return member
