"""The database itself refuses to change or remove a judgement, and shows what stands by the method's own rule."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, seeded

from caselight.method.answers.events import heads
from caselight.store.assessments import queries
from caselight.store.assessments.actions import record_answers, take_in

GUARDED = (
    "answerevent",
    "quarantined",
    "casestep",
    "locator",
    "excerpt",
    "concernstep",
    "presence",
    "settlement",
    "stance",
    "unlockstep",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE {} SET inspection_id = 1", "DELETE FROM {}"])
def test_a_judgement_and_a_quarantined_message_are_neither_changed_nor_removed(statement):
    seeded()
    event = sent("C1", "A", "yes", op_id(1))
    for message in (event, altered(event, note="Other.")):
        record_answers(by="i1", inspection="testshire", device="d", events=[message], at=AT)
    for table in ("answerevent", "quarantined"):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            _run(statement.format(f"assessments_{table}"))
    assert len(queries.events("testshire")) == len(queries.quarantined("testshire")) == 1


@pytest.mark.django_db
def test_every_table_of_judgements_is_guarded():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger"
        )
        names = " ".join(name for (name,) in cursor.fetchall())
    assert all(f"assessments_{table}_append_only" in names for table in GUARDED)


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2"]),
        st.sampled_from(["A", "B.due"]),
        st.sampled_from(["first", "second"]),
        st.sets(st.integers(0, 11), max_size=3),
        st.booleans(),
    ),
    max_size=12,
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_the_view_says_what_stands_as_the_method_does(history):
    with transaction.atomic():
        seeded()
        events = [_event(n, history) for n in range(len(history))]
        take_in(by="lead", inspection="testshire", events=events, at=AT)
        with connection.cursor() as cursor:
            cursor.execute('SELECT op_id, contested FROM "current_answer"')
            view = {op_id: bool(contested) for op_id, contested in cursor.fetchall()}
        transaction.set_rollback(True)
    standing = heads(events)
    assert view == {event.op_id: len(group) > 1 for group in standing.values() for event in group}


def _event(n, history):
    """The n-th event, on earlier events of its address; a base that is not there yet is one on its way."""
    subject, question, pass_, bases, withdrawn = history[n]
    own = [base for base in sorted(bases) if base < n and history[base][:3] == history[n][:3]]
    own += [base for base in bases if base >= len(history)]
    return sent(
        subject,
        question,
        "yes",
        op_id(n),
        pass_=pass_,
        withdrawn=withdrawn,
        base_op_ids=tuple(op_id(base) for base in own),
        resolves_reason="Because." if len(own) > 1 else "",
        server_time="2026-03-02T09:00:00Z",
    )
