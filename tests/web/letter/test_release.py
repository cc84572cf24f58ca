"""Publication: proposed by one, approved by another, with the gate in force to the last moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.moving import AT
from tests.factories.west_london import FOLDER, KEY, change_an_answer, files_made
from tests.web.client import PageClient

from caselight.formats.package.reading import read_package
from caselight.procedures.stored import store_package
from caselight.store.inspections.models import Inspection, Membership
from caselight.store.reports.actions import save_letter
from caselight.store.reports.models import MadeFile
from caselight.store.reports.releases import approved, releases_of

pytestmark = pytest.mark.django_db
PROPOSE = "Propose for publication"


def at(page: str, **more: object) -> str:
    return reverse(f"letter:{page}", kwargs={"key": KEY, **more})


def proved(who: str) -> PageClient:
    """Somebody who proved a moment ago who they are."""
    client = PageClient(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


def state() -> str:
    return str(Inspection.objects.get(key=KEY).state)


@pytest.fixture
def embargo(lead: PageClient) -> PageClient:
    """Whoever leads, under embargo, with the files made."""
    files_made()
    Inspection.objects.filter(key=KEY).update(state="embargo")
    return lead


def test_a_lead_proposes_and_a_publisher_approves(embargo: PageClient) -> None:
    assert "Propose the letter for publication" in embargo.open("/").links
    page = embargo.open(at("release"))
    assert "Nothing: every sentence agrees with its figures" in page.text
    assert PROPOSE in page.buttons
    page = embargo.send(at("propose"))
    assert page.done == ["Proposed for publication. A publisher finds it on their page of today."]
    assert "Approve and publish" not in page.buttons
    publisher = proved("pb")
    assert publisher.open("/").links["Approve the letter for publication"] == at("release")
    page = publisher.open(at("release"))
    assert "Proposed by Leila Lead" in page.text
    page = publisher.send(at("approve"), {"proposal": page.fields()["proposal"]})
    assert page.done == ["The letter is published."]
    assert state() == "published"
    assert [one.step for one in releases_of(KEY)] == ["approved", "proposed"]
    assert "Approved and published by Pia Publisher" in embargo.open(at("release")).text


def test_whoever_approves_first_proves_who_they_are(embargo: PageClient) -> None:
    embargo.send(at("propose"))
    answer = PageClient("pb").post(at("approve"), {"proposal": "1"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert state() == "embargo"


def test_an_author_who_is_publisher_too_is_told_that_somebody_else_approves(embargo: PageClient) -> None:
    save_letter(by="pb", inspection=KEY, language="en", text=read_letter() + "\n", at=AT)
    files_made(2)
    embargo.send(at("propose"))
    page = proved("pb").open(at("release"))
    assert "You wrote part of it." in page.text
    assert "Approve and publish" not in page.buttons
    page = proved("pb").send(at("approve"), {"proposal": "1"}, status=422)
    assert page.errors[0].startswith("You wrote part of the letter")
    assert state() == "embargo"


def read_letter() -> str:
    return store_package(KEY).letters["en"]


def test_it_is_sent_back_with_a_reason_that_names_nobody(embargo: PageClient) -> None:
    embargo.send(at("propose"))
    publisher = proved("pb")
    assert publisher.send(at("send-back"), {"proposal": "1", "reason": ""}, status=422).errors == [
        "Enter what is to be mended."
    ]
    name = read_package(FOLDER, private=True).identities[0].name
    page = publisher.send(at("send-back"), {"proposal": "1", "reason": f"{name} is in it."}, status=422)
    assert page.errors[0].endswith("Take it out: write “the child”, or the number of the paragraph.")
    page = publisher.send(at("send-back"), {"proposal": "1", "reason": "Paragraph 1.2 is not clear."})
    assert page.done == ["It is sent back with your reason."]
    assert "Approve and publish" not in page.buttons
    page = embargo.open(at("release"))
    assert "Pia Publisher sent it back on" in page.text
    assert "Paragraph 1.2 is not clear." in page.text
    assert PROPOSE in page.buttons
    assert "Sent back" in embargo.open("/").text


def _text_changed() -> None:
    save_letter(by="lead", inspection=KEY, language="en", text=read_letter() + "\nPlain words.\n", at=AT)


CHANGES: tuple[tuple[Callable[[], object], str], ...] = (
    (_text_changed, "The letter was saved anew."),
    (change_an_answer, "Answers, cases or decisions behind its figures changed."),
    (lambda: MadeFile.objects.filter(path="letter.pdf").update(content=b"%PDE"), "The files to publish are others."),
)


@pytest.mark.parametrize(("change", "says"), CHANGES)
def test_what_changed_since_the_proposal_voids_it(change: Callable[[], object], says: str, embargo: PageClient) -> None:
    embargo.send(at("propose"))
    change()
    publisher = proved("pb")
    page = publisher.open(at("release"))
    assert "The proposal no longer holds." in page.text
    assert says in page.text
    assert "Approve and publish" not in page.buttons
    assert publisher.send(at("approve"), {"proposal": "1"}, status=422).errors
    assert (state(), approved(KEY)) == ("embargo", None)


def test_a_sentence_that_disagrees_is_neither_proposed_nor_approved(embargo: PageClient) -> None:
    embargo.send(at("propose"))
    change_an_answer()  # 28 of 32 is 27 of 32 from here on: the sentence is stale
    page = proved("pb").send(at("approve"), {"proposal": "1"}, status=422)
    assert any("changed since it was accepted" in error for error in page.errors)
    files_made()
    page = embargo.open(at("release"))
    assert any(
        "changed since it was accepted" in line for line in page.texts("//section[@aria-labelledby='against']//li")
    )
    assert PROPOSE not in page.buttons
    assert embargo.send(at("propose"), status=422).errors
    assert (state(), len(releases_of(KEY))) == ("embargo", 1)


def test_the_step_is_not_taken_on_the_page_of_the_inspection(embargo: PageClient) -> None:
    here = reverse("planning:inspection", kwargs={"key": KEY})
    page = embargo.open(here)
    assert page.links["Publish the letter"] == at("release")
    assert "Publish the letter" not in page.buttons
    page = embargo.send(reverse("planning:move", kwargs={"key": KEY}), {"to": "published"}, status=422)
    assert page.errors[0].startswith("An inspection is published by approving")
    assert state() == "embargo"


def test_once_published_everybody_in_it_gets_the_files_as_they_were_approved(embargo: PageClient) -> None:
    embargo.send(at("propose"))
    proved("pb").send(at("approve"), {"proposal": "1"})
    for who in ("pb", "i1", "qa", "an"):
        page = PageClient(who).open(at("files"))
        assert PageClient(who).get(page.links["PDF"]).content == b"%PDF", who
        assert page.links["Letter"] == at("files"), who
    assert PageClient("stranger").get(at("files")).status_code == 404
    assert "Make them again To publish" not in embargo.open(at("files")).buttons
    assert embargo.send(at("make"), {"language": "en", "kind": "open"}, status=422).errors
    MadeFile.objects.filter(path="letter.pdf").update(content=b"%PDE")
    page = PageClient("pb").open(at("file", kind="open", path="letter.pdf"), status=422)
    assert "not the one that was approved" in page.text
    assert PageClient("pb").get(at("file", kind="open", path="all.zip")).status_code == 422


def test_before_its_time_the_page_says_when(lead: PageClient) -> None:
    page = lead.open(at("release"))
    assert "once the accuracy check has ended and its embargo has begun" in page.text
    assert PROPOSE not in page.buttons
    assert lead.send(at("propose"), status=422).errors


def test_without_files_the_page_leads_to_where_they_are_made(lead: PageClient) -> None:
    Inspection.objects.filter(key=KEY).update(state="embargo")
    page = lead.open(at("release"))
    assert page.links["Make the files to publish"] == at("files")
    assert lead.send(at("propose"), status=422).errors[0].startswith("The files to publish are not there")


def test_the_lead_of_an_audit_round_publishes_alone_and_the_gate_holds(lead: PageClient) -> None:
    del lead
    Inspection.objects.filter(key=KEY).update(kind="local_audit", state="draft")
    row = Inspection.objects.get(key=KEY)
    row.definition = row.definition.replace('"kind":"external"', '"kind":"local_audit"')
    row.save()
    Membership.objects.create(user_id=Membership.objects.filter(user__key="ll")[0].user_id, role="local_lead",
                              inspection=row, service=row.service, member_key="ll")  # fmt: skip
    user = Membership.objects.filter(user__key="ll")[0].user
    user.access_version = "now-two"
    user.save()
    files_made()
    client = proved("ll")
    page = client.open(at("release"))
    assert page.buttons[-1] == "Publish"
    _text_changed()
    files_made(2)
    assert client.send(at("approve"), status=422).errors
    assert state() == "draft"
    save_letter(by="lead", inspection=KEY, language="en", text=read_letter().removesuffix("\nPlain words.\n"), at=AT)
    files_made(3)
    assert client.send(at("approve")).done == ["The report is published."]
    assert state() == "published"
    assert [(one.step, one.by_key) for one in releases_of(KEY)] == [("approved", "ll"), ("proposed", "ll")]
