"""Roles, conflicts and allocations: what is refused, what it leaves in the audit, and what it closes at once."""

from datetime import date
from typing import Any

import pytest
from tests.factories.store import AT, Seeded, seeded

from caselight.method.faults import Faults
from caselight.store.accounts import actions
from caselight.store.accounts.models import Token, User
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.accounts.queries import bearer, recently_proved
from caselight.store.assessments.access import scope
from caselight.store.assessments.models import CaseStep
from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.models import CaseloadCase
from caselight.store.inspections.access import may
from caselight.store.inspections.memberships import Place, add_member, declare_conflict, end_membership, lead_first
from caselight.store.inspections.models import Inspection, Membership, Service
from caselight.store.samples.allocating import allocate, end_allocation
from caselight.store.samples.models import Allocation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Seeded:
    """The cast and their inspections."""
    return seeded()


def refused(call: Any, **arguments: Any) -> str:
    """The code that an action is refused with; nothing was written."""
    before = AuditRow.objects.count()
    with pytest.raises(Faults) as fault:
        call(at=AT, **arguments)
    assert AuditRow.objects.count() == before
    return fault.value.faults[0].code


def last() -> AuditRow:
    """The row that was written last."""
    return AuditRow.objects.latest("pk")


HERE, AUDIT = Place("testshire"), Place("testshire-audit")


def a_third_service() -> None:
    """Thirdham, and an inspection of it."""
    made = Inspection.objects.get(key="otherham")
    made.pk, made.key, made.service = None, "thirdham", Service.objects.create(key="thirdham", name="Thirdham")
    made.save()


@pytest.mark.parametrize("wrong", ["home elsewhere", "assesses their home"])
def test_a_local_assessor_does_not_get_at_their_own_service_by_naming_another(world: Seeded, wrong: str) -> None:
    """As if the rows had come by another road than the action that gives roles."""
    a_third_service()
    third = Service.objects.get(key="thirdham")
    otherham = Inspection.objects.get(key="otherham")
    if wrong == "home elsewhere":
        Membership.objects.create(
            user=User.objects.get(key="la"), role=Role.LOCAL_ASSESSOR, inspection=otherham, service=third
        )
        User.objects.filter(key="la").update(access_version="another")
    else:
        for inspection, home in ((otherham, third), (Inspection.objects.get(key="testshire"), otherham.service)):
            Membership.objects.create(
                user=User.objects.get(key="stranger"), role=Role.LOCAL_ASSESSOR, inspection=inspection, service=home
            )
        User.objects.filter(key="stranger").update(access_version="another")
    who = "la" if wrong == "home elsewhere" else "stranger"
    assert Role.LOCAL_ASSESSOR in scope(who, "testshire", AT).roles
    assert Role.LOCAL_ASSESSOR not in scope(who, "otherham", AT).roles


@pytest.mark.parametrize(
    ("by", "user", "role", "place", "code"),
    [
        ("lead", "lead", Role.QUALITY_ASSURER, HERE, "access.self-grant"),
        ("stranger", "stranger", Role.LEAD_INSPECTOR, HERE, "access.self-grant"),
        ("lead", "ad", Role.INSPECTOR, HERE, "access.administrator-role"),
        ("lead", "nobody", Role.INSPECTOR, HERE, "access.not-found"),
        ("lead", "stranger", Role.INSPECTOR, Place("nowhere"), "store.no-inspection"),
        ("lead", "stranger", Role.INSPECTOR, Place(), "access.wrong-place"),
        ("lead", "stranger", Role.CASE_MANAGER, Place(), "access.wrong-place"),
        ("lead", "stranger", Role.CASE_MANAGER, Place("testshire", "testshire"), "access.wrong-place"),
        ("lead", "stranger", Role.CASE_MANAGER, Place(service="nowhere"), "access.not-found"),
        ("lead", "stranger", Role.ADMINISTRATOR, HERE, "access.not-a-membership"),
        ("lead", "stranger", Role.PUBLIC, HERE, "access.not-a-membership"),
        ("lead", "stranger", Role.AUDITOR, HERE, "access.kind"),
        ("ll", "stranger", Role.INSPECTOR, AUDIT, "access.kind"),
        ("ll", "stranger", Role.AUDITOR, Place("testshire-audit", "otherham"), "access.another-service"),
        ("lead", "stranger", Role.LOCAL_ASSESSOR, Place("testshire", "testshire"), "access.own-service"),
        ("lead", "sm", Role.LOCAL_ASSESSOR, Place("testshire", "otherham"), "access.own-service"),
        ("lead2", "la", Role.LOCAL_ASSESSOR, Place("otherham", "thirdham"), "access.own-service"),
        ("lead", "la", Role.LOCAL_ASSESSOR, Place("thirdham", "testshire"), "access.own-service"),
        ("lead", "sm2", Role.INSPECTOR, HERE, "access.both-sides"),
        ("ad", "i1", Role.SERVICE_MANAGER, Place(service="otherham"), "access.both-sides"),
        ("lead", "ll", Role.INSPECTOR, HERE, "access.both-sides"),
        ("lead", "stranger", Role.INSPECTOR, Place("testshire", valid_from=date(2026, 2, 2), valid_to=date(2026, 2, 1)),
         "access.dates"),
    ],
)  # fmt: skip
def test_a_role_is_refused(world: Seeded, by: str, user: str, role: Role, place: Place, code: str) -> None:  # noqa: PLR0917 (a column of the table each)
    a_third_service()
    assert refused(add_member, by=by, user=user, role=role, place=place) == code
    User.objects.filter(key="stranger").update(is_active=False)
    assert refused(add_member, by="lead", user="stranger", role=Role.INSPECTOR, place=HERE) == "access.disabled"


