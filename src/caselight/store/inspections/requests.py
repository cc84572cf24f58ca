"""Requests to the service as values: what, of whom, until when, how far it is, and who took each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.access import Access, may, on_some
from caselight.store.inspections.models import RequestStep
from caselight.store.inspections.told import opened_words


class Step(StrEnum):
    """A step of a request; all but *changed* are also how far it is."""

    ASKED = "asked"
    CHANGED = "changed"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({Step.ASKED, Step.RETURNED})  # it is the service's turn
FOLLOWS: dict[Step, frozenset[Step]] = {
    Step.CHANGED: WAITING | {Step.RECEIVED},
    Step.RECEIVED: WAITING | {Step.RECEIVED},
    Step.ACCEPTED: WAITING | {Step.RECEIVED},
    Step.RETURNED: frozenset({Step.RECEIVED, Step.ACCEPTED}),
    Step.WITHDRAWN: WAITING | {Step.RECEIVED},
}
_COLUMNS = ("request", "step", "worker", "case_key", "due", "by", "at", "sealed", "key_id")


@dataclass(frozen=True, slots=True)
class Said:
    """One step: who took it, when, and the words with it (for *asked* and *changed* what is asked for)."""

    step: Step
    by: str
    at: datetime
    due: date
    words: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request with its steps in order. ``worker`` is of whom it is asked (empty: the service's managers)."""

    key: str
    worker: str
    case_key: str
    steps: tuple[Said, ...]

    @property
    def what(self) -> str:
        """What is asked for, as it was worded last."""
        return next(one.words for one in reversed(self.steps) if one.step in (Step.ASKED, Step.CHANGED))

    @property
    def due(self) -> date:
        """The day until which it is wanted, as it was set last."""
        return self.steps[-1].due

    @property
    def state(self) -> Step:
        """How far it is."""
        return next(one.step for one in reversed(self.steps) if one.step is not Step.CHANGED)

    @property
    def waits(self) -> bool:
        """Whether it is the service's turn."""
        return self.state in WAITING

    def overdue(self, today: date) -> bool:
        """Whether its day is over and it is still the service's turn."""
        return self.waits and self.due < today


def context(request: str, step: str) -> str:
    """What the words of a step are bound to."""
    return f"request:{request}:{step}"


def requests_of(inspection: str) -> tuple[Request, ...]:
    """Every request of an inspection: what is due first comes first, then as they were made."""
    found: dict[str, tuple[str, str, list[Said]]] = {}
    rows = RequestStep.objects.filter(inspection__key=inspection).order_by("id").values_list(*_COLUMNS)
    for request, step, worker, case_key, due, by, at, sealed, key_id in rows:
        words = opened_words(inspection, context(request, step), sealed, key_id, 1)[0]
        found.setdefault(request, (worker, case_key, []))[2].append(Said(Step(step), by, at, due, words))
    made = [Request(key, worker, case, tuple(steps)) for key, (worker, case, steps) in found.items()]
    return tuple(sorted(made, key=lambda one: one.due))


def requests_for(access: Access) -> tuple[Request, ...]:
    """Those that a person may read: all of them, or what is asked of them and what is about cases of theirs."""
    if not on_some(access, Permission.TIMETABLE_READ):
        return ()
    every = requests_of(access.inspection)
    if may(access, Permission.TIMETABLE_READ):
        return every
    return tuple(one for one in every if one.worker in access.workers or _of_own_case(access, one))


def _of_own_case(access: Access, one: Request) -> bool:
    return bool(one.case_key) and may(access, Permission.TIMETABLE_READ, one.case_key)
