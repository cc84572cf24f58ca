"""Requests to the service, contacts and the announcement: what may follow what, what stays, and who reads which."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.assessments.access import scope
from caselight.store.audit.models import AuditRow
from caselight.store.identities.keyring import keyring
from caselight.store.identities.sealing import key_for
from caselight.store.inspections.announcing import announcements_of, note_announcement
from caselight.store.inspections.asking import Ask, Taken, ask, take_step
from caselight.store.inspections.contacts import Contact, contacts_of, keep_contact, remove_contact
from caselight.store.inspections.models import ContactStep, RequestStep, State
from caselight.store.inspections.requests import FOLLOWS, Request, Step, requests_for, requests_of

pytestmark = pytest.mark.django_db
HERE = "testshire"
DUE = date(2026, 3, 10)
K1, K2, K3 = ("1" * 32, "2" * 32, "3" * 32)
SECRET = "Minutes of the board, kept by Marmaduke"


def asked(key: str = K1, **more: Any) -> Request:
    """A request that was made."""
    ask(by="lead", inspection=HERE, wanted=[Ask(key, more.pop("what", SECRET), more.pop("due", DUE), **more)], at=AT)
    return one(key)


def one(key: str = K1) -> Request:
    """A request as it stands."""
    return next(request for request in requests_of(HERE) if request.key == key)


def take(step: Step, words: str = "because", key: str = K1, due: date | None = None) -> Step:
    """One step further."""
    return take_step(by="sm", inspection=HERE, request=key, taken=Taken(step, words, due), at=AT)


def code(call: Any, *arguments: Any, **named: Any) -> str:
    """What a call is refused with; nothing was written."""
    before = AuditRow.objects.count(), RequestStep.objects.count(), ContactStep.objects.count()
    with pytest.raises(Faults) as fault:
        call(*arguments, **named)
    assert (AuditRow.objects.count(), RequestStep.objects.count(), ContactStep.objects.count()) == before
    return fault.value.faults[0].code


def test_a_request_goes_from_asked_to_accepted_and_every_step_says_who_took_it() -> None:
    seeded()
    asked()
    take(Step.RECEIVED, "In the shared folder")
    take(Step.RETURNED, "June is missing", due=DUE + timedelta(2))
    take(Step.RECEIVED, "June is there")
    take_step(by="lead", inspection=HERE, request=K1, taken=Taken(Step.ACCEPTED), at=AT)
    now = one()
    assert [(step.step, step.by) for step in now.steps] == [
        ("asked", "lead"), ("received", "sm"), ("returned", "sm"), ("received", "sm"), ("accepted", "lead")
    ]  # fmt: skip
    assert (now.state, now.what, now.due) == (Step.ACCEPTED, SECRET, DUE + timedelta(2))
    acts = list(AuditRow.objects.filter(act__startswith="request.").order_by("id").values_list("act", "by"))
    assert acts[0] == ("request.asked", "lead")
    assert len(acts) == 5


def test_it_is_late_only_while_it_is_the_services_turn() -> None:
    seeded()
    asked()
    assert not one().overdue(DUE)
    assert one().overdue(DUE + timedelta(1))
    take(Step.RECEIVED)
    assert not one().overdue(DUE + timedelta(1))
    take(Step.RETURNED)
    assert one().overdue(DUE + timedelta(1))
    take(Step.WITHDRAWN)
    assert not one().overdue(DUE + timedelta(1))


def test_a_step_that_does_not_follow_is_refused_and_nothing_is_written() -> None:
    seeded()
    asked()
    for step in (Step.RETURNED,):
        assert code(take, step) == "store.request-step"
    take(Step.ACCEPTED, "")
    for step in Step:
        if Step.ACCEPTED not in FOLLOWS.get(step, ()):
            assert code(take, step, "other words") == "store.request-step", step
    take(Step.RETURNED)
    take(Step.WITHDRAWN)
    for step in Step:
        assert code(take, step, "other words") == "store.request-step", step
    assert code(take, Step.RECEIVED, "x", K2) == "store.request-unknown"


def test_what_needs_words_is_refused_without_them() -> None:
    seeded()
    asked()
    assert code(take, Step.RECEIVED, "  ") == "store.request-words"
    assert code(take, Step.WITHDRAWN, "") == "store.request-words"
    assert code(asked, K2, what="") == "store.request-words"
    assert code(asked, K2, what="x" * 2001) == "store.request-words"
    assert code(asked, "no key") == "store.request-unknown"


def test_the_same_request_and_the_same_step_sent_twice_is_one() -> None:
    seeded()
    asked()
    asked()
    take(Step.RECEIVED)
    take(Step.RECEIVED)
    assert RequestStep.objects.count() == 2
    take(Step.RECEIVED, "and the rest")
    assert RequestStep.objects.count() == 3


def test_a_change_of_words_or_day_keeps_what_was_asked_first() -> None:
    seeded()
    asked()
    assert take(Step.CHANGED, "Minutes of two years", due=DUE + timedelta(5)) is Step.ASKED
    now = one()
    assert (now.what, now.due, now.state) == ("Minutes of two years", DUE + timedelta(5), Step.ASKED)
    assert now.steps[0].words == SECRET


def test_who_reads_which(subtests: Any) -> None:
    seeded(state=State.FIELDWORK)
    asked(K1)
    asked(K2, worker="w1")
    asked(K3, case_key="C3")
    every = {K1, K2, K3}
    for who, there in {
        "lead": every, "i1": every, "sm": every, "cm": {K2}, "la": {K3}, "qa": set(), "ad": set(), "sm2": set(),
        "cm2": set(), "lead2": set(), "stranger": set(),
    }.items():  # fmt: skip
        with subtests.test(who=who):
            assert {request.key for request in requests_for(scope(who, HERE, AT))} == there


def test_words_lie_sealed_and_go_with_the_key_of_the_case_or_the_inspection() -> None:
    seeded()
    asked(K1)
    asked(K2, case_key="C3")
    keep_contact(by="sm", inspection=HERE, contact=Contact(K1, "Marmaduke Manager", email="m@example.org"), at=AT)
    note_announcement(by="lead", inspection=HERE, to="Marmaduke", words="We come", sent_on=AT.date(), at=AT)
    with connection.cursor() as cursor:
        for table in ("requeststep", "contactstep", "announcement"):
            cursor.execute(f'SELECT * FROM "inspections_{table}"')  # noqa: S608 - names of ours
            assert b"Marmaduke" not in repr(cursor.fetchall()).encode()
    assert "Marmaduke" not in repr(list(AuditRow.objects.values_list("row", flat=True)))
    keyring().destroy([key_for(HERE, "C3")])
    assert (one(K1).what, one(K2).what) == (SECRET, "(destroyed)")
    keyring().destroy([key_for(HERE, "")])
    assert one(K1).what == "(destroyed)"
    assert contacts_of(HERE)[0].name == announcements_of(HERE)[0].to == "(destroyed)"


def test_a_contact_is_kept_corrected_and_removed_and_every_row_stays() -> None:
    seeded()
    first = Contact(K1, "Mary  Manager ", "Head", "m@example.org", "")
    keep_contact(by="sm", inspection=HERE, contact=first, at=AT)
    keep_contact(by="sm", inspection=HERE, contact=first, at=AT)
    keep_contact(by="sm", inspection=HERE, contact=Contact(K1, "Mary Manager", "Head", "", "020 7946 0000"), at=AT)
    assert contacts_of(HERE) == (Contact(K1, "Mary Manager", "Head", "", "020 7946 0000"),)
    assert code(keep_contact, by="sm", inspection=HERE, contact=Contact(K2, " "), at=AT) == "store.contact-words"
    remove_contact(by="sm", inspection=HERE, contact=K1, at=AT)
    assert contacts_of(HERE) == ()
    assert code(remove_contact, by="sm", inspection=HERE, contact=K1, at=AT) == "store.contact-unknown"
    assert ContactStep.objects.count() == 3


def test_an_announcement_is_noted_once_as_it_was_sent_and_never_before_its_day() -> None:
    seeded()
    sent = {"by": "lead", "inspection": HERE, "to": "The board", "words": "We come.", "at": AT}
    note_announcement(**sent, sent_on=AT.date())
    note_announcement(**sent, sent_on=AT.date())
    assert [(made.to, made.words, made.by) for made in announcements_of(HERE)] == [("The board", "We come.", "lead")]
    assert code(note_announcement, **sent, sent_on=AT.date() + timedelta(1)) == "store.announcement-day"
    assert code(note_announcement, **{**sent, "to": ""}, sent_on=AT.date()) == "store.announcement-words"


@pytest.mark.parametrize("table", ["requeststep", "contactstep", "announcement"])
def test_the_database_refuses_to_change_or_remove_a_row(table: str) -> None:
    seeded()
    asked()
    keep_contact(by="sm", inspection=HERE, contact=Contact(K1, "Mary"), at=AT)
    note_announcement(by="lead", inspection=HERE, to="x", words="y", sent_on=AT.date(), at=AT)
    for statement in ("UPDATE inspections_{} SET by = 'x'", "DELETE FROM inspections_{}"):
        with (
            pytest.raises(IntegrityError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))
