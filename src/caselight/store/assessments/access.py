"""A person's access to an inspection with their cases: the scope that faces ask for, once a request.

Lives here because only here allocations, conflicts and signatures are all below. What the answer of a question needs
is read when it is asked, and once: most acts need only whether a case is given to the person.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery

from caselight.store.assessments.models import CaseStep
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections import access
from caselight.store.inspections.access import Access
from caselight.store.inspections.models import Conflict, Inspection
from caselight.store.inspections.roles import Standing
from caselight.store.samples.models import Allocation

SIGNED, ENDED = "signed", ("unlocked", "reopened")


def scope(user_key: str, inspection: str, at: datetime) -> Access:
    """A person's access to an inspection at an instant. Raises ``access.not-found`` where there is none."""
    return access.scope(
        user_key, inspection, at, cases=lambda found, standing: StoredCases(found, standing, user_key, at)
    )


class StoredCases:
    """The cases of a person in an inspection, as the database has them (see ``inspections.access.Cases``)."""

    def __init__(self, inspection: Inspection, standing: Standing, user_key: str, at: datetime) -> None:
        self._inspection, self._standing, self._user_key, self._at = inspection, standing, user_key, at

    def exists(self, key: str) -> bool:
        """Whether it is a subject or a case of the caseload."""
        if key in self._given or access.NUL in key:
            return key in self._given
        of_it = {"inspection": self._inspection, "key": key[:200]}
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
        by = {"inspection": self._inspection, "key": key[:200], "managed_by__in": workers - {""}}
        return Subject.objects.filter(**by).exists() or CaseloadCase.objects.filter(**by).exists()

    @cached_property
    def _given_cases(self) -> frozenset[str]:
        """Keys of the cases that are given to the person now and that nothing stands against."""
        return frozenset(key for key, _ in self._given_rows)

    @cached_property
    def _given(self) -> frozenset[str]:
        """The cases and their workers, who are interviewed about them."""
        return frozenset(name for row in self._given_rows for name in row if name)

    @cached_property
    def _given_rows(self) -> list[tuple[str, str | None]]:
        """Cases and workers in one query, for every page of a case asks for them.

        A declared conflict of interest takes a case out: about the case, or about all of its service or inspection.
        """
        if self._standing.user_id is None:
            return []
        declared = Conflict.objects.filter(
            Q(service=self._inspection.service_id) | Q(inspection=self._inspection),
            Q(case_key="") | Q(case_key=OuterRef("case_key")), user_id=self._standing.user_id,
        )  # fmt: skip
        workers = Subject.objects.filter(inspection=self._inspection, key=OuterRef("case_key")).exclude(managed_by="")
        given = Allocation.objects.filter(
            Q(ended_at=None) | Q(ended_at__gt=self._at), ~Exists(declared),
            inspection=self._inspection, user_id=self._standing.user_id, from_at__lte=self._at,
        )  # fmt: skip
        rows = given.annotate(worker=Subquery(workers.values("managed_by")[:1]))
        return list(rows.values_list("case_key", "worker"))

    @cached_property
    def _signed(self) -> frozenset[str]:
        """Cases that the person signed and that were not opened again since."""
        steps = CaseStep.objects.filter(inspection=self._inspection, step__in=(SIGNED, *ENDED)).order_by("pk")
        last: dict[str, bool] = {}
        for key, step, by in steps.values_list("subject_key", "step", "by"):
            if step != SIGNED:
                last[key] = False
            elif by == self._user_key:
                last[key] = True
        return frozenset(key for key, signed in last.items() if signed)
