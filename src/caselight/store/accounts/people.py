"""Whom a command of the server's own command line names as the person who acts."""

from __future__ import annotations

from collections.abc import Iterable

from caselight.method.faults import Fault, quoted, stop
from caselight.store.accounts.models import User


def key_of(named: str) -> str:
    """The key of the person with this key or e-mail address. Raises ``store.nobody`` for others, and disabled accounts."""
    active = User.objects.filter(is_active=True)
    user = active.filter(key=named[:100]).first() or active.filter(email=named.lower()).first()
    if user is None:
        says = f"Nobody who can sign in is called {quoted(named)}."
        stop(Fault("store.nobody", ("by",), says, "Name a person by key or e-mail address."))
    return user.key


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names of people by their keys; who is not known is not there."""
    return dict(User.objects.filter(key__in=set(keys)).values_list("key", "name"))