@pytest.mark.parametrize(
    ("user", "role", "place"),
    [
        ("stranger", Role.INSPECTOR, HERE),
        ("stranger", Role.AUDITOR, AUDIT),
        ("sm2", Role.LOCAL_ASSESSOR, Place("testshire", "otherham")),
        ("cm", Role.AUDITOR, Place("testshire-audit", member_key="w1")),
        ("stranger", Role.ANALYST, Place()),
    ],
)
def test_a_role_is_given_with_a_row_and_opens_at_once(world: Seeded, user: str, role: Role, place: Place) -> None:
    where = place.inspection or "testshire"
    assert role not in scope(user, where, AT).roles
    stamp = User.objects.get(key=user).get_session_auth_hash()
    number = add_member(by="lead", user=user, role=role, place=place, at=AT)
    assert role in scope(user, where, AT).roles
    assert last().act == "member.added"
    assert User.objects.get(key=user).get_session_auth_hash() != stamp  # other sessions end
    end_membership(by="lead", membership=number, at=AT)
    assert role not in scope(user, where, AT).roles
    assert last().act == "member.ended"


def test_whoever_begins_an_inspection_leads_it_and_nobody_after_them(world: Seeded) -> None:
    Membership.objects.filter(inspection=world.inspections["otherham"]).delete()
    lead_first(by="lead", inspection="otherham", at=AT)
    assert refused(lead_first, by="stranger", inspection="otherham") == "access.self-grant"


@pytest.mark.parametrize(
    ("inspection", "case", "user", "pass_kind", "code"),
    [
        ("testshire", "C9", "i1", "first", "access.no-such-case"),
        ("testshire", "C4", "stranger", "first", "access.not-examiner"),
        ("testshire", "C4", "sm", "first", "access.not-examiner"),
        ("testshire", "C4", "qa", "first", "access.not-examiner"),
        ("testshire", "C4", "i1", "quality", "access.not-examiner"),
        ("testshire", "C1", "i1", "first", "access.allocated-already"),
        ("testshire-audit", "C2", "au", "first", "access.own-case"),
        ("testshire-audit", "C3", "au", "first", "access.own-case"),
    ],
)
def test_a_case_is_not_given(world: Seeded, inspection: str, case: str, user: str, pass_kind: str, code: str) -> None:  # noqa: PLR0917 (a column of the table each)
    CaseloadCase.objects.filter(key="C3").update(facts={"countersigned_by": "w2"})
    given = {"inspection": inspection, "case_key": case, "user": user, "pass_kind": pass_kind}
    assert refused(allocate, by="lead", **given) == code


@pytest.mark.parametrize(
    ("place", "case", "open_"),
    [
        (Place(service="testshire"), "", False),
        (Place("testshire"), "", False),
        (Place("testshire"), "C4", False),
        (Place("testshire"), "C3", True),
        (Place(service="otherham"), "", True),
    ],
)
def test_a_conflict_of_interest_bars_a_case_before_and_after_it_is_given(
    world: Seeded, place: Place, case: str, open_: bool
) -> None:
    allocate(by="lead", inspection="testshire", case_key="C4", user="i1", at=AT)
    assert may(scope("i1", "testshire", AT), Permission.ANSWER_RECORD, "C4")
    declare_conflict(by="i1", user="i1", place=place, case_key=case, reason="A neighbour.", at=AT)
    assert "neighbour" not in last().row
    assert may(scope("i1", "testshire", AT), Permission.ANSWER_RECORD, "C4") is open_
    end_allocation(by="lead", allocation=Allocation.objects.latest("pk").pk, at=AT)
    given = {"inspection": "testshire", "case_key": "C4", "user": "i1"}
    if open_:
        allocate(by="lead", at=AT, **given)
    else:
        assert refused(allocate, by="lead", **given) == "access.conflict"


