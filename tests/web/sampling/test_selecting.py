"""A sample: looked at before it is drawn, drawn once, replaced by its reserves, drawn again by anybody, given to people."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import reverse
from tests.factories.case_list import KEY, clean, waiting
from tests.factories.moving import AT
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.formats.supplied.reading import read_supplied
from caselight.procedures.case_lists.accepting import accept_list
from caselight.procedures.case_lists.preparing import begun, keep
from caselight.procedures.case_lists.targets import guessed_columns
from caselight.procedures.exporting import export_package
from caselight.procedures.sampling import verify_sample
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.memberships import Place, declare_conflict
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples.models import Allocation, ChosenDesign, SampledCase

pytestmark = pytest.mark.django_db
OWN = "own-size"


def at(page: str, **more: object) -> str:
    return reverse(f"sampling:{page}", kwargs={"key": KEY, **more})


@pytest.fixture
def lead() -> PageClient:
    seeded()
    waiting()
    listed()
    return PageClient("lead")


def listed(key: str = KEY, by: str = "lead") -> None:
    """A list of 40 cases, accepted."""
    now = begun("cases.xlsx", read_supplied("cases.xlsx", clean(40)))
    framework = framework_of(inspection_of(key).framework)
    now = type(now)(now.file, now.sheets, columns=guessed_columns(now.headings, framework, {}))
    now = keep(now, by=by, inspection=key, at=AT)
    accept_list(key, version=now.version, by=by, at=AT)


def planned(lead: PageClient, size: int = 10, reserves: int = 3) -> Page:
    lead.send(at("choose", design=OWN))
    sent = {"size": size, "reserves": reserves, "strata": ["custodial", "sex"]}
    return lead.send(at("plan", design=OWN), sent)


def selected(lead: PageClient) -> Page:
    planned(lead)
    return lead.send(at("select", design=OWN))


def test_size_precision_and_likeness_are_seen_before_anything_is_drawn(lead: PageClient) -> None:
    page = Page(lead.get(at("sample"), follow=True))
    assert page.url == at("designs")
    assert "38 eligible cases" in page.text
    page = planned(lead)
    assert "10 of 38 eligible cases, 3 in reserve" in page.text
    assert re.search("8 times out of 10: within 1[0-9] in every hundred", page.text)
    assert page.find("//main//*[local-name()='svg']")
    assert {"Female", "Male"} <= {row["Group"] for row in page.table("likeness")}
    seed = ChosenDesign.objects.get().seed
    assert seed not in lead.get(at("plan", design=OWN)).content.decode()
    assert not SampledCase.objects.filter(inspection__key=KEY).exists()


def test_the_seed_is_fixed_by_the_first_look_and_looking_again_changes_nothing(lead: PageClient) -> None:
    planned(lead)
    before = ChosenDesign.objects.get().seed
    planned(lead, 12)
    lead.send(at("choose", design=OWN))
    assert ChosenDesign.objects.get().seed == before


def test_the_sample_is_drawn_once_and_its_seed_shown_then(lead: PageClient) -> None:
    page = selected(lead)
    seed = ChosenDesign.objects.get().seed
    assert page.done == [f"10 cases were drawn and 3 in reserve, with the seed {seed}."]
    assert len(page.table("own-size-cases")) == 10
    assert len(page.table("own-size-reserves")) == 3
    assert Subject.objects.filter(inspection__key=KEY, kind="case").count() == 10
    page = lead.send(at("select", design=OWN), status=422)
    assert "was drawn already" in page.errors[0]


def test_a_removed_case_is_replaced_by_the_reserve_whose_turn_it_is(lead: PageClient) -> None:
    page = selected(lead)
    href = page.find("//table[@id='own-size-cases-table']//a[contains(@href, '/remove/')]")[0].get("href")
    assert lead.send(href, {}, status=422).errors == ["Select why."]
    page = lead.send(href, {"reason": "other", "note": ""}, status=422)
    assert page.errors == ["This reason needs a note. Enter what it was."]
    page = lead.send(href, {"reason": "other", "note": "Zane asked for it"})
    assert re.fullmatch("Case 0[0-9]+ was removed from the sample. Case 11 takes its place.", page.done[0])
    (gone,) = page.table("own-size-removed")
    assert (gone["Note"], gone["Replaced by"]) == ("Zane asked for it", "Case 11")
    assert len(page.table("own-size-cases")) == 10
    assert len(page.table("own-size-reserves")) == 2
    row = SampledCase.objects.get(inspection__key=KEY, status="removed")
    assert (row.note, b"Zane" in bytes(row.sealed_note)) == ("", False)
    assert "The same cases" in lead.open(at("record")).text


def test_anybody_can_draw_again_from_the_package(lead: PageClient, tmp_path: Path) -> None:
    selected(lead)
    target = tmp_path / "out"
    export_package(KEY, target, by="lead", at=AT)
    verify_sample(target)


def test_the_list_stays_as_it_is_once_a_sample_was_drawn_from_it(lead: PageClient) -> None:
    selected(lead)
    case = CaseloadCase.objects.filter(inspection__key=KEY).first()
    assert case is not None
    sent = {"fact": "sex", "value": "Male", "why": "mistyped"}
    there = reverse("caseload:case", kwargs={"key": KEY, "case": case.key})
    page = lead.send(there, {**sent, "value": "Another"}, status=422)
    assert "A sample was drawn from this list" in page.errors[0]
    assert lead.get(reverse("caseload:upload", kwargs={"key": KEY})).status_code == 422


def test_cases_are_given_and_taken_back_and_everybodys_number_is_seen(lead: PageClient) -> None:
    selected(lead)
    page = lead.open(at("allocation"))
    assert "10 cases, 10 given to nobody" in page.text
    assert lead.send(at("give"), {"user": "i1"}, status=422).errors == ["Select at least one case."]
    cases = [box.get("value") for box in page.find("//input[@name='case']")][:4]
    page = lead.send(at("give"), {"user": "i1", "case": cases})
    assert page.done == ["4 cases given to Inga Inspector."]
    assert "10 cases, 6 given to nobody" in page.text
    assert {row["Inspector"]: row["Cases"] for row in page.table("people")}["Inga Inspector"] == "4"
    page = lead.send(at("take-back"), {"allocation": Allocation.objects.filter(inspection__key=KEY).first().pk})
    assert "10 cases, 7 given to nobody" in page.text


def test_cases_that_nobody_has_are_shared_out_evenly_after_a_look_and_only_then_given(lead: PageClient) -> None:
    selected(lead)
    offered = lead.open(at("allocation")).find("//input[@name='among']")
    assert [box.get("value") for box in offered if box.get("checked") is not None] == ["i1", "i2"]
    page = lead.open(at("share") + "?among=i1&among=i2")
    proposed = _proposed(page)
    assert Counter(proposed.values()) == {"i1": 5, "i2": 5}
    assert not Allocation.objects.filter(inspection__key=KEY).exists()  # nothing is given by looking
    page = lead.send(at("share") + "?among=i1&among=i2", proposed)
    assert page.done == ["10 cases given."]
    assert "10 cases, 0 given to nobody" in page.text
    page = lead.send(
        at("share") + "?among=i1&among=i2", proposed
    )  # the same again: nobody has nothing, so nothing is given
    assert Allocation.objects.filter(inspection__key=KEY).count() == 10


def test_a_share_heeds_conflicts_and_one_that_arises_meanwhile_stops_all_of_it(lead: PageClient) -> None:
    selected(lead)
    cases = [box.get("value") for box in lead.open(at("allocation")).find("//input[@name='case']")]
    declare_conflict(by="lead", user="i1", place=Place(KEY), case_key=cases[0], reason="A neighbour.", at=AT)
    page = lead.open(at("share") + "?among=i1")
    proposed = _proposed(page)
    assert proposed[f"case-{cases[0]}"] == ""  # nobody else was chosen
    assert not page.find(f"//select[@name='case-{cases[0]}']/option[@value='i1']")
    declare_conflict(by="lead", user="i1", place=Place(KEY), case_key=cases[1], reason="A cousin.", at=AT)
    page = lead.send(at("share") + "?among=i1", proposed, status=422)
    assert page.errors == ["Somebody else has to have this case. Select again."]
    nothing = dict.fromkeys(proposed, "")
    page = lead.send(at("share") + "?among=i1", nothing, status=422)
    assert page.errors == ["Select somebody for at least one case."]
    assert not Allocation.objects.filter(inspection__key=KEY).exists()


def _proposed(page: Page) -> dict[str, str]:
    """What the page would give: each case with whom."""
    chosen = {}
    for box in page.find("//select[starts-with(@name, 'case-')]"):
        picked = [one for one in box if one.get("selected") is not None]
        chosen[str(box.get("name"))] = str(picked[0].get("value")) if picked else ""
    return chosen


def test_a_conflict_of_interest_blocks_and_gives_none_of_the_cases(lead: PageClient) -> None:
    selected(lead)
    cases = [box.get("value") for box in lead.open(at("allocation")).find("//input[@name='case']")][:2]
    declare_conflict(by="lead", user="i1", place=Place(KEY), case_key=cases[1], reason="A neighbour.", at=AT)
    page = lead.send(at("give"), {"user": "i1", "case": cases}, status=422)
    assert "A conflict of interest stands against giving this case to this person." in page.errors[0]
    assert not Allocation.objects.filter(inspection__key=KEY).exists()
    assert page.find("//input[@name='case' and @checked]")


def test_whoever_does_not_lead_sees_no_sample_before_the_figures_are_theirs(lead: PageClient) -> None:
    selected(lead)
    assert PageClient("i1").get(at("sample")).status_code == 403
    assert PageClient("sm").get(at("sample")).status_code == 403
    assert PageClient("i1").post(at("give"), {}).status_code == 403
    Inspection.objects.filter(key=KEY).update(state="draft")
    assert PageClient("i1").open(at("sample")).h1 == "Sample"


def test_an_audit_round_chooses_ten_in_its_own_words(lead: PageClient) -> None:
    key = waiting(kind="local_audit")
    listed(key, "ll")
    leads = PageClient("ll")

    def there(page: str, **more: object) -> str:
        return reverse(f"sampling:{page}", kwargs={"key": key, **more})

    page = leads.open(there("designs"))
    assert page.h1 == "Choose cases"
    page = leads.send(there("choose", design=OWN))
    assert page.fields(0)["size"] == "10"
    page = leads.send(there("plan", design=OWN), page.fields(0))
    assert "Choose cases" in page.buttons
    page = leads.send(there("select", design=OWN))
    assert {"Next in line", "Swapped", "Cases chosen"} <= set(page.texts("//caption"))
    assert "Custodial sentence: No; Sex: Female" in {row["Group"] for row in page.table("own-size-cases")}
    href = page.find("//a[contains(@href, '/remove/')]")[0].get("href")
    page = leads.send(href, {"reason": leads.open(href).find("//input[@name='reason']")[0].get("value")})
    assert "was swapped." in page.done[0]
