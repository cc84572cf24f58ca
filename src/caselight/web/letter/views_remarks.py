"""Suggestions of the team and comments of others about the letter, and what is decided about each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caselight.procedures.naming import refuse_names
from caselight.store.accounts.permissions import Permission
from caselight.store.reports import remarks as store
from caselight.store.reports.queries import newest_of
from caselight.web.design.forms import once
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.forms import RemarkForm, SettleForm
from caselight.web.letter.languages import address, language_of, languages
from caselight.web.letter.places import places


@require_GET
@inspection_page(Permission.LETTER_READ)
def remarks(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Everything that was said about the letter."""
    return _page(request, visit, language_of(visit, request.GET))


@require_POST
@inspection_page(Permission.LETTER_SUGGEST)
def suggest(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Suggest a change, as one of the team."""
    return _said(request, visit, "suggestion")


@require_POST
@inspection_page(Permission.LETTER_COMMENT)
def comment(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Comment, as the service or for quality."""
    return _said(request, visit, "comment")


@require_POST
@inspection_page(Permission.LETTER_WRITE)
def settle(request: HttpRequest, visit: InspectionVisit, n: int) -> HttpResponse:
    """Decide about a remark."""
    form, language = SettleForm(request.POST, prefix=f"r{n}"), language_of(visit, request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        with form.refusing({"store.no-reason": "reason"}):
            store.decide_remark(
                by=visit.user,
                inspection=visit.key,
                n=n,
                decision=typed["decision"],
                reason=typed["reason"],
                at=visit.at,
            )
            messages.success(request, "The decision is recorded.")
            return redirect(address(visit, "letter:remarks", language))
    return _page(request, visit, language, settled=(n, form))


def _said(request: HttpRequest, visit: InspectionVisit, kind: str) -> HttpResponse:
    form, language = RemarkForm(request.POST), language_of(visit, request.POST)
    about = (language, newest_of(visit.key, language)[0])

    def make() -> str:
        said = form.words
        refuse_names(visit.key, (said.place, said.says, said.instead, said.evidence), by=visit.user, at=visit.at)
        store.remark(by=visit.user, inspection=visit.key, kind=kind, about=about, words=said, at=visit.at)
        messages.success(request, f"Your {kind} is sent to whoever writes the {words(visit).letter}.")
        return address(visit, "letter:remarks", language)

    if form.is_valid():
        with form.refusing():
            return redirect(once(visit, form, make))
    return _page(request, visit, language, form=form)


def _page(
    request: HttpRequest,
    visit: InspectionVisit,
    language: str,
    form: RemarkForm | None = None,
    settled: tuple[int, SettleForm] | None = None,
) -> HttpResponse:
    writes = visit.may(Permission.LETTER_WRITE)
    ways = {"letter:suggest": Permission.LETTER_SUGGEST, "letter:comment": Permission.LETTER_COMMENT}
    send = next((name for name, needs in ways.items() if visit.may(needs)), "")
    said = store.remarks_of(visit.key)
    forms = {one.n: SettleForm(prefix=f"r{one.n}") for one in said if writes} | dict([settled] if settled else [])
    context = {
        "visit": visit,
        "said": words(visit),
        "language": language,
        "languages": languages(visit, "letter:remarks"),
        "places": places(visit, "letter:remarks", language),
        "remarks": [(one, forms.get(one.n)) for one in said],
        "form": form or (RemarkForm() if send else None),
        "send": send,
        "errors_of": settled[1] if settled else form,
        "faults_shown": bool(settled or form),
    }
    return render(request, "letter/remarks.html", context, status=422 if form or settled else 200)
