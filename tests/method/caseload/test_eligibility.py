"""The window of start dates, and why a case lies outside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from caselight.method.caseload.eligibility import Span, judge, window
from caselight.method.faults import Faults
from caselight.method.framework.parts import Provenance
from caselight.method.framework.rules import ALWAYS, Rule
from caselight.method.framework.sampling import Window

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)
ANNOUNCED = date(2015, 11, 27)
FIELDWORK = date(2015, 12, 14)
WEST_LONDON = Span(date(2015, 9, 14), date(2015, 10, 30))


def eligibility(latest: int = 28, earliest: int = 91, also: dict[str, Any] | None = None) -> Window:
    return Window(
        start_fact="sentence_date",
        latest_days_before_announcement=latest,
        earliest_days_before_fieldwork=earliest,
        also=RULES.validate_python(also) if also else ALWAYS,
        provenance=Provenance(mark="own-design"),
    )


IN_COURT = eligibility(also={"not": {"fact": "sentence_type", "in": ["youth_caution", "community_resolution"]}})


def test_west_london_looks_at_sentences_from_14_september_to_30_october() -> None:
    assert window(eligibility(), ANNOUNCED, FIELDWORK) == WEST_LONDON


@pytest.mark.parametrize(
    ("facts", "code", "reason"),
    [
        ({"sentence_date": date(2015, 9, 14)}, "eligible", ""),
        ({"sentence_date": date(2015, 10, 30)}, "eligible", ""),
        (
            {"sentence_date": date(2015, 9, 13)},
            "too_early",
            "Started on 2015-09-13, before the window opened on 2015-09-14.",
        ),
        (
            {"sentence_date": date(2015, 10, 31)},
            "too_late",
            "Started on 2015-10-31, after the window closed on 2015-10-30.",
        ),
        ({}, "date_missing", "No date was supplied for sentence_date."),
        ({"sentence_date": None}, "date_missing", "No date was supplied for sentence_date."),
    ],
)
def test_both_ends_of_the_window_are_inside(facts: dict[str, Any], code: str, reason: str) -> None:
    verdict = judge(facts, WEST_LONDON, eligibility())
    assert (verdict.code, verdict.reason, verdict.eligible) == (code, reason, code == "eligible")


@pytest.mark.parametrize(
    ("sentence_type", "code", "reason"),
    [
        ("referral_order", "eligible", ""),
        ("youth_caution", "excluded", "Left out by the eligibility rule: sentence_type is youth_caution."),
        (None, "not_known", "Eligibility cannot be told: sentence_type was not supplied."),
    ],
)
def test_the_rule_decides_and_unknown_is_not_eligible(sentence_type: str | None, code: str, reason: str) -> None:
    facts = {"sentence_date": date(2015, 10, 1), "sentence_type": sentence_type}
    verdict = judge(facts, WEST_LONDON, IN_COURT)
    assert (verdict.code, verdict.reason) == (code, reason)


def test_a_case_outside_the_window_is_said_to_be_so_whatever_the_rule_says() -> None:
    facts = {"sentence_date": date(2015, 1, 1), "sentence_type": "youth_caution"}
    assert judge(facts, WEST_LONDON, IN_COURT).code == "too_early"


def test_a_rule_that_needs_an_inspectors_answer_makes_nobody_eligible() -> None:
    rule = eligibility(also={"answer": "R2.due", "is": "yes"})
    verdict = judge({"sentence_date": date(2015, 10, 1)}, WEST_LONDON, rule)
    assert (verdict.code, verdict.reason) == ("not_known", "Eligibility cannot be told: an answer was not supplied.")


@pytest.mark.parametrize("value", ["31/10/2015", 20151031, "", "x" * 5000])
def test_a_start_that_is_no_date_is_a_fault_with_its_cure(value: str | int) -> None:
    with pytest.raises(Faults) as caught:
        judge({"sentence_date": value}, WEST_LONDON, eligibility())
    (fault,) = caught.value
    assert (fault.code, fault.where) == ("caseload.start-is-not-a-date", ("sentence_date",))
    assert len(fault.says) < 100


@pytest.mark.parametrize(
    ("announced", "fieldwork", "days", "code"),
    [
        (date(2015, 12, 15), date(2015, 12, 14), (28, 91), "caseload.announced-after-fieldwork"),
        (date(2015, 11, 27), date(2015, 12, 14), (100, 20), "caseload.empty-window"),
        (date(2015, 1, 1), date(2015, 12, 14), (28, 91), "caseload.empty-window"),
    ],
)
def test_inspection_dates_that_cannot_be_are_faults(
    announced: date, fieldwork: date, days: tuple[int, int], code: str
) -> None:
    with pytest.raises(Faults) as caught:
        window(eligibility(*days), announced, fieldwork)
    assert [fault.code for fault in caught.value] == [code]


def test_a_window_that_would_begin_before_the_calendar_begins_with_it() -> None:
    assert window(eligibility(0, 10**9), date(1, 1, 2), date(1, 1, 3)) == Span(date.min, date(1, 1, 2))


@settings(deadline=None)
@given(st.dates(), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.dates())
def test_a_case_is_eligible_exactly_when_the_days_add_up(
    announced: date, notice: int, latest: int, earliest: int, start: date
) -> None:
    fieldwork = announced + timedelta(days=min(notice, (date.max - announced).days))
    rule = eligibility(latest, earliest)
    try:
        span = window(rule, announced, fieldwork)
    except Faults:
        assert latest > earliest - (fieldwork - announced).days
        return
    expected = (announced - start).days >= latest and (fieldwork - start).days <= earliest
    assert judge({"sentence_date": start}, span, rule).eligible == expected
