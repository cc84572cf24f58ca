"""Section 7 of the design as a table, held against the permissions; and the hard rules that no table can hold."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests import cast
from tests.factories.store import AT, Seeded, seeded

from caselight.method.faults import Faults
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.inspections import access
from caselight.store.inspections.access import Access, KnownCases, demand, may
from caselight.store.inspections.grants import EVERYWHERE, GRANTS
from caselight.store.inspections.models import Inspection, Kind, Membership, State
from caselight.store.inspections.roles import standing

P = Permission
S, F, M, D, C, E, PUBLISHED, X = State
# One's own case (not signed), one's own case that is signed, somebody else's, and one that a worker manages.
CASES = KnownCases(
    all=frozenset({"open", "signed", "other", "managed"}),
    given=frozenset({"open", "signed"}),
    done=frozenset({"signed"}),
    managers={"managed": "w1"},
)
STATES = dict(zip("SFMDCEPX", State, strict=True))

# Columns: LI IN LA QA CM SM AN PB AD PU, each the states (S F M D C(fact check) E P X, or * for all) with the scope:
# nothing for the whole inspection, a: assigned, m: managed by oneself. A lead examines only what is given to them.
EXTERNAL = """
identity.read        SFMDCEP  aFM    aFM    -       mSF    SF     -   -    -   -
evidence.read        FMDCEP   aFMDC  aFM    aFMDC   -      -      -   -    -   -
evidence.write       -        aFM    aFM    -       mSF    SF     -   -    -   -
answer.record        aFM      aFM    aFM    -       -      -      -   -    -   -
answer.moderate      FM       -      -      -       -      -      -   -    -   -
answer.read          FMDCEPX  aFMDCEP aFM   aFMDC   -      -      -   -    -   -
case.sign            -        aFM    aFM    -       -      -      -   -    -   -
case.countersign     FM       -      -      -       -      -      -   -    -   -
case.unlock          FM       -      -      -       -      -      -   -    -   -
case.unlock-ask      -        aFM    aFM    -       -      -      -   -    -   -
case.unlock-second   -        -      -      FM      -      -      -   -    -   -
answer.agree         -        aFM    -      -       -      -      -   -    -   -
answer.resolve       FM       -      -      -       -      -      -   -    -   -
concern.raise        FMDCEP   aFM    aFM    -       -      -      -   -    -   -
concern.read         FMDCEP   aFM    aFM    -       -      -      -   -    -   -
concern.close        FMDCEP   -      -      -       -      -      -   -    -   -
qa.comment           -        -      -      aFMDC   -      -      -   -    -   -
qa.read              FMDCEP   aFMDC  aFM    aFMDC   -      -      -   -    -   -
qa.reply             FMDCE    -      -      -       -      -      -   -    -   -
letter.read          FMDCEPX  DCE    -      DCE     -      CE     -   E    -   -
letter.write         FMDC     -      -      -       -      -      -   -    -   -
letter.suggest       -        DC     -      -       -      -      -   -    -   -
letter.comment       -        -      -      DC      -      C      -   -    -   -
timetable.read       *        SFMDCEP aFM   -       mSF    SFMDC  -   -    -   -
timetable.write      SFMDCE   -      -      -       -      SFMDC  -   -    -   -
timetable.publish    SFMDCE   -      -      -       -      -      -   -    -   -
slot.note            -        FM     FM     -       -      -      -   -    -   -
request.ask          SFMDCE   -      -      -       -      -      -   -    -   -
figures.read         FMDCEPX  DCEP   -      -       -      -      -   -    -   -
extract.read         -        -      -      -       -      -      PX  -    -   -
tables.approve       DCEP     -      -      -       -      -      -   -    -   -
tables.check         -        -      -      DCEP    -      -      -   -    -   -
tables.ask           -        -      -      -       -      -      -   EP   -   -
tables.release       -        -      -      -       -      -      -   EP   -   -
publication.read     DCEPX    -      -      -       -      -      -   EPX  -   -
publication.propose  DCE      -      -      -       -      -      -   -    -   -
publication.approve  -        -      -      -       -      -      -   E    -   -
published.read       PX       PX     PX     PX      PX     PX     PX  PX   PX  PX
people.assign        SFMDCEP  -      -      -       -      -      -   -    -   -
conflict.declare     SFMDCEP  SFMDCEP SFMDCEP SFMDCEP -     -      -   -    -   -
people.manage        -        -      -      -       -      -      -   -    *   -
audit.read           *        -      -      *       -      -      -   -    -   -
audit.read-own       -        *      *      -       -      -      -   -    -   -
purge.propose        PX       -      -      -       -      -      -   -    -   -
purge.approve        -        -      -      -       -      -      -   -    PX  -
purge.second         -        -      -      -       -      -      -   PX   -   -
break-glass.ask      *        -      -      -       -      -      -   -    *   -
package.export       *        -      -      -       -      -      -   -    -   -
package.import       SFMDC    -      -      -       -      -      -   -    -   -
sample.draw          SF       -      -      -       -      -      -   -    -   -
case.allocate        SFM      -      -      -       -      -      -   -    -   -
caseload.write       SF       -      -      -       -      SF     -   -    -   -
"""
ROLES = [Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.LOCAL_ASSESSOR, Role.QUALITY_ASSURER, Role.CASE_MANAGER,
         Role.SERVICE_MANAGER, Role.ANALYST, Role.PUBLISHER, Role.ADMINISTRATOR, Role.PUBLIC]  # fmt: skip
ON = {"a": "open", "m": "managed"}


def rows() -> Iterator[tuple[P, Role, str]]:
    """Each cell of the table."""
    for line in EXTERNAL.strip().splitlines():
        name, *cells = line.split()
        for role, cell in zip(ROLES, cells, strict=True):
            yield P(name), role, cell


def somebody(role: Role, state: State, kind: Kind = Kind.EXTERNAL, cases: KnownCases = CASES) -> Access:
    """A person of one role, in an inspection in a state."""
    return Access("me", frozenset({role, Role.PUBLIC}), "i", kind, state, cases, frozenset({"w1"}))


@pytest.mark.parametrize(("permission", "role", "cell"), list(rows()))
def test_a_role_may_do_in_each_state_what_the_table_says_and_no_more(permission: P, role: Role, cell: str) -> None:
    states = set(STATES) if cell == "*" else set(cell) & set(STATES)
    subject = ON.get(cell[0])
    for letter, state in STATES.items():
        allowed = letter in states
        assert may(somebody(role, state), permission, subject) is allowed, state
        if subject:  # never on the whole inspection, and never on another's case
            assert not may(somebody(role, state), permission), state
            unread = KnownCases(frozenset({"open", "other"}), frozenset({"open"}))
            assert not may(somebody(role, state, cases=unread), permission, "other"), state


def test_every_act_that_a_role_of_an_external_inspection_has_is_in_the_table_or_named_here() -> None:
    beside = {"inspection.read", "inspection.move", "framework.read", "case.read", "case.complete", "caseload.read"}
    beside |= {"identity.write", "answer.quarantined", "feedback.read"}
    granted = {grant.permission.value for grants in GRANTS[Kind.EXTERNAL].values() for grant in grants}
    assert granted == {permission.value for permission, _, _ in rows()} | beside


def test_every_act_is_granted_to_somebody_and_described() -> None:
    granted = {grant.permission for roles in GRANTS.values() for grants in roles.values() for grant in grants}
    assert granted | {permission for acts in EVERYWHERE.values() for permission in acts} == set(P)
    assert all(permission.says.endswith(".") for permission in P)


@pytest.mark.parametrize(
    ("role", "case", "allowed"),
    [
        (Role.INSPECTOR, "open", True),
        (Role.INSPECTOR, "other", False),  # one of their own cases is not signed yet
        (Role.LOCAL_ASSESSOR, "other", False),
        (Role.QUALITY_ASSURER, "other", False),
    ],
)
def test_a_peers_judgements_are_closed_while_a_case_of_ones_own_is_not_signed(
    role: Role, case: str, allowed: bool
) -> None:
    assert may(somebody(role, F), P.ANSWER_READ, case) is allowed


def test_a_peers_judgements_are_open_once_all_of_ones_own_cases_are_signed() -> None:
    signed = KnownCases(frozenset({"signed", "other"}), frozenset({"signed"}), frozenset({"signed"}))
    assert may(somebody(Role.INSPECTOR, F, cases=signed), P.ANSWER_READ, "other")
    assert not may(somebody(Role.LOCAL_ASSESSOR, F, cases=signed), P.ANSWER_READ, "other")
    nothing_given = KnownCases(frozenset({"other"}))
    assert not may(somebody(Role.INSPECTOR, F, cases=nothing_given), P.ANSWER_READ, "other")


def test_two_who_examine_one_case_do_not_read_each_other_until_they_signed() -> None:
    inspector, moderated = somebody(Role.INSPECTOR, F), ""
    both = [(case, author) for case in ("open", "signed") for author in ("me", "peer", moderated)]
    assert access.read_by(inspector, both) == set(both) - {("open", "peer")}
    assert ("signed", "peer") not in access.read_by(somebody(Role.LOCAL_ASSESSOR, F), both)
    assert access.read_by(somebody(Role.QUALITY_ASSURER, F), both) == set(both)


def test_nobody_approves_what_they_made_but_in_a_local_audit() -> None:
    publisher = somebody(Role.PUBLISHER, E)
    assert may(publisher, P.PUBLICATION_APPROVE, author="another")
    assert not may(publisher, P.PUBLICATION_APPROVE, author="me")
    assert may(somebody(Role.LOCAL_LEAD, D, Kind.LOCAL_AUDIT), P.PUBLICATION_APPROVE, author="me")


def test_an_inspector_decides_between_two_answers_only_where_both_authors_agree() -> None:
    assert not may(somebody(Role.INSPECTOR, F), P.ANSWER_RESOLVE, "open")
    assert may(somebody(Role.INSPECTOR, F), P.ANSWER_RESOLVE, "open", agreed=True)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
def test_an_administrator_reads_no_content_in_any_state(kind: Kind, state: State) -> None:
    content = [p for p in P if p.value.split(".")[0] in {"identity", "evidence", "answer", "letter", "figures", "case",
                                                         "caseload", "qa", "feedback", "extract", "package"}]  # fmt: skip
    assert not [p for p in content if may(somebody(Role.ADMINISTRATOR, state, kind), p, "open")]


def test_the_figures_of_a_worker_are_read_by_that_worker_and_not_by_the_lead_of_the_audit() -> None:
    worker = somebody(Role.CASE_MANAGER, PUBLISHED, Kind.LOCAL_AUDIT)
    assert may(worker, P.FIGURES_WORKER, "w1")
    assert not may(worker, P.FIGURES_WORKER, "w2")
    assert not may(somebody(Role.LOCAL_LEAD, PUBLISHED, Kind.LOCAL_AUDIT), P.FIGURES_WORKER, "w1")


def test_a_local_audit_shows_initials_and_never_who_a_child_is() -> None:
    for role in (Role.LOCAL_LEAD, Role.AUDITOR):
        assert may(somebody(role, F, Kind.LOCAL_AUDIT), P.IDENTITY_MASKED, "open")
        assert not may(somebody(role, F, Kind.LOCAL_AUDIT), P.IDENTITY_READ, "open")


@pytest.fixture
def world(db: None) -> Seeded:
    """The cast and their inspections."""
    return seeded()


def roles(user: str, inspection: Inspection, at: datetime = AT) -> set[Role]:
    """The roles of somebody in an inspection, but that of the public."""
    return set(standing(user).roles_in(inspection, at.date())) - {Role.PUBLIC}


@pytest.mark.parametrize("person", cast.CAST, ids=lambda person: person.key)
def test_a_person_has_their_role_where_they_are_a_member_and_none_elsewhere(world: Seeded, person: cast.Person) -> None:
    for key, inspection in world.inspections.items():
        service = key.removesuffix("-audit")
        local = key.endswith("-audit")
        if person.role in (Role.ADMINISTRATOR, Role.ANALYST, Role.PUBLISHER):
            expected = {person.role}
        elif person.role in (Role.CASE_MANAGER, Role.SERVICE_MANAGER):
            expected = {person.role} if person.service == service else set()
        elif person.role in (Role.LOCAL_LEAD, Role.AUDITOR):
            expected = {person.role} if person.inspects == service and local else set()
        else:
            expected = {person.role} if person.role and person.inspects == service and not local else set()
        assert roles(person.key, inspection) == expected, key


def test_no_role_works_outside_its_dates(world: Seeded) -> None:
    Membership.objects.filter(user__key="i1").update(valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 4))
    days = [datetime(2026, 3, day, 23, 59, tzinfo=UTC) for day in range(1, 6)]
    assert [bool(roles("i1", world.inspection, day)) for day in days] == [False, True, True, True, False]


def test_a_disabled_person_has_no_role(world: Seeded) -> None:
    User.objects.filter(key="lead").update(is_active=False)
    assert not roles("lead", world.inspection)


def test_whoever_belongs_to_the_inspected_service_has_no_role_in_its_inspection_even_if_the_database_says_so(
    world: Seeded,
) -> None:
    own, user = world.inspection.service, world.people["i1"]
    Membership.objects.create(user=user, role=Role.SERVICE_MANAGER, service=own)
    assert roles("i1", world.inspection) == {Role.SERVICE_MANAGER}
    Membership.objects.create(user=world.people["la"], role=Role.CASE_MANAGER, service=own)
    assert roles("la", world.inspection) == {Role.CASE_MANAGER}


def test_an_administrator_who_is_also_a_member_is_an_administrator_only(world: Seeded) -> None:
    User.objects.filter(key="lead").update(administrator=True)
    assert roles("lead", world.inspection) == {Role.ADMINISTRATOR}


def test_a_role_that_nobody_knows_allows_nothing(world: Seeded) -> None:
    Membership.objects.filter(user__key="i1").update(role="emperor")
    assert not roles("i1", world.inspection)


def code(*arguments: object) -> str:
    """The code that a demand is refused with, or nothing."""
    try:
        demand(*arguments)  # type: ignore[arg-type]
    except Faults as refused:
        return refused.faults[0].code
    return ""


def test_what_somebody_may_not_know_and_what_is_not_there_are_refused_in_the_same_words() -> None:
    stranger = Access("s", frozenset({Role.PUBLIC}), "i", Kind.EXTERNAL, F, CASES)
    assessor = somebody(Role.LOCAL_ASSESSOR, F)
    inspector = somebody(Role.INSPECTOR, F)
    assert code(stranger, P.LETTER_READ) == code(stranger, P.ANSWER_READ, "nowhere") == "access.not-found"
    assert code(assessor, P.ANSWER_READ, "other") == code(assessor, P.ANSWER_READ, "nowhere") == "access.not-found"
    assert code(inspector, P.IDENTITY_READ, "other") == "access.forbidden"
    assert code(inspector, P.IDENTITY_READ, "nowhere") == "access.not-found"
    assert code(somebody(Role.LEAD_INSPECTOR, F), P.ANSWER_READ, "nowhere") == "access.not-found"
    assert code(inspector, P.ANSWER_RECORD, "open") == ""


def test_an_inspection_that_is_not_there_is_refused_like_one_that_may_not_be_known(world: Seeded) -> None:
    with pytest.raises(Faults) as nowhere:
        demand(access.scope("stranger", "nowhere", AT), P.INSPECTION_READ)
    with pytest.raises(Faults) as hidden:
        demand(access.scope("stranger", "testshire", AT), P.INSPECTION_READ)
    assert nowhere.value.faults == hidden.value.faults
