"""What is asked of whoever asks the service for something, answers it, names a contact or announces the inspection."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, cast

from django import forms

from caselight.store.inspections.requests import Step
from caselight.web.design.forms import DayField, Form, Once

AREA = 2_000


def _key() -> str:
    return secrets.token_hex(16)


def _words(label: str, required: str, *, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=AREA, help_text=hint,
        error_messages={"required": required},
    )  # fmt: skip


class AskForm(Form):
    """One request."""

    what = _words("What do you ask for?", "Enter what you ask for.", hint="In a sentence. Name no child.", rows=2)
    worker = forms.ChoiceField(label="Of whom?", required=False)
    case = forms.ChoiceField(label="About one case? (optional)", required=False)
    due = DayField(label="Until when?", help_text="For example, 14 1 2026",
                   error_messages={"required": "Enter the day until when you want it."})  # fmt: skip
    request = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=_key)

    def __init__(
        self, staff: Iterable[tuple[str, str]], cases: Iterable[tuple[str, str]], *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        offer = [("", "Managers of the service"), *staff]
        cast("forms.ChoiceField", self.fields["worker"]).choices = offer
        cases = list(cases)
        if cases:
            cast("forms.ChoiceField", self.fields["case"]).choices = [("", "No"), *cases]
        else:
            del self.fields["case"]


class UsualForm(Once):
    """Some of the usual list."""

    wanted = forms.MultipleChoiceField(
        label="What do you ask for?", widget=forms.CheckboxSelectMultiple,
        help_text="Each is due on the day that stands with it. You can change words and days afterwards.",
        error_messages={"required": "Select what you ask for."},
    )  # fmt: skip

    def __init__(self, usual: Iterable[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        usual = list(usual)
        field = cast("forms.MultipleChoiceField", self.fields["wanted"])
        field.choices = usual
        field.initial = [value for value, _ in usual]


class Received(Form):
    """Where it is."""

    title, button = "Provide it", "Say that it is provided"
    words = _words("Where is it, or how was it sent?", "Enter where it is, or how it was sent.",
                   hint="For example: by secure e-mail on 12 January; in the shared folder; shown on the first day.")  # fmt: skip


class Accepted(Form):
    """Nothing is asked; the button says it."""

    title, button = "Accept it", "Accept"


class Returned(Form):
    """Why it is not enough."""

    title, button = "Send it back", "Send back"
    words = _words("What is missing or wrong?", "Enter what is missing or wrong.")
    due = DayField(label="Until when? (optional)", required=False)


class Changed(Form):
    """Other words, another day."""

    title, button = "Change words or day", "Save the change"
    words = _words("What do you ask for?", "Enter what you ask for.")
    due = DayField(label="Until when?", error_messages={"required": "Enter the day until when you want it."})


class Withdrawn(Form):
    """Why it is not wanted any more."""

    title, button = "Withdraw it", "Withdraw"
    words = _words("Why is it not wanted any more?", "Enter why it is not wanted any more.", rows=2)


STEPS: dict[Step, type[Form]] = {
    Step.RECEIVED: Received,
    Step.ACCEPTED: Accepted,
    Step.RETURNED: Returned,
    Step.CHANGED: Changed,
    Step.WITHDRAWN: Withdrawn,
}


class ContactForm(Form):
    """Somebody of the service to turn to."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter their name."})
    role = forms.CharField(label="Role (optional)", max_length=200, required=False)
    email = forms.EmailField(
        label="E-mail address (optional)", max_length=200, required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.org."},
    )  # fmt: skip
    telephone = forms.CharField(label="Telephone number (optional)", max_length=60, required=False)
    contact = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=_key)

    def clean(self) -> dict[str, Any]:
        """One of the two ways to reach somebody."""
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and not (typed.get("email") or typed.get("telephone")):
            self.add_error("email", "Enter an e-mail address or a telephone number.")
        return typed


class AnnouncementForm(Form):
    """The announcement as it was sent."""

    words = forms.CharField(
        label="What it says", widget=forms.Textarea(attrs={"rows": 24}), max_length=18_000,
        help_text="Change what you want, copy it into your e-mail or letter, and send it from there.",
        error_messages={"required": "Enter what it says."},
    )  # fmt: skip
    to = forms.CharField(label="To whom did you send it?", max_length=400, help_text="Names or offices, and how.",
                         error_messages={"required": "Enter to whom you sent it."})  # fmt: skip
    sent_on = DayField(label="When did you send it?",
                       error_messages={"required": "Enter the day on which you sent it."})  # fmt: skip
