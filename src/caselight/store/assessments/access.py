"""A person's access to an inspection with their cases: the scope that faces ask for, once a request.

Lives here because only here allocations, conflicts and signatures are all below. Which cases are given to the person
is read in the statement that reads who they are; what else a question needs is read when it is asked, and once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.db.models import Q

from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections import access
from caselight.store.inspections.access import Access, Beside, Here, Row
from caselight.store.inspections.roles import Standing
from caselight.store.samples.allocating import QUALITY
from caselight.store.samples.models import Allocation

SIGNED, ENDED = "signed", ("unlocked", "reopened")
# What is given to a person now and no declared conflict of interest forbids that was not withdrawn: one case, every case of the inspection or
# the service, or those of one case manager there; and who manages it.
_GIVEN = """
    LEFT JOIN "samples_allocation" AS a ON a."inspection_id" = i."id" AND a."user_id" = u."id" AND a."from_at" <= %s
        AND (a."ended_at" IS NULL OR a."ended_at" > %s) AND NOT EXISTS (
            SELECT 1 FROM "inspections_conflict" AS c
            WHERE c."user_id" = u."id" AND c."case_key" IN ('', a."case_key")
                AND (c."inspection_id" = i."id" OR c."service_id" = i."service_id")
                AND NOT EXISTS (
                    SELECT 1 FROM "inspections_conflictwithdrawal" AS x WHERE x."conflict_id" = c."id")
                AND (c."worker" = '' OR EXISTS (
                    SELECT 1 FROM "caseloads_subject" AS w
                    WHERE w."inspection_id" = i."id" AND w."key" = a."case_key" AND w."managed_by" = c."worker")))
    LEFT JOIN "caseloads_subject" AS s ON s."inspection_id" = i."id" AND a."case_key" = s."key" """
# By hand, as the page of a case asks it each time.
_SIGNING = """
    SELECT "subject_key", "step", "by" FROM "assessments_casestep"
    WHERE "inspection_id" = %s AND "step" IN (%s, %s, %s) ORDER BY "id" """


def scope(user_key: str, inspection: str, at: datetime) -> Access:
    """A person's access to an inspection at an instant; where there is none, nothing is allowed."""
    now = connection.ops.adapt_datetimefield_value(at)

    def cases(here: Here, _: Standing, rows: Sequence[Row]) -> StoredCases:
        return StoredCases(here.pk, user_key, rows)

    beside = Beside(', a."case_key", s."managed_by", a."pass_kind"', _GIVEN, (now, now), cases)
    return access.scope(user_key, inspection, at, beside=beside)


class StoredCases:
    """The cases of a person in an inspection, as the database has them (see ``inspections.access.Cases``)."""

    def __init__(self, inspection_id: int, user_key: str, given: Sequence[Row]) -> None:
        """``given`` are the cases that are given to the person now and nothing stands against, with worker and pass."""
        self._inspection_id, self._user_key, self._allocated = inspection_id, user_key, given

    def exists(self, key: str) -> bool:
        """Whether it is a subject or a case of the caseload."""
        if key in self._given or access.NUL in key:
            return key in self._given
        of_it = {"inspection_id": self._inspection_id, "key": key[:200]}
        return Subject.objects.filter(**of_it).exists() or CaseloadCase.objects.filter(**of_it).exists()

    def assigned(self, key: str) -> bool:
        """Whether it is given to the person, or is the worker of such a case, and no conflict stands against it."""
        return key in self._given

    def signed(self, key: str) -> bool:
        """Blind reading: one's own case when it is signed, another's when all of one's own are, and there is one."""
        own = self._given_cases
        return key in self._signed if key in own else bool(own) and own <= self._signed

    def managed(self, key: str, workers: frozenset[str]) -> bool:
        """Whether one of these workers manages it."""
        if not workers or access.NUL in key:
            return False
        by = {"inspection_id": self._inspection_id, "key": key[:200], "managed_by__in": workers - {""}}
        return Subject.objects.filter(**by).exists() or CaseloadCase.objects.filter(**by).exists()

    def passes(self, key: str) -> frozenset[str]:
        """The passes in which the case, or one of the worker's cases, is given to the person now."""
        return frozenset(of for case, worker, of in self._allocated if key and key in (case, worker))

    def had(self, key: str) -> bool:
        """Whether the case, or one of the worker's cases, was ever given to the person to judge."""
        if access.NUL in key:
            return False
        managed = Subject.objects.filter(inspection_id=self._inspection_id, managed_by=key[:200]).values_list("key")
        of_it = Q(case_key=key[:200]) | Q(case_key__in=managed)
        ever = Allocation.objects.filter(of_it, inspection_id=self._inspection_id, user__key=self._user_key)
        return ever.exclude(pass_kind=QUALITY).exists()

    @cached_property
    def _given_cases(self) -> frozenset[str]:
        return frozenset(case for case, *_ in self._allocated if case)

    @cached_property
    def _given(self) -> frozenset[str]:
        """The cases and their workers, who are interviewed about them."""
        return self._given_cases | {worker for _, worker, _ in self._allocated if worker}

    @cached_property
    def _signed(self) -> frozenset[str]:
        """Cases that the person signed and that were not opened again since."""
        with connection.cursor() as cursor:
            cursor.execute(_SIGNING, [self._inspection_id, SIGNED, *ENDED])
            steps = cursor.fetchall()
        last: dict[str, bool] = {}
        for key, step, by in steps:
            if step != SIGNED:
                last[key] = False
            elif by == self._user_key:
                last[key] = True
        return frozenset(key for key, signed in last.items() if signed)
