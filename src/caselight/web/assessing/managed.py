"""The cases of a worker who is interviewed, as far as the visitor may know them: the way to each, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.progress import standing_of
from caselight.store.assessments.room import enter
from caselight.store.assessments.workload import Examined, managed_by
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.standing import state_of


class Managed(NamedTuple):
    """One case of the worker. Where it is not the visitor's to open, there is neither an address nor a state."""

    label: str
    href: str = ""
    state: str = ""
    colour: str = ""


def managed(case: Opened) -> tuple[Managed, ...]:
    """The worker's cases, on the page of an interview; none while the screen is shared, and none for a case."""
    kind, key = case.subject
    if case.sharing or kind == case.framework.subjects[0].id:
        return ()
    return tuple(_managed(case, managed_by(case.visit.key, key)))


def _managed(case: Opened, cases: tuple[Examined, ...]) -> Iterator[Managed]:
    visit, room = case.visit, enter(case.visit.key, lock=False)
    for one in cases:
        if visit.may(Permission.ANSWER_READ, one.key):
            href = reverse("assessing:case", kwargs={"key": visit.key, "kind": one.kind, "subject": one.key})
            standing, _ = standing_of(room, (one.kind, one.key))
            yield Managed(one.label, href, *state_of(standing, begun=one.begun))
        elif visit.may(Permission.CASE_READ, one.key):
            yield Managed(one.label)
