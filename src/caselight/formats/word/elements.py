"""The pieces of WordprocessingML that python-docx has no words for: controls, fields, footnote marks, bookmarks, links.

Each function makes one element and puts it nowhere. Texts lose the control characters that XML cannot carry.
"""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What XML 1.0 cannot carry, lone surrogates included.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAME_LIMIT = 64  # Word refuses longer tags and titles of content controls


def clean(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return _NOT_XML.sub("", text)


def element(name: str, /, **attributes: object) -> Any:
    """An element of the main namespace, its attributes in the same one: ``element("tag", val="1.1-2")``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), clean(str(value)))
    return made


def run(text: str, style: str = "", emphasis: str = "") -> Any:
    """A run of text with a character style and an emphasis (``strong``, ``em`` or none)."""
    made = element("r")
    properties = element("rPr")
    if style:
        properties.append(element("rStyle", val=style))
    if emphasis:
        properties.append(element("b" if emphasis == "strong" else "i"))
    if len(properties):
        made.append(properties)
    # A tab in the words would be lost inside a text element.
    for number, piece in enumerate(clean(text).split("\t")):
        if number:
            made.append(element("tab"))
        words = element("t")
        words.text = piece
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def control(number: int, tag: str, alias: str, content: Any) -> Any:
    """A content control around some runs: ``tag`` is the claim, ``alias`` its figures."""
    made, properties, inside = element("sdt"), element("sdtPr"), element("sdtContent")
    properties.append(element("alias", val=alias[:NAME_LIMIT]))
    properties.append(element("tag", val=tag[:NAME_LIMIT]))
    properties.append(element("id", val=number))
    inside.append(content)
    made.append(properties)
    made.append(inside)
    return made


def field(instruction: str, shown: str, style: str = "") -> Any:
    """A field with the text to show until Word works it out."""
    made = element("fldSimple", instr=f" {instruction} ")
    made.append(run(shown, style))
    return made


def link(bookmark: str, content: Any) -> Any:
    """A link inside the document."""
    made = element("hyperlink", anchor=bookmark, history=1)
    made.append(content)
    return made


def bookmark(number: int, name: str, *content: Any) -> list[Any]:
    """Start, content and end of a bookmark."""
    return [element("bookmarkStart", id=number, name=name), *content, element("bookmarkEnd", id=number)]


def footnote_mark(number: int) -> Any:
    """The reference to a footnote."""
    made = element("r")
    properties = element("rPr")
    properties.append(element("rStyle", val="FootnoteReference"))
    made.append(properties)
    made.append(element("footnoteReference", id=number))
    return made
