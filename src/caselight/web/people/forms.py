"""What is asked about people: who somebody is, which role they get and where, a password for who has a link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.inspections.memberships import Place
from caselight.web.design.forms import DayField, Form, Once
from caselight.web.people.signing_in import GOOD, SAME

LONG = 200
GIVEN = [role for role in Role if role not in (Role.ADMINISTRATOR, Role.PUBLIC)]
ROLES = {role.value: role for role in GIVEN}
# Where a refusal of the store is shown.
REFUSED = {
    "access.user-exists": "email", "access.wrong-place": "role", "access.both-sides": "role", "access.kind": "role",
    "access.self-grant": "role", "access.administrator-role": "role", "access.own-service": "service",
    "access.another-service": "service", "access.dates": "valid_to", "store.no-inspection": "inspection",
}  # fmt: skip
Choices = Iterable[tuple[str, str]]


class NameForm(Form):
    """Who somebody is."""

    name = forms.CharField(label="Name", max_length=LONG, error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="They sign in with it. Nothing is sent to it.",
        error_messages={"required": "Enter their e-mail address.",
                        "invalid": "Enter an e-mail address, like name@example.org."},
    )  # fmt: skip


class RoleForm(Form):
    """A role, what it is a role in, and from when to when."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Select a role."})
    inspection = forms.ChoiceField(
        label="Inspection (optional)",
        required=False,
        help_text="For everybody of a team. A role of a service needs none.",
    )
    service = forms.ChoiceField(
        label="Service (optional)", required=False,
        help_text="For a case manager, a service manager and a local assessor: their own service.",
    )  # fmt: skip
    new_service = forms.CharField(
        label="Or a service that is not in the list (optional)", max_length=LONG, required=False,
        help_text="Its name in full.",
    )  # fmt: skip
    worker = forms.CharField(
        label="Their key in the case list (optional)", max_length=100, required=False,
        help_text="For somebody who manages cases: as the service’s case list names them.",
    )  # fmt: skip
    valid_from = DayField(label="From (optional)", required=False, help_text="The role allows nothing before this day.")
    valid_to = DayField(label="Until (optional)", required=False, help_text="The role allows nothing after this day.")

    def __init__(self, inspections: Choices, services: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, "role", [(role.value, f"{role.called}: {role.says}") for role in GIVEN])
        _offer(self, "inspection", [("", "None"), *inspections])
        _offer(self, "service", [("", "None"), *services])

    @property
    def given(self) -> Role | None:
        """The role that was chosen."""
        return ROLES.get(self.cleaned_data.get("role") or "")

    def place(self, service: str) -> Place:
        """Where and when it holds; only of a form that is valid."""
        typed = self.cleaned_data
        days = (typed["valid_from"], typed["valid_to"])
        return Place(typed.get("inspection", ""), service, typed["worker"].strip(), *days)


class GiveForm(RoleForm, Once):
    """A role for somebody who has an account; sent twice it is given once."""

    @property
    def role_given(self) -> Role:
        """The role that was chosen; only of a form that is valid."""
        return ROLES[self.cleaned_data["role"]]


class InviteForm(RoleForm, NameForm):
    """Somebody new, with a first role or none."""

    field_order = ("name", "email", "role")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        role = cast("forms.ChoiceField", self.fields["role"])
        role.label = "First role"
        _offer(
            self, "role", [("none", "None yet: they get it later, for example in a team"), *cast("Any", role.choices)]
        )


class CaseManagerForm(RoleForm, NameForm):
    """A case manager of one's own service."""

    field_order = ("name", "email", "service", "worker")

    def __init__(self, services: Choices, *args: Any, **named: Any) -> None:
        own = list(services)
        super().__init__((), own, *args, **named)
        for name in ("role", "inspection", "new_service"):
            del self.fields[name]
        field = cast("forms.ChoiceField", self.fields["service"])
        field.label, field.help_text, field.required = "Service", "", True
        field.error_messages["required"] = "Select the service."
        field.choices = own
        if len(own) == 1:
            field.initial, field.widget = own[0][0], forms.HiddenInput()

    @property
    def given(self) -> Role:
        """Always the same."""
        return Role.CASE_MANAGER


class PasswordForm(Form):
    """A password, typed twice; held against the rules for the person whose it will be."""

    password1 = forms.CharField(label="Password", help_text=GOOD, strip=False,
                                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                                error_messages={"required": "Enter a password."})  # fmt: skip
    password2 = forms.CharField(label="Password again", strip=False,
                                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                                error_messages={"required": "Enter the password again."})  # fmt: skip

    def __init__(self, name: str, email: str, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person = User(name=name, email=email)

    def clean(self) -> dict[str, Any]:
        """The same twice, and good enough."""
        typed: dict[str, Any] = super().clean() or {}
        first, second = typed.get("password1"), typed.get("password2")
        if first and second and first != second:
            self.add_error("password2", SAME)
        elif first and second:
            try:
                validate_password(first, self.person)
            except ValidationError as refused:
                self.add_error("password1", refused)
        return typed


def _offer(form: Form, name: str, choices: Choices) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)
