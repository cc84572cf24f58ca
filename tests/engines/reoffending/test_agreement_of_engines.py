"""Oracle, kernel and statement come to the same whole numbers: the reference cases, and ten thousand random dirty people."""

from datetime import date
from typing import Any

import pytest
from tests.engines.reoffending.agreeing import (
    groups,
    groups_of,
    in_one_order,
    kernel,
    oracle,
    statement,
    statement_accounts,
)
from tests.engines.reoffending.dirty import Dirt
from tests.method.reoffending.cases import CASES as OURS
from tests.method.reoffending.histories import AS_OF, reference_cases
from tests.method.reoffending.test_options import CHANGED

from caselight.engines.reoffending.asking import BREAKDOWNS, Question, calendar, days
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.events import Kind
from caselight.method.reoffending.measures import Measure, measure
from caselight.method.reoffending.months import EARLIEST, LATEST, MonthAdd, add_months, months_from, quarters
from caselight.method.reoffending.options import Missing

WINDOWS = (*quarters(2012), *quarters(2013), months_from(date(2012, 1, 1), 12), months_from(date(2013, 1, 1), 12))
EXTRACT = date(2014, 6, 30)
CASES = {id_: list(case.events) for id_, case in {**reference_cases(), **OURS}.items()}
MIXED: list[dict[str, Any]] = [
    {
        "serious": (1, 3),
        "tic_counts": True,
        "breach_counts": True,
        "drug_test_is_entry": True,
        "recall_release_is_index": True,
    },
    {"serious": (0,), "follow_months": 24, "wait_months": 0, "index_day_counts": True, "follow_end_day": False},
    {"kinds": (Kind.COURT, Kind.CUSTODY), "previous_bands": (0, 2), "age_bands": (10, 18)},
]
OPTIONS = [*(changed for changed, _ in CHANGED), *MIXED]


def question(how: Measure, as_of: date = EXTRACT) -> Question:
    """Every window, breakdown and row."""
    return Question(how, WINDOWS, as_of, BREAKDOWNS, rows=True)


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "compiled"])
@pytest.mark.parametrize("id_", ["EW-12M", "SCOT-1Y"])
def test_the_kernel_agrees_with_the_oracle_on_every_case(id_: str, *, plain: bool) -> None:
    """The reference cases and ours, entry by entry."""
    asked = question(measure(id_), AS_OF)
    rows, counted = oracle(CASES, asked)
    found = kernel(CASES, asked, plain=plain)

    assert in_one_order(found.entries) == rows
    assert {**found.drops, **found.notes} == counted


@pytest.mark.slow
def test_ten_thousand_random_people_give_no_difference() -> None:
    """Every entry and group, in batches that cut people in two."""
    people, asked = Dirt(1).people(10_000), question(measure("EW-3M").with_options(serious=(1, 4)))
    rows, counted = oracle(people, asked)
    found = kernel(people, asked, batch=1_000)

    assert in_one_order(found.entries) == rows
    assert groups_of(found) == groups(rows, asked)
    assert statement(people, asked) == rows
    assert {**found.drops, **found.notes} == counted
    assert statement_accounts(people, asked) == counted
    assert found.rows == sum(map(len, people.values()))


@pytest.mark.parametrize("changed", OPTIONS, ids=str)
def test_random_people_give_no_difference_with_any_option(changed: dict[str, Any]) -> None:
    """Three hundred others for each, and another seed."""
    people, asked = Dirt(1 + OPTIONS.index(changed)).people(300), question(measure("EW-3M").with_options(**changed))
    rows, counted = oracle(people, asked)
    found = kernel(people, asked, batch=97)

    assert in_one_order(found.entries) == rows
    assert statement(people, asked) == rows
    assert groups_of(found) == groups(rows, asked)
    assert {**found.drops, **found.notes} == counted
    assert statement_accounts(people, asked) == counted


@pytest.mark.parametrize("id_", ["EW-12M", "SCOT-1Y"])
def test_the_statement_agrees_with_the_oracle_on_every_case(id_: str) -> None:
    """As it is written, on DuckDB."""
    asked = question(measure(id_), AS_OF)

    rows, counted = oracle(CASES, asked)
    assert statement(CASES, asked) == rows
    assert statement_accounts(CASES, asked) == counted


def test_the_fuzz_meets_every_rule_under_which_a_row_is_left_out_or_a_date_set_aside() -> None:
    """Else their agreement about it would say nothing; the last rule is there only where an option asks for it."""
    people = Dirt(1).people(1_000)
    dropping = question(measure("EW-3M").with_options(missing_offence_date=Missing.DROP))
    met = oracle(people, question(measure("EW-3M")))[1] + oracle(people, dropping)[1]
    assert set(met) == {*Drop, *Note}


def test_scotland_gives_no_difference() -> None:
    """Another clock, another count, other kinds."""
    people, asked = Dirt(99).people(1_000), question(measure("SCOT-1Y"))
    rows = oracle(people, asked)[0]

    assert in_one_order(kernel(people, asked).entries) == rows
    assert statement(people, asked) == rows


def test_what_is_asked_beside_changes_no_count() -> None:
    """Totals without a breakdown are the sums of the groups, and no rows are made."""
    people = Dirt(7).people(300)
    whole, alone = (
        kernel(people, question(measure("EW-3M"))),
        kernel(people, Question(measure("EW-3M"), WINDOWS, EXTRACT)),
    )

    assert alone.entries == ()
    assert {group.window: group.counts for group in alone.groups} == {
        window: whole.total(window) for window in WINDOWS if whole.total(window).entries
    }
    assert alone.states == whole.states


@pytest.mark.parametrize("how", MonthAdd)
def test_the_calendar_goes_by_the_months_of_the_method(how: MonthAdd) -> None:
    """Every day that can be, twelve and eighteen months on."""
    first, last = EARLIEST.toordinal(), LATEST.toordinal()
    every = [date.fromordinal(day) for day in range(first, last + 1)]
    until, known, _ = calendar(12, 18, how)

    assert until.tolist() == [days(add_months(day, 12, how)) for day in every]
    assert known.tolist() == [days(add_months(day, 18, how)) for day in every]
