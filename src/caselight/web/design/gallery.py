"""What the gallery shows: a value for every component."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from caselight.web.design.forms import DayField, Form
from caselight.web.design.tables import Column, Link, Table, Tag

YES_NO = (("yes", "Yes"), ("no", "No"))


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
    """Five made-up cases."""
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


def showing(sent: QueryDict | None) -> Mapping[str, Any]:
    """The context of the gallery."""
    return {"form": Example(sent, {} if sent is not None else None), "table": table(), "yes_no": YES_NO}
