"""Before the draw: the designs, what one of them would give, and the draw itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.method.faults import Fault, Faults
from caselight.method.inspection.package import Package
from caselight.procedures.sample_choosing import Looked, looked, package_to_draw, select_sample
from caselight.procedures.samples import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.store.inspections.models import Kind
from caselight.store.samples.designs import Wish, choose_design, chosen_designs
from caselight.web.design.forms import sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.sampling.designs import described, heading, margins, name_of, offered, slug, title_of
from caselight.web.sampling.forms import WishForm
from caselight.web.sampling.likeness import likeness_picture, likeness_table, off_by

DRAW = Permission.SAMPLE_DRAW
TEN = 10  # cases of an audit round, unless its lead says otherwise
Refused = tuple[Fault, ...]


@require_GET
@inspection_page(DRAW)
def designs(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The designs to choose from."""
    package = package_to_draw(visit.key)
    eligible = sum(case.eligible for case in package.caseload)
    context = {
        "visit": visit, "said": words(visit), "offered": offered(visit, package) if eligible else [],
        "eligible": eligible, "listed": bool(package.caseload), "heading": heading(visit),
    }  # fmt: skip
    return render(request, "sampling/designs.html", context)


@require_POST
@inspection_page(DRAW)
def choose(request: HttpRequest, visit: InspectionVisit, design: str) -> HttpResponse:
    """Look at a design: its seed is fixed now, and never anew."""
    del request
    name, package = name_of(design), package_to_draw(visit.key)
    defaults = package.framework.sample
    if name and not (defaults and defaults.design(name)):
        not_found()
    if name not in names_of(package.inspection) and name not in chosen_designs(visit.key):
        strata = defaults.strata if defaults and not name else ()
        wish = Wish(reserves=None if name or not defaults else defaults.reserves, strata=tuple(strata))
        choose_design(by=visit.user, inspection=visit.key, design=name, wish=wish, at=visit.at)
    return redirect("sampling:plan", visit.key, design)


@require_http_methods(["GET", "POST"])
@inspection_page(DRAW)
def plan(request: HttpRequest, visit: InspectionVisit, design: str) -> HttpResponse:
    """What a design would give; another size, before it is drawn."""
    name = name_of(design)
    package = package_to_draw(visit.key)
    chosen = chosen_designs(visit.key).get(name)
    if chosen is None and name not in names_of(package.inspection):
        not_found()
    first = {part: getattr(chosen, part) for part in ("size", "because", "reserves", "strata")} if chosen else {}
    if not name and not first.get("size") and visit.access.kind == Kind.LOCAL_AUDIT:
        first["size"] = TEN
    form = WishForm(package, name, sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            choose_design(by=visit.user, inspection=visit.key, design=name, wish=form.wish, at=visit.at)
            return redirect("sampling:plan", visit.key, design)
    return _page(request, visit, package, form, name=name)


@require_POST
@inspection_page(DRAW)
def select(request: HttpRequest, visit: InspectionVisit, design: str) -> HttpResponse:
    """Draw."""
    name = name_of(design)
    try:
        done = select_sample(visit.key, name, by=visit.user, at=visit.at)
    except Faults as refused:
        package = package_to_draw(visit.key)
        if name not in names_of(package.inspection):
            not_found()
        return _page(request, visit, package, WishForm(package, name), name=name, refused=refused.faults)
    reserves = f" and {done.reserves} in reserve" if done.reserves else ""
    messages.success(request, f"{done.size} cases were drawn{reserves}, with the seed {done.sampling.design.seed}.")
    return redirect("sampling:sample", visit.key)


def _page(
    request: HttpRequest, visit: InspectionVisit, package: Package, form: WishForm, *, name: str, refused: Refused = ()
) -> HttpResponse:
    seen, wrong = _seen(package, name)
    context: dict[str, Any] = {
        "visit": visit, "said": words(visit), "form": form, "title": title_of(package.framework, name),
        "design": slug(name), "seen": seen, "wrong": [*wrong, *refused], "heading": heading(visit),
        "faults_shown": bool(refused), "described": list(described(package, name)),
        "fixed": name not in chosen_designs(visit.key),
        "eligible": f"{sum(case.eligible for case in package.caseload)} cases are eligible.",
    }  # fmt: skip
    if seen is not None:
        context |= {
            "likeness": likeness_table(seen, package.framework), "off": off_by(seen, package.framework),
            "picture": likeness_picture(seen, package.framework, "likeness-chart"), "margins": margins(seen),
        }  # fmt: skip
    return render(request, "sampling/plan.html", context, status=422 if form.errors or refused else 200)


def _seen(package: Package, name: str) -> tuple[Looked | None, tuple[Fault, ...]]:
    """A trial, or what stands against one; nothing where no size was said yet."""
    if name not in names_of(package.inspection):
        return None, ()
    try:
        return looked(package, name), ()
    except Faults as refused:
        return None, refused.faults
