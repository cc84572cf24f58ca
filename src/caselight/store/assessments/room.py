"""What the messages of one inspection are held against: its framework, its state, who is a subject and what is locked.

Entering locks the inspection until the transaction ends, so that what was checked is still so when it is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from caselight.method.answers.addresses import Content, address_faults
from caselight.method.answers.admissible import value_faults
from caselight.method.answers.events import AnswerEvent
from caselight.method.faults import Fault, Severity, stop
from caselight.method.framework.definition import Framework
from caselight.store.assessments import rows
from caselight.store.assessments.steps import Step
from caselight.store.audit import leave
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import State

RECORDING = frozenset({State.FIELDWORK, State.MODERATION})  # the states in which judgements are recorded
_ENTER = """
    SELECT "id", "key", "state", "kind", "framework_id", "definition" FROM "inspections_inspection" WHERE "key" = %s"""


Subject = tuple[str, str]  # its kind and key


@dataclass(frozen=True, slots=True)
class Room:
    """One inspection, as messages are held against it."""

    id: int
    key: str
    state: str
    local: bool
    digest: str  # of the framework
    screening: str
    former: frozenset[str]  # versions of frameworks that it was migrated from

    @property
    def chain(self) -> str:
        """The chain of the audit that its judgements stand in."""
        return chain(self.key)

    @property
    def framework(self) -> Framework:
        """The framework that the inspection is pinned to."""
        return framework_of(self.digest)

    def verdict(self, event: AnswerEvent) -> tuple[Fault | None, Fault | None]:
        """The first error in where an answer belongs, and in what it says; each distinct content is judged once."""
        content = Content(*event[1:3], *event[4:8], event.value, event.reasons, bool(event.note), event.withdrawn)
        judge = _judged if len(event.value) < 100 else _judged.__wrapped__  # what is written is never the same twice
        return judge(self.digest, self.screening, content)

    def subjects(self, keys: Collection[str]) -> tuple[frozenset[Subject], frozenset[Subject]]:
        """Of these keys those that are subjects, with their kinds; and of those the ones that are countersigned."""
        last = {(kind, key): step for kind, key, step in rows.last_steps(self.id, keys)}
        return frozenset(last), frozenset(subject for subject, step in last.items() if step == Step.LOCKED)


def enter(key: str, *, lock: bool = True) -> Room:
    """The inspection with this key, locked until the transaction ends; ``Faults`` where there is none."""
    # On SQLite the transaction was begun IMMEDIATE and is the only one that writes.
    locking = " FOR NO KEY UPDATE" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_ENTER + locking, [key])
        row = cursor.fetchone()
    if lock:
        leave.ask()
    if row is None:
        stop(
            Fault(
                "store.no-inspection",
                ("inspection",),
                "There is no inspection with this key.",
                "Check the key, and whether the inspection was moved or closed.",
            )
        )
    number, key, state, kind, digest, definition = row
    return Room(number, key, state, kind == "local_audit", digest, *_pinned(definition))


@lru_cache(maxsize=64)
def _pinned(definition: str) -> tuple[str, frozenset[str]]:
    """The screening that is asked, and the versions of frameworks of before."""
    said = json.loads(definition)
    return said["framework"]["screening"], frozenset(moved["version"] for moved in said.get("migrations", ()))


@lru_cache(maxsize=64)
def _asked(digest: str, screening: str) -> frozenset[str]:
    return frozenset(question.id for question in framework_of(digest).asked(screening))


@lru_cache(maxsize=512)
def _judged(digest: str, screening: str, content: Content) -> tuple[Fault | None, Fault | None]:
    known = framework_of(digest)
    place = _first_error(address_faults(content, known, _asked(digest, screening)))
    return place, None if place else _first_error(value_faults(content, known))


def _first_error(faults: Iterable[Fault]) -> Fault | None:
    return next((fault for fault in faults if fault.severity is Severity.ERROR), None)
