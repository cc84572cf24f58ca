"""A traced letter as a tagged PDF (PDF/UA-1): the same words as the page, laid out for paper, the same bytes each time.

Fonts come from the pinned matplotlib wheel, handed out one by one; the machine's own fonts are not even known to the
renderer. Dates and identifier come from the letter, never from the clock. (letter.md, Outputs; stack.md, pitfall 7)
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from caselight.formats.letter.html import render
from caselight.formats.letter.labels import Labels, labels_of
from caselight.formats.letter.parts import Suppressed
from caselight.method.report.traced import TracedLetter

FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")
_ALONE = threading.Lock()


def letter_pdf(
    letter: TracedLetter,
    charts: Mapping[str, str] | None = None,
    *,
    open_: bool = False,
    suppressed: Suppressed | None = None,
) -> bytes:
    """The letter as PDF/UA-1. ``charts``, ``open_`` and ``suppressed`` as for the page."""
    html = render("pdf.html.j2", "pdf.css", letter, charts or {}, open_=open_, suppressed=suppressed or {})
    return html_pdf(html.replace("PAGE_OF", page_of(labels_of(letter)), 1), labels_of(letter))


def html_pdf(html: str, labels: Labels) -> bytes:
    """A page of ours as PDF/UA-1. Nothing is fetched but our fonts: any other address stays empty."""
    weasyprint = _weasyprint()

    class OnlyFonts(weasyprint.URLFetcher):  # type: ignore[misc, name-defined]
        """Hands out the pinned fonts and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002 - its signature
            scheme, _, name = url.partition(":")
            if scheme != "font" or name not in FONTS:
                raise ValueError(url)
            return weasyprint.urls.URLFetcherResponse(url, font_file(name).read_bytes())

    with _ALONE, _no_system_fonts():
        document = weasyprint.HTML(string=html, url_fetcher=OnlyFonts()).render(
            font_config=weasyprint.text.fonts.FontConfiguration()
        )
    identifier = sha256(html.encode()).hexdigest()[:32].encode()
    finish = Finish(labels)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=finish)
    return pdf


class Finish:
    """What the renderer leaves out of the tags: the scope of header cells, and words for links inside the document."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def __call__(self, _document: Any, pdf: Any) -> None:
        """Completes the objects of a PDF that is about to be written."""
        by_number = {item.number: item for item in pdf.objects}
        for item in pdf.objects:
            if isinstance(item, dict) and item.get("S") == "/TH":
                item["A"]["Scope"] = "/Column" if self._in_head(item, by_number) else "/Row"
            elif isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item:
                item["Contents"] = type(item["Contents"])(self._words(item["Contents"].string))

    def _in_head(self, cell: Any, by_number: Mapping[int, Any]) -> bool:
        row = by_number[_number(cell["P"])]
        return bool(by_number[_number(row["P"])].get("S") == "/THead")

    def _words(self, target: str) -> str:
        kind, _, name = target.partition("-")
        match kind:
            case "figure":
                return f"{self._labels('table.figure')} {name}"
            case "claim":
                return self._labels("annex.claims")
            case "note":
                return self._labels("page.footnotes")
            case _:
                return self._labels("page.back")


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def page_of(labels: Labels) -> str:
    """The page number as a CSS value: ``"Page " counter(page) " of " counter(pages)``."""
    pieces = re.split(r"(\{pages?\})", labels("page.of"))
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    # In CSS and in a style element alike, a backslash and six digits is the safest way to write a character.
    return " ".join(counters.get(piece) or _css_text(piece) for piece in pieces if piece)


def _css_text(text: str) -> str:
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in text) + '"'


def font_file(name: str) -> Path:
    """Where the pinned wheel keeps this font. The wheel is found, not imported."""
    spec = find_spec("matplotlib")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib, which carries the letter's fonts, is not installed")
    return Path(spec.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf" / name


def _weasyprint() -> Any:
    with warnings.catch_warnings():
        # On a machine without any font it warns at import; ours are brought along.
        warnings.simplefilter("ignore")
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    return weasyprint


@contextmanager
def _no_system_fonts() -> Iterator[None]:
    """While it lasts, the font library reads a configuration that names no folder and no rule."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "fonts.conf"
        empty.write_text("<fontconfig/>", "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(empty)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before
