"""A letter is accepted, and a whole is graded, after the answers that it rests on: otherwise a warning says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caselight.formats.package.reading import read_package
from caselight.method.faults import Severity
from caselight.method.inspection.order_of_days import day_faults
from caselight.method.inspection.package import Package

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def audit() -> Package:
    """The made-up audit: ten cases, a judged overall grade on 20 February, accepted on 9 March 2026."""
    return read_package(EXAMPLES / "local-audit")


@pytest.fixture(scope="module")
def rated() -> Package:
    """The rated example: a panel decided about S2.2 on 30 March 2023."""
    return read_package(EXAMPLES / "youth-rated")


def moved(package: Package, question: str, day: str) -> Package:
    """The package with every event of a question recorded on that day."""
    events = [e._replace(client_time=f"{day}T09:00:00Z") if e.question_id == question else e for e in package.events]
    return replace(package, events=tuple(events))


def accepted(package: Package, day: str) -> Package:
    return replace(package, accepted=tuple(replace(row, accepted_on=day) for row in package.accepted))


def found(package: Package) -> list[tuple[str, str | int]]:
    return [(fault.code.removeprefix("package."), fault.where[0]) for fault in day_faults(package)]


def test_the_days_of_the_examples_are_in_order(audit: Package, rated: Package) -> None:
    assert (found(audit), found(rated)) == ([], [])


def test_a_letter_accepted_before_its_newest_answer_is_warned_about_once(audit: Package) -> None:
    (fault,) = day_faults(accepted(audit, "2026-02-19"))
    assert (fault.code, fault.severity) == ("package.accepted-before-answers", Severity.WARNING)
    assert fault.where == ("accepted", 0, "accepted_on")
    assert "2026-02-19" in fault.says
    assert "2026-02-20" in fault.says
    assert found(accepted(audit, "2026-02-20")) == []


def test_a_whole_judged_before_the_newest_answer_is_warned_about(audit: Package) -> None:
    assert found(moved(audit, "OVERALL.grade", "2026-02-01")) == [("judged-before-answers", "answers")]


def test_a_decision_of_the_panel_before_the_newest_answer_is_warned_about(rated: Package) -> None:
    (fault,) = day_faults(moved(rated, "rating:S2.2", "2023-03-01"))
    assert fault.code == "package.judged-before-answers"
    assert fault.says.startswith("The grade for S2.2 was given on 2023-03-01")


def test_a_part_that_is_judged_by_itself_may_come_first(rated: Package) -> None:
    assert found(moved(rated, "J1.1", "2023-03-01")) == []


@pytest.mark.parametrize("nonsense", ["", "soon", "2026-13-40"])
def test_a_day_that_is_none_is_left_to_its_own_fault(audit: Package, nonsense: str) -> None:
    assert found(accepted(audit, nonsense)) == []
    assert found(moved(audit, "OVERALL.grade", nonsense)) == []
    assert found(replace(audit, events=())) == []
