"""The sample that was drawn, and its record, from which anybody can draw it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caselight.method.inspection.package import Package
from caselight.procedures.sample_choosing import Looked, again, looked, package_to_draw
from caselight.procedures.samples import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import demand
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.sampling.cases import may_number, tables_of, who
from caselight.web.sampling.designs import heading, margins, title_of
from caselight.web.sampling.likeness import likeness_picture, likeness_table, off_by
from caselight.web.sampling.record import groups, in_order, steps


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def sample(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Each design that was drawn with its cases, reserves and removed cases; the designs where none was."""
    _demand(visit)
    package = package_to_draw(visit.key)
    seen = _drawn(package)
    if not seen and visit.may(Permission.SAMPLE_DRAW):
        return redirect("sampling:designs", visit.key)
    known = who(visit, seen, asked=request.GET.get("numbers") == "1")
    parts = [_part(visit, package, one, known) for one in seen]
    for part in parts:
        for table in (part["tables"].examined, part["likeness"]):
            if (file := tables.download(request, table)) is not None:
                return file
    context = {
        "visit": visit, "said": words(visit), "parts": parts, "heading": heading(visit), "numbers": bool(known),
        "may_number": may_number(visit), "draws": visit.may(Permission.SAMPLE_DRAW),
        "gives": visit.may(Permission.CASE_ALLOCATE),
    }  # fmt: skip
    return render(request, "sampling/sample.html", context)


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def record(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """How each sample was drawn: seed, fingerprint of the list, sizes and why, cases in the order of the draw."""
    _demand(visit)
    package = package_to_draw(visit.key)
    parts = [
        {
            "title": title_of(package.framework, one.sampling.name), "seen": one, "again": again(package, one.sampling.name),
            "seed": one.sampling.design.seed, "strata": groups(one, package.framework),
            "steps": steps(one, package.framework), "cases": in_order(one, package.framework),
        }
        for one in _drawn(package)
    ]  # fmt: skip
    return render(request, "sampling/record.html", {"visit": visit, "said": words(visit), "parts": parts})


def _demand(visit: InspectionVisit) -> None:
    """Who draws, or reads the figures that come of it, sees the sample."""
    if not visit.may(Permission.SAMPLE_DRAW):
        demand(visit.access, Permission.FIGURES_READ)


def _drawn(package: Package) -> list[Looked]:
    drawn = {row.design for row in package.sample}
    names = names_of(package.inspection)
    return [looked(package, name) for name in names if name in drawn]


def _part(visit: InspectionVisit, package: Package, one: Looked, known: Any) -> dict[str, Any]:
    name = one.sampling.name
    chart = f"likeness-{name}" if name else "likeness"
    return {
        "title": title_of(package.framework, name),
        "seen": one,
        "tables": tables_of(visit, package, one, known),
        "likeness": likeness_table(one, package.framework, chart),
        "picture": likeness_picture(one, package.framework, f"{chart}-chart"),
        "off": off_by(one, package.framework),
        "margins": margins(one),
    }
