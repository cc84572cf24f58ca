"""The steps in which a file becomes a list: send it, say which row is the heading, what each column is, what a row is."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from caselight.formats.supplied.reading import LARGEST, read_supplied
from caselight.procedures.case_lists.accepting import refuse_drawn
from caselight.procedures.case_lists.preparing import Preparing, begun, keep, prepared
from caselight.procedures.case_lists.targets import CLOSED, guessed_columns
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.drafts import drop_draft, drop_old_drafts
from caselight.store.caseloads.layouts import layout_for
from caselight.store.frameworks.queries import framework_of
from caselight.web.caseload.forms import ColumnsForm, HeadingForm, RowsForm, UploadForm
from caselight.web.design.forms import Form, sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words

WRITE = Permission.CASELOAD_WRITE


@require_http_methods(["GET", "POST"])
@inspection_page(WRITE)
def upload(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Send the file; it is read at once, and only what its cells say is kept, sealed."""
    refuse_drawn(visit.key)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with form.refusing():
            sheets = read_supplied(file.name, file.read(LARGEST + 1))
            drop_old_drafts(at=visit.at)
            keep(_recognised(visit, begun(file.name, sheets)), by=visit.user, inspection=visit.key, at=visit.at)
            return redirect("caseload:heading", visit.key)
    return _page(request, visit, "upload", form)


@require_http_methods(["GET", "POST"])
@inspection_page(WRITE)
def heading(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Which row is the heading."""
    now = prepared(visit.key, visit.at)
    now = _other_sheet(now, request.POST.get("sheet") or request.GET.get("sheet") or "")
    form = HeadingForm(now, sent(request), initial={"sheet": now.sheet, "heading": now.heading})
    if request.method == "POST" and form.is_valid():
        changed = replace(now, heading=form.cleaned_data["heading"], cells={}, out={})
        return _go_on(visit, _recognised(visit, changed), "columns")
    return _page(request, visit, "heading", form, now)


@require_http_methods(["GET", "POST"])
@inspection_page(WRITE)
def columns(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What each column is: remembered, guessed, or said now."""
    now, framework = prepared(visit.key, visit.at), framework_of(visit.inspection.framework)
    first = {f"c{place}": target for place, target in now.columns.items()} | {"source": now.source or "Case list"}
    form = ColumnsForm(now, framework, sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        changed = replace(now, columns=form.columns, source=form.cleaned_data["source"], cells={}, out={})
        return _go_on(visit, changed, "rows")
    return _page(request, visit, "columns", form, now)


@require_http_methods(["GET", "POST"])
@inspection_page(WRITE)
def rows(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What one row is, how days are written, what happens to cases that look closed."""
    now = prepared(visit.key, visit.at)
    first = {"one_row": now.one_row, "dates": now.dates, "closed": now.closed}
    form = RowsForm(sent(request), initial=first)
    if now.place_of(CLOSED) is None:
        form.fields.pop("closed")
    if request.method == "POST" and form.is_valid():
        return _go_on(visit, replace(now, **form.cleaned_data), "check")
    return _page(request, visit, "rows", form, now)


@require_POST
@inspection_page(WRITE)
def leave(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Let go what was prepared."""
    drop_draft(by=visit.user, inspection=visit.key, at=visit.at)
    messages.success(request, "The file was let go. Nothing of it is kept.")
    return redirect("caseload:list", visit.key)


def _recognised(visit: InspectionVisit, now: Preparing) -> Preparing:
    """With what is remembered of such a file, else with what its headings look like."""
    known = layout_for(visit.key, now.headings)
    guessed = guessed_columns(now.headings, framework_of(visit.inspection.framework), known.columns if known else {})
    if known is None:
        return replace(now, columns=guessed)
    return replace(
        now, columns=guessed, source=known.source, dates=known.dates, one_row=known.one_row, closed=known.closed,
        words=known.words,
    )  # fmt: skip


def _other_sheet(now: Preparing, wanted: str) -> Preparing:
    if wanted.isdigit() and int(wanted) < len(now.sheets) and int(wanted) != now.sheet:
        return replace(
            begun(now.file, (now.sheets[int(wanted)],)), sheets=now.sheets, sheet=int(wanted), version=now.version
        )
    return now


def _go_on(visit: InspectionVisit, changed: Preparing, step: str) -> HttpResponse:
    keep(changed, by=visit.user, inspection=visit.key, at=visit.at)
    return redirect(f"caseload:{step}", visit.key)


def _page(
    request: HttpRequest, visit: InspectionVisit, step: str, form: Form, now: Preparing | None = None
) -> HttpResponse:
    context = {"visit": visit, "said": words(visit), "form": form, "now": now}
    return render(request, f"caseload/{step}.html", context, status=422 if form.errors else 200)
