"""What every HTML page of ours is made of: one style for screen and paper, in the page itself, so that nothing is fetched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def base_css() -> str:
    """The style that all pages share; a page's own style comes after it."""
    return (files("caselight.formats.page") / "base.css").read_text("utf-8")
