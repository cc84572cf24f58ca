"""What the gallery shows: a value for every component, in every state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from caselight.web.design.controls import Choice
from caselight.web.design.forms import DayField, Form
from caselight.web.design.tables import Column, Link, Table, Tag

YES_NO = (("yes", "Yes"), ("no", "No"))
WHY = mark_safe(  # a constant
    '<label class="govuk-label" for="why">Why not?</label><input class="govuk-input" id="why" name="why">'
)
DUE = (
    Choice("not-due", "Not due"),
    Choice("sufficient", "Due and sufficient", "The review was made in time and was good enough."),
    Choice("not-sufficient", "Due, not sufficient", reveals=WHY),
    Choice("", divider="or"),
    Choice("not-relevant", "Not relevant"),
)
REASONS = (
    Choice("late", "Late"),
    Choice("partner", "A partner was not asked"),
    Choice("", divider="or"),
    Choice("none", "None of these", exclusive=True),
)
COLOURS = ("", "grey", "green", "teal", "blue", "light-blue", "purple", "magenta", "red", "orange", "yellow")
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 70" width="400" height="70" role="img">'
    "<title>Assessment: 28 of 31, planning: 19 of 31</title>"
    '<g fill="#00505e"><rect x="110" y="8" width="253" height="20"/><rect x="110" y="40" width="172" height="20"/></g>'
    '<g font-size="14"><text x="0" y="23">Assessment</text><text x="0" y="55">Planning</text>'
    '<text x="369" y="23">28</text><text x="288" y="55">19</text></g></svg>'
)


class Example(Form):
    """A field of each kind."""

    title = forms.CharField(label="Title", help_text="As it stands on the letter.", max_length=100)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    grade = forms.ChoiceField(label="Grade", widget=forms.RadioSelect, choices=YES_NO)
    themes = forms.MultipleChoiceField(
        label="Themes", widget=forms.CheckboxSelectMultiple, choices=(("a", "Assessment"), ("p", "Planning"))
    )
    lead = forms.ChoiceField(label="Who leads", choices=(("", "Choose somebody"), ("ll", "Leila Lead")))
    starts = DayField(label="Start of the fieldwork", help_text="For example, 27 3 2027.")
    cases = forms.IntegerField(label="Number of cases", min_value=1)
    file = forms.FileField(label="Case list", help_text="CSV, Excel or OpenDocument, up to 5 MB.")
    sure = forms.BooleanField(
        label="I have told the service", error_messages={"required": "Tick when you have told it."}
    )


def table() -> Table:
    """Some made-up cases."""
    rows = [
        {
            "case": Link(f"Case {number}", f"#case-{number}"),
            "age": 12 + number % 6,
            "worker": f"Worker {number % 3 + 1}",
            "seen": date(2027, 3, number),
            "state": Tag("Complete", "green") if number % 2 else Tag("Begun", "blue"),
        }
        for number in range(1, 12)
    ]
    columns = (
        Column("case", "Case", "link"),
        Column("age", "Age", "number"),
        Column("worker", "Case manager"),
        Column("seen", "Last seen", "date"),
        Column("state", "State", "tag"),
    )
    return Table("Cases of the sample", columns, rows, name="cases")


def figures() -> Table:
    """What the chart shows."""
    rows = [{"theme": "Assessment", "good": "28 of 31"}, {"theme": "Planning", "good": "19 of 31"}]
    return Table("Good enough, by theme", (Column("theme", "Theme"), Column("good", "Good enough")), rows, "themes-chart",
                 tools=False, size="s")  # fmt: skip


def showing(sent: QueryDict | None) -> Mapping[str, Any]:
    """The context of the gallery; what was sent is looked at and never kept."""
    return {
        "form": Example(sent, {} if sent is not None else None),
        "table": table(),
        "empty": Table("Removed from the sample", (Column("case", "Case"),), [], "removed", "Nothing was removed.", tools=False),
        "chart": CHART,
        "figures": figures(),
        "yes_no": YES_NO,
        "due": DUE,
        "reasons": REASONS,
        "colours": COLOURS,
        "crumbs": (("Inspections", "/"), ("Testshire", "#")),
        "languages": (("en", "English", "?lang=en"), ("cy", "Cymraeg", "?lang=cy")),
        "facts": (("Service", "Testshire", "#service"), ("Fieldwork", "2 to 6 March 2027"), ("Size", "34 + 6", ("#size", "See why"))),
        "tasks": (
            {"title": "Announcement", "href": "#announcement", "status": "Done"},
            {"title": "Case list", "href": "#case-list", "hint": "116 rows, 92 eligible", "status": "3 to fix", "colour": "orange"},
            {"title": "Sample", "status": "Cannot start yet"},
        ),
        "sections": (("What counts as sufficient", format_html('<p class="govuk-body">{}</p>', "The plan names who does what, and by when.")),
                     ("What does not", format_html('<p class="govuk-body">{}</p>', "A plan that nobody has shared.")),),
    }  # fmt: skip
