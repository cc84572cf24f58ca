"""What is asked about slots: what goes where, at what time, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms

from caselight.store.samples.timetable.placing import LONGEST_ROOM, Chosen
from caselight.store.samples.timetable.publishing import LONGEST_NOTE
from caselight.store.samples.timetable.values import WHY, Outcome
from caselight.web.design.forms import Form

TRAY = "tray"


class Ticked(forms.MultipleChoiceField):
    """What is ticked. Whether it is still there is for the store to say, which knows what happened meanwhile."""

    def valid_value(self, value: str) -> bool:
        """Whether it is written as the page writes it."""
        return value.startswith("slot:") or value.count(":") > 1


class PutForm(Form):
    """What is ticked, and the cell (or the tray) that it goes to."""

    what = Ticked(error_messages={"required": "Tick what you want to place or move, then choose where it goes."})
    to = forms.CharField(widget=forms.HiddenInput, max_length=200,
                         error_messages={"required": "Choose where it goes: press “Put here” in the grid."})  # fmt: skip

    @property
    def ticked(self) -> list[str]:
        """What was ticked, also where the form is not valid."""
        return self.data.getlist("what") if self.is_bound else []  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        """What goes somewhere."""
        parts = [one.split(":", 2) for one in self.cleaned_data["what"]]
        subjects = tuple((part[1], part[2]) for part in parts if part[0] == "item")
        return Chosen(subjects, tuple(part[1] for part in parts if part[0] == "slot"))


class WhereForm(Form):
    """Time and room of a slot."""

    starts = forms.CharField(label="Time (optional)", max_length=5, required=False, help_text="For example, 09:30")
    room = forms.CharField(label="Room (optional)", max_length=LONGEST_ROOM, required=False,
                           help_text="For example, Room 2, first floor")  # fmt: skip

    def clean_starts(self) -> str:
        """A time may be typed as 9.30 or 930 too."""
        return clock(self.cleaned_data["starts"])


def clock(text: str) -> str:
    """A time as it is kept, where it can be read so.

    >>> clock("9.30"), clock("14"), clock("0930"), clock("soon")
    ('09:30', '14:00', '09:30', 'soon')
    """
    plain = text.strip().replace(".", ":")
    digits = plain.replace(":", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4:
        return plain
    hours, minutes = (plain.split(":", 1)) if ":" in plain else (digits[:-2] or digits, digits[-2:])
    if ":" not in plain and len(digits) <= 2:
        hours, minutes = digits, "00"
    return f"{hours:0>2}:{minutes:0>2}"


class HeldForm(Form):
    """What became of a slot."""

    outcome = forms.ChoiceField(
        label="What became of it?", widget=forms.RadioSelect,
        choices=[(Outcome.HELD, "It was held"), (Outcome.CANCELLED, "It was cancelled"), ("open", "Neither yet")],
        error_messages={"required": "Select what became of it."},
    )  # fmt: skip
    who = forms.CharField(
        label="Who was present?", widget=forms.Textarea, required=False, max_length=LONGEST_NOTE,
        help_text="If it was held. For example, the case manager for the whole time, their manager for the last half hour.",
    )  # fmt: skip
    reason = forms.ChoiceField(label="Why was it cancelled?", required=False, choices=[("", "Select"), *WHY.items()])
    note = forms.CharField(label="Note on why (optional)", widget=forms.Textarea, required=False,
                           max_length=LONGEST_NOTE, help_text="Needed for another reason. Name no child.")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Cancelled for a reason."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("outcome") == Outcome.CANCELLED and not typed.get("reason"):
            self.add_error("reason", "Select why it was cancelled.")
        return typed
