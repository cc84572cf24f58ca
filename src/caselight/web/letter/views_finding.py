"""Finding a figure or a quotation and putting it into the letter in the wording that holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.procedures.drafting import context_for
from caselight.procedures.lettering import letter_package
from caselight.store.accounts.permissions import Permission
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.letter.finding import found_figures, found_quotations
from caselight.web.letter.languages import address, language_of


@require_GET
@inspection_page(Permission.LETTER_WRITE)
def figures(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Figures by their key or the words of their question, each with the ways to say it."""
    language, query = language_of(visit, request.GET), request.GET.get("q", "")[:200]
    found = found_figures(context_for(letter_package(visit.key), language), query)
    return _page(request, visit, "figures", {"found": found, "query": query, "language": language})


@require_GET
@inspection_page(Permission.LETTER_WRITE)
def quotations(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Words quoted on cases, by the words or the name used in them."""
    language, query = language_of(visit, request.GET), request.GET.get("q", "")[:200]
    found = found_quotations(context_for(letter_package(visit.key), language), query)
    return _page(request, visit, "quotations", {"found": found, "query": query, "language": language})


def _page(request: HttpRequest, visit: InspectionVisit, name: str, context: dict[str, object]) -> HttpResponse:
    """A page of its own, or only its results where a script of the letter's page asks."""
    alone = request.headers.get("X-Requested-With") == "fetch"
    back = address(visit, "letter:letter", str(context["language"]))
    template = f"letter/{name}_found.html" if alone else f"letter/{name}.html"
    return render(request, template, {"visit": visit, "said": words(visit), "back": back, **context})
