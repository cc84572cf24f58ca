"""An inspection goes one state on, or one back while nothing is published; each move is audited and witnessed."""

from __future__ import annotations

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.actions import advance
from caselight.store.inspections.keys import service_key
from caselight.store.inspections.models import Inspection, State
from caselight.store.inspections.states import next_states

TABLE = """
kind         from         to
external     setup        fieldwork
external     fieldwork    moderation setup
external     moderation   draft fieldwork
external     draft        fact_check moderation
external     fact_check   embargo draft
external     embargo      published fact_check
external     published    closed
external     closed       -
local_audit  setup        fieldwork
local_audit  draft        published moderation
local_audit  published    closed
local_audit  closed       -
"""


@pytest.mark.parametrize("row", TABLE.strip().splitlines()[1:])
def test_from_each_state_these_and_no_others_follow(row: str) -> None:
    kind, state, *to = row.split()
    assert next_states(kind, state) == tuple(State(name) for name in to if name != "-")


@pytest.mark.django_db
def test_a_move_is_made_and_leaves_its_row() -> None:
    seeded(state=State.FIELDWORK)
    advance(by="lead", inspection="testshire", to=State.MODERATION, at=AT)
    assert Inspection.objects.get(key="testshire").state == State.MODERATION
    row = AuditRow.objects.get(chain="inspection:testshire", act="inspection.moved")
    assert '"detail":{"from":"fieldwork","to":"moderation"}' in row.row


@pytest.mark.django_db
@pytest.mark.parametrize("to", [State.FIELDWORK, State.DRAFT, State.PUBLISHED])
def test_any_other_move_is_refused_and_leaves_nothing(to: State) -> None:
    seeded(state=State.FIELDWORK)
    with pytest.raises(Faults) as refused:
        advance(by="lead", inspection="testshire", to=to, at=AT)
    assert [fault.code for fault in refused.value] == ["store.state"]
    assert not AuditRow.objects.filter(act="inspection.moved").exists()


def test_names_that_differ_in_more_than_spaces_and_capitals_are_two_services() -> None:
    assert service_key("Ynys Môn YJS") == service_key(" ynys  môn yjs ")
    assert len({service_key(name) for name in ("A & B", "A B", "A. B", "A-B", "Ä B")}) == 5
