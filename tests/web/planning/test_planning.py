"""Planning: a new inspection once, its dates computed, its state moved, its team and their conflicts of interest."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.store import seeded
from tests.web.client import PageClient

from caselight.procedures.stored import store_package
from caselight.store.inspections.models import Conflict, Inspection, Membership, State

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/"


def filled(client: PageClient, **changes: str) -> dict[str, Any]:
    """The form of a new inspection as somebody fills it in."""
    page = client.open("/inspections/new")
    fields = page.fields()
    fields.pop("show", None)
    choices = [value for value in page.find("//select[@id='framework']/option/@value") if value]
    days = {"first-day": "12", "first-month": "1", "first-year": "2026", "last-day": "23", "last-month": "1"}
    fields |= {"title": "Inspection of Northshire", "framework": choices[0], **days, "last-year": "2026"}
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def test_the_dates_are_computed_in_working_days_and_shown_before_anything_is_saved() -> None:
    seeded()
    client, before = PageClient("lead"), Inspection.objects.count()
    page = client.send("/inspections/new", filled(client, service="Northshire YOS", show="yes"))
    assert "Announcement 24 December 2025" in page.text  # ten working days, Christmas and New Year left out
    assert "10 working days before fieldwork" in page.text
    assert Inspection.objects.count() == before


def test_a_planned_inspection_is_made_once_however_often_it_is_sent_and_its_planner_leads_it() -> None:
    seeded()
    client = PageClient("lead")
    sent = filled(client, service="Northshire YOS")
    first, again = client.send("/inspections/new", sent), client.send("/inspections/new", sent)
    assert first.url == again.url == "/inspections/northshire-yos-2026/"
    assert first.h1 == "Inspection of Northshire"
    assert "Leila Lead" in first.text
    package = store_package("northshire-yos-2026")  # it is whole: it can be read and taken out
    assert package.inspection.dates.announced.isoformat() == "2025-12-24"


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() -> None:
    seeded()
    client = PageClient("lead")
    sent = filled(client, service="", **{"last-day": "2"})
    page = client.send("/inspections/new", sent, status=422)
    assert page.errors == ["Enter the name of the service."]
    page = client.send("/inspections/new", {**sent, "service": "Northshire"}, status=422)
    assert page.errors == ["Last day of fieldwork must be the first day or after it."]
    assert page.fields()["title"] == "Inspection of Northshire"


def test_an_audit_lead_plans_a_round_of_their_own_service_only() -> None:
    seeded()
    client = PageClient("ll")
    page = client.open("/inspections/new")
    assert page.h1 == "Plan a new audit round"
    assert page.find("//select[@id='service']/option/@value") == ["Testshire Youth Offending Service"]
    sent = filled(client)
    assert client.send("/inspections/new", {**sent, "service": "Otherham Youth Justice Service"}, status=422).errors
    made = client.send("/inspections/new", sent)
    assert Inspection.objects.get(key=made.url.split("/")[2]).kind == "local_audit"


def test_nobody_else_plans() -> None:
    seeded()
    for who in ("i1", "la", "qa", "cm", "sm", "an", "pb", "ad", "au", "stranger"):
        assert PageClient(who).get("/inspections/new").status_code in (403, 404), who


def test_the_page_says_what_is_missing_and_leads_to_the_next_state_and_back() -> None:
    seeded(state=State.SETUP)
    Inspection.objects.get(key="testshire").memberships.exclude(user__key="lead").update(ended_at="2026-01-01T00:00Z")
    client = PageClient("lead")
    page = client.open(HERE)
    assert "The team has no inspector beside the lead." in page.text
    page = client.send(f"{HERE}plan/state", {"to": "fieldwork"})
    assert Inspection.objects.get(key="testshire").state == "fieldwork"
    assert "“Fieldwork”" in page.done[0]
    assert "Go back to setting up" in page.buttons
    assert client.send(f"{HERE}plan/state", {"to": "published"}, status=422).errors
    assert Inspection.objects.get(key="testshire").state == "fieldwork"


def test_what_is_missing_leads_to_where_it_is_done() -> None:
    seeded()
    (words,) = [one for one in PageClient("lead").open(HERE).links if one.endswith("are not complete.")]
    assert PageClient("lead").open(HERE).links[words] == f"{HERE}cases/"


@pytest.mark.parametrize("state", ["fieldwork", "moderation", "draft", "fact_check", "embargo"])
def test_cases_that_are_not_complete_are_said_until_the_letter_is_published(state: str) -> None:
    seeded(state=State(state))
    page = PageClient("lead").open("/inspections/testshire/")
    assert page.links["4 of 4 cases and interviews are not complete."] == "/inspections/testshire/cases/"
    assert "Nothing is missing" not in page.text
    assert ("There is no letter yet." in page.links) == (state == "draft")


def test_a_lead_adds_and_ends_a_role_but_never_the_last_lead() -> None:
    seeded()
    client = PageClient("lead")
    sent = {"person": "stranger@example.org", "role": "inspector"}
    page = client.send(f"{HERE}plan/team", sent)
    assert "Stan Stranger" in page.text
    number = Membership.objects.get(user__key="stranger", ended_at=None).pk
    client.send(f"{HERE}plan/team/{number}", {})
    assert not Membership.objects.filter(user__key="stranger", ended_at=None).exists()
    lead = Membership.objects.get(user__key="lead", inspection__key="testshire")
    assert "only one" in client.send(f"{HERE}plan/team/{lead.pk}", {}, status=422).errors[0]
    other = Membership.objects.get(user__key="lead2")
    assert client.post(f"{HERE}plan/team/{other.pk}", {}).status_code == 404


@pytest.mark.parametrize(
    ("person", "role", "says"),
    [
        ("nobody@example.org", "inspector", "Nobody who can sign in"),
        ("sm@example.org", "inspector", "at once"),
        ("ad@example.org", "inspector", "administrator"),
        ("stranger@example.org", "local_assessor", "own service"),
    ],
)
def test_who_may_not_be_in_the_team_is_refused_with_the_reason(person: str, role: str, says: str) -> None:
    seeded()
    page = PageClient("lead").send(f"{HERE}plan/team", {"person": person, "role": role}, status=422)
    assert says in page.errors[0]


def test_a_local_assessor_says_which_service_is_their_own() -> None:
    seeded()
    sent = {"person": "stranger@example.org", "role": "local_assessor", "service": "Northshire Youth Offending Service"}
    page = PageClient("lead").send(f"{HERE}plan/team", sent)
    assert "Local assessor, Northshire Youth Offending Service" in page.text


def test_a_conflict_closes_what_it_is_about_and_only_the_lead_and_the_person_read_it() -> None:
    seeded()
    client = PageClient("i1")
    fields = client.open(f"{HERE}plan/conflict").fields()
    client.send(f"{HERE}plan/conflict", {**fields, "about": "case:C1", "reason": "A neighbour"})
    assert Conflict.objects.filter(user__key="i1", case_key="C1").count() == 1
    assert "Case 1" not in PageClient("i1").open("/").links
    assert "A neighbour" in PageClient("lead").open(HERE).text
    assert "A neighbour" in PageClient("i1").open(HERE).text
    assert "A neighbour" not in PageClient("i2").open(HERE).text
    assert "A neighbour" not in PageClient("sm").open(HERE).text


def test_an_inspector_declares_for_nobody_else() -> None:
    seeded()
    client = PageClient("i1")
    sent = {"who": "i2", "about": "inspection", "reason": "x", "once": "k"}
    assert client.send(f"{HERE}plan/conflict", sent, status=422).errors
    assert not Conflict.objects.exists()


def test_whoever_has_an_account_can_plan_whatever_their_key_begins_with() -> None:
    """Keys of accounts are random, so that most of them begin with a digit."""
    lead = seeded().people["lead"]
    lead.key = "3fab00c9d2"
    lead.save()
    client = PageClient(lead.key)
    client.send("/inspections/new", filled(client, service="Northshire YOS"))
    made = Inspection.objects.get(key="northshire-yos-2026")
    assert [one.key for one in store_package(made.key).inspection.team] == [lead.key]
