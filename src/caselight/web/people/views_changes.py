"""What an administrator does to an account: each change is asked about first, and refused in plain words."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.correcting import correct_person
from caselight.store.inspections.access import not_found
from caselight.web.design.forms import sent
from caselight.web.design.visits import Visit, visitor
from caselight.web.people.changes import CHANGES
from caselight.web.people.forms import NameForm
from caselight.web.people.reach import managed


@require_http_methods(["GET", "POST"])
@visitor
def change(request: HttpRequest, visit: Visit, user: str, what: str) -> HttpResponse:
    """One of the changes; it is done where it was confirmed."""
    one, asked = managed(visit, user), CHANGES.get(what)
    if asked is None:
        not_found()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            asked.do(visit.user, one.key, visit.at)
        except Faults as refused:
            faults = tuple(refused.faults)
        else:
            messages.success(request, asked.done)
            return redirect("home:today") if one.key == visit.user else redirect("people:person", user=one.key)
    title = asked.title.format(name=one.name)
    values = {
        "visit": visit,
        "one": one,
        "asked": asked,
        "title": title,
        "faults": faults,
        "faults_shown": bool(faults),
    }
    return render(request, "people/change.html", values, status=422 if faults else 200)


@require_http_methods(["GET", "POST"])
@visitor
def rename(request: HttpRequest, visit: Visit, user: str) -> HttpResponse:
    """Another name or address."""
    one = managed(visit, user)
    form = NameForm(sent(request), initial={"name": one.name, "email": one.email})
    if request.method == "POST" and form.is_valid() and _renamed(visit, one.key, form):
        if one.key == visit.user:
            visit.person.refresh_from_db()
            update_session_auth_hash(request, visit.person)
        messages.success(request, "It is corrected.")
        return redirect("people:person", user=one.key)
    values = {"visit": visit, "one": one, "form": form}
    return render(request, "people/rename.html", values, status=422 if form.errors else 200)


def _renamed(visit: Visit, user: str, form: NameForm) -> bool:
    typed = form.cleaned_data
    try:
        correct_person(by=visit.user, user=user, name=typed["name"], email=typed["email"], at=visit.at)
    except Faults as refused:
        form.refuse(refused.faults)
        return False
    return True
