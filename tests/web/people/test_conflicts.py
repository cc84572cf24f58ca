"""One's own conflicts of interest: declared with a service, a case manager or a case, seen by oneself and the lead."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from tests.factories.store import AT, seeded
from tests.web.client import Page, PageClient

from caselight.method.faults import Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.access import may
from caselight.store.inspections.memberships import Place, declare_conflict
from caselight.store.inspections.models import Conflict, ConflictWithdrawal, Service
from caselight.store.inspections.withdrawing import withdraw_conflict
from caselight.store.samples.allocating import allocate
from caselight.store.samples.holding import examiners_of

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/"
MINE = "/me/conflicts"


@pytest.fixture(autouse=True)
def world() -> None:
    cache.clear()
    seeded()


def records(who: str, case: str) -> bool:
    return may(scope(who, "testshire", AT), Permission.ANSWER_RECORD, case)


def declare(who: str, *, status: int = 200, **typed: str) -> Page:
    """The form of a conflict with a service, filled in and sent."""
    client = PageClient(who)
    return client.send(MINE, client.open(MINE).fields() | {"reason": "I worked there."} | typed, status=status)


def test_a_conflict_with_a_service_closes_its_cases_and_the_lead_reads_it() -> None:
    assert records("i1", "C1")
    page = declare("i1", service="testshire")
    assert page.done == ["It is noted. The cases of the service are closed to you from now on."]
    (row,) = page.table("conflicts")
    assert row["With whom"] == "All cases of Testshire Youth Offending Service"
    assert row["Reason"] == "I worked there."
    assert not records("i1", "C1")
    assert "I worked there." in PageClient("lead").open(HERE).text
    assert "I worked there." not in PageClient("i2").open(HERE).text
    assert "1 declared" in PageClient("i1").open("/me").text
    assert AuditRow.objects.filter(act="conflict.declared", by="i1", object_key="i1").count() == 1


def test_a_service_that_nobody_inspects_yet_is_named_in_full_and_the_same_twice_is_one() -> None:
    declare("i1", other="Northshire  youth offending service")
    assert Service.objects.filter(name="Northshire youth offending service").count() == 1
    client = PageClient("i1")
    form = client.open(MINE).fields() | {"other": "Northshire Youth Offending Service", "reason": "Again."}
    client.send(MINE, form)
    client.send(MINE, form)  # the back button, and once more
    assert Conflict.objects.filter(user__key="i1", reason="Again.").count() == 1
    assert Service.objects.filter(name__icontains="northshire").count() == 1


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays() -> None:
    page = declare("i1", reason="", other="Northshire", service="testshire", status=422)
    assert page.errors == ["Select the service or enter its name, not both.", "Enter the reason."]
    assert page.fields()["other"] == "Northshire"
    assert declare("i1", status=422).errors == ["Select the service, or enter its name."]


@pytest.mark.parametrize("who", ["cm", "sm", "an", "pb", "ad", "stranger"])
def test_who_examines_nothing_sees_the_page_and_declares_nothing(who: str) -> None:
    page = PageClient(who).open(MINE)
    assert "nothing to declare" in page.text
    assert PageClient(who).post(MINE, {"other": "Northshire", "reason": "x"}).status_code in (403, 404)
    assert not Conflict.objects.exists()
    assert not Service.objects.filter(name="Northshire").exists()


def test_nobody_sees_which_services_are_inspected_where_they_have_no_part() -> None:
    options = PageClient("i1").open(MINE).texts("//select[@name='service']/option")
    assert options == ["Select", "Testshire Youth Offending Service"]


def test_a_conflict_with_a_case_manager_closes_all_cases_of_theirs_and_no_other() -> None:
    client = PageClient("i1")
    page = client.open(f"{HERE}plan/conflict")
    assert "All cases of Carla Caseworker" in page.texts("//select[@name='about']/option")
    client.send(f"{HERE}plan/conflict", page.fields() | {"about": "worker:w1", "reason": "My sister."})
    assert not records("i1", "C1")
    assert records("i1", "C2")
    (row,) = client.open(MINE).table("conflicts")
    assert row["With whom"] == "All cases of Carla Caseworker, Testshire Youth Offending Service"
    assert "all cases of Carla Caseworker: My sister." in PageClient("lead").open(HERE).text


def test_a_case_of_that_case_manager_is_not_given_and_who_gives_cases_is_told() -> None:
    declare_conflict(by="i2", user="i2", place=Place("testshire", "", "w1"), reason="A friend.", at=AT)
    with pytest.raises(Faults) as refused:
        allocate(by="lead", inspection="testshire", case_key="C4", user="i2", at=AT)
    assert [fault.code for fault in refused.value.faults] == ["access.conflict"]
    (ivo,) = [one for one in examiners_of("testshire", AT) if one.user == "i2"]
    assert (ivo.barred, ivo.cases) == (False, frozenset({"C1", "C4"}))
    allocate(by="lead", inspection="testshire", case_key="C3", user="i2", at=AT)


def test_a_conflict_with_one_case_says_which_to_oneself_and_to_the_lead() -> None:
    declare_conflict(by="i1", user="i1", place=Place("testshire"), case_key="C1", reason="A neighbour.", at=AT)
    assert [row["With whom"] for row in PageClient("i1").open(MINE).table("conflicts")] == [
        "Case 1, Testshire: External"
    ]
    assert "Case 1: A neighbour." in PageClient("lead").open(HERE).text


@pytest.mark.parametrize("place", [Place(), Place("", "", "w1"), Place("", "testshire", "")])
def test_a_conflict_names_what_it_is_about(place: Place) -> None:
    case = "C1" if place.service else ""
    with pytest.raises(Faults) as refused:
        declare_conflict(by="i1", user="i1", place=place, case_key=case, reason="x", at=AT)
    assert [fault.code for fault in refused.value.faults] == ["access.conflict-of-nothing"]


def test_an_inspection_that_one_may_not_see_has_no_name_among_ones_own_conflicts() -> None:
    declare_conflict(by="lead2", user="i1", place=Place("otherham"), case_key="C1", reason="A cousin.", at=AT)
    page = PageClient("i1").open(MINE)
    assert "In an inspection that you do not work in" in page.text
    assert "A cousin." in page.text
    assert "Otherham" not in page.text


def test_one_that_one_declared_is_withdrawn_with_a_reason_and_what_it_closed_is_open_again() -> None:
    declare("i1", service="testshire")
    client = PageClient("i1")
    page = client.open(client.open(MINE).links["Withdraw"])
    assert "All cases of Testshire Youth Offending Service: I worked there." in page.text
    assert client.send(page.url, page.fields(), status=422).errors == ["Enter why it no longer stands."]
    assert not records("i1", "C1")
    done = client.send(page.url, page.fields() | {"reason": "It was another service."})
    assert done.done == ["It is withdrawn. What it closed is open to you again."]
    assert "You declared none." in done.text
    assert records("i1", "C1")
    assert "I worked there." not in PageClient("lead").open(HERE).text
    assert client.get(page.url).status_code == 404
    (row,) = AuditRow.objects.filter(act="conflict.withdrawn", by="i1", object_key="i1")
    assert "another service" not in row.row


def test_a_lead_withdraws_one_about_the_inspection_alone_and_not_what_another_declared_of_the_service() -> None:
    declare_conflict(by="i1", user="i1", place=Place("testshire"), case_key="C1", reason="A neighbour.", at=AT)
    declare_conflict(by="i1", user="i1", place=Place(service="testshire"), reason="I worked there.", at=AT)
    lead = PageClient("lead")
    page = lead.open(f"{HERE}plan/conflict")
    case, service = page.table("conflicts")
    assert (case["Change"], service["Change"]) == ("Withdraw", "")
    page = lead.open(page.links["Withdraw"])
    assert "Inga Inspector, Case 1: A neighbour." in page.text
    page = lead.send(page.url, page.fields() | {"reason": "Another family."})
    assert page.done == ["The conflict of interest is withdrawn. What it closed is open again."]
    assert "neighbour" not in page.text
    wide = Conflict.objects.get(service__key="testshire")
    assert lead.get(f"{HERE}plan/conflict/{wide.pk}/withdraw").status_code == 404
    assert allocate(by="lead", inspection="otherham", case_key="C2", user="lead2", at=AT)


def test_nobody_withdraws_what_was_declared_of_them_by_another_or_what_is_another_ones() -> None:
    declare_conflict(by="lead", user="i1", place=Place("testshire"), case_key="C1", reason="Told me.", at=AT)
    declare_conflict(by="i2", user="i2", place=Place("testshire"), case_key="C2", reason="A friend.", at=AT)
    for conflict in Conflict.objects.all():
        answer = PageClient("i1").post(f"{MINE}/{conflict.pk}/withdraw", {"reason": "No."})
        assert answer.status_code == 404
        assert PageClient("i1").get(f"{HERE}plan/conflict/{conflict.pk}/withdraw").status_code == 403
    assert "Withdraw" not in PageClient("i1").open(MINE).links
    assert not AuditRow.objects.filter(act="conflict.withdrawn").exists()


def test_a_conflict_is_withdrawn_once_and_what_was_said_of_it_is_never_changed() -> None:
    declare_conflict(by="i1", user="i1", place=Place("testshire"), reason="A friend.", at=AT)
    conflict = Conflict.objects.get().pk
    withdraw_conflict(by="i1", conflict=conflict, reason="Moved.", at=AT)
    for number, code in ((conflict, "access.conflict-withdrawn"), (0, "access.not-found")):
        with pytest.raises(Faults) as refused:
            withdraw_conflict(by="i1", conflict=number, reason="Again.", at=AT)
        assert refused.value.faults[0].code == code
    with pytest.raises(DatabaseError), transaction.atomic():
        ConflictWithdrawal.objects.update(reason="Another.")
    (ivo,) = [one for one in examiners_of("testshire", AT) if one.user == "i1"]
    assert not ivo.barred


def test_with_links_one_comes_to_where_a_case_or_a_case_manager_is_chosen() -> None:
    assert PageClient("i1").open(MINE).links["Testshire: External"] == f"{HERE}plan/conflict"
