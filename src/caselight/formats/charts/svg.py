"""Makes the drawing library's SVG fit to stand inside a page under a strict content policy, and readable aloud.

A page that forbids inline styles shows a black box where shapes carry ``style``; so each declaration becomes an
attribute, the style sheet goes, and every id begins with the chart's own, so that two charts never collide.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from caselight.formats.charts.style import FONT_FAMILY

_SVG = "http://www.w3.org/2000/svg"
_DROPPED = {"metadata", "style", "title", "desc"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def cleaned(drawing: str, *, chart_id: str, title: str, description: str) -> str:
    """The drawing as one ``<svg>`` element with a title, a description, and no style and no foreign names."""
    chart = re.sub(r"[^A-Za-z0-9_-]", "-", chart_id)
    root = ET.fromstring(drawing)  # noqa: S314 - made by our own drawing a moment ago
    _walk(root, chart)
    root.attrib.pop("version", None)
    width, height = (root.attrib.pop(name).removesuffix("pt") for name in ("width", "height"))
    named = {
        "xmlns": _SVG,
        "id": chart,
        "role": "img",
        "aria-labelledby": f"{chart}-title {chart}-desc",
        "viewBox": f"0 0 {width} {height}",
        "width": f"{float(width) * 4 / 3:g}",
        "height": f"{float(height) * 4 / 3:g}",
        # What the dropped style sheet said of every shape.
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
        "font-family": FONT_FAMILY,
    }
    root.attrib.clear()
    root.attrib.update(named)
    for position, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(name, {"id": f"{chart}-{name}"})
        element.text, element.tail = text, "\n"
        root.insert(position, element)
    return ET.tostring(root, encoding="unicode") + "\n"


def _walk(element: ET.Element, chart: str) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.attrib.update({name: _renamed(name, value, chart) for name, value in element.attrib.items()})
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    for name, value in _declared(element.attrib.pop("style", "")):
        element.set(name, value)
    for child in list(element):
        if child.tag.rpartition("}")[2] in _DROPPED:
            element.remove(child)
        else:
            _walk(child, chart)
    for child in list(element):
        if child.tag in {"defs", "g"} and not len(child):
            element.remove(child)


def _renamed(name: str, value: str, chart: str) -> str:
    """Ids and what points to them begin with the chart's id; positions keep two decimals."""
    if name == "id":
        return f"{chart}-{value}"
    if name.endswith("href"):
        return value.replace("#", f"#{chart}-", 1)
    value = value.replace("url(#", f"url(#{chart}-")
    return _NUMBER.sub(_short, value) if name in {"d", "x", "y", "transform"} else value


def _short(match: re.Match[str]) -> str:
    number = round(float(match.group()), 2) + 0.0
    return f"{number:g}" if number == int(number) else f"{number:.2f}".rstrip("0")


def _declared(declarations: str) -> list[tuple[str, str]]:
    """Style declarations as attributes; the family is said once, on the root."""
    pairs = (declaration.partition(":") for declaration in declarations.split(";") if declaration.strip())
    named = [(name.strip(), value.strip()) for name, _, value in pairs]
    return [(name, value.removesuffix("px")) for name, value in named if name != "font-family"]
