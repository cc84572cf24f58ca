"""Publication by two persons: one proposes what is to be published, another approves it or sends it back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.procedures import releasing as procedure
from caselight.procedures.naming import refuse_names
from caselight.store.accounts.permissions import Permission
from caselight.store.accounts.queries import recently_proved
from caselight.store.inspections.models import Kind
from caselight.store.reports import releasing as store
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.cases import by_label
from caselight.web.letter.forms import ReturnForm
from caselight.web.letter.languages import address
from caselight.web.letter.mending import mending, together
from caselight.web.letter.parcels import parcels
from caselight.web.letter.places import places
from caselight.web.letter.releasing import publication

PROOF = "account_authentication_methods"  # in the session: how and when somebody proved who they are


@require_GET
@inspection_page(Permission.PUBLICATION_READ)
def release(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """What would be published and what stands against it; or what was, and by whom."""
    return _page(request, visit)


@require_POST
@inspection_page(Permission.PUBLICATION_PROPOSE)
def propose(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Propose it as it stands."""
    done = "Proposed for publication. A publisher finds it on their page of today."
    return _taken(request, visit, lambda: procedure.propose(visit.key, by=visit.user, at=visit.at), done)


@require_POST
@inspection_page(Permission.PUBLICATION_PROPOSE)
def withdraw(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Take the proposal back."""
    n = _number(request)
    step = lambda: store.withdraw(by=visit.user, inspection=visit.key, proposal=n, at=visit.at)  # noqa: E731
    return _taken(request, visit, step, "The proposal is withdrawn.")


@require_POST
@inspection_page(Permission.PUBLICATION_APPROVE)
def approve(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Publish what was proposed, by somebody who proved in the last five minutes who they are; else they are asked first."""
    if not recently_proved(request.session.get(PROOF), visit.at):
        messages.info(request, "Prove once more who you are, then publish.")
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': _address(visit)})}")
    alone = visit.access.kind is Kind.LOCAL_AUDIT and not _number(request)
    done = f"The {words(visit).letter} is published."
    return _taken(request, visit, lambda: _publish(visit, _number(request), alone=alone), done)


@require_POST
@inspection_page(Permission.PUBLICATION_APPROVE)
def send_back(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Send the proposal back with the reason."""
    form, n = ReturnForm(request.POST), _number(request)
    if form.is_valid():
        with form.refusing({"letter.known-name": "reason", "store.no-reason": "reason"}):
            refuse_names(visit.key, [form.why], by=visit.user, at=visit.at)
            store.send_back(by=visit.user, inspection=visit.key, proposal=n, reason=form.why, at=visit.at)
            messages.success(request, "It is sent back with your reason.")
            return redirect(_address(visit))
    return _page(request, visit, form=form)


def _publish(visit: InspectionVisit, n: int, *, alone: bool) -> None:
    if alone:
        procedure.publish_alone(visit.key, by=visit.user, at=visit.at)
    else:
        procedure.approve(visit.key, n, by=visit.user, at=visit.at)


def _taken(request: HttpRequest, visit: InspectionVisit, step: Callable[[], object], done: str) -> HttpResponse:
    try:
        step()
    except Faults as refused:
        return _page(request, visit, refused=refused.faults)
    messages.success(request, done)
    return redirect(_address(visit))


def _number(request: HttpRequest) -> int:
    """The proposal that the page showed; nought for none."""
    n = request.POST.get("proposal", "")
    return int(n) if n.isdecimal() and len(n) < 9 else 0


def _address(visit: InspectionVisit) -> str:
    return reverse("letter:release", kwargs={"key": visit.key})


def _page(
    request: HttpRequest, visit: InspectionVisit, *, form: ReturnForm | None = None, refused: tuple[Fault, ...] = ()
) -> HttpResponse:
    language = visit.inspection.definition.languages[0]
    found = mending(refused, "")
    context = {
        "visit": visit, "said": words(visit), "places": places(visit, "letter:release", language),
        "page": publication(visit, language), "form": form or ReturnForm(), "files": address(visit, "letter:files", language),
        "text": address(visit, "letter:letter", language), "proposes": visit.may(Permission.PUBLICATION_PROPOSE),
        "approves": visit.may(Permission.PUBLICATION_APPROVE), "faults_shown": bool(refused or form),
        "refused": by_label(visit.key, together((*found.errors, *found.warnings, *found.hints))),
        "stopped": [says for one in parcels(visit.key, visit.at) if one.kind == "open" for says in one.against],
    }  # fmt: skip
    return render(request, "letter/release.html", context, status=422 if refused or form else 200)
