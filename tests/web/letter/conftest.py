"""The cast, and West London as its lead writes the letter."""

from __future__ import annotations

import pytest
from tests.factories.store import seeded
from tests.factories.west_london import FOLDER, west_london
from tests.web.client import PageClient


@pytest.fixture
def lead() -> PageClient:
    """Whoever leads, at the store with the cast and West London in draft."""
    seeded()
    west_london()
    return PageClient("lead")


@pytest.fixture
def source() -> str:
    """The letter of the example."""
    return (FOLDER / "letter.md").read_text("utf-8")
