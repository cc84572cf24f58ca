"""A framework document as one HTML page: no request to anywhere, no script, its style inside."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from caselight.formats.framework_document.structure import FrameworkDocument
from caselight.formats.page import base_css

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = files("caselight.formats.framework_document") / "templates"


def framework_html(document: FrameworkDocument) -> str:
    """The document as a page."""
    from markupsafe import Markup

    css = base_css() + (TEMPLATES / "document.css").read_text("utf-8")
    page = _environment().get_template("document.html.j2")
    return page.render(document=document, css=Markup(css))  # noqa: S704 - our own files


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("caselight.formats.framework_document", "templates")
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
