"""The report to a board as one HTML page that prints on two sheets: no request to anywhere, no script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from caselight.formats.board.content import Board, single_said
from caselight.formats.board.fit import Sizes
from caselight.formats.letter.labels import Labels
from caselight.formats.page import base_css

if TYPE_CHECKING:
    from jinja2 import Template


def board_html(board: Board, labels: Labels, sizes: Sizes, *, notices: tuple[str, ...], language: str) -> str:
    """The report as one HTML page. ``notices`` stand at its head; ``language`` is the tag of its words."""
    from markupsafe import Markup

    css = base_css() + (files("caselight.formats.board") / "templates" / "board.css").read_text("utf-8")
    return _template().render(
        board=board,
        t=labels,
        sizes=sizes,
        notices=notices,
        lang=language,
        single=single_said(board.promises, labels),
        css=Markup(css),  # noqa: S704 - our own files
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("caselight.formats.board", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("board.html.j2")
