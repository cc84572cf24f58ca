"""Which role may do what, on which cases, in which states: reliability.md, section 7, as one table of data.

Nothing is allowed that does not stand here. ``tests/evidence/matrix.csv`` says the same of every address, was written
apart from this table, and is what the table is tested against (ADR 0019).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from caselight.store.accounts.permissions import Permission, Role
from caselight.store.inspections.models import Kind, State

P = Permission  # named some two hundred times below


class Reach(StrEnum):
    """On which cases an act is allowed."""

    ALL = "all"  # the whole inspection, and each of its cases
    ASSIGNED = "assigned"  # cases that are given to the person
    OWN = "own"  # one's own judgements on such cases, and the moderated ones
    SIGNED = "after own signed"  # others' judgements, once one's own are signed (blind reading)
    MANAGED = "managed"  # cases that the person manages in the service
    WORKER = "worker"  # the figures of the worker that the person is, or is line manager of
    AGREED = "agreed"  # where both authors agree
    RELEASED = "released"  # own cases whose feedback the lead has released


class Grant(NamedTuple):
    """One act, on these cases, in these states."""

    permission: P
    reach: Reach
    states: frozenset[State]


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


ALWAYS = frozenset(State)
OPEN = ALWAYS - {State.CLOSED}
PREPARING = _states(State.SETUP, State.FIELDWORK)
WORKING = _states(State.FIELDWORK, State.MODERATION)
JUDGED = ALWAYS - {State.SETUP}
UNPUBLISHED_WORK = _states(State.FIELDWORK, State.MODERATION, State.DRAFT, State.FACT_CHECK, State.EMBARGO)
EXAMINED = _states(State.FIELDWORK, State.MODERATION, State.DRAFT, State.FACT_CHECK)
WRITING = _states(State.DRAFT, State.FACT_CHECK)
DRAFTED = _states(State.DRAFT, State.FACT_CHECK, State.EMBARGO)
OUTGOING = DRAFTED | {State.PUBLISHED}
PUBLIC = _states(State.PUBLISHED, State.CLOSED)


def _all(states: frozenset[State], *permissions: P) -> tuple[Grant, ...]:
    return tuple(Grant(permission, Reach.ALL, states) for permission in permissions)


def _on(reach: Reach, states: frozenset[State], *permissions: P) -> tuple[Grant, ...]:
    return tuple(Grant(permission, reach, states) for permission in permissions)


_CONCERNS = (P.CONCERN_RAISE, P.CONCERN_READ)
_EXAMINING = (P.CASELOAD_READ, P.IDENTITY_READ, P.EVIDENCE_WRITE, P.ANSWER_RECORD, P.CASE_COMPLETE, P.CASE_SIGN)

EXTERNAL: Mapping[Role, tuple[Grant, ...]] = {
    Role.LEAD_INSPECTOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.FRAMEWORK_READ, P.CASE_READ, P.TIMETABLE_READ, P.AUDIT_READ),
        *_all(ALWAYS, P.PACKAGE_EXPORT, P.BREAK_GLASS),
        *_all(OPEN, P.INSPECTION_MOVE, P.PEOPLE_ASSIGN, P.IDENTITY_READ, P.CASELOAD_READ, P.CONFLICT_DECLARE),
        *_all(PREPARING, P.CASELOAD_WRITE, P.SAMPLE_DRAW, P.IDENTITY_WRITE),
        *_all(PREPARING | WORKING, P.CASE_ALLOCATE),
        *_all(JUDGED, P.ANSWER_READ, P.FIGURES_READ, P.LETTER_READ),
        *_all(JUDGED - {State.CLOSED}, P.EVIDENCE_READ, P.ANSWER_QUARANTINED, P.QA_READ),
        *_all(WORKING, P.ANSWER_MODERATE, P.ANSWER_RESOLVE, P.CASE_COUNTERSIGN, P.CASE_UNLOCK),
        *_on(Reach.ASSIGNED, WORKING, P.ANSWER_RECORD, P.CASE_COMPLETE),
        *_all(UNPUBLISHED_WORK, P.QA_REPLY),
        *_all(JUDGED - {State.CLOSED}, *_CONCERNS, P.CONCERN_CLOSE),
        *_all(EXAMINED, P.LETTER_WRITE),
        *_all(PREPARING | EXAMINED, P.PACKAGE_IMPORT),
        *_all(ALWAYS - PUBLIC, P.TIMETABLE_WRITE, P.TIMETABLE_PUBLISH, P.REQUEST_ASK),
        *_all(OUTGOING, P.TABLES_APPROVE),
        *_all(DRAFTED, P.PUBLICATION_PROPOSE),
        *_all(DRAFTED | PUBLIC, P.PUBLICATION_READ),
        *_all(PUBLIC, P.PURGE_PROPOSE),
    ),
    Role.INSPECTOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.FRAMEWORK_READ, P.CASE_READ, P.AUDIT_READ_OWN),
        *_all(OPEN, P.TIMETABLE_READ, P.CONFLICT_DECLARE),
        *_all(WORKING, P.SLOT_NOTE),
        *_on(Reach.ASSIGNED, WORKING, *_EXAMINING, *_CONCERNS, P.CASE_UNLOCK_ASK),
        *_on(Reach.ASSIGNED, EXAMINED, P.EVIDENCE_READ, P.QA_READ),
        *_on(Reach.SIGNED, EXAMINED, P.EVIDENCE_READ),
        *_on(Reach.OWN, JUDGED - {State.CLOSED}, P.ANSWER_READ),
        *_on(Reach.SIGNED, JUDGED - {State.CLOSED}, P.ANSWER_READ),
        *_on(Reach.AGREED, WORKING, P.ANSWER_RESOLVE),
        *_on(Reach.ASSIGNED, WORKING, P.ANSWER_AGREE),
        *_all(OUTGOING, P.FIGURES_READ),
        *_all(DRAFTED, P.LETTER_READ),
        *_all(WRITING, P.LETTER_SUGGEST),
    ),
    Role.LOCAL_ASSESSOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.AUDIT_READ_OWN),
        *_all(PREPARING | WORKING, P.FRAMEWORK_READ),
        *_all(OPEN, P.CONFLICT_DECLARE),
        *_all(WORKING, P.SLOT_NOTE),
        *_on(Reach.ASSIGNED, WORKING, *_EXAMINING, *_CONCERNS, P.CASE_UNLOCK_ASK),
        *_on(Reach.ASSIGNED, WORKING, P.CASE_READ, P.EVIDENCE_READ, P.QA_READ, P.TIMETABLE_READ),
        *_on(Reach.OWN, WORKING, P.ANSWER_READ),
    ),
    Role.QUALITY_ASSURER: (
        *_all(ALWAYS, P.INSPECTION_READ, P.FRAMEWORK_READ, P.AUDIT_READ),
        *_all(OPEN, P.CONFLICT_DECLARE),
        *_on(Reach.ASSIGNED, EXAMINED, P.CASE_READ, P.EVIDENCE_READ, P.ANSWER_READ, P.QA_READ, P.QA_COMMENT),
        *_all(WORKING, P.CASE_UNLOCK_SECOND),
        *_all(DRAFTED, P.LETTER_READ),
        *_all(WRITING, P.LETTER_COMMENT),
        *_all(OUTGOING, P.TABLES_CHECK),
    ),
    Role.CASE_MANAGER: (
        *_all(ALWAYS, P.INSPECTION_READ),
        *_on(Reach.MANAGED, PREPARING, P.CASE_READ, P.IDENTITY_READ, P.IDENTITY_WRITE),
        *_on(Reach.MANAGED, PREPARING, P.EVIDENCE_WRITE, P.TIMETABLE_READ),
        *_on(Reach.RELEASED, JUDGED - {State.CLOSED}, P.FEEDBACK_READ),
    ),
    Role.SERVICE_MANAGER: (
        *_all(ALWAYS, P.INSPECTION_READ),
        *_all(PREPARING, P.CASE_READ, P.CASELOAD_READ, P.CASELOAD_WRITE, P.IDENTITY_READ, P.IDENTITY_WRITE),
        *_all(PREPARING, P.EVIDENCE_WRITE),
        *_all(PREPARING | EXAMINED, P.TIMETABLE_READ, P.TIMETABLE_WRITE),
        *_all(_states(State.FACT_CHECK, State.EMBARGO), P.LETTER_READ),
        *_all(_states(State.FACT_CHECK), P.LETTER_COMMENT),
    ),
    Role.ANALYST: _all(PUBLIC, P.INSPECTION_READ, P.EXTRACT_READ),
    Role.PUBLISHER: (
        *_all(PUBLIC | {State.EMBARGO}, P.INSPECTION_READ),
        *_all(_states(State.EMBARGO), P.LETTER_READ, P.PUBLICATION_APPROVE),
        *_all(PUBLIC | {State.EMBARGO}, P.PUBLICATION_READ),
        *_all(_states(State.EMBARGO, State.PUBLISHED), P.TABLES_ASK, P.TABLES_RELEASE),
        *_all(PUBLIC, P.PURGE_SECOND),
    ),
    Role.ADMINISTRATOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.PEOPLE_MANAGE, P.BREAK_GLASS),
        *_all(PUBLIC, P.PURGE_APPROVE),
    ),
    Role.PUBLIC: _all(PUBLIC, P.PUBLISHED_READ),
}

LOCAL_AUDIT: Mapping[Role, tuple[Grant, ...]] = {
    Role.LOCAL_LEAD: (
        *_all(ALWAYS, P.INSPECTION_READ, P.FRAMEWORK_READ, P.CASE_READ, P.AUDIT_READ, P.PACKAGE_EXPORT),
        *_all(OPEN, P.INSPECTION_MOVE, P.PEOPLE_ASSIGN, P.IDENTITY_MASKED, P.CASELOAD_READ),
        *_all(OPEN, P.TIMETABLE_READ, P.TIMETABLE_WRITE, P.REQUEST_ASK, P.CONFLICT_DECLARE),
        *_all(OPEN, P.TIMETABLE_PUBLISH),
        *_all(PREPARING, P.CASELOAD_WRITE, P.SAMPLE_DRAW, P.IDENTITY_WRITE),
        *_all(PREPARING | WORKING, P.CASE_ALLOCATE),
        *_all(JUDGED, P.ANSWER_READ, P.FIGURES_READ, P.LETTER_READ),
        *_all(JUDGED - {State.CLOSED}, P.EVIDENCE_READ, P.ANSWER_QUARANTINED, P.QA_READ),
        *_all(WORKING, P.ANSWER_MODERATE, P.ANSWER_RESOLVE, P.CASE_COUNTERSIGN, P.CASE_UNLOCK),
        *_on(Reach.ASSIGNED, WORKING, P.EVIDENCE_WRITE, P.ANSWER_RECORD, P.CASE_COMPLETE, P.CASE_SIGN),
        *_all(JUDGED - {State.CLOSED}, *_CONCERNS, P.CONCERN_CLOSE),
        *_all(EXAMINED, P.LETTER_WRITE),
        *_all(PREPARING | EXAMINED, P.PACKAGE_IMPORT),
        *_all(DRAFTED, P.PUBLICATION_PROPOSE, P.PUBLICATION_APPROVE),
        *_all(DRAFTED | PUBLIC, P.PUBLICATION_READ),
        *_all(PUBLIC, P.PUBLISHED_READ, P.PURGE_PROPOSE),
    ),
    Role.AUDITOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.FRAMEWORK_READ, P.AUDIT_READ_OWN),
        *_all(WORKING, P.CASE_UNLOCK_SECOND),
        *_all(OPEN, P.CONFLICT_DECLARE),
        *_on(Reach.ASSIGNED, WORKING, P.CASE_READ, P.CASELOAD_READ, P.IDENTITY_MASKED, P.EVIDENCE_READ),
        *_on(Reach.ASSIGNED, WORKING, P.EVIDENCE_WRITE, P.ANSWER_RECORD, P.CASE_COMPLETE, P.CASE_SIGN),
        *_on(Reach.ASSIGNED, WORKING, P.CASE_UNLOCK_ASK, P.QA_READ, *_CONCERNS),
        *_on(Reach.OWN, WORKING, P.ANSWER_READ),
        *_on(Reach.SIGNED, WORKING, P.ANSWER_READ),
        *_all(PUBLIC, P.PUBLISHED_READ),
    ),
    Role.CASE_MANAGER: (
        *_all(ALWAYS, P.INSPECTION_READ),
        *_on(Reach.WORKER, PUBLIC, P.FIGURES_WORKER),
        *_all(PUBLIC, P.PUBLISHED_READ),
    ),
    Role.SERVICE_MANAGER: (
        *_all(ALWAYS, P.INSPECTION_READ),
        *_all(PREPARING, P.CASE_READ, P.CASELOAD_READ, P.CASELOAD_WRITE, P.IDENTITY_WRITE),
        *_on(Reach.WORKER, PUBLIC, P.FIGURES_WORKER),
        *_all(PUBLIC, P.PUBLISHED_READ, P.PURGE_SECOND),
    ),
    Role.ADMINISTRATOR: (
        *_all(ALWAYS, P.INSPECTION_READ, P.PEOPLE_MANAGE),
        *_all(PUBLIC, P.PURGE_APPROVE),
    ),
}

GRANTS: Mapping[Kind, Mapping[Role, tuple[Grant, ...]]] = {
    Kind.EXTERNAL: EXTERNAL,
    Kind.LOCAL_AUDIT: LOCAL_AUDIT,
}

# What a role allows outside any inspection: question sets, a first package, people and the system.
_EXAMINES = frozenset({P.FRAMEWORK_READ, P.CONFLICT_DECLARE})
_LEADING = _EXAMINES | {P.FRAMEWORK_ADOPT, P.PACKAGE_IMPORT, P.PEOPLE_ASSIGN}
EVERYWHERE: Mapping[Role, frozenset[P]] = {
    Role.LEAD_INSPECTOR: _LEADING,
    Role.LOCAL_LEAD: _LEADING,
    Role.INSPECTOR: _EXAMINES,
    Role.LOCAL_ASSESSOR: _EXAMINES,
    Role.QUALITY_ASSURER: _EXAMINES,
    Role.AUDITOR: _EXAMINES,
    Role.ANALYST: frozenset({P.FRAMEWORK_READ}),
    Role.SERVICE_MANAGER: frozenset({P.PEOPLE_INVITE}),
    Role.ADMINISTRATOR: frozenset({P.PEOPLE_MANAGE, P.SETTINGS_MANAGE, P.AUDIT_SECURITY}),
}


def granted(kind: Kind, role: Role, permission: P, state: State) -> list[Reach]:
    """On which cases a role may do an act in a state: none, one, or several."""
    return _INDEX.get((kind, role, permission, state), [])


_INDEX: dict[tuple[Kind, Role, P, State], list[Reach]] = {}
for _kind, _roles in GRANTS.items():
    for _role, _grants in _roles.items():
        for _grant in _grants:
            for _state in _grant.states:
                _INDEX.setdefault((_kind, _role, _grant.permission, _state), []).append(_grant.reach)
