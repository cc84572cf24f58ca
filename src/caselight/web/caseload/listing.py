"""The case list as a table: which case, whether it is eligible and why not, what is known of it that describes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from caselight.method.answers.fact_values import day
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.inspection.package import CaseloadCase
from caselight.procedures.case_lists.known_as import known_as
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import reached
from caselight.web.design.tables import Column, Kind, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit

READ = Permission.CASELOAD_READ
SHORT = 10  # characters of a key that are shown whole


@dataclass(frozen=True)
class Listing:
    """The list as a page shows it: how many, how many eligible, why others are not."""

    cases: int
    eligible: int
    reasons: list[tuple[str, int]]
    table: Table
    numbers: bool
    may_number: bool


def listing(visit: InspectionVisit, *, numbers: bool = False) -> Listing:
    """The cases that the visitor may see; with record numbers, each reading of which leaves its row."""
    framework = framework_of(visit.inspection.framework)
    everything = caseload_of(visit.key, framework)
    seen = frozenset(reached(visit.access, READ, [case.key for case in everything]))
    cases = [case for case in everything if case.key in seen]
    may_number = _may_number(visit)
    keys = [case.key for case in cases]
    who = known_as(visit.key, keys, by=visit.user, at=visit.at) if numbers and may_number else {}
    facts = _shown(framework)
    columns = (
        Column("case", "Case", "link"),
        *((Column("number", "Record number"), Column("initials", "Initials")) if who else ()),
        Column("eligible", "Eligible", "tag"),
        Column("why", "Why not"),
        *(Column(fact.id, fact.label.in_(framework.languages[0]), _kind(fact)) for fact in facts),
    )
    labels = {one.key: one.label for one in subjects_of(visit.key)}
    rows = [_row(visit, case, labels, who) | _facts(case, facts, framework) for case in cases]
    why = Counter(_short(case.reason) for case in cases if not case.eligible)
    table = Table("Cases", columns, rows, name="cases", empty="The list is empty.")
    return Listing(len(cases), sum(case.eligible for case in cases), why.most_common(), table, bool(who), may_number)


def short_key(key: str) -> str:
    """A key as people can say it: its beginning, where it is long."""
    return key if len(key) <= SHORT else key[:6].upper()


def said(fact: Fact, value: object, language: str) -> str:
    """A fact's value in words."""
    options = {one.value: one.label.in_(language) for one in fact.options}
    when = day(str(value)) if fact.type == "date" else None
    text = "" if value is None else f"{when.day} {when:%B %Y}" if when else str(value)
    return options.get(text) or (text.capitalize() if fact.type == "yes_no" else text)


def _row(
    visit: InspectionVisit, case: CaseloadCase, labels: Mapping[str, str], who: Mapping[str, tuple[str, str]]
) -> dict[str, object]:
    href = reverse("caseload:case", kwargs={"key": visit.key, "case": case.key})
    number, initials = who.get(case.key, ("", ""))
    tag = Tag("Yes", "green") if case.eligible else Tag("No", "grey")
    name = labels.get(case.key) or short_key(case.key)
    return {"case": Link(name, href), "number": number, "initials": initials, "eligible": tag, "why": case.reason}


def _facts(case: CaseloadCase, facts: list[Fact], framework: Framework) -> dict[str, object]:
    language = framework.languages[0]
    return {
        fact.id: case.facts.get(fact.id) if fact.type in ("integer", "date") else said(fact, case.facts.get(fact.id), language)
        for fact in facts
    }  # fmt: skip


def _shown(framework: Framework) -> list[Fact]:
    """The facts of a table: the day that decides eligibility, and those that describe the caseload."""
    start = framework.eligibility.start_fact if framework.eligibility else ""
    kind = framework.subjects[0].id
    return [one for one in framework.facts if one.subject == kind and (one.characteristic or one.id == start)]


def _kind(fact: Fact) -> Kind:
    return "number" if fact.type == "integer" else "date" if fact.type == "date" else "text"


def _may_number(visit: InspectionVisit) -> bool:
    return visit.may(Permission.IDENTITY_READ) or visit.may(Permission.IDENTITY_MASKED)


def _short(reason: str) -> str:
    """A reason without the day of the one case."""
    for begin, end in (("Started on", "before the window"), ("Started on", "after the window")):
        if reason.startswith(begin) and end in reason:
            return f"Began {reason[reason.index(end) :]}"
    return "Closed before the fieldwork." if reason.startswith("Closed on") else reason or "No reason is given."
