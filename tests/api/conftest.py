"""A store with the cast in it, and callers that speak to the API as one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.store import Seeded, seeded, token


class Caller:
    """Somebody's device, with a token."""

    def __init__(self, clear: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {clear}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api{path}")

    def post(self, path: str, body: object) -> Any:
        return self.client.post(f"/api{path}", body, content_type="application/json")


@pytest.fixture
def store(transactional_db: None) -> Seeded:
    return seeded()


@pytest.fixture
def calls(store: Seeded) -> Callable[[str], Caller]:
    """``calls("i1")`` is the device of the first inspector."""
    return lambda key: Caller(token(store.people[key]))
