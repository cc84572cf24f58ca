"""What is said of a sample: how many and why, why a case is removed, who examines which cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import Package
from caselight.store.samples.designs import LARGEST, LONGEST, Wish
from caselight.web.design.forms import Form

NOTE = 2_000


class WishForm(Form):
    """The size, where it is another than the design's, and the reserves."""

    size = forms.IntegerField(min_value=1, max_value=LARGEST, required=False, label="How many cases")
    because = forms.CharField(max_length=LONGEST, required=False, label="Why another size than the design gives?")
    reserves = forms.IntegerField(min_value=0, max_value=LARGEST, required=False, label="How many in reserve")
    strata = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False,
                                       label="Which groups should keep their share?")  # fmt: skip

    def __init__(self, package: Package, name: str, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if name:
            self.fields.pop("strata")
            return
        self.fields.pop("because")
        self.fields["size"].required = True
        self.fields["size"].error_messages["required"] = "Enter how many cases."
        _offer(self.fields["strata"], _groups(package.framework))

    @property
    def wish(self) -> Wish:
        """What was said."""
        typed = self.cleaned_data
        return Wish(typed["size"], typed.get("because", ""), typed["reserves"], tuple(typed.get("strata", ())))


class RemoveForm(Form):
    """Why a case is taken out."""

    reason = forms.ChoiceField(widget=forms.RadioSelect, label="Why?", error_messages={"required": "Select why."})
    note = forms.CharField(widget=forms.Textarea, required=False, max_length=NOTE, label="Note",
                           help_text="Needed for another reason. Kept sealed; do not name anybody.")  # fmt: skip

    def __init__(self, package: Package, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        defaults, language = package.framework.sample, package.framework.languages[0]
        _offer(
            self.fields["reason"],
            [(one.id, one.label.in_(language)) for one in defaults.removal_reasons] if defaults else [],
        )


class GiveForm(Form):
    """Whom cases are given to."""

    user = forms.ChoiceField(label="Give them to", error_messages={"required": "Select who examines the cases."})
    case = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="Cases",
                                     error_messages={"required": "Select at least one case."})  # fmt: skip

    def __init__(
        self, people: Iterable[tuple[str, str]], cases: Iterable[tuple[str, str, str]], *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        listed = list(cases)
        _offer(self.fields["user"], [("", "Select"), *people])
        _offer(self.fields["case"], [(key, f"{label} ({hint})" if hint else label) for key, label, hint in listed])


def _groups(framework: Framework) -> list[tuple[str, str]]:
    kind, language = framework.subjects[0].id, framework.languages[0]
    return [
        (one.id, one.label.in_(language))
        for one in framework.facts
        if one.characteristic and one.subject == kind and one.values() is not None
    ]


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
