"""One slot: its time and room, what became of it and who was present, and how it came to be where it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.actions.meeting import note_held
from caselight.store.inspections.access import demand
from caselight.store.samples.timetable.placing import say_where
from caselight.store.samples.timetable.publishing import Noted, note_outcome
from caselight.store.samples.timetable.values import Outcome, Slot
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.timetable.board import board_of
from caselight.web.timetable.forms import HeldForm, WhereForm
from caselight.web.timetable.one import page_of
from caselight.web.timetable.seeing import Seen, one_of, seen_by


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def slot(request: HttpRequest, visit: InspectionVisit, slot: str) -> HttpResponse:
    """A slot that the visitor may see."""
    seen = seen_by(visit)
    return _page(request, seen, one_of(seen, slot))


@require_POST
@inspection_page(Permission.TIMETABLE_WRITE)
def where(request: HttpRequest, visit: InspectionVisit, slot: str) -> HttpResponse:
    """The time and the room of a slot."""
    seen = seen_by(visit)
    one, form = one_of(seen, slot), WhereForm(request.POST)
    if form.is_valid():
        with form.refusing({"timetable.settled": "starts", "timetable.no-such-slot": "starts"}):
            typed = form.cleaned_data
            say_where(by=visit.user, inspection=visit.key, slot=one.slot, at=visit.at, **typed)
            messages.success(request, "The time and the room are saved.")
            return redirect("timetable:slot", key=visit.key, slot=one.slot)
    return _page(request, seen, one, where=form)


@require_POST
@inspection_page(Permission.TIMETABLE_READ, some=True)
def held(request: HttpRequest, visit: InspectionVisit, slot: str) -> HttpResponse:
    """What became of a slot: by its inspector, or whoever publishes the timetable."""
    seen = seen_by(visit)
    one, form = one_of(seen, slot), HeldForm(request.POST)
    if not seen.notes(one):
        demand(visit.access, Permission.TIMETABLE_PUBLISH)
    if form.is_valid():
        with form.refusing({"timetable.not-published": "outcome", "answer.presence-long": "who"}):
            messages.success(request, _noted(visit, one, form))
            return redirect("timetable:slot", key=visit.key, slot=one.slot)
    return _page(request, seen, one, held=form)


def _noted(visit: InspectionVisit, one: Slot, form: HeldForm) -> str:
    """Note it, and say what was noted."""
    typed, of = form.cleaned_data, {"by": visit.user, "inspection": visit.key, "slot": one.slot}
    if typed["outcome"] == Outcome.HELD:
        note_held(**of, who=typed["who"], at=visit.at)
        return "It is noted as held."
    cancelled = typed["outcome"] == Outcome.CANCELLED
    noted = Noted(Outcome.CANCELLED, typed["reason"], typed["note"]) if cancelled else Noted(None)
    note_outcome(**of, noted=noted, at=visit.at)
    return "It is noted as cancelled. It waits to be placed again." if cancelled else "The note is taken back."


def _page(
    request: HttpRequest, seen: Seen, one: Slot, *, where: WhereForm | None = None, held: HeldForm | None = None
) -> HttpResponse:
    page = page_of(board_of(seen), one)
    forms = {
        "where": where or WhereForm(initial={"starts": one.starts, "room": one.room}) if page.changes else None,
        "held": held or HeldForm(initial=page.noted) if page.notes else None,
    }
    wrong = any(form.errors for form in forms.values() if form)
    values = {"visit": seen.visit, "page": page, "faults_shown": wrong, **forms}
    return render(request, "timetable/slot.html", values, status=422 if wrong else 200)
