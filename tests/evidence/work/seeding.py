"""Fills a database for a server under test: the cast, their inspections, and a token for each person."""

from __future__ import annotations

from unittest.mock import patch

from django.contrib.auth.hashers import make_password
from tests import cast
from tests.factories.store import seeded, token

from caselight.store.accounts.models import User


def seed() -> dict[str, str]:
    """The people's tokens, in clear, by the people's keys."""
    hashed = make_password(cast.PASSWORD)  # a fifth of a second, and all of them have the same password

    def set_password(user: User, _raw: str) -> None:
        user.password = hashed

    with patch.object(User, "set_password", set_password):
        return {key: token(user) for key, user in seeded().people.items()}
