"""Fills a database for a server under test: the cast, their inspections, and a token for each person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.contrib.auth.hashers import make_password
from tests import cast
from tests.factories.store import seeded, token

from caselight.store.accounts.models import User


def seed() -> dict[str, str]:
    """The people's tokens, in clear, by the people's keys."""
    with quickly():
        return {key: token(user) for key, user in seeded().people.items()}


@contextmanager
def quickly() -> Iterator[None]:
    """Inside, the cast's password is hashed once: it takes a fifth of a second, and all of them have the same."""
    hashed = make_password(cast.PASSWORD)

    def set_password(user: User, _raw: str) -> None:
        user.password = hashed

    with patch.object(User, "set_password", set_password):
        yield
