"""A traced letter as one HTML page: no request to anywhere, no script, its style inside.

Every bound phrase is a link to its figure's entry in the annex, and every entry links back. The words come from the
letter and its labels; the templates only place them. (letter.md, Outputs)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from caselight.formats.letter.annex import annex_of
from caselight.formats.letter.labels import labels_of
from caselight.formats.letter.layout import compose, day_of, language_tag, note_anchor
from caselight.formats.letter.parts import Suppressed
from caselight.formats.page import base_css
from caselight.method.report.traced import TracedLetter

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = files("caselight.formats.letter") / "templates"
_PROLOGUE = re.compile(r"^\s*(<\?xml.*?\?>|<!DOCTYPE[^>]*>|\s)*", re.DOTALL)


def letter_html(
    letter: TracedLetter,
    charts: Mapping[str, str] | None = None,
    *,
    open_: bool = False,
    suppressed: Suppressed | None = None,
) -> str:
    """The letter as one HTML page.

    ``charts`` maps a theme's id to its SVG, whose ids are already its own. ``open_`` leaves out everything that could
    lead to a case. ``suppressed`` maps a figure's key to the parts that are held back and print as ``[c]``.
    """
    return render("letter.html.j2", "letter.css", letter, charts or {}, open_=open_, suppressed=suppressed or {})


def render(
    template: str, css: str, letter: TracedLetter, charts: Mapping[str, str], *, open_: bool, suppressed: Suppressed
) -> str:
    """One of the page templates filled with the letter and styled with one of the style sheets."""
    from markupsafe import Markup

    labels = labels_of(letter)
    page = _environment().get_template(template)
    return page.render(
        letter=letter,
        body=compose(letter, labels),
        annex=annex_of(letter, labels, suppressed, open_=open_),
        charts={theme: Markup(_PROLOGUE.sub("", svg)) for theme, svg in charts.items()},  # noqa: S704 - drawn by us
        css=Markup(_css(css, rated=bool(letter.reached))),  # noqa: S704 - our own files
        t=labels,
        lang=language_tag(letter),
        day=day_of(letter),
        note_anchor=note_anchor,
        guide="annex.refers" if template.startswith("pdf") else "annex.links",
        open_=open_,
        suppressed=suppressed,
    )


def _css(name: str, *, rated: bool) -> str:
    """A style sheet of the letter; the page's stands on the style that all pages share, paper has one of its own."""
    own = (TEMPLATES / name).read_text("utf-8")
    if rated:
        own += (TEMPLATES / name.replace("letter.css", "ratings.css").replace("pdf.css", "pdf-ratings.css")).read_text(
            "utf-8"
        )
    return base_css() + own if name == "letter.css" else own


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("caselight.formats.letter", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
