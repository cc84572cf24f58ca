"""What is typed beside the letter: reasons, and remarks about its text."""

from __future__ import annotations

from django import forms

from caselight.store.reports.remarks import Words
from caselight.web.design.forms import Form, Once


class ReasonForm(Form):
    """A reason for a decision about something that the page asked about."""

    subject = forms.CharField(widget=forms.HiddenInput, max_length=200)
    reason = forms.CharField(widget=forms.Textarea, label="Reason", max_length=2_000,
                             error_messages={"required": "Enter the reason."})  # fmt: skip

    @property
    def about(self) -> str:
        """What it is about."""
        return str(self.cleaned_data["subject"])

    @property
    def why(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])


class RemarkForm(Once):
    """A suggestion or a comment about a place of the letter."""

    place = forms.CharField(label="Paragraph", max_length=100, help_text="Its number, such as 1.2, or its first words",
                            error_messages={"required": "Enter the paragraph that you mean."})  # fmt: skip
    says = forms.CharField(widget=forms.Textarea, label="What is not right", max_length=5_000,
                           error_messages={"required": "Enter what is not right."})  # fmt: skip
    instead = forms.CharField(widget=forms.Textarea, label="What should stand there (optional)", max_length=5_000,
                              required=False)  # fmt: skip
    evidence = forms.CharField(widget=forms.Textarea, label="What shows it (optional)", max_length=5_000,
                               required=False, help_text="For example a document and its date")  # fmt: skip

    @property
    def words(self) -> Words:
        """What was typed."""
        typed = self.cleaned_data
        return Words(typed["place"], typed["says"], typed["instead"], typed["evidence"])


class SettleForm(Form):
    """What is decided about a remark."""

    decision = forms.ChoiceField(widget=forms.RadioSelect, label="What is decided",
                                 choices=(("taken", "Taken up in the letter"), ("left", "Left as it is")),
                                 error_messages={"required": "Select what is decided."})  # fmt: skip
    reason = forms.CharField(widget=forms.Textarea, label="Reason", max_length=5_000, required=False,
                             help_text="Needed where it is left as it is")  # fmt: skip


class ReturnForm(Form):
    """Why what was proposed for publication is sent back."""

    reason = forms.CharField(widget=forms.Textarea, label="What is to be mended", max_length=2_000,
                             error_messages={"required": "Enter what is to be mended."})  # fmt: skip

    @property
    def why(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])
