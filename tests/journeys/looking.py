"""Looking at a page in a state: nothing that axe finds at any width, and pictures for whoever asked for them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.journeys.browser import axe

PICTURES = os.environ.get("CASELIGHT_PICTURES", "")


def looked_at(page: Any, name: str) -> None:
    """Nothing that axe finds; ``name`` is that of the pictures."""
    found = axe(page)
    assert found == [], f"{name}: {found}"
    for width in (1280, 320) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
