"""The findings by theme, one figure opened to its cases, the chart of a theme, and the inspection before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caselight.procedures.findings import findings
from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import not_found
from caselight.store.reports.sheets import sheets_of
from caselight.web.design import tables
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.findings import before, drawing, lines
from caselight.web.findings.cases import cases_behind, counts
from caselight.web.findings.feedback import examined

READ = Permission.FIGURES_READ


@require_GET
@inspection_page(READ)
def findings_page(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Every figure with its base, by theme or lowest first, of all cases or of some."""
    found = findings(visit.key)
    view = lines.view_of(request.GET, found)
    drawn = lines.lines(visit.key, found, view)
    table = lines.table(drawn, words(visit))
    if (file := tables.download(request, table)) is not None:
        return file
    themes = {theme.title.in_(found.language): theme.id for theme in found.package.framework.themes}
    values = {
        "visit": visit, "view": view, "table": table, "said": words(visit), "chosen": lines.chosen_words(found, view),
        "groups": [(title, themes.get(title, ""), group) for title, group in lines.grouped(drawn)], "lines": drawn,
        "filters": lines.filters(found, view), "writes": visit.may(Permission.LETTER_WRITE),
        "begun": examined(found)[0], "cases": examined(found)[1], "agreed": len(found.agreed_cases),
        "sheets": bool(sheets_of(visit.key)),
    }  # fmt: skip
    return render(request, "findings/findings.html", values)


@require_GET
@inspection_page(READ)
def figure_page(request: HttpRequest, visit: InspectionVisit, figure: str) -> HttpResponse:
    """One figure with its cases, their reasons and evidence, as far as the visitor may see them."""
    found = findings(visit.key)
    view = lines.view_of(request.GET, found)
    one = found.shares(agreed=view.agreed, where=view.where).get(figure)
    if one is None:
        not_found()
    stands, agreed = (found.shares(agreed=each, where=view.where).get(figure) for each in (False, True))
    values = {
        "visit": visit, "figure": one, "view": view, "stands": lines.base(stands), "agreed": lines.base(agreed),
        "percent": lines.percent(one), "range": lines.range_of(one), "small": 0 < one.relevant < lines.LEAST,
        "counts": list(counts(one)), "cases": cases_behind(visit, found, one),
        "chosen": lines.chosen_words(found, view), "moderates": visit.may(Permission.ANSWER_MODERATE),
    }  # fmt: skip
    return render(request, "findings/figure.html", values)


@require_GET
@inspection_page(READ)
def chart_page(request: HttpRequest, visit: InspectionVisit, theme: str) -> HttpResponse:
    """The chart of one theme beside the same as a table."""
    found = findings(visit.key)
    title = next((one.title.in_(found.language) for one in found.package.framework.themes if one.id == theme), None)
    view = lines.view_of(request.GET, found)
    figures = found.shares(agreed=view.agreed, where=view.where).values()
    rows = drawing.rows_of(one for one in figures if one.theme == theme and not (view.where and one.kind == "people"))
    if title is None or not rows:
        not_found()
    values = {
        "visit": visit, "view": view, "title": title, "svg": drawing.chart(title, rows), "says": drawing.said(rows),
        "table": drawing.table(title, rows), "chosen": lines.chosen_words(found, view),
    }  # fmt: skip
    return render(request, "findings/chart.html", values)


@require_GET
@inspection_page(READ)
def comparison(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """These figures beside those of an earlier inspection of the same service."""
    others = before.others(visit)
    chosen = next((one for one in others if one.key == request.GET.get("with", "")), None)
    held = before.beside(visit, chosen) if chosen else None
    file = tables.download(request, held.table) if held else None
    values = {"visit": visit, "others": others, "chosen": chosen, "held": held, "said": words(visit)}
    return file or render(request, "findings/before.html", values)