def test_a_conflict_names_what_it_is_about(world: Seeded) -> None:
    given = {"user": "i1", "case_key": "C1", "reason": "…", "place": Place(service="testshire")}
    assert refused(declare_conflict, by="i1", **given) == "access.conflict-of-nothing"


def test_a_case_that_is_taken_back_is_closed_at_once(world: Seeded) -> None:
    given = Allocation.objects.get(inspection=world.inspection, user__key="i1", case_key="C1")
    assert may(scope("i1", "testshire", AT), Permission.ANSWER_RECORD, "C1")
    end_allocation(by="lead", allocation=given.pk, at=AT)
    assert not may(scope("i1", "testshire", AT), Permission.ANSWER_RECORD, "C1")
    assert last().act == "allocation.ended"


def test_a_peers_case_opens_when_ones_own_cases_are_signed_and_closes_when_one_is_opened_again(world: Seeded) -> None:
    def step(case: str, name: str, by: str = "i1") -> None:
        CaseStep.objects.create(
            inspection=world.inspection, subject_kind="case", subject_key=case, step=name, by=by,
            events_sha256="", at=AT,
        )  # fmt: skip

    def reads(case: str) -> bool:
        return may(scope("i1", "testshire", AT), Permission.ANSWER_READ, case, author="la")

    step("C1", "signed")
    step("C2", "signed", by="i2")
    assert not reads("C3")
    step("C2", "signed")
    assert reads("C3")
    step("C1", "unlocked", by="lead")
    assert not reads("C3")


def test_disabling_ends_tokens_and_roles_in_the_same_transaction(world: Seeded) -> None:
    issued = actions.issue_token(by="lead", user="lead", device="laptop", days=30, at=AT)
    assert bearer(issued.clear, AT) is not None
    assert issued.clear not in "".join(AuditRow.objects.values_list("row", flat=True))
    actions.disable_user(by="ad", user="lead", at=AT)
    assert bearer(issued.clear, AT) is None
    assert scope("lead", "testshire", AT).roles == {Role.PUBLIC}
    actions.enable_user(by="ad", user="lead", at=AT)
    assert bearer(issued.clear, AT) is None  # a token does not come back


def test_a_token_speaks_for_nobody_before_its_time_after_it_or_once_revoked(world: Seeded) -> None:
    from datetime import timedelta

    issued = actions.issue_token(by="lead", user="lead", device="laptop", days=30, at=AT)
    assert bearer(issued.clear, AT - timedelta(hours=1)) is None
    assert bearer(issued.clear, AT + timedelta(days=30)) is None
    assert bearer(issued.clear + "x", AT) is bearer("", AT) is None
    actions.revoke_token(by="lead", token=issued.id, at=AT)
    assert bearer(issued.clear, AT) is None
    assert Token.objects.get(pk=issued.id).digest != issued.clear


@pytest.mark.parametrize(
    ("call", "arguments", "code"),
    [
        (actions.disable_user, {"by": "ad", "user": "ad"}, "access.oneself"),
        (actions.disable_user, {"by": "lead", "user": "ad"}, "access.last-administrator"),
        (actions.enable_user, {"by": "lead", "user": "lead"}, "access.oneself"),
        (actions.set_administrator, {"by": "ad", "user": "ad", "administrator": True}, "access.self-grant"),
        (actions.set_administrator, {"by": "ad", "user": "ad", "administrator": False}, "access.last-administrator"),
        (actions.add_user, {"by": "ad", "email": "LEAD@example.org ", "name": "X"}, "access.user-exists"),
        (actions.issue_token, {"by": "ad", "user": "lead", "device": "d", "days": 401}, "access.token-days"),
        (actions.revoke_token, {"by": "ad", "token": 999}, "access.not-found"),
    ],
)
def test_an_act_on_accounts_is_refused(world: Seeded, call: Any, arguments: dict[str, Any], code: str) -> None:
    assert refused(call, **arguments) == code


def test_a_new_administrator_loses_what_their_roles_allowed(world: Seeded) -> None:
    assert Role.LEAD_INSPECTOR in scope("lead", "testshire", AT).roles
    actions.set_administrator(by="ad", user="lead", administrator=True, at=AT)
    assert scope("lead", "testshire", AT).roles == {Role.ADMINISTRATOR, Role.PUBLIC}


@pytest.mark.parametrize(("seconds", "recent"), [(0, True), (299, True), (301, False), (-1, False)])
def test_a_sign_in_is_recent_for_five_minutes_and_never_before_it_happened(seconds: int, recent: bool) -> None:
    now = AT.timestamp()
    assert recently_proved([{"method": "password", "at": now - seconds}], AT) is recent
    assert not recently_proved(None, AT)
    assert not recently_proved([{"method": "password"}], AT)
