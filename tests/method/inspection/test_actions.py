"""Actions beside answers: each rule with the smallest row that breaks it, and the order of the list."""

from dataclasses import replace
from datetime import date

import pytest
from tests.method.inspection.test_checks import GOOD

from caselight.method.faults import Severity
from caselight.method.inspection.actions import in_order, state_of
from caselight.method.inspection.checks import check
from caselight.method.inspection.package import Action

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FINE = Action("a1", "case", "k1", "A1", "Write the assessment again.", "Team manager", date(2016, 1, 29))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"question_id": ""},
        {"subject_kind": "", "subject_key": "", "question_id": ""},
        {"subject_kind": "", "subject_key": ""},
        {"status": "done", "due": None},
        {"status": "dropped", "due": None, "owner": ""},
        {"due": date(2015, 12, 14)},
    ],
    ids=["as it is", "no question", "the service", "a question, no subject", "done", "dropped", "first day"],
)
def test_an_action_that_can_be_kept_has_no_fault(changed: dict[str, object]) -> None:
    assert check(replace(GOOD, actions=(replace(FINE, **changed),))) == []


@pytest.mark.parametrize(
    ("changed", "code", "column", "severity"),
    [
        ({"subject_key": "k9"}, "package.action-subject", "subject_key", ERROR),
        ({"subject_kind": ""}, "package.action-subject", "subject_key", ERROR),
        ({"question_id": "A9"}, "package.action-question", "question_id", ERROR),
        ({"question_id": "W1.topics"}, "package.action-question", "question_id", ERROR),
        ({"id": ""}, "package.action-without-id", "action_id", ERROR),
        ({"text": " "}, "package.action-without-text", "text", ERROR),
        ({"status": "closed"}, "package.action-status", "status", ERROR),
        ({"owner": ""}, "package.action-without-owner", "owner", WARNING),
        ({"due": None}, "package.action-without-day", "due", WARNING),
        ({"due": date(2015, 12, 13)}, "package.action-before-audit", "due", WARNING),
        ({"due": date(2015, 12, 13), "status": "done"}, "package.action-before-audit", "due", WARNING),
    ],
)
def test_what_is_wrong_with_an_action_is_said_at_its_cell(
    changed: dict[str, object], code: str, column: str, severity: Severity
) -> None:
    faults = check(replace(GOOD, actions=(FINE, replace(FINE, **({"id": "a2"} | changed)))))
    assert [(fault.code, fault.where, fault.severity) for fault in faults] == [(code, ("actions", 1, column), severity)]


def test_two_actions_of_one_id_are_a_fault() -> None:
    faults = check(replace(GOOD, actions=(FINE, FINE)))
    assert [(fault.code, fault.where) for fault in faults] == [("package.duplicate-row", ("actions", 1, "action_id"))]


@pytest.mark.parametrize(
    ("status", "due", "state"),
    [
        ("open", date(2016, 1, 28), "late"),
        ("open", date(2016, 1, 29), "open"),
        ("open", None, "open"),
        ("done", date(2016, 1, 1), "done"),
        ("dropped", date(2016, 1, 1), "dropped"),
    ],
)
def test_only_an_open_action_whose_day_has_passed_is_late(status: str, due: date | None, state: str) -> None:
    assert state_of(replace(FINE, status=status, due=due), date(2016, 1, 29)) == state


def test_late_actions_come_first_and_those_without_a_day_last_of_their_kind() -> None:
    rows = [
        ("dropped", "dropped", None),
        ("done", "done", date(2016, 1, 1)),
        ("someday", "open", None),
        ("soon", "open", date(2016, 2, 1)),
        ("late", "open", date(2016, 1, 20)),
        ("later", "open", date(2016, 1, 10)),
    ]
    actions = [replace(FINE, id=name, status=status, due=due) for name, status, due in rows]
    ordered = [action.id for action in in_order(actions, date(2016, 1, 25))]
    assert ordered == ["later", "late", "soon", "someday", "done", "dropped"]
