"""The feedback sheet: chosen from suggestions, put into one's own words, shown as one page to print and to speak."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from caselight.procedures.findings import findings
from caselight.store.accounts.permissions import Permission
from caselight.store.reports.sheets import LONGEST, SheetText, save_sheet, sheets_of
from caselight.web.design.forms import Form
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.findings.feedback import WANTED, Suggestion, first_text, least, suggestions

SIDES = ("strengths", "areas")


class Choice(Form):
    """Which figures the sheet speaks of."""

    strengths = forms.MultipleChoiceField(label="Strengths", widget=forms.CheckboxSelectMultiple, required=False)
    areas = forms.MultipleChoiceField(label="Areas to work on", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, offered: tuple[list[Suggestion], list[Suggestion]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.offered = dict(zip(SIDES, offered, strict=True))
        for side, items in self.offered.items():
            field: Any = self.fields[side]
            field.choices = [(one.key, f"{one.label[:1].upper()}{one.label[1:]}: {one.stands}") for one in items]
            field.initial = [one.key for one in items[:WANTED]]

    def clean(self) -> dict[str, Any]:
        """At least one, and on either side no more than are spoken in a minute."""
        found: dict[str, Any] = super().clean() or {}
        for side in SIDES:
            if len(found.get(side) or ()) > WANTED:
                self.add_error(side, "Select at most three")
        if not self.errors and not any(found.get(side) for side in SIDES):
            self.add_error("strengths", "Select what was good, or what was not")
        return found

    def picked(self, side: str) -> list[Suggestion]:
        """What was chosen on one side, in the order offered."""
        return [one for one in self.offered[side] if one.key in self.cleaned_data[side]]


class Text(Form):
    """The sheet in the lead's own words: one box for each point; an empty one is left out."""

    opening = forms.CharField(label="How you begin", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    closing = forms.CharField(label="How you end", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, sheet: SheetText, **named: Any) -> None:
        super().__init__(*args, **named)
        self.sheet = sheet
        for side, label in zip(SIDES, ("Strength", "Area"), strict=True):
            for n in range(WANTED):
                widget = forms.Textarea(attrs={"rows": 2})
                self.fields[f"{side}-{n}"] = forms.CharField(label=f"{label} {n + 1}", widget=widget, required=False)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.max_length = LONGEST

    def points(self, side: str) -> list[Any]:
        """The boxes of one side."""
        return [self[f"{side}-{n}"] for n in range(WANTED)]

    def text(self) -> SheetText:
        """The sheet as it was typed; a point keeps the figure that it came from."""
        said = {name: str(value or "").replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()}
        sides = []
        for side in SIDES:
            keys = [key for key, _ in getattr(self.sheet, side)]
            keys += [""] * (WANTED - len(keys))
            sides.append(tuple((keys[n], said[f"{side}-{n}"]) for n in range(WANTED) if said[f"{side}-{n}"]))
        return SheetText(said["opening"], sides[0], sides[1], said["closing"])


@require_GET
@inspection_page(Permission.FIGURES_READ)
def sheet(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The newest sheet as one page, or an earlier one that the address names."""
    kept = sheets_of(visit.key)
    n = request.GET.get("n", "")
    shown = next((one for one in kept if str(one.n) == n), None) if n else next(iter(kept), None)
    if n and shown is None:
        raise Http404
    writes = visit.may(Permission.LETTER_WRITE)
    values = {"visit": visit, "sheet": shown, "kept": kept, "writes": writes, "said": words(visit)}
    return render(request, "findings/sheet.html", values)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.LETTER_WRITE)
def choose(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Choose what the sheet speaks of; the strongest and the weakest are chosen beforehand."""
    found = findings(visit.key)
    form = Choice(request.POST if request.method == "POST" else None, offered=suggestions(found))
    if request.method == "POST" and form.is_valid():
        text = first_text(found, words(visit), form.picked("strengths"), form.picked("areas"))
        with form.refusing():
            newest = next(iter(sheets_of(visit.key)), None)
            save_sheet(
                by=visit.user, inspection=visit.key, sheet=text, base=newest.n if newest else 0, at=visit.at
            )  # fmt: skip
            messages.success(request, "The sheet is made. Put it into your own words.")
            return redirect("findings:edit", visit.key)
    values = {"visit": visit, "form": form, "said": words(visit), "least": least(found)}
    return render(request, "findings/choose.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@inspection_page(Permission.LETTER_WRITE)
def edit(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """Change the words of the sheet."""
    newest = next(iter(sheets_of(visit.key)), None)
    if newest is None:
        return redirect("findings:choose", visit.key)
    form = Text(
        request.POST if request.method == "POST" else None, sheet=newest.says, initial=_initial(newest.n, newest.says)
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing({"store.sheet-empty": "strengths-0"}):
            save_sheet(
                by=visit.user, inspection=visit.key, sheet=form.text(), base=form.cleaned_data["base"], at=visit.at
            )  # fmt: skip
            messages.success(request, "Saved.")
            return redirect("findings:sheet", visit.key)
    sides = [("Strengths", form.points("strengths")), ("Areas to work on", form.points("areas"))]
    values = {"visit": visit, "form": form, "sides": sides}
    return render(request, "findings/edit.html", values, status=422 if form.errors else 200)


def _initial(n: int, text: SheetText) -> dict[str, Any]:
    points = {f"{side}-{at}": says for side in SIDES for at, (_, says) in enumerate(getattr(text, side))}
    return {"base": n, "opening": text.opening, "closing": text.closing, **points}
