"""Forms: the GOV.UK pattern of errors, days in three boxes, refusals of the store as errors, and what is sent once only.

Every message says what to do ("Enter the title", "Select who leads"). What was typed is kept. Ids are names, so that the
error summary can link to them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict

from caselight.method.faults import Fault, Faults
from caselight.web.design.visits import Visit

PARTS = ("day", "month", "year")
BARE = frozenset(
    ["the", "a", "an", "your", "their", "who", "whose", "what", "which", "when", "where", "why", "how", "whether", "i"]
)  # take no article
REMEMBERED = 24 * 3600  # seconds in which sending the same form again leads to where it led first


class Form(forms.Form):
    """A form whose messages say what to do, and which takes the store's refusals as errors."""

    use_required_attribute = False  # the browser's own messages are not read out well

    def __init__(self, *args: Any, **named: Any) -> None:
        named.setdefault("auto_id", "%s")
        named.setdefault("label_suffix", "")
        super().__init__(*args, **named)
        for name, field in self.fields.items():
            field.label = field.label or name.replace("_", " ").capitalize()
            _say(field)

    def refuse(self, faults: Iterable[Fault], fields: Mapping[str, str] | None = None) -> None:
        """Show refusals as errors: at the field that ``fields`` gives for a code, or that the fault's place ends with."""
        for fault in faults:
            last = str(fault.where[-1]) if fault.where else ""
            at = (fields or {}).get(fault.code) or (last if last in self.fields else None)
            self.add_error(at if at in self.fields else None, f"{fault.says} {fault.cure}".strip())

    @contextmanager
    def refusing(self, fields: Mapping[str, str] | None = None) -> Iterator[None]:
        """Inside, a refusal becomes an error of this form; one about access goes on and becomes a page."""
        try:
            yield
        except Faults as refused:
            if any(fault.code.startswith("access.") for fault in refused.faults):
                raise
            self.refuse(refused.faults, fields)


class Once(Form):
    """A form that makes something: sent twice, or again after going back, it makes one thing (see :func:`once`)."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["once"].initial = secrets.token_urlsafe(16)


def once(visit: Visit, form: Once, make: Callable[[], str]) -> str:
    """The address that ``make`` leads to; ``make`` runs for the first sending alone, in one transaction with its mark.

    A second sending waits for the first and leads to the same address. Where ``make`` refuses, nothing is marked.
    """
    key = form.cleaned_data["once"]
    if not key:
        return make()
    mark = f"once:{visit.user}:{key}"
    with transaction.atomic():
        if not cache.add(mark, "", REMEMBERED):
            return str(cache.get(mark, "")) or "/"
        address = make()
        cache.set(mark, address, REMEMBERED)
    return address


class DayInput(forms.Widget):
    """A day as three boxes: day, month, year."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        """The three texts as they were typed."""
        del files
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether none of the boxes was sent."""
        del files
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str = "0") -> str:  # noqa: ARG002 (Django's names)
        """The first box: what an error links to."""
        return f"{id_}-day"


class DayField(forms.Field):
    """A day; what is wrong with it is said as GOV.UK does: which part is missing, or that it is no real date."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        """The day that was typed."""
        parts: tuple[str, ...] = tuple(value or ("", "", ""))
        missing = [name for name, text in zip(PARTS, parts, strict=True) if not text]
        if len(missing) == len(PARTS):
            self.validate("")
            return None
        if missing:
            raise ValidationError(f"{self.label} must include a {' and '.join(missing)}.")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            raise ValidationError(f"{self.label} must be a real date.") from None


def _say(field: forms.Field) -> None:
    """Messages that say what to do, where a form gave none of its own."""
    label = str(field.label)
    lower = named(label)
    own = field.error_messages
    if own.get("required") == forms.Field.default_error_messages["required"]:
        own["required"] = f"{_verb(field)} {lower}."
    if "invalid_choice" in own:
        own["invalid_choice"] = f"That is none of the options for {lower}: choose again."
    if isinstance(field, forms.IntegerField):
        own["invalid"] = f"{label} must be a whole number, like 12."


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, be it nothing; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def named(label: str) -> str:
    """A label in the middle of a sentence, with its article where it needs one.

    >>> named("Title"), named("Who leads?"), named("Your name"), named("GSS code")
    ('the title', 'who leads', 'your name', 'the GSS code')
    """
    label = label.rstrip("?")
    lower = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return lower if lower.split(" ")[0] in BARE else f"the {lower}"


def _verb(field: forms.Field) -> str:
    return "Select" if isinstance(field, forms.ChoiceField | forms.FileField | forms.BooleanField) else "Enter"
