"""What is written for a request is asked once more in its transaction: who lost their leave meanwhile writes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.utils import timezone
from tests.api.test_answers import event
from tests.factories.store import Seeded, seeded, token
from tests.web.client import PageClient

from caselight.store.accounts.actions import disable_user, end_sessions, revoke_token
from caselight.store.accounts.invitations import choose_password, invite
from caselight.store.accounts.models import SignedIn, Token, User
from caselight.store.accounts.permissions import Role
from caselight.store.assessments import queries
from caselight.store.audit import leave
from caselight.store.audit.models import AuditRow
from caselight.store.inspections import actions
from caselight.store.inspections.memberships import Place, add_member, end_membership
from caselight.store.inspections.models import Conflict, Inspection, Membership, State
from caselight.store.inspections.queries import found
from caselight.store.samples.allocating import end_allocation
from caselight.store.samples.models import Allocation

pytestmark = pytest.mark.django_db(transaction=True)
CONFLICT = "/inspections/testshire/plan/conflict"


@pytest.fixture(autouse=True)
def world() -> Seeded:
    cache.clear()
    return seeded()


def now() -> Any:
    return timezone.now()


def end_role() -> None:
    for one in Membership.objects.filter(user__key="i1", inspection__key="testshire"):
        end_membership(by="lead", membership=one.pk, at=now())


def new_password() -> None:
    choose_password(clear=invite(by="ad", user="i1", at=now()).clear, password="four green kettles", at=now())


def other_role() -> None:
    add_member(by="ad", user="i1", role=Role.INSPECTOR, place=Place("otherham"), at=now())


CHANGES = {
    "role ended": end_role,
    "another role": other_role,  # sessions end with every change of a role
    "disabled": lambda: disable_user(by="ad", user="i1", at=now()),
    "signed out everywhere": lambda: end_sessions(by="ad", user="i1", at=now()),
    "signed out there": lambda: SignedIn.objects.filter(user__key="i1").delete(),
    "new password": new_password,
    "state moved": lambda: Inspection.objects.filter(key="testshire").update(state=State.CLOSED),
}


class Held:
    """Somebody who holds the inspection: whoever writes there waits until ``go``, and meanwhile something is changed."""

    def __init__(self, change: Callable[[], object]) -> None:
        self.change = change
        self.holds, self.go = threading.Event(), threading.Event()

    def run(self) -> None:
        """The change is committed with what was held."""
        try:
            with transaction.atomic():
                found("testshire", locked=True)
                self.holds.set()
                assert self.go.wait(20)
                self.change()
        finally:
            connections.close_all()


def while_it_waits(send: Callable[[], Any], change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The answer to a request that was allowed, then waited for somebody who changed something, and then wrote."""
    held, waits = Held(change), threading.Event()
    allowed: set[int] = set()  # the threads that were
    grant, enter = leave.grant, transaction.Atomic.__enter__

    def granted(what: Any) -> None:
        grant(what)
        allowed.add(threading.get_ident())

    def entered(atomic: transaction.Atomic) -> None:
        """What it reads before it writes is read by now; on SQLite it waits here, on a server at the lock that follows."""
        if threading.get_ident() in allowed:
            waits.set()
        enter(atomic)

    monkeypatch.setattr(leave, "grant", granted)
    monkeypatch.setattr(transaction.Atomic, "__enter__", entered)

    def respond() -> Any:
        try:
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        holding: Future[Any] = pool.submit(held.run)
        assert held.holds.wait(20)
        answering: Future[Any] = pool.submit(respond)
        assert waits.wait(20)  # it was allowed before anything was changed
        held.go.set()
        holding.result(30)
        return answering.result(30)


def declare(client: PageClient) -> Any:
    form = {"who": "i1", "about": "inspection", "reason": "A neighbour."}
    return client.post(CONFLICT, form)


