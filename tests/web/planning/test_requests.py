"""Requests to the service, contacts and the announcement, as the lead, the service and the others see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.store.inspections.asking import Ask, ask
from caselight.store.inspections.models import Announcement, ContactStep, RequestStep, State
from caselight.store.inspections.requests import requests_of

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/"
LIST = f"{HERE}plan/requests"
NOW = datetime.now(UTC)  # noqa: TID251 - pages are served at the instant that it is
LATE, SOON = (NOW - timedelta(3)).date(), (NOW + timedelta(30)).date()
K1, K2, K3 = ("1" * 32, "2" * 32, "3" * 32)


def something(key: str = K1, what: str = "Minutes of the board", *, late: bool = False, **more: str) -> str:
    """A request; its address."""
    wanted = Ask(key, what, LATE if late else SOON, more.get("worker", ""), more.get("case", ""))
    ask(by="lead", inspection="testshire", wanted=[wanted], at=NOW)
    return f"{LIST}/{key}"


def stepped(who: str, address: str, step: str, words: str = "", **more: str) -> Page:
    """What comes of a step."""
    sent = {"step": step, f"{step}-words": words, **more}
    return PageClient(who).send(f"{address}/step", sent)


def test_a_lead_asks_from_the_usual_list_at_once_and_once() -> None:
    seeded(state=State.SETUP)
    client = PageClient("lead")
    page = client.open(f"{LIST}/usual")
    sent = page.fields()
    assert 12 <= len(sent["wanted"]) <= 20
    assert client.send(f"{LIST}/usual", {**sent, "wanted": []}, status=422).errors == ["Select what you ask for."]
    done = client.send(f"{LIST}/usual", {**sent, "wanted": sent["wanted"][:12]})
    client.send(f"{LIST}/usual", {**sent, "wanted": sent["wanted"][:12]})
    assert len(requests_of("testshire")) == 12
    assert done.h1 == "Requests to the service"
    assert len(done.table("requests")) == 12
    assert len(client.open(f"{LIST}/usual").fields()["wanted"]) == len(sent["wanted"]) - 12


def test_a_lead_asks_for_one_thing_of_one_person_and_what_is_wrong_is_said_at_its_field() -> None:
    seeded()
    client = PageClient("lead")
    sent = client.open(f"{LIST}/new").fields()
    page = client.send(f"{LIST}/new", sent, status=422)
    assert page.errors == ["Enter what you ask for.", "Enter the day until when you want it."]
    day = {"due-day": str(SOON.day), "due-month": str(SOON.month), "due-year": str(SOON.year)}
    page = client.send(f"{LIST}/new", {**sent, "what": "The file", "worker": "w1", "case": "C1", **day})
    client.send(f"{LIST}/new", {**sent, "what": "The file", "worker": "w1", "case": "C1", **day})
    (row,) = page.table("requests")
    assert (row["Request"], row["Asked of"], row["State"]) == ("The file", "Carla Caseworker", "Asked")
    assert "Asked by Leila Lead" in row["Last change"]


def test_the_service_answers_the_lead_sends_back_and_accepts_and_the_page_tells_all_of_it() -> None:
    seeded()
    address = something()
    assert PageClient("sm").send(f"{address}/step", {"step": "received"}, status=422).errors == [
        "Enter where it is, or how it was sent."
    ]
    stepped("sm", address, "received", "In the shared folder")
    page = PageClient("lead").open(address)
    assert page.buttons[-2:] == ["Accept", "Send back"]
    stepped("lead", address, "returned", "June is missing")
    assert "June is missing" in PageClient("sm").open(address).text
    stepped("sm", address, "received", "June too")
    done = stepped("lead", address, "accepted")
    assert done.done == ["It is accepted."]
    assert done.table("requests")[0]["State"] == "Accepted"
    text = PageClient("i1").open(address).text
    for told in (
        "Asked by Leila Lead",
        "Received by Sami Manager",
        "Sent back by Leila Lead",
        "Accepted by Leila Lead",
    ):
        assert told in text


@pytest.mark.parametrize("step", ["accepted", "returned", "changed", "withdrawn"])
def test_the_service_does_not_settle_what_it_provided(step: str) -> None:
    seeded()
    address = something()
    stepped("sm", address, "received", "There")
    before = RequestStep.objects.count()
    stepped("sm", address, step, "words")
    assert RequestStep.objects.count() == before
    assert PageClient("sm").open(address).buttons == []


def test_a_step_on_a_page_that_is_stale_changes_nothing_and_says_so() -> None:
    seeded()
    address = something()
    stepped("lead", address, "withdrawn", "Not needed")
    page = stepped("sm", address, "received", "There")
    assert "the request had gone further meanwhile" in page.text
    assert RequestStep.objects.count() == 2


def test_what_is_overdue_stands_on_the_inspections_page_and_on_today() -> None:
    seeded(state=State.SETUP)
    something(K1, "Minutes", late=True)
    something(K2, "Policies")
    page = PageClient("lead").open(HERE)
    told = page.texts("//ul[contains(@class, 'govuk-task-list')]/li")
    assert told[0].startswith("Minutes Managers of the service, due")
    assert told[0].endswith("Overdue by 3 days")
    assert told[1].endswith("Asked")
    assert "1 request to the service is overdue." in page.text
    assert "Overdue from the service 1 request" in PageClient("lead").open("/").text
    assert "2 requests to answer 1 overdue" in PageClient("sm").open("/").text
    stepped("sm", f"{LIST}/{K1}", "received", "There")
    assert "Received from the service, to be looked at 1 request" in PageClient("lead").open("/").text
    assert "1 request to answer" in PageClient("sm").open("/").text
    assert "request" not in PageClient("qa").open("/").text


def test_a_case_manager_and_a_local_assessor_see_their_own_only() -> None:
    seeded()
    something(K1, "Minutes")
    something(K2, "Your diary", worker="w1")
    something(K3, "The file", case="C3")
    assert [row["Request"] for row in PageClient("cm").open(LIST).table("requests")] == ["Your diary"]
    assert "1 request to answer" in PageClient("cm").open("/").text
    assert [row["Request"] for row in PageClient("la").open(LIST).table("requests")] == ["The file"]
    assert PageClient("cm").get(f"{LIST}/{K1}").status_code == 404
    assert PageClient("sm2").get(LIST).status_code == 404
    assert "Minutes" not in PageClient("cm").open(HERE).text


def test_contacts_are_kept_corrected_and_taken_off_the_list() -> None:
    seeded()
    client = PageClient("sm")
    sent = client.open(f"{HERE}plan/contacts/new").fields()
    page = client.send(f"{HERE}plan/contacts/new", {**sent, "name": "Mary Manager"}, status=422)
    assert page.errors == ["Enter an e-mail address or a telephone number."]
    sent |= {"name": "Mary Manager", "role": "Head of service", "email": "mary@example.org"}
    client.send(f"{HERE}plan/contacts/new", sent)
    client.send(f"{HERE}plan/contacts/new", sent)
    assert ContactStep.objects.count() == 1
    page = PageClient("i1").open(HERE)
    assert page.links["mary@example.org"] == "mailto:mary@example.org"
    assert "Change Mary Manager" not in page.links
    change = PageClient("lead").open(HERE).links["Change Mary Manager"]
    client.send(change, {**PageClient("lead").open(change).fields(), "telephone": "020 7946 0000"})
    assert PageClient("i1").open(HERE).links["020 7946 0000"] == "tel:02079460000"
    client.send(f"{change}/remove", {})
    assert "Mary Manager" not in PageClient("lead").open(HERE).text
    assert "Contacts" not in PageClient("cm").open(HERE).text


def test_an_announcement_is_made_from_the_plan_and_noted_as_it_was_sent() -> None:
    seeded(state=State.SETUP)
    something(K1, "Minutes of the board")
    client = PageClient("lead")
    page = client.open(HERE)
    assert "It is not noted that the announcement was sent." in page.text
    page = client.open(page.links["Send announcement"])
    sent = page.fields()
    for told in ("Leila Lead", "Minutes of the board", "The fieldwork is from", "We announce an inspection"):
        assert told in sent["words"]
    assert client.send(f"{HERE}plan/announcement/sent", sent, status=422).errors == ["Enter to whom you sent it."]
    page = client.send(f"{HERE}plan/announcement/sent", {**sent, "to": "Mary Manager, by e-mail"})
    client.send(f"{HERE}plan/announcement/sent", {**sent, "to": "Mary Manager, by e-mail"})
    assert Announcement.objects.count() == 1
    assert "Announced on" in page.text
    assert "Send announcement" not in page.links
    read = PageClient("sm").open(f"{HERE}plan/announcement")
    assert "To Mary Manager, by e-mail" in read.text
    assert read.find("//main//form") == []


def test_an_audit_round_asks_and_announces_in_its_own_words() -> None:
    seeded(state=State.SETUP)
    client = PageClient("ll")
    assert "It is not noted" not in client.open("/inspections/testshire-audit/").text
    page = client.open("/inspections/testshire-audit/plan/announcement")
    assert "We announce an audit round of our own work." in page.fields()["words"]
    assert len(client.open("/inspections/testshire-audit/plan/requests/usual").fields()["wanted"]) == 3
