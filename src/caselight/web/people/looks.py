"""How pages look for somebody: what is asked, and what was chosen in words."""

from __future__ import annotations

from typing import Any

from django import forms

from caselight.store.accounts.preferences import USUAL, WARNINGS, Preferences
from caselight.web.design.forms import Form

TEXTS = ((USUAL, "Usual"), ("large", "Large: a quarter larger"), ("largest", "Largest: half as large again"))
TICKS = (
    ("spaced", "More space between lines, words and letters"),
    ("contrast", "Stronger contrast: black on white, thicker lines"),
    ("still", "Nothing moves"),
)


class PreferencesForm(Form):
    """What somebody may choose for themselves."""

    text = forms.ChoiceField(label="Size of the text", widget=forms.RadioSelect, choices=TEXTS,
                             error_messages={"required": "Select the size of the text."})  # fmt: skip
    look = forms.MultipleChoiceField(
        label="Also", widget=forms.CheckboxSelectMultiple, choices=TICKS, required=False
    )  # fmt: skip
    warn = forms.TypedChoiceField(
        label="Warning before I am signed out", coerce=int, empty_value=None,
        choices=[(minutes, f"{minutes} minutes before") for minutes in WARNINGS],
        help_text="You are signed out when nothing was done for a while. The warning keeps what you typed and lets you stay.",
        error_messages={"required": "Select how early you want to be warned."},
    )  # fmt: skip

    @property
    def preferences(self) -> Preferences:
        """What was chosen; only of a form that is valid."""
        typed = self.cleaned_data
        ticked = {name: name in typed["look"] for name, _ in TICKS}
        return Preferences(text=typed["text"], warn=typed["warn"], **ticked)


def chosen(kept: Preferences) -> dict[str, Any]:
    """What the form shows at first."""
    return {"text": kept.text, "warn": kept.warn, "look": [name for name, _ in TICKS if getattr(kept, name)]}


def said(kept: Preferences) -> str:
    """What was chosen, in a line."""
    words = [label.partition(":")[0] for name, label in TICKS if getattr(kept, name)]
    size = [f"{dict(TEXTS)[kept.text].partition(':')[0]} text"] if kept.text != USUAL else []
    early = [f"warned {kept.warn} minutes before the end"] if kept.warn != WARNINGS[0] else []
    return "; ".join([*size, *words, *early]) or "As usual"
