"""One's own conflicts of interest: what was declared, in words, and with whom else one can be declared."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.visible import visible
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import may
from caselight.store.inspections.belonging import inspected
from caselight.store.inspections.conflicts import Declared, declared_by
from caselight.web.design.forms import Form, Once
from caselight.web.design.tables import Column, Link, Table
from caselight.web.design.visits import Visit

LONG = 200
END = Column("end", "Change", "link", plain=True)
COLUMNS = (Column("about", "With whom"), Column("reason", "Reason"), Column("at", "Declared", "date"))


class WithdrawForm(Form):
    """Why a conflict of interest no longer stands."""

    reason = forms.CharField(
        label="Why does it no longer stand?", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="In a sentence. Name no child.", error_messages={"required": "Enter why it no longer stands."},
    )  # fmt: skip


class ServiceForm(Once):
    """A conflict with a whole service: one of those that somebody works with, or any other by its name."""

    service = forms.ChoiceField(label="Service", required=False)
    other = forms.CharField(
        label="Or a service that is not in the list", max_length=LONG, required=False, help_text="Its name in full."
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="In a sentence, for example “I worked there until 2024”. Name no child.",
        error_messages={"required": "Enter the reason."},
    )  # fmt: skip

    def __init__(self, services: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        cast("forms.ChoiceField", self.fields["service"]).choices = [("", "Select"), *services]

    def clean(self) -> dict[str, Any]:
        """One service, not two."""
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("service") and not typed.get("other", "").strip():
            self.add_error("service", "Select the service, or enter its name.")
        if typed.get("service") and typed.get("other", "").strip():
            self.add_error("other", "Select the service or enter its name, not both.")
        return typed


def services(visit: Visit) -> list[tuple[str, str]]:
    """Key and name of the services of what the visitor sees, by name."""
    return list(inspected(one.key for one in visible(visit.user, visit.at)))


def narrower(visit: Visit) -> list[tuple[str, str]]:
    """Title and address of each inspection in which one declares a conflict with one case, or with one case manager."""
    mine = visible(visit.user, visit.at)
    there = [one for one in mine if may(one.access, Permission.CONFLICT_DECLARE)]
    return [(one.title, reverse("planning:conflict", args=[one.key])) for one in there]


def declared(visit: Visit) -> Table:
    """What was declared of oneself, the newest first; what one may not see has no name."""
    seen = {one.key for one in visible(visit.user, visit.at)}
    rows = [
        {"about": _about(one, seen), "reason": one.reason, "at": one.at.date(), "end": _way_out(visit, one)}
        for one in declared_by(visit.user)
    ]
    columns = (*COLUMNS, *((END,) if any(row["end"] for row in rows) else ()))
    return Table("What you declared", columns, rows, "conflicts", empty="You declared none.", tools=False)


def about(visit: Visit, one: Declared) -> str:
    """What one of them is about, in words; what one may not see has no name."""
    return _about(one, {each.key for each in visible(visit.user, visit.at)})


def _way_out(visit: Visit, one: Declared) -> Link | str:
    return Link("Withdraw", reverse("people:withdraw", args=[one.number])) if one.by == visit.user else ""


def _about(one: Declared, seen: set[str]) -> str:
    if one.inspection and one.inspection not in seen:
        return "In an inspection that you do not work in"
    if one.case_key:
        labels = {subject.key: subject.label for subject in subjects_of(one.inspection)}
        return f"{labels.get(one.case_key) or one.case_key}, {one.title}"
    if one.worker:
        return f"All cases of {one.worker}, {one.service}"
    return f"All cases of {one.service}" if one.service else f"All cases of the {one.title}"
