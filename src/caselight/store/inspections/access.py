"""Whether a person may do an act: the scope of a person in an inspection, and the question asked of it.

Default deny. A scope is made once a request from what the database says at that instant; ``may`` only looks at it.
Whoever may not know that something exists is told that it is not there (404), in the same words as for what is truly
not there; whoever can see it and may not do the act is told so (403).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, NoReturn, Protocol

from django.db import connection

from caselight.method.faults import Fault, stop
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.audit import leave
from caselight.store.inspections.grants import EVERYWHERE, Reach, granted
from caselight.store.inspections.models import Kind, State
from caselight.store.inspections.roles import NOBODY, Standing, standing, standing_at

# Approved by somebody who wrote none of it. In a local audit the same person may do all of it.
BY_ANOTHER = frozenset(
    {Permission.TABLES_CHECK, Permission.PUBLICATION_APPROVE, Permission.CASE_UNLOCK_SECOND, Permission.PURGE_SECOND}
)


NUL = "\0"
WIDTH = 8  # columns of the inspection and the person, before those that are beside
_HERE = """
    SELECT i."id", i."key", i."kind", i."state", i."service_id", u."id", u."administrator", u."access_version"{columns}
    FROM (SELECT 1) AS always LEFT JOIN "inspections_inspection" AS i ON i."key" = %s
    LEFT JOIN "accounts_user" AS u ON u."key" = %s AND u."is_active"{joins}"""


class Cases(Protocol):
    """What is known of a person's cases in an inspection; the store's upper rooms know it (``assessments.access``)."""

    def exists(self, key: str) -> bool:
        """Whether the inspection has such a subject."""

    def assigned(self, key: str) -> bool:
        """Whether it is given to the person to examine, and nothing stands against that."""

    def signed(self, key: str) -> bool:
        """Whether the person has signed it; for a case of somebody else: all of the person's own."""

    def managed(self, key: str, workers: frozenset[str]) -> bool:
        """Whether it is managed by one of these workers."""

    def passes(self, key: str) -> frozenset[str]:
        """The passes in which it is given to the person: what they record belongs to one of them."""

    def had(self, key: str) -> bool:
        """Whether it was ever given to the person to judge, whatever stands against that now."""


@dataclass(frozen=True)
class KnownCases:
    """Cases written out: for tests, and for who has none."""

    all: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    managers: Mapping[str, str] = field(default_factory=dict)

    def exists(self, key: str) -> bool:
        """Whether it is listed."""
        return key in self.all

    def assigned(self, key: str) -> bool:
        """Whether it is listed as given."""
        return key in self.given

    def signed(self, key: str) -> bool:
        """Blind reading: one's own case when it is signed, another's when all of one's own are, and there is one."""
        return key in self.done if key in self.given else bool(self.given) and self.given <= self.done

    def managed(self, key: str, workers: frozenset[str]) -> bool:
        """Whether the case's manager is one of these."""
        return self.managers.get(key, "") in workers - {""}

    def passes(self, key: str) -> frozenset[str]:
        """The first, of what is listed as given."""
        return frozenset({"first"}) if key in self.given else frozenset()

    def had(self, key: str) -> bool:
        """Whether it is listed as given."""
        return key in self.given


NONE = KnownCases()


@dataclass(frozen=True)
class Access:
    """A person in an inspection at an instant: the roles that hold there then, and their cases.

    ``inspection`` is empty, and ``state`` None, for what lies outside any inspection.
    """

    user: str
    roles: frozenset[Role]
    inspection: str = ""
    kind: Kind = Kind.EXTERNAL
    state: State | None = None
    cases: Cases = NONE
    workers: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()  # of which the person is a manager


@dataclass(frozen=True)
class _Question:
    """What an act is asked of."""

    subject_key: str | None = None
    author: str = ""
    agreed: bool = False
    released: bool = False


class Granted(NamedTuple):
    """An act that was allowed, so that it can be asked again; as :func:`demand`, or with ``some`` :func:`demand_some`."""

    user: str
    inspection: str
    permission: Permission
    subject_key: str | None = None
    author: str = ""
    agreed: bool = False
    released: bool = False
    some: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """The inspection that is asked about: the columns that permissions hang on."""

    pk: int
    key: str
    kind: Kind
    state: State
    service_id: int


Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What upper rooms read in the same statement: more columns, the tables they come from, and the cases they make.

    ``columns`` and ``joins`` are constants that name the inspection ``i`` and the person ``u``; ``values`` are for the
    placeholders of the joins. There is a row for each case, or one without any.
    """

    columns: str
    joins: str
    values: tuple[Any, ...]
    cases: Callable[[Here, Standing, Sequence[Row]], Cases]


NOWHERE = Here(0, "", Kind.EXTERNAL, State.SETUP, 0)  # what is not there; nobody may do anything in it
NOTHING = Beside("", "", (), lambda _here, _holder, _rows: NONE)


def scope(user_key: str, inspection: str, at: datetime, *, beside: Beside = NOTHING) -> Access:
    """A person's access to an inspection at an instant (UTC; days of a role are days of UTC).

    ``beside`` makes what is known of the person's cases. Where there is no such inspection nothing is allowed, and each
    question is asked as of one that the person may not know, so that no clock tells the two apart.
    """
    # PostgreSQL does not even compare a NUL.
    found, holder, rows = _here(user_key, "" if NUL in inspection else inspection, beside)
    roles = holder.roles_in(found, at.date())
    return Access(
        user=user_key,
        roles=frozenset() if found is NOWHERE else roles,
        inspection=found.key,
        kind=found.kind,
        state=found.state,
        cases=beside.cases(found, holder, rows),
        workers=holder.workers(found, at.date()),
    )


def _here(user_key: str, inspection: str, beside: Beside) -> tuple[Here, Standing, Sequence[Row]]:
    """The inspection, what the person is, and what is beside, by one statement: every request asks it anew.

    There is a row also where there is no inspection, so that the same is read for it.
    """
    query = _HERE.format(columns=beside.columns, joins=beside.joins)
    with connection.cursor() as cursor:
        cursor.execute(query, [inspection[:200], user_key, *beside.values])
        rows = cursor.fetchall()
    pk, key, kind, state, service, user_id, administrator, version = rows[0][:WIDTH]
    holder = NOBODY if user_id is None else standing_at(user_id, bool(administrator), version)
    found = NOWHERE if pk is None else Here(pk, key, Kind(kind), State(state), service)
    return found, holder, [row[WIDTH:] for row in rows]


def everywhere(user_key: str, at: datetime) -> Access:
    """A person's access to what lies outside any inspection."""
    holder = standing(user_key)
    return Access(user_key, holder.roles(at.date()), services=holder.manages(at.date()))


