"""The timetable: planned in a grid, or read; what is ticked is put into a cell or taken off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.store.accounts.permissions import Permission
from caselight.store.samples.timetable.placing import put_slots, take_off
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.timetable.board import Board, board_of
from caselight.web.timetable.forms import TRAY, PutForm
from caselight.web.timetable.listing import slot_table
from caselight.web.timetable.publications import news_of
from caselight.web.timetable.seeing import seen_by
from caselight.web.timetable.wording import cell_of, half_words


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def timetable(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The grid with what is not placed, for whoever plans; what was published, for everybody else."""
    board = board_of(seen_by(visit))
    return tables.download(request, slot_table(board)) or _page(request, board, PutForm())


@require_POST
@inspection_page(Permission.TIMETABLE_WRITE)
def put(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What is ticked goes into the cell of the button that was pressed, or off the timetable."""
    board = board_of(seen_by(visit))
    form = PutForm(request.POST)
    if form.is_valid():
        with form.refusing({"timetable.day": "what", "timetable.not-inspector": "what"}):
            messages.success(request, _put(board, form))
            return redirect("timetable:timetable", key=visit.key)
    return _page(request, board, form)


def _put(board: Board, form: PutForm) -> str:
    """Do it, and say what was done."""
    visit, chosen = board.seen.visit, form.chosen
    place = cell_of(form.cleaned_data["to"])
    if place is None or form.cleaned_data["to"] == TRAY:
        off = take_off(by=visit.user, inspection=visit.key, slots=chosen.slots, at=visit.at)
        return f"{_count(len(off))} taken off. They wait to be placed again."
    put_slots(by=visit.user, inspection=visit.key, chosen=chosen, place=place, days=board.days, at=visit.at)
    what = _count(len(chosen.subjects) + len(chosen.slots))
    return f"{what} put to {dict(board.people).get(place.user, '')}, {half_words(place.day, place.half)}."


def _count(n: int) -> str:
    return f"{n} slot{'s' * (n != 1)}"


def _page(request: HttpRequest, board: Board, form: PutForm) -> HttpResponse:
    seen = board.seen
    values = {
        "visit": seen.visit, "said": board.said, "board": board, "form": form, "table": slot_table(board),
        "news": news_of(seen), "ticked": form.ticked, "first": next(iter(board.choices), ""),
        "publishes": seen.visit.may(Permission.TIMETABLE_PUBLISH),
    }  # fmt: skip
    return render(request, "timetable/timetable.html", values, status=422 if form.errors else 200)
