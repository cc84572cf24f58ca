"""The feedback sheet: from the strongest and weakest figures, in the lead's words, every version kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.store import seeded
from tests.factories.west_london import west_london
from tests.web.client import PageClient

from caselight.procedures.findings import Findings, findings
from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.queries import subjects_of
from caselight.store.reports.sheets import sheets_of
from caselight.web.design.words import words_of
from caselight.web.findings.feedback import examined, first_text, suggestions

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/inspections/west-london/findings/feedback"


@pytest.fixture
def lead(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    seeded()
    west_london()
    return PageClient("lead")


def test_three_strengths_and_three_areas_are_chosen_beforehand_and_become_sentences(lead):
    page = lead.open(f"{HERE}/choose")
    chosen = page.fields()
    assert len(chosen["strengths"]) == len(chosen["areas"]) == 3
    assert not set(chosen["strengths"]) & set(chosen["areas"])
    page = lead.send(f"{HERE}/choose", chosen)
    assert page.h1 == "Put it into your own words"
    (sheet,) = sheets_of("west-london")
    assert [len(sheet.says.strengths), len(sheet.says.areas)] == [3, 3]
    assert all(
        "good enough in" in says or "good enough for" in says for _, says in (*sheet.says.strengths, *sheet.says.areas)
    )
    assert AuditRow.objects.filter(act="letter.sheet-saved").count() == 1


def test_a_sheet_in_the_middle_of_the_fieldwork_says_of_how_many_cases_it_speaks(lead):
    kind = subjects_of("west-london")[0].kind
    keys = [one.key for one in subjects_of("west-london") if one.kind == kind]
    found = findings("west-london")
    assert examined(found) == (len(keys), len(keys))
    assert f"We looked at {len(keys)} cases." in first_text(found, words_of("external"), [], []).opening
    kept = tuple(event for event in found.package.events if event[3] not in keys[:3])
    fewer = Findings(replace(found.package, events=kept), ())
    said = first_text(fewer, words_of("external"), [], []).opening
    assert f"We have looked at {len(keys) - 3} of {len(keys)} cases so far." in said


def test_every_question_with_enough_cases_stands_on_one_side(lead):
    strong, weak = suggestions(findings("west-london"))
    assert [len(strong), len(weak)] == [8, 8]
    assert not {one.key for one in strong} & {one.key for one in weak}


def test_words_are_changed_and_the_version_before_stays(lead):
    lead.send(f"{HERE}/choose", lead.open(f"{HERE}/choose").fields())
    fields = {**lead.open(f"{HERE}/edit").fields(), "strengths-0": "You know your children.", "areas-2": ""}
    page = lead.send(f"{HERE}/edit", fields)
    assert page.h1 == "Feedback"
    assert "You know your children." in page.text
    second, first = sheets_of("west-london")
    assert len(second.says.areas) == 2
    assert len(first.says.areas) == 3
    assert "You know your children." not in lead.open(HERE, {"n": "1"}).text


def test_sent_twice_it_is_one_version_and_a_stale_page_overwrites_nothing(lead):
    lead.send(f"{HERE}/choose", lead.open(f"{HERE}/choose").fields())
    fields = lead.open(f"{HERE}/edit").fields()
    lead.send(f"{HERE}/edit", {**fields, "opening": "Good morning."})
    lead.send(f"{HERE}/edit", {**fields, "opening": "Good morning."})
    assert len(sheets_of("west-london")) == 2
    page = lead.send(f"{HERE}/edit", {**fields, "opening": "Good evening."}, status=422)
    assert page.errors[0].startswith("Somebody saved version 2")
    assert "Good evening." in page.text


@pytest.mark.parametrize("many", [0, 4])
def test_none_or_too_many_are_refused_in_words(lead, many):
    offered = [one.get("value") for one in lead.open(f"{HERE}/choose").find("//input[@name='strengths']")]
    page = lead.send(f"{HERE}/choose", {"strengths": offered[:many]}, status=422)
    assert page.errors == ["Select at most three" if many else "Select what was good, or what was not"]


def test_a_sheet_that_says_nothing_or_too_much_is_not_saved(lead):
    lead.send(f"{HERE}/choose", lead.open(f"{HERE}/choose").fields())
    fields = lead.open(f"{HERE}/edit").fields()
    empty = {name: "" for name in fields if name.startswith(("strengths", "areas"))}
    assert lead.send(f"{HERE}/edit", {**fields, **empty}, status=422).errors
    assert lead.send(f"{HERE}/edit", {**fields, "opening": "x" * 601}, status=422).errors
    assert len(sheets_of("west-london")) == 1


def test_before_there_is_a_sheet_its_page_says_so(lead):
    assert "There is no sheet yet." in lead.open(HERE).text
    assert lead.open(HERE, {"n": "3"}, status=404)


def test_an_inspector_reads_the_sheet_and_does_not_write_it(lead):
    lead.send(f"{HERE}/choose", lead.open(f"{HERE}/choose").fields())
    page = PageClient("i1").open(HERE)
    assert "good enough in" in page.text
    assert page.buttons == []
    PageClient("i1").open(f"{HERE}/edit", status=403)
