"""What is said about a file: the file itself, its heading, its columns, its rows, and how each fault is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from caselight.method.framework.definition import Framework
from caselight.procedures.case_lists.preparing import CLOSED, DATES, ONE_ROW, Preparing, cell, letters
from caselight.procedures.case_lists.targets import FAMILY, GIVEN, LOCAL_ID, NAME, WHO, target_choices
from caselight.store.caseloads.corrections import LONGEST, WHY
from caselight.web.design.forms import Form

SAMPLES = 3  # values of a column that are shown
ROWS = 12  # rows of a file that may be its heading


class UploadForm(Form):
    """The file."""

    file = forms.FileField(
        label="Case list", max_length=200, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        help_text="An Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV, up to 10 MB",
        error_messages={"required": "Select the file of the case list."},
    )  # fmt: skip


class HeadingForm(Form):
    """Which table, and which row of it is the heading."""

    sheet = forms.ChoiceField(label="Sheet", required=False)
    heading = forms.TypedChoiceField(
        coerce=int, label="Which row is the heading?", widget=forms.RadioSelect,
        error_messages={"required": "Select the row that is the heading."},
    )  # fmt: skip

    def __init__(self, preparing: Preparing, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self.fields["sheet"], [(place, one.name or "The file") for place, one in enumerate(preparing.sheets)])
        _offer(
            self.fields["heading"],
            [(place, f"Row {place + 1}: {_begin(row)}") for place, row in enumerate(preparing.rows[:ROWS]) if any(row)],
        )


class ColumnsForm(Form):
    """What each column is."""

    source = forms.CharField(
        label="What do you call this kind of file?", max_length=100,
        help_text="For example the name of the system that it comes from. What you choose here is remembered under it.",
        error_messages={"required": "Enter a name for this kind of file."},
    )  # fmt: skip

    def __init__(self, preparing: Preparing, framework: Framework, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.framework = framework
        choices = target_choices(framework)
        for place, heading in enumerate(preparing.headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=f"{letters(place)}: {heading}",
                help_text=_samples(preparing, place),
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The selects, in the order of the file."""
        return [self[name] for name in self.fields if name.startswith("c")]

    def clean(self) -> dict[str, Any]:
        """A thing is one column at most; what decides eligibility, and who the child is, must be there."""
        typed: dict[str, Any] = super().clean() or {}
        chosen = {name: typed[name] for name in self.fields if name.startswith("c") and typed.get(name)}
        labels = dict(target_choices(self.framework))
        for name, target in chosen.items():
            if [*chosen.values()].count(target) > 1:
                self.add_error(
                    name, f"{labels[target]} is chosen for two columns: choose another thing for one of them."
                )
        start = self.framework.eligibility.start_fact if self.framework.eligibility else ""
        if start and start not in chosen.values():
            self.add_error(None, f"Select the column that is “{labels[start]}”: it decides which cases are eligible.")
        if not {LOCAL_ID, NAME, GIVEN, FAMILY} & set(chosen.values()):
            self.add_error(
                None, f"Select the column that is “{WHO[LOCAL_ID]}”, or “{WHO[NAME]}”, so that cases can be told apart."
            )
        return typed

    @property
    def columns(self) -> dict[int, str]:
        """What was chosen, by the place of the column."""
        found = {name: self.cleaned_data[name] for name in self.fields if name.startswith("c")}
        return {int(name[1:]): target for name, target in found.items() if target}


class RowsForm(Form):
    """What a row is, how days are written, and what to do with cases that look closed."""

    one_row = forms.ChoiceField(choices=[*ONE_ROW.items()], widget=forms.RadioSelect, label="What is one row?")
    dates = forms.ChoiceField(choices=[*DATES.items()], widget=forms.RadioSelect, label="How are days written?",
                              help_text="For days that are typed as text. Days of a spreadsheet are read as they are.")  # fmt: skip
    closed = forms.ChoiceField(choices=[*CLOSED.items()], widget=forms.RadioSelect, label="Cases that look closed")


class CorrectForm(Form):
    """A fact, what is right, and why."""

    fact = forms.ChoiceField(label="What is wrong?", error_messages={"required": "Select what is wrong."})
    value = forms.CharField(label="What is right?", required=False, max_length=LONGEST, strip=True)
    why = forms.ChoiceField(label="Why was it wrong?", widget=forms.RadioSelect, choices=[*WHY.items()],
                            error_messages={"required": "Select why it was wrong."})  # fmt: skip
    note = forms.CharField(label="Note (optional)", widget=forms.Textarea, required=False, max_length=LONGEST,
                           help_text="Kept sealed, and removed when the case is.")  # fmt: skip

    def __init__(self, facts: Iterable[tuple[str, str]], hints: Mapping[str, str], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self.fields["fact"], [("", "Select"), *facts])
        self.hints = hints


def _offer(field: forms.Field, choices: list[tuple[Any, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _begin(row: tuple[str, ...]) -> str:
    text = ", ".join(one for one in row if one)
    return text if len(text) <= 120 else f"{text[:117]}…"


def _samples(preparing: Preparing, place: int) -> str:
    found = dict.fromkeys(text for _, row in preparing.body if (text := cell(row, place)))
    return "; ".join(text[:30] for text in list(found)[:SAMPLES]) or "Empty"