def ready(who: str = "i1") -> PageClient:
    """Somebody who has looked at a page, so that their session is kept."""
    client = PageClient(who)
    client.get("/me")
    return client


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_writes_nothing_for_whom_it_was_taken_from_while_it_waited(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ready()
    answer = while_it_waits(lambda: declare(client), CHANGES[change], monkeypatch)
    assert answer.status_code in (403, 404)
    assert not Conflict.objects.exists()
    assert not AuditRow.objects.filter(by="i1", act="conflict.declared").exists()
    if change not in ("state moved", "signed out there"):
        assert b"Nothing was saved" in answer.content


def test_a_page_that_waited_and_lost_nothing_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    client = ready()
    answer = while_it_waits(lambda: declare(client), lambda: None, monkeypatch)
    assert answer.status_code == 302
    assert Conflict.objects.count() == 1


def at_once(*sends: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The answers to requests that each hold what they change before any of them is asked once more."""
    meeting, real = threading.Barrier(len(sends)), leave.ask

    def ask() -> None:
        with suppress(threading.BrokenBarrierError):  # where one waits for what the other holds
            meeting.wait(1)
        real()

    def sent(send: Callable[[], Any]) -> Any:
        try:
            return send()
        finally:
            connections.close_all()

    monkeypatch.setattr(leave, "ask", ask)
    with ThreadPoolExecutor(len(sends)) as pool:
        return [one.result(60) for one in [pool.submit(sent, send) for send in sends]]


def test_two_administrators_who_correct_each_other_at_once_both_do(monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.create_user("ad2@example.org", name="Ad Second", key="ad2", administrator=True)
    clients = {who: ready(who) for who in ("ad", "ad2")}

    def rename(by: str, who: str) -> Callable[[], Any]:
        form = {"name": f"Named by {by}", "email": f"{who}@example.org"}
        return lambda: clients[by].post(f"/people/{who}/name", form)

    answers = at_once(rename("ad", "ad2"), rename("ad2", "ad"), monkeypatch=monkeypatch)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert set(User.objects.filter(administrator=True).values_list("name", flat=True)) == {
        "Named by ad",
        "Named by ad2",
    }


def test_two_leads_who_give_each_other_roles_at_once_both_do(monkeypatch: pytest.MonkeyPatch) -> None:
    clients = {who: ready(who) for who in ("lead", "lead2")}

    def give(by: str, who: str, where: str) -> Callable[[], Any]:
        form = {"person": f"{who}@example.org", "role": "inspector"}
        return lambda: clients[by].post(f"/inspections/{where}/plan/team", form)

    answers = at_once(give("lead", "lead2", "testshire"), give("lead2", "lead", "otherham"), monkeypatch=monkeypatch)
    done = [answer.status_code for answer in answers]
    assert sorted(done) in ([302, 302], [302, 422])  # a new role ends sessions: the second may be signed out by then
    assert Membership.objects.filter(role="inspector", user__key__in=["lead", "lead2"]).count() == done.count(302)


def send_answer(clear: str) -> Any:
    return PageClient("").post(
        "/api/inspections/testshire/answers", {"events": [event()]}, content_type="application/json",
        headers={"Authorization": f"Bearer {clear}"},
    )  # fmt: skip


@pytest.mark.parametrize("change", ["revoked", "disabled"])
def test_a_token_that_ends_while_its_message_waits_records_nothing_and_nothing_is_lost(
    world: Seeded, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear = token(world.people["i1"])
    number = Token.objects.get(user__key="i1").pk
    end = CHANGES["disabled"] if change == "disabled" else lambda: revoke_token(by="ad", token=number, at=now())
    answer = while_it_waits(lambda: send_answer(clear), end, monkeypatch)
    (given,) = answer.json()["results"]
    assert (given["code"], given["kept"]) == ("access.signed-out", True)
    assert not queries.judgements("testshire")
    assert len(queries.quarantined("testshire")) == 1  # a person looks at what came from a device that was lost
    assert not AuditRow.objects.filter(by="i1", act="answer.recorded").exists()


def filled_in(client: PageClient) -> tuple[str, dict[str, Any]]:
    """The form of the first question of a case, and where it is sent."""
    page = client.open("/inspections/testshire/cases/case/C1/")
    form = next(one for one in page.find("//main//form") if "question" in dict(one.form_values()))
    return form.get("action"), dict(form.form_values()) | {"value": "yes"}


def take_back() -> None:
    given = Allocation.objects.get(inspection__key="testshire", user__key="i1", case_key="C1")
    end_allocation(by="lead", allocation=given.pk, at=now())


@pytest.mark.parametrize("change", ["role ended", "signed out everywhere", "case taken back"])
def test_an_answer_on_a_page_is_not_recorded_for_whom_it_was_taken_from(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ready()
    where, fields = filled_in(client)
    end = take_back if change == "case taken back" else CHANGES[change]
    answer = while_it_waits(lambda: client.post(where, fields), end, monkeypatch)
    assert answer.status_code >= 400
    assert not queries.judgements("testshire")


def test_an_answer_on_a_page_that_waited_and_lost_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    client = ready()
    where, fields = filled_in(client)
    while_it_waits(lambda: client.post(where, fields), lambda: None, monkeypatch)
    assert queries.judgements("testshire")


def test_what_somebody_ends_of_their_own_is_not_refused_to_them() -> None:
    """The lead leaves, which ends their own session and role in the transaction that asks."""
    add_member(by="ad", user="i2", role=Role.LEAD_INSPECTOR, place=Place("testshire"), at=now())
    (mine,) = Membership.objects.filter(user__key="lead", inspection__key="testshire")
    answer = ready("lead").post(f"/inspections/testshire/plan/team/{mine.pk}")
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.ended_at is not None


def test_closing_is_not_refused_because_it_is_closed(world: Seeded) -> None:
    Inspection.objects.filter(key="testshire").update(state=State.PUBLISHED)
    with leave.asked_again(lambda granted, *, lock: None) as mine:
        actions.advance(by="lead", inspection="testshire", to=State.CLOSED, at=now())
    assert mine.refused(whole=True) is None


def test_it_is_asked_once_a_transaction_and_again_in_the_next() -> None:
    asked = []
    with leave.asked_again(lambda granted, *, lock: asked.append(lock)):
        for _ in range(2):
            with transaction.atomic():
                found("testshire", locked=True)
                leave.ask()
        with transaction.atomic():
            leave.ask()
            transaction.set_rollback(True)
        with transaction.atomic():
            leave.ask()
    assert asked == [True] * 4
    assert not connection.in_atomic_block
