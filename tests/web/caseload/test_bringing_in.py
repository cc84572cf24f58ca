"""A service's file becomes the case list: step by step, mended in place, all of it or nothing of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.case_list import HEAD, KEY, clean, messy, rows, waiting, workbook
from tests.factories.store import seeded
from tests.web.client import Page, PageClient

from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.models import CaseloadCase, ListDraft, SupplierLayout
from caselight.store.identities.models import Person

pytestmark = pytest.mark.django_db


def at(page: str, **more: object) -> str:
    return reverse(f"caseload:{page}", kwargs={"key": KEY, **more})


@pytest.fixture
def lead() -> PageClient:
    seeded()
    waiting()
    return PageClient("lead")


def send(client: PageClient, data: bytes, name: str = "cases.xlsx", **more: Any) -> Page:
    return client.send(at("upload"), {"file": SimpleUploadedFile(name, data)}, **more)


def to_check(client: PageClient, data: bytes) -> Page:
    page = send(client, data)
    for step in ("heading", "columns", "rows"):
        assert page.url == at(step), (page.url, page.text)
        page = client.send(at(step), page.fields(0))
    assert page.url == at("check"), (page.url, page.errors)
    return page


def field(page: Page, label: str) -> str:
    """The name of the first field of the fault whose heading begins so."""
    found = page.find("//section[h3[starts-with(normalize-space(), $label)]]//*[@name]", label=label)
    return str(found[0].get("name"))


def test_heading_and_columns_are_guessed_and_counts_say_what_is_wrong(lead: PageClient) -> None:
    page = to_check(lead, messy())
    assert "24 rows, 19 eligible, 3 to fix" in page.text
    assert "1 not eligible: Looks closed" in page.text
    assert "1 not eligible: Began before the window opened" in page.text
    assert "It says “31/02/2015”. It is not a day." in page.text
    assert "cell I8" in page.text
    assert "Accept list" not in page.buttons


def test_a_cell_is_mended_in_place_a_row_left_out_and_then_all_is_taken_in(lead: PageClient) -> None:
    page = to_check(lead, messy())
    sent = page.fields(0)
    sent |= {field(page, "Date on which"): "28/02/2015", field(page, "Sex"): "male"}
    twice = field(page, "Record number")
    page = lead.send(at("mend"), {**sent, twice.replace("v", "o", 1): "duplicate"})
    assert page.done == ["Nothing is left to fix."]
    assert "24 rows, 20 eligible, 0 to fix" in page.text
    page = lead.send(at("accept"), page.fields(0))
    assert page.done == ["The list is accepted: 24 cases, 20 eligible."]
    assert "24 cases, 20 eligible" in page.text
    assert not ListDraft.objects.exists()
    assert CaseloadCase.objects.filter(inspection__key=KEY, eligible=False).count() == 4


def test_names_lie_in_the_vault_and_nowhere_else_and_keys_are_random(lead: PageClient) -> None:
    lead.send(at("accept"), to_check(lead, clean()).fields(0))
    assert Person.objects.filter(inspection=KEY).count() == 24 + 4  # children and workers
    stored = repr([*CaseloadCase.objects.filter(inspection__key=KEY).values()]) + repr([*AuditRow.objects.values()])
    stored += repr([*SupplierLayout.objects.values()])
    for word in ("Quill", "Zane", "TS/1", "Worker"):
        assert word not in stored
    keys = CaseloadCase.objects.filter(inspection__key=KEY).values_list("key", flat=True)
    assert all(len(key) == 32 for key in keys)


def test_nothing_of_the_file_stands_in_the_database_in_clear_while_it_is_prepared(lead: PageClient) -> None:
    to_check(lead, messy())
    row = ListDraft.objects.get()
    assert b"Quill" not in bytes(row.sealed)
    page = lead.send(at("leave"))
    assert page.done == ["The file was let go. Nothing of it is kept."]
    assert not ListDraft.objects.exists()


def test_a_list_with_faults_is_refused_whole(lead: PageClient) -> None:
    page = to_check(lead, messy())
    page = lead.send(at("accept"), {"version": page.fields(0)["version"]}, status=422)
    assert page.errors == [
        "3 rows have faults, so nothing was taken in. Mend them, or leave the rows out with a reason."
    ]
    assert not CaseloadCase.objects.filter(inspection__key=KEY).exists()


def test_a_value_that_is_wrong_again_is_said_at_its_field_and_the_others_wait(lead: PageClient) -> None:
    page = to_check(lead, messy())
    name = field(page, "Date on which")
    page = lead.send(at("mend"), {**page.fields(0), name: "yesterday"}, status=422)
    assert page.errors == ["Enter the day, such as 31/01/2016."]
    assert page.fields(0)[name] == "yesterday"


def test_what_was_said_of_a_file_is_remembered_for_the_next_of_its_kind(lead: PageClient) -> None:
    odd = [["Ref", *HEAD[1:4], "M/F", *HEAD[5:]], *rows(6)]
    for line in odd[1:]:
        line[4] = "Boy"
    page = lead.send(at("heading"), send(lead, workbook(odd)).fields(0))
    columns = page.fields(0)
    assert columns["c4"] == ""
    page = lead.send(at("columns"), {**columns, "c0": "@local_id", "c4": "sex", "source": "ChildView"})
    page = lead.send(at("rows"), page.fields(0))
    assert "cells E2, E3, E4, E5, E6 and 1 more" in page.text
    page = lead.send(at("mend"), {**page.fields(0), field(page, "Sex"): "male"})
    lead.send(at("accept"), page.fields(0))
    odd[1][0] = "TS/999"
    page = lead.send(at("heading"), send(lead, workbook(odd)).fields(0))
    assert page.fields(0)["c4"] == "sex"
    assert "This file looks like “ChildView”" in page.text
    page = lead.send(at("rows"), lead.send(at("columns"), page.fields(0)).fields(0))
    assert "6 rows, 1 eligible, 0 to fix" in page.text
    assert "5 in the case list already" in page.text


def test_several_rows_of_a_child_become_one_where_that_is_the_rule(lead: PageClient) -> None:
    listed = rows(4)
    listed[3][0] = listed[0][0]
    page = lead.send(at("heading"), send(lead, workbook([list(HEAD), *listed])).fields(0))
    page = lead.send(at("columns"), page.fields(0))
    page = lead.send(at("rows"), {**page.fields(0), "one_row": "latest"})
    assert "4 rows, 3 eligible, 0 to fix" in page.text
    assert "1 further row of children who are in the list" in page.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file holds no rows."),
        (b"PK\x03\x04 no zip", "The file cannot be read as a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
        (b"\0\1\2\3" * 100, "The file cannot be read as a table"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do(lead: PageClient, data: bytes, says: str) -> None:
    page = send(lead, data, status=422)
    assert says in page.errors[0]
    assert not ListDraft.objects.exists()


def test_a_column_that_decides_must_be_chosen_and_none_twice(lead: PageClient) -> None:
    page = lead.send(at("heading"), send(lead, messy()).fields(0))
    sent = page.fields(0)
    page = lead.send(at("columns"), {**sent, "c8": "", "c0": "", "c1": "@family"}, status=422)
    assert any("it decides which cases are eligible" in error for error in page.errors)
    assert any("is chosen for two columns" in error for error in page.errors)


def test_two_windows_do_not_overwrite_each_other(lead: PageClient) -> None:
    page = to_check(lead, messy())
    first = {**page.fields(0), field(page, "Sex"): "male"}
    lead.send(at("mend"), first)
    page = lead.send(at("mend"), {**first, field(page, "Sex"): "female"}, status=422)
    assert "was changed in another window" in page.errors[0]


def test_a_fact_is_corrected_with_both_values_kept_and_the_case_judged_again(lead: PageClient) -> None:
    lead.send(at("accept"), to_check(lead, clean()).fields(0))
    early = CaseloadCase.objects.get(inspection__key=KEY, reason__contains="before the window")
    page = lead.open(at("case", case=early.key))
    assert "Not eligible" in page.text
    page = lead.send(at("case", case=early.key), {"fact": "sentence_date", "value": "02/10/2015"}, status=422)
    assert page.errors == ["Select why it was wrong."]
    sent = {"fact": "sentence_date", "value": "02/10/2015", "why": "mistyped", "note": "Quill said so"}
    page = lead.send(at("case", case=early.key), sent)
    assert page.done == ["The fact is corrected. What was supplied is kept beside it."]
    assert page.table("corrections")[0]["Supplied"] == "1 June 2015"
    assert page.table("corrections")[0]["Corrected to"] == "2 October 2015"
    assert "Not eligible" not in page.text
    early.refresh_from_db()
    assert early.facts["sentence_date"] == "2015-06-01"


def test_record_numbers_are_shown_when_asked_for_and_each_reading_is_noted(lead: PageClient) -> None:
    lead.send(at("accept"), to_check(lead, clean()).fields(0))
    assert "TS/100" not in lead.open(at("list")).text
    before = AuditRow.objects.filter(chain=f"reads:{KEY}").count()
    page = lead.open(at("list"), {"numbers": "1"})
    assert {"TS/100", "TS/123"} <= {row["Record number"] for row in page.table("cases")}
    assert AuditRow.objects.filter(chain=f"reads:{KEY}").count() == before + 24


def test_an_inspector_sees_only_cases_that_are_given_and_changes_nothing(lead: PageClient) -> None:
    lead.send(at("accept"), to_check(lead, clean()).fields(0))
    inspector = PageClient("i1")
    inspector.get(at("upload"))
    assert inspector.get(at("upload")).status_code in (403, 404)
    assert PageClient("stranger").get(at("list")).status_code == 404
