"""Requests to the service: the list, one of them with its history and next steps, new ones."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caselight.method.inspection.requests import Usual, usual_requests, wanted_on
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import not_found
from caselight.store.inspections.asking import Ask, Taken, ask, take_step
from caselight.store.inspections.requests import Request, Step, requests_for
from caselight.store.inspections.team import staff_of
from caselight.web.design import tables
from caselight.web.design.forms import Form, once, sent
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.planning import requests as shown
from caselight.web.planning.forms_requests import STEPS, AskForm, UsualForm

SAID = {
    Step.RECEIVED: "It is noted as provided.",
    Step.ACCEPTED: "It is accepted.",
    Step.RETURNED: "It is sent back to the service.",
    Step.CHANGED: "The change is saved.",
    Step.WITHDRAWN: "The request is withdrawn.",
}
FOLDED = (Step.CHANGED, Step.WITHDRAWN)


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def requests(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Every request that the person may read."""
    table = shown.request_table(visit)
    values = {"visit": visit, "table": table, "asks": visit.may(Permission.REQUEST_ASK), "left": _left(visit)}
    return tables.download(request, table) or render(request, "planning/requests.html", values)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.REQUEST_ASK)
def new(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """One more request."""
    cases = [(one.key, one.label or one.key) for one in subjects_of(visit.key) if one.kind == "case"]
    form = AskForm(staff_of(visit.key).items(), cases, sent(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wanted = Ask(typed["request"], typed["what"], typed["due"], typed["worker"], typed.get("case", ""))
        with form.refusing({"store.request-words": "what"}):
            ask(by=visit.user, inspection=visit.key, wanted=[wanted], at=visit.at)
            messages.success(request, "The service is asked for it.")
            return redirect("planning:requests", key=visit.key)
    return render(request, "planning/ask.html", {"visit": visit, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.REQUEST_ASK)
def usual(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Some of the usual list at once."""
    listed = _left(visit) if request.method == "GET" else _listed(visit)  # sent twice is understood twice
    form = UsualForm([(value, f"{one.what} ({_until(visit, one)})") for value, one in listed], sent(request))
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            return redirect(once(visit, form, lambda: _asked(request, visit, form)))
    return render(request, "planning/usual.html", {"visit": visit, "form": form}, status=422 if form.errors else 200)


def _left(visit: InspectionVisit) -> list[tuple[str, Usual]]:
    """What of the usual list was never asked in the same words, by its number."""
    there = {one.what for one in requests_for(visit.access)}
    return [(value, one) for value, one in _listed(visit) if one.what not in there]


def _listed(visit: InspectionVisit) -> list[tuple[str, Usual]]:
    return [(str(n), one) for n, one in enumerate(usual_requests(visit.access.kind), 1)]


def _until(visit: InspectionVisit, one: Usual) -> str:
    return f"by {tables.text(wanted_on(one, visit.inspection.definition.dates))}"


def _asked(request: HttpRequest, visit: InspectionVisit, form: UsualForm) -> str:
    known, dates = dict(_left(visit)), visit.inspection.definition.dates
    chosen = [known[value] for value in form.cleaned_data["wanted"] if value in known]
    wanted = [Ask(secrets.token_hex(16), one.what, wanted_on(one, dates)) for one in chosen]
    n = ask(by=visit.user, inspection=visit.key, wanted=wanted, at=visit.at)
    messages.success(request, f"The service is asked for {n} thing{'s' * (n != 1)}.")
    return reverse("planning:requests", kwargs={"key": visit.key})


@require_GET
@inspection_page(Permission.TIMETABLE_READ, some=True)
def one(request: HttpRequest, visit: InspectionVisit, asked: str) -> HttpResponse:
    """One request with its history."""
    return _shown(request, visit, _found(visit, asked))


@require_POST
@inspection_page(Permission.TIMETABLE_WRITE)
def step(request: HttpRequest, visit: InspectionVisit, asked: str) -> HttpResponse:
    """A request goes a step further; whoever may not take that one finds no form for it."""
    there = _found(visit, asked)
    wanted = next((one for one in shown.offered(visit, there) if one == request.POST.get("step")), None)
    if wanted is None:
        messages.error(request, "Nothing was changed: the request had gone further meanwhile. This is how it stands.")
        return redirect("planning:request", key=visit.key, asked=asked)
    form = STEPS[wanted](request.POST, prefix=wanted)
    if form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if value}
        with form.refusing({"store.request-words": "words"}):
            take_step(by=visit.user, inspection=visit.key, request=asked, taken=Taken(wanted, **typed), at=visit.at)
            messages.success(request, SAID[wanted])
            return redirect("planning:requests", key=visit.key)
    return _shown(request, visit, there, (wanted, form))


def _found(visit: InspectionVisit, asked: str) -> Request:
    there = next((one for one in requests_for(visit.access) if one.key == asked), None)
    if there is None:
        not_found()
    return there


def _shown(
    request: HttpRequest, visit: InspectionVisit, there: Request, wrong: tuple[Step, Form] | None = None
) -> HttpResponse:
    before = {"words": there.what, "due": there.due}
    forms = [
        (step, wrong[1] if wrong and wrong[0] is step else STEPS[step](prefix=step, initial=before if step is Step.CHANGED else {}),
         step in FOLDED)
        for step in shown.offered(visit, there)
    ]  # fmt: skip
    values = {
        "visit": visit, "one": there, "state": shown.state_of(there, visit.at.date()), "facts": shown.facts(visit, there),
        "lines": shown.history(there), "forms": forms, "form": wrong[1] if wrong else None,
    }  # fmt: skip
    return render(request, "planning/request.html", values, status=422 if wrong else 200)
