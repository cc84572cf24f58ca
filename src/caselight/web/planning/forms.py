"""What is asked of whoever plans: the new inspection, somebody of its team, a conflict of interest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from pydantic import ValidationError

from caselight.method.inspection.definition import Dates
from caselight.method.inspection.planning import EXTERNAL, LOCAL, planned_dates
from caselight.procedures.planning import Plan
from caselight.store.accounts.permissions import Role
from caselight.store.frameworks.adopted import Adopted
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.models import Kind
from caselight.web.design.forms import DayField, Form, Once

LONG = 200


class NewForm(Once):
    """A new inspection, or a new audit round of one's own service."""

    service = forms.CharField(
        label="Name of the service", max_length=LONG, help_text="In full, as the {letter} will print it once.",
        error_messages={"required": "Enter the name of the service."},
    )  # fmt: skip
    short = forms.CharField(
        label="Short name (optional)", max_length=60, required=False, help_text="As the {letter} calls it afterwards."
    )
    title = forms.CharField(
        label="Title", max_length=LONG, error_messages={"required": "Enter a title."},
        help_text="For example: Full joint inspection of youth offending work in Testshire",
    )  # fmt: skip
    framework = forms.ChoiceField(
        label="Question set", error_messages={"required": "Select the question set."},
        help_text="Only question sets that were adopted can be chosen.",
    )  # fmt: skip
    first = DayField(label="First day of fieldwork", help_text="For example, 19 1 2026",
                     error_messages={"required": "Enter the first day of fieldwork."})  # fmt: skip
    last = DayField(label="Last day of fieldwork", error_messages={"required": "Enter the last day of fieldwork."})
    announced = DayField(label="Announcement (optional)", required=False)
    published = DayField(label="Publication (optional)", required=False)

    def __init__(self, kind: Kind, services: Iterable[tuple[str, str]], adopted: Iterable[Adopted], *args: Any,
                 letter: str = "letter", **named: Any) -> None:  # fmt: skip
        super().__init__(*args, **named)
        self.kind = kind
        self.dates: Dates | None = None
        self.lead = LOCAL if kind is Kind.LOCAL_AUDIT else EXTERNAL
        for name in ("service", "short"):
            self.fields[name].help_text = str(self.fields[name].help_text).format(letter=letter)
        if kind is Kind.LOCAL_AUDIT:
            own = forms.ChoiceField(label="Service", choices=list(services))
            own.error_messages["required"] = "Select the service."
            self.fields["service"] = own
        known = list(_choices(adopted))
        self.nothing_adopted = not known
        _offer(self, "framework", [("", "Select"), *known])
        days = f"Leave empty to have it {self.lead.before} working days before the fieldwork."
        self.fields["announced"].help_text = days
        days = f"Leave empty to have it {self.lead.after} working days after the fieldwork."
        self.fields["published"].help_text = days

    def clean(self) -> dict[str, Any]:
        """The dates must be in order; what was left empty is computed."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and not self.errors:
            wrong = _disorder(typed)
            for name, says in wrong:
                self.add_error(name, says)
            if not wrong:
                self._compute(typed)
        return typed

    def _compute(self, typed: dict[str, Any]) -> None:
        try:
            self.dates = planned_dates(
                typed["first"], typed["last"], self.lead, announced=typed["announced"], published=typed["published"]
            )
        except (ValidationError, ValueError, OverflowError):
            self.add_error("first", "First day of fieldwork must be a day of this century.")

    def plan(self) -> Plan:
        """What was decided; only of a form that is valid."""
        typed = self.cleaned_data
        digest, _, screening = typed["framework"].partition(":")
        if self.dates is None:
            raise AssertionError("a form that is not valid was asked for its plan")
        return Plan(self.kind, typed["title"], typed["service"], typed["short"], digest, screening, self.dates)


def _offer(form: Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """The choices of a field that depend on who asks."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def _disorder(typed: dict[str, Any]) -> list[tuple[str, str]]:
    first: date = typed["first"]
    last: date = typed["last"]
    announced, published = typed.get("announced"), typed.get("published")
    found = []
    if last < first:
        found.append(("last", "Last day of fieldwork must be the first day or after it."))
    if announced and announced > first:
        found.append(("announced", "Announcement must be on or before the first day of fieldwork."))
    if published and published < last:
        found.append(("published", "Publication must be on or after the last day of fieldwork."))
    return found


def _choices(adopted: Iterable[Adopted]) -> Iterable[tuple[str, str]]:
    for one in adopted:
        screenings = framework_of(one.digest).screenings
        for screening in screenings:
            more = f", {screening.id}" if len(screenings) > 1 else ""
            yield f"{one.digest}:{screening.id}", f"{one.title}, version {one.version}{more}"


TEAM = {
    Kind.EXTERNAL: (Role.INSPECTOR, Role.LOCAL_ASSESSOR, Role.QUALITY_ASSURER, Role.LEAD_INSPECTOR),
    Kind.LOCAL_AUDIT: (Role.AUDITOR, Role.LOCAL_LEAD),
}


class MemberForm(Form):
    """Somebody for the team."""

    person = forms.CharField(
        label="E-mail address", max_length=LONG, help_text="They must have an account already.",
        error_messages={"required": "Enter their e-mail address."},
    )  # fmt: skip
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect,
                             error_messages={"required": "Select their role."})  # fmt: skip
    service = forms.CharField(label="Their own service (for a local assessor)", max_length=LONG, required=False,
                              help_text="In full. They examine no case of it.")  # fmt: skip
    worker = forms.CharField(label="Their key in the case list (optional)", max_length=100, required=False,
                             help_text="If they manage cases themselves: they audit none of those.")  # fmt: skip
    valid_from = DayField(label="From (optional)", required=False)
    valid_to = DayField(label="Until (optional)", required=False)

    def __init__(self, kind: Kind, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "role", [(role.value, f"{role.called}: {role.says}") for role in TEAM[kind]])
        del self.fields["service" if kind is Kind.LOCAL_AUDIT else "worker"]

    def clean(self) -> dict[str, Any]:
        """A local assessor has a service of their own."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("role") == Role.LOCAL_ASSESSOR and not typed.get("service", "").strip():
            self.add_error("service", "Enter the name of their own service.")
        return typed


class WithdrawForm(Form):
    """Why a conflict of interest no longer stands."""

    reason = forms.CharField(
        label="Why does it no longer stand?", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="In a sentence. Name no child.", error_messages={"required": "Enter why it no longer stands."},
    )  # fmt: skip


class ConflictForm(Once):
    """What somebody must not examine, and why."""

    who = forms.ChoiceField(label="Whose conflict of interest is it?",
                            error_messages={"required": "Select whose it is."})  # fmt: skip
    about = forms.ChoiceField(label="What is it about?", error_messages={"required": "Select what it is about."})
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="In a sentence. Name no child.", error_messages={"required": "Enter the reason."},
    )  # fmt: skip

    def __init__(
        self, people: Iterable[tuple[str, str]], about: Iterable[tuple[str, str]], *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        _offer(self, "who", list(people))
        _offer(self, "about", [("", "Select"), *about])
