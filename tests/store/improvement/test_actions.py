"""Actions are agreed and settled; their words stay out of the audit."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.method.inspection.package import Action
from caselight.store.audit.models import AuditRow
from caselight.store.improvement.actions import agree_actions, settle_action
from caselight.store.improvement.queries import actions_of

pytestmark = pytest.mark.django_db
ACTION = Action("a1", "case", "C1", "Q1", "Speak with the school.", "w1", date(2026, 4, 1))


def test_an_action_comes_back_as_it_was_agreed_and_then_as_it_stands() -> None:
    seeded()
    agree_actions(by="lead", inspection="testshire", actions=[ACTION], at=AT)
    assert actions_of("testshire") == (ACTION,)
    settle_action(by="lead", inspection="testshire", action="a1", status="done", at=AT)
    assert actions_of("testshire")[0].status == "done"
    rows = AuditRow.objects.filter(object_kind="action", object_key="a1")
    assert [row.act for row in rows.order_by("n")] == ["action.agreed", "action.settled"]
    assert not any("school" in row.row for row in rows)


@pytest.mark.parametrize(
    ("action", "status", "code"), [("a9", "done", "store.no-action"), ("a1", "late", "store.action-status")]
)
def test_what_cannot_be_is_refused(action: str, status: str, code: str) -> None:
    seeded()
    agree_actions(by="lead", inspection="testshire", actions=[ACTION], at=AT)
    with pytest.raises(Faults) as refused:
        settle_action(by="lead", inspection="testshire", action=action, status=status, at=AT)
    assert [fault.code for fault in refused.value] == [code]


def test_an_id_is_given_once() -> None:
    seeded()
    agree_actions(by="lead", inspection="testshire", actions=[ACTION], at=AT)
    with pytest.raises(Faults) as refused:
        agree_actions(by="lead", inspection="testshire", actions=[ACTION], at=AT)
    assert [fault.code for fault in refused.value] == ["store.action-exists"]
