"""Inspections: which a person may know of, their figures, and packages in and out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Schema, UploadedFile

from caselight.api.callers import caller
from caselight.api.pages import Page, page
from caselight.api.reading import too_large
from caselight.formats.tables.json import figures_json
from caselight.method.faults import Faults
from caselight.procedures.drafting import draft
from caselight.procedures.exporting import export_package
from caselight.procedures.importing import import_package
from caselight.procedures.stored import store_package
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.assessments.visible import possible
from caselight.store.inspections.access import known
from caselight.store.inspections.memberships import lead_first
from caselight.store.inspections.models import Inspection

router = Router(tags=["inspections"])

IMPORT = Permission.PACKAGE_IMPORT


class InspectionOut(Schema):
    """What may be known of an inspection by whoever knows that it exists."""

    key: str
    title: str
    kind: str
    state: str
    service: str
    framework: str


@router.get("/inspections", response=Page[InspectionOut], url_name="inspections")
def inspections(request: HttpRequest, after: int = Query(0, ge=0), limit: int = Query(50, ge=1, le=200)) -> Any:
    """The inspections that the caller may know of, by key."""
    who = caller(request)
    rows = possible(who.user).select_related("service").order_by("key")
    mine = [row for row in rows if known(scope(who.user, row.key, who.at))]
    return page(mine, after, limit, _out)


@router.get("/inspections/{key}", response=InspectionOut, url_name="inspection")
def inspection(request: HttpRequest, key: str) -> dict[str, Any]:
    """One inspection."""
    caller(request).allowed(key, Permission.INSPECTION_READ)
    return _out(Inspection.objects.select_related("service").get(key=key))


@router.get("/inspections/{key}/figures", url_name="figures")
def figures(request: HttpRequest, key: str) -> HttpResponse:
    """Every figure as things stand, with its base, in the form of ``figures.json``."""
    caller(request).allowed(key, Permission.FIGURES_READ)
    package = store_package(key)
    letter = draft(package, package.inspection.languages[0])
    return HttpResponse(figures_json(letter, working=True), content_type="application/json")


@router.get("/inspections/{key}/package", url_name="package")
def package(request: HttpRequest, key: str) -> HttpResponse:
    """The whole inspection as a zip, without names: what ``caselight`` reads on any machine."""
    who = caller(request)
    who.allowed(key, Permission.PACKAGE_EXPORT)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / f"{key}.zip"
        export_package(key, file, by=who.user, at=who.at)
        response = HttpResponse(file.read_bytes(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{key}.zip"'
    return response


class ImportedOut(Schema):
    """What an import did; the same package again changes nothing."""

    key: str
    new: bool
    changed: bool
    rows: dict[str, int]
    snapshot: str


@router.post("/packages", response=ImportedOut, url_name="packages")
def bring_in(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Bring in a package (a zip): a new inspection, or more of one that the store has."""
    who = caller(request)
    who.allowed_everywhere(IMPORT)
    if (file.size or 0) > settings.LARGEST_PACKAGE:
        raise Faults([too_large(settings.LARGEST_PACKAGE)])
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "package.zip"
        with target.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        with transaction.atomic():
            done = import_package(target, by=who.user, at=who.at, allow=lambda key: who.allowed(key, IMPORT))
            if done.new:
                lead_first(by=who.user, inspection=done.key, at=who.at)
    return {
        "key": done.key,
        "new": done.new,
        "changed": done.changed,
        "rows": dict(done.rows),
        "snapshot": done.snapshot,
    }


def _out(row: Inspection) -> dict[str, Any]:
    return {
        "key": row.key,
        "title": row.title,
        "kind": row.kind,
        "state": row.state,
        "service": row.service.key,
        "framework": row.framework_id,
    }
