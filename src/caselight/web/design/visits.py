"""Who asks for a page, in which inspection, and what they may do there: one value that every view begins with.

``visitor`` asks only for a signed-in person; ``inspection_page`` also for a permission in the inspection that the
address names. A refusal becomes a page: 404 for what a person may not know, 403 for what they may not do, and for any
other fault a page that says what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from caselight.method.faults import Faults
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission
from caselight.store.accounts.standing import GONE
from caselight.store.assessments.access import scope
from caselight.store.inspections.access import Access, demand, demand_some, everywhere, may, on_some
from caselight.store.inspections.queries import Kept, inspection_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """A person at a page, at one instant (the one reading of the clock of a request)."""

    person: User
    at: datetime

    @property
    def user(self) -> str:
        """The person's key: what actions take as ``by``."""
        return self.person.key

    def may_everywhere(self, permission: Permission) -> bool:
        """Whether an act that belongs to no inspection is allowed."""
        return may(everywhere(self.user, self.at), permission)


@dataclass(frozen=True)
class InspectionVisit(Visit):
    """A person at a page of one inspection."""

    key: str
    access: Access

    @cached_property
    def inspection(self) -> Kept:
        """The inspection, read when it is first asked for."""
        return inspection_of(self.key)

    def may(self, permission: Permission, subject_key: str | None = None) -> bool:
        """Whether an act is allowed here, on one subject or on the whole."""
        return may(self.access, permission, subject_key)

    def may_on_some(self, permission: Permission) -> bool:
        """Whether an act is allowed on at least some cases."""
        return on_some(self.access, permission)


def visitor(view: View) -> View:
    """The view's second argument is a :class:`Visit`; refusals become pages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        return _answered(request, view, _visit(request), *args, **named)

    return answer


def inspection_page(permission: Permission, *, some: bool = False) -> Callable[[View], View]:
    """The view's second argument is an :class:`InspectionVisit` to the inspection that ``key`` in the address names.

    ``some``: the permission is asked for some case only; the view then shows only those that it holds for. A view of one
    subject asks again for that subject, with ``demand``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, key: str, *args: Any, **named: Any) -> HttpResponse:
            visit = _visit(request)
            return _answered(request, _entered, visit, view, key, *args, **named)

        def _entered(
            request: HttpRequest, visit: Visit, inner: View, key: str, *args: Any, **named: Any
        ) -> HttpResponse:
            access = scope(visit.user, key, visit.at)
            (demand_some if some else demand)(access, permission)
            return inner(request, InspectionVisit(visit.person, visit.at, access.inspection, access), *args, **named)

        return answer

    return decorate


def _visit(request: HttpRequest) -> Visit:
    return Visit(cast("User", request.user), datetime.now(UTC))


def _answered(request: HttpRequest, view: View, *args: Any, **named: Any) -> HttpResponse:
    try:
        return view(request, *args, **named)
    except Faults as refused:
        first = refused.faults[0].code
        if first in ("access.not-found", "store.no-inspection"):
            raise Http404 from None
        if first == GONE.code:
            return render(request, "design/refused.html", {"faults": refused.faults}, status=403)
        if first.startswith("access."):
            raise PermissionDenied from None
        return render(request, "design/refused.html", {"faults": refused.faults}, status=422)
