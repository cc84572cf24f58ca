"""Two adopted versions held against each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.method.framework.differences import differences
from caselight.store.frameworks.adopted import adopted_frameworks
from caselight.store.frameworks.queries import framework_of
from caselight.web.design.visits import Visit, visitor
from caselight.web.frameworks.forms import CompareForm
from caselight.web.frameworks.telling import Comparison, comparison
from caselight.web.frameworks.views import demand_reading


@require_GET
@visitor
def compare(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose two; read what differs, and what can still be compared."""
    demand_reading(visit)
    versions = adopted_frameworks()
    asked = {name: request.GET[name] for name in ("before", "after") if name in request.GET}
    form = CompareForm(versions, request.GET if len(asked) > 1 else None, initial=asked)
    values = {"form": form, "few": len(versions) < 2, "compared": _compared(form)}
    return render(request, "frameworks/compare.html", values, status=422 if form.errors else 200)


def _compared(form: CompareForm) -> Comparison | None:
    """What differs, once two were chosen."""
    if not (form.is_bound and form.is_valid()):
        return None
    before, after = (framework_of(form.cleaned_data[name]) for name in ("before", "after"))
    return comparison(before, after, differences(before, after))
