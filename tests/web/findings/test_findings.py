"""Findings: every figure with its base, opened to its cases; some cases only; the chart; beside another inspection."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.answers import op_id, sent
from tests.factories.store import AT, seeded
from tests.factories.west_london import west_london
from tests.web.client import PageClient

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.procedures import findings as kept
from caselight.store.assessments.actions import complete, moderate, record_answers
from caselight.store.caseloads.models import CaseloadCase
from caselight.store.inspections.models import Inspection, State

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/inspections/testshire/findings/"


@pytest.fixture(autouse=True)
def inspection(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password
    kept._kept.clear()
    return seeded().inspection


@pytest.fixture
def lead():
    return PageClient("lead")


def recorded(*rows: tuple[str, str, str], start: int = 1, inspection: str = "testshire", **more: object) -> None:
    events = [sent(key, question, value, op_id(start + n, 7), **more) for n, (key, question, value) in enumerate(rows)]
    evidence = {
        "locators": [Locator(events[0].op_id, "Case diary", "3 May")],
        "excerpts": [Excerpt(f"x-{inspection}-{start}", events[0].op_id, "Nobody asked me", "Sam")],
    }
    answers = record_answers(by="i1", inspection=inspection, device="laptop", events=events, at=AT, **evidence)
    assert not [one for one in answers if hasattr(one, "code")], answers


@pytest.fixture
def answered():
    """C1 is whole and agreed; in C2 one answer is No."""
    recorded(("C1", "A", "yes"), ("C1", "B.due", "no"), ("C1", "C", "yes"))
    recorded(("C2", "A", "no"), start=20, note="Nothing on file.")
    complete(by="i1", inspection="testshire", subject=("case", "C1"), at=AT)
    moderate(by="lead", inspection="testshire", subject=("case", "C1"), at=AT)


def lines(page) -> dict[str, dict[str, str]]:
    """The lines of the first theme by their question."""
    (table,) = page.find("//table[caption[@id='lines-1']]")
    head = [" ".join(cell.text_content().split()) for cell in table.xpath("./thead//th")]
    rows = [[" ".join(cell.text_content().split()) for cell in row.xpath("./*")] for row in table.xpath("./tbody/tr")]
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def test_every_figure_has_both_totals_its_failures_with_reasons_and_what_is_not_counted(lead, answered):
    line = lines(lead.open(HERE))["A in short"]
    assert line["As things stand"] == "1 of 2 few cases"
    assert line["As agreed"] == "1 of 1"
    assert line["Why not"].startswith("1 No: too weak (1)")
    assert line["Not counted"] == "2 not yet answered"


def test_no_percentage_and_no_range_is_printed_below_ten_cases(lead, answered):
    page = lead.open(HERE)
    assert "%" not in page.text
    assert "Range" not in page.text


def test_lowest_first_puts_what_failed_most_on_top(lead, answered):
    page = lead.open(HERE, {"order": "lowest"})
    shares = page.texts("//table[caption[@id='lines-lowest']]/tbody/tr/td[1]")
    assert shares[0].startswith(("0 of", "1 of 2"))


def test_as_agreed_counts_only_agreed_cases(lead, answered):
    page = lead.open(HERE, {"totals": "agreed"})
    assert "As agreed: 1 of 4 cases are agreed." in page.text
    assert lines(page)["A in short"]["As agreed"] == "1 of 1 few cases"


def test_some_cases_only_by_what_differs_between_them(lead, answered):
    assert "Pre-sentence report" not in lead.open(HERE).text  # all have one, so nothing differs
    CaseloadCase.objects.filter(inspection__key="testshire", key="C2").update(facts={"psr": "no"})
    kept._kept.clear()
    page = lead.open(HERE, {"f.psr": "no"})
    assert "Only cases with Pre-sentence report: No" in page.text
    assert lines(page)["A in short"]["As things stand"] == "0 of 1 few cases"


def test_a_figure_opens_to_its_cases_with_reasons_evidence_and_quotes(lead, answered):
    page = lead.open(f"{HERE}figure/A/")
    assert page.h1 == "A in short"
    for words in ("As things stand: 1 of 2 As agreed: 1 of 1", "Case 2 No too weak", "Nothing on file.",
                  "In the file: Case diary, 3 May", "“Nobody asked me”"):  # fmt: skip
        assert words in page.text
    assert "No (1)" in page.text
    assert "Yes (1)" in page.text
    assert "Not yet answered (2)" in page.text


def test_a_changed_answer_is_marked_and_its_evidence_stays_beneath_it(lead, answered):
    recorded(("C2", "A", "yes"), start=60, pass_="moderated", actor="i1", note="It is in the other folder.")
    text = lead.open(f"{HERE}figure/A/").text
    assert "Case 2 Yes Changed in moderation" in text
    assert "“Nobody asked me”" in text


def test_an_inspector_sees_figures_once_the_letter_is_drafted_and_only_their_own_cases_behind_them(answered):
    client = PageClient("i2")
    client.open(HERE, status=403)
    Inspection.objects.filter(key="testshire").update(state=State.DRAFT)
    page = client.open(f"{HERE}figure/A/")
    assert "more that you may not open now" in page.text
    assert "Nothing on file." not in page.text


@pytest.mark.parametrize("who", ["la", "qa", "sm", "cm", "ad", "stranger", "lead2", "ll"])
def test_nobody_else_sees_figures(who, answered):
    client = PageClient(who)
    for path in (HERE, f"{HERE}figure/A/", f"{HERE}chart/T/", f"{HERE}before", f"{HERE}feedback", f"{HERE}feedback/choose",
                 f"{HERE}feedback/edit"):  # fmt: skip
        assert client.get(path).status_code in (403, 404), path


def test_the_chart_says_the_same_as_its_table(lead, answered):
    page = lead.open(f"{HERE}chart/T/")
    assert page.find("//*[local-name()='svg']/*[local-name()='desc']")
    rows = {row["Question"]: (row["Cases"], row["Of"]) for row in page.table("chart")}
    assert rows["A in short"] == ("1", "2")
    assert "Lowest" in page.text or "lowest" in page.text or "Result" in page.text


def test_the_whole_table_is_downloaded(lead, answered):
    file = lead.get(HERE, {"as": "csv", "table": "figures"})
    assert b"A in short" in file.content
    assert b"1 of 2" in file.content


def test_what_is_not_there_is_not_found(lead):
    for path in ("figure/nothing/", "figure/service/", "chart/X/"):
        lead.open(f"{HERE}{path}", status=404)


def test_only_inspections_of_the_service_that_one_may_read_stand_beside(lead, answered):
    assert "There is no other inspection of this service whose figures you may read." in lead.open(f"{HERE}before").text
    assert "Choose one" not in lead.open(f"{HERE}before", {"with": "otherham"}).text


def test_two_inspections_of_a_service_are_held_against_each_other(lead, answered):
    from caselight.store.accounts.models import User
    from caselight.store.inspections.models import Membership

    audit = Inspection.objects.get(key="testshire-audit")
    Inspection.objects.filter(pk=audit.pk).update(kind="external")
    Membership.objects.create(
        user=User.objects.get(key="lead"), role="lead_inspector", inspection=audit, member_key="lead"
    )
    recorded(("C1", "A", "yes"), start=80, inspection="testshire-audit")
    lead = PageClient("lead")
    page = lead.open(f"{HERE}before", {"with": "testshire-audit"})
    (row,) = page.table("before")
    assert (row["Question"], row["Now"], row["Then"]) == ("A in short", "1 of 2", "1 of 1")
    assert "may be chance" in row["Change"]


def test_figures_are_counted_once_for_the_same_answers_and_anew_for_others(lead, answered):
    lead.open(HERE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        lead.open(HERE)
    assert len(queries) <= 10, [one["sql"][:120] for one in queries]
    recorded(("C3", "A", "yes"), start=90)
    assert lines(lead.open(HERE))["A in short"]["As things stand"].startswith("2 of 3")


def test_nothing_that_was_written_about_a_child_is_kept_in_memory(lead, answered):
    lead.open(f"{HERE}figure/A/")
    (found,) = kept._kept.values()
    assert not any(event.note or event.resolves_reason for event in found.package.events)
    assert not found.package.excerpts
    assert not found.package.locators


def test_the_figures_are_those_of_the_command_line(lead):
    west_london()
    from pathlib import Path

    from caselight.procedures.counting import tallied

    folder = Path(__file__).parents[3] / "examples" / "west-london"
    told = {one.key: (one.sufficient, one.relevant) for one in tallied(folder) if one.kind in kept.SHARES}
    here = {key: (one.sufficient, one.relevant) for key, one in kept.findings("west-london").shares().items()}
    assert here == told
    page = lead.open("/inspections/west-london/findings/")
    assert "28 of 32" in page.text
    assert "%" in page.text
