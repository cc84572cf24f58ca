"""Adopted frameworks, by their content address: what a device needs to ask the right questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from caselight.api.callers import caller, named
from caselight.api.pages import Page, page
from caselight.store.accounts.permissions import Permission
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.access import not_found

router = Router(tags=["frameworks"])


class FrameworkOut(Schema):
    """An adopted framework. ``digest`` is the SHA-256 of its canonical JSON, and its address."""

    digest: str
    name: str
    version: str
    title: str


@router.get("/frameworks", response=Page[FrameworkOut], url_name="frameworks")
def frameworks(request: HttpRequest, after: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=200)) -> Any:
    """Every adopted framework, by name and version."""
    caller(request).allowed_everywhere(Permission.FRAMEWORK_READ)
    rows = FrameworkVersion.objects.order_by("name", "version").values("digest", "name", "version", "title")
    return page(list(rows), after, limit, lambda row: row)


@router.get("/frameworks/{digest}", url_name="framework")
def framework(request: HttpRequest, digest: str) -> HttpResponse:
    """The framework as canonical JSON: these bytes have the SHA-256 that was asked for, so they may be kept for ever."""
    caller(request).allowed_everywhere(Permission.FRAMEWORK_READ)
    document = FrameworkVersion.objects.filter(digest=named(digest, 64)).values_list("document", flat=True).first()
    if document is None:
        not_found()
    response = HttpResponse(document, content_type="application/json")
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
