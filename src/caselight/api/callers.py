"""Who calls: a signed-in browser (with the sign of its page against forgery), or a device with a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from caselight.store.accounts.permissions import Permission
from caselight.store.accounts.queries import bearer
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import Access, demand, everywhere, not_found


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, from which device, and when: the one reading of the clock of a request."""

    user: str
    device: str
    at: datetime
    token: int | None = None  # of a browser none
    used_at: datetime | None = None  # when the token was last noted to speak

    def allowed(self, inspection: str, permission: Permission, subject_key: str | None = None) -> Access:
        """The access to an inspection; ``Faults`` unless the act is allowed there."""
        access = scope(self.user, inspection, self.at)
        demand(access, permission, subject_key)
        return access

    def allowed_everywhere(self, permission: Permission) -> None:
        """``Faults`` unless the act, which belongs to no inspection, is allowed."""
        demand(everywhere(self.user, self.at), permission)


class Token(HttpBearer):
    """``Authorization: Bearer …``: the token of a device."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Who the token speaks for; None when it is not, or no longer, valid."""
        del request
        at = datetime.now(UTC)
        found = bearer(token, at)
        return Caller(found.user, found.device, at, found.token, found.used_at) if found else None


class Session(SessionAuth):
    """The session of a browser."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Who is signed in; of what a stranger sends nothing is read, and the sign of a page stands in what is sent."""
        return super().__call__(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """Who is signed in; None when nobody is."""
        del key
        user = request.user
        return Caller(user.key, "browser", datetime.now(UTC)) if user.is_authenticated else None


def caller(request: HttpRequest) -> Caller:
    """Who calls, as signing in found out."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise TypeError("This address asks for no sign-in, so nobody is known to call.")
    return found


def named(text: str, longest: int) -> str:
    """What an address names; nothing is there under a name that no database could hold."""
    if "\0" in text or len(text) > longest:
        not_found()
    return text
