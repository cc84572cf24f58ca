"""What is sent about question sets: a file to check, the same again to adopt, and two versions to compare."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from caselight.store.frameworks.adopted import Adopted
from caselight.web.design.forms import Form, Once


class UploadForm(Form):
    """A file to check."""

    file = forms.FileField(
        label="Question set", max_length=200, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.zip"}),
        help_text="framework.yaml, or a zip of the folder in which it lies, up to 700 kB",
        error_messages={"required": "Select the file of the question set."},
    )  # fmt: skip


class AdoptForm(Once):
    """The file that was checked, carried along so that nothing of it has to be kept."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    content = forms.CharField(widget=forms.HiddenInput)

    def clean_content(self) -> bytes:
        """The bytes of the file."""
        try:
            return base64.urlsafe_b64decode(self.cleaned_data["content"])
        except (binascii.Error, ValueError):
            raise ValidationError("The file did not arrive whole. Send it again.") from None


class CompareForm(Form):
    """Which version is held against which."""

    before = forms.ChoiceField(label="Earlier version")
    after = forms.ChoiceField(label="Later version")

    def __init__(self, versions: Sequence[Adopted], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        offered = [("", "Select"), *((one.digest, f"{one.title}, version {one.version}") for one in versions)]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
