"""Whom of the service to turn to; and the announcement, as text to copy and as it was sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.store.inspections.announcing import announcements_of, note_announcement
from caselight.store.inspections.contacts import NAMES, Contact, contacts_of, keep_contact, remove_contact
from caselight.web.design.forms import sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.planning.announcing import announcement
from caselight.web.planning.forms_requests import AnnouncementForm, ContactForm


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.TIMETABLE_WRITE)
def contact(request: HttpRequest, visit: InspectionVisit, who: str = "") -> HttpResponse:
    """Somebody new, or what is right about somebody who is listed."""
    there = _found(visit, who) if who else None
    before = {"contact": there.key, **dict(zip(NAMES, there.parts, strict=True))} if there else None
    form = ContactForm(sent(request), initial=before)
    if request.method == "POST" and form.is_valid():
        typed = {**form.cleaned_data, "key": who or form.cleaned_data["contact"]}
        typed.pop("contact")
        with form.refusing():
            keep_contact(by=visit.user, inspection=visit.key, contact=Contact(**typed), at=visit.at)
            messages.success(request, f"{typed['name']} is on the list.")
            return redirect("planning:inspection", key=visit.key)
    values = {"visit": visit, "form": form, "there": there}
    return render(request, "planning/contact.html", values, status=422 if form.errors else 200)


@require_POST
@inspection_page(Permission.TIMETABLE_WRITE)
def remove(request: HttpRequest, visit: InspectionVisit, who: str) -> HttpResponse:
    """Somebody is taken off the list."""
    there = _found(visit, who)
    remove_contact(by=visit.user, inspection=visit.key, contact=who, at=visit.at)
    messages.success(request, f"{there.name} is off the list.")
    return redirect("planning:inspection", key=visit.key)


def _found(visit: InspectionVisit, who: str) -> Contact:
    there = next((one for one in contacts_of(visit.key) if one.key == who), None)
    if there is None:
        not_found()
    return there


@require_GET
@inspection_page(Permission.TIMETABLE_READ)
def announced(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The announcement as it was sent; for whoever makes it, its words to copy."""
    return _shown(request, visit, AnnouncementForm(initial={"words": announcement(visit), "sent_on": visit.at.date()}))


@require_POST
@inspection_page(Permission.REQUEST_ASK)
def announce(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Note that it was sent."""
    form = AnnouncementForm(request.POST)
    if form.is_valid():
        with form.refusing():
            note_announcement(by=visit.user, inspection=visit.key, at=visit.at, **form.cleaned_data)
            messages.success(request, f"It is noted that the {words(visit).inspection} is announced.")
            return redirect("planning:inspection", key=visit.key)
    return _shown(request, visit, form)


def _shown(request: HttpRequest, visit: InspectionVisit, form: AnnouncementForm) -> HttpResponse:
    sent_ones = announcements_of(visit.key)
    values: dict[str, Any] = {
        "visit": visit, "said": words(visit), "form": form if visit.may(Permission.REQUEST_ASK) else None,
        "sent": sent_ones, "who": names_of(one.by for one in sent_ones),
    }  # fmt: skip
    return render(request, "planning/announcement.html", values, status=422 if form.errors else 200)