def may(
    access: Access,
    permission: Permission,
    subject_key: str | None = None,
    *,
    author: str = "",
    agreed: bool = False,
    released: bool = False,
) -> bool:
    """Whether the act is allowed: on this subject, or without one on the whole inspection.

    ``author`` is who made what is approved, or the judgement that is read (empty for a moderated one, and for whether
    the person may read any judgement on the subject); ``agreed`` says that the authors of two contested answers agree,
    ``released`` that the lead has released the feedback on the case.
    """
    if access.state is None:
        return any(permission in EVERYWHERE.get(role, ()) for role in access.roles)
    if access.kind is Kind.EXTERNAL and permission in BY_ANOTHER and author == access.user:
        return False
    question = _Question(subject_key, author, agreed, released)
    reaches = {reach for role in access.roles for reach in granted(access.kind, role, permission, access.state)}
    return any(_reaches(reach, access, question) for reach in Reach if reach in reaches)  # what costs most comes last


def demand(
    access: Access,
    permission: Permission,
    subject_key: str | None = None,
    *,
    author: str = "",
    agreed: bool = False,
    released: bool = False,
) -> None:
    """Refuse unless the act is allowed: ``access.not-found`` where the person may not know, else ``access.forbidden``."""
    if subject_key is not None and not (known(access) and access.cases.exists(subject_key)):
        not_found()
    if may(access, permission, subject_key, author=author, agreed=agreed, released=released):
        leave.grant(Granted(access.user, access.inspection, permission, subject_key, author, agreed, released))
        return
    if not known(access, subject_key):
        not_found()
    stop(
        Fault(
            "access.forbidden",
            (permission.value,),
            "Your role does not allow this here and now.",
            "Ask the lead of the inspection, if it should.",
        )
    )


def demand_some(access: Access, permission: Permission) -> None:
    """Refuse as :func:`demand` does, unless the act is allowed on at least some cases."""
    if on_some(access, permission):
        leave.grant(Granted(access.user, access.inspection, permission, some=True))
    else:
        demand(access, permission)


def known(access: Access, subject_key: str | None = None) -> bool:
    """Whether the person may know that the inspection, and in it the subject, exists."""
    if access.state is None:
        return bool(access.roles - {Role.PUBLIC})
    if not may(access, Permission.INSPECTION_READ):
        return False
    return subject_key is None or may(access, Permission.CASE_READ, subject_key)


def on_some(access: Access, permission: Permission) -> bool:
    """Whether the act is allowed at least on some cases: for lists, which then show only those of :func:`reached`."""
    if access.state is None:
        return False
    return any(granted(access.kind, role, permission, access.state) for role in access.roles)


def reached(access: Access, permission: Permission, subject_keys: Iterable[str]) -> list[str]:
    """Those of the subjects on which the act is allowed."""
    return [key for key in subject_keys if may(access, permission, key)]


def read_by(access: Access, judgements: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of judgements, each a subject and its author (empty for a moderated one), those that the person may read.

    A peer's judgement on a case that both examine stays closed until one's own is signed.
    """
    asked = set(judgements)
    return {one for one in asked if may(access, Permission.ANSWER_READ, one[0], author=one[1])}


def not_found() -> NoReturn:
    """The one answer for what is not there and for what a person may not know to be there."""
    stop(Fault("access.not-found", (), "There is nothing here under this address.", "Check the address."))


def _reaches(reach: Reach, access: Access, question: _Question) -> bool:
    """Whether a reach holds for what is asked. Without a subject only the whole inspection does."""
    key = question.subject_key
    if reach is Reach.ALL:
        return True
    if reach is Reach.AGREED:
        return question.agreed
    return key is not None and _ON_SUBJECT[reach](access, question, key)


_ON_SUBJECT: Mapping[Reach, Callable[[Access, _Question, str], bool]] = {
    Reach.ASSIGNED: lambda access, _, key: access.cases.assigned(key),
    Reach.OWN: lambda access, asked, key: access.cases.assigned(key) and asked.author in ("", access.user),
    Reach.SIGNED: lambda access, _, key: access.cases.signed(key),
    Reach.MANAGED: lambda access, _, key: access.cases.managed(key, access.workers),
    Reach.WORKER: lambda access, _, key: key in access.workers,
    Reach.RELEASED: lambda access, asked, key: asked.released and access.cases.managed(key, access.workers),
}
