"""A person's access to an inspection with their cases: the scope that faces ask for, once a request.

Lives here because only here allocations, conflicts and signatures are all below. What the answer of a question needs
is read when it is asked, and once: most acts need only whether a case is given to the person.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.db import connection

from caselight.store.assessments.models import CaseStep
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections import access
from caselight.store.inspections.access import Access, Here
from caselight.store.inspections.roles import Standing

SIGNED, ENDED = "signed", ("unlocked", "reopened")
# What is given to a person now and no declared conflict of interest forbids: one case, or every case of the inspection
# or the service; and who manages it.
_GIVEN = """
    SELECT a."case_key", s."managed_by" FROM "samples_allocation" AS a
    LEFT JOIN "caseloads_subject" AS s ON s."inspection_id" = a."inspection_id" AND s."key" = a."case_key"
    WHERE a."inspection_id" = %s AND a."user_id" = %s AND a."from_at" <= %s
        AND (a."ended_at" IS NULL OR a."ended_at" > %s) AND NOT EXISTS (
            SELECT 1 FROM "inspections_conflict" AS c
            WHERE c."user_id" = a."user_id" AND c."case_key" IN ('', a."case_key")
                AND (c."inspection_id" = a."inspection_id" OR c."service_id" = %s))"""


def scope(user_key: str, inspection: str, at: datetime) -> Access:
    """A person's access to an inspection at an instant. Raises ``access.not-found`` where there is none."""
    return access.scope(
        user_key, inspection, at, cases=lambda found, standing: StoredCases(found, standing, user_key, at)
    )


class StoredCases:
    """The cases of a person in an inspection, as the database has them (see ``inspections.access.Cases``)."""

    def __init__(self, inspection: Here, standing: Standing, user_key: str, at: datetime) -> None:
        self._inspection, self._standing, self._user_key, self._at = inspection, standing, user_key, at

    def exists(self, key: str) -> bool:
        """Whether it is a subject or a case of the caseload."""
        if key in self._given or access.NUL in key:
            return key in self._given
        of_it = {"inspection_id": self._inspection.pk, "key": key[:200]}
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
        by = {"inspection_id": self._inspection.pk, "key": key[:200], "managed_by__in": workers - {""}}
        return Subject.objects.filter(**by).exists() or CaseloadCase.objects.filter(**by).exists()

    @cached_property
    def _allocated(self) -> list[tuple[str, str | None]]:
        """The cases that are given to the person now and that nothing stands against, each with its worker."""
        if self._standing.user_id is None:
            return []
        now = connection.ops.adapt_datetimefield_value(self._at)
        asked = [self._inspection.pk, self._standing.user_id, now, now, self._inspection.service_id]
        with connection.cursor() as cursor:
            cursor.execute(_GIVEN, asked)
            return list(cursor.fetchall())

    @cached_property
    def _given_cases(self) -> frozenset[str]:
        return frozenset(case for case, _ in self._allocated)

    @cached_property
    def _given(self) -> frozenset[str]:
        """The cases and their workers, who are interviewed about them."""
        return self._given_cases | {worker for _, worker in self._allocated if worker}

    @cached_property
    def _signed(self) -> frozenset[str]:
        """Cases that the person signed and that were not opened again since."""
        steps = CaseStep.objects.filter(inspection_id=self._inspection.pk, step__in=(SIGNED, *ENDED)).order_by("pk")
        last: dict[str, bool] = {}
        for key, step, by in steps.values_list("subject_key", "step", "by"):
            if step != SIGNED:
                last[key] = False
            elif by == self._user_key:
                last[key] = True
        return frozenset(key for key, signed in last.items() if signed)
