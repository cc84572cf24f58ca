"""What the messages of one inspection are held against: its framework, its state, who is a subject and what is locked.

Entering locks the inspection until the transaction ends, so that what was checked is still so when it is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from caselight.method.answers.addresses import Content, address_faults
from caselight.method.answers.admissible import value_faults
from caselight.method.answers.events import AnswerEvent
from caselight.method.faults import Fault, Severity, stop
from caselight.method.framework.definition import Framework
from caselight.store.assessments.models import CaseStep
from caselight.store.assessments.steps import Step
from caselight.store.caseloads.models import Subject
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection, State

RECORDING = frozenset({State.FIELDWORK, State.MODERATION})  # the states in which judgements are recorded


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

    def subjects(self, keys: Collection[str]) -> frozenset[tuple[str, str]]:
        """Of these keys those that are subjects, with their kinds."""
        found = Subject.objects.filter(inspection_id=self.id, key__in=keys)
        return frozenset(found.values_list("kind", "key"))

    def locked(self, keys: Collection[str]) -> frozenset[tuple[str, str]]:
        """Of these keys those whose subject is countersigned, with their kinds."""
        steps = CaseStep.objects.filter(inspection_id=self.id, subject_key__in=keys).order_by("id")
        last = {(kind, key): step for kind, key, step in steps.values_list("subject_kind", "subject_key", "step")}
        return frozenset(subject for subject, step in last.items() if step == Step.LOCKED)


def enter(key: str, *, lock: bool = True) -> Room:
    """The inspection with this key, locked until the transaction ends; ``Faults`` where there is none."""
    inspections = Inspection.objects.select_for_update(no_key=True) if lock else Inspection.objects
    row = inspections.filter(key=key).values_list("id", "key", "state", "kind", "framework_id", "definition").first()
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


@lru_cache(maxsize=4096)
def _judged(digest: str, screening: str, content: Content) -> tuple[Fault | None, Fault | None]:
    known = framework_of(digest)
    place = _first_error(address_faults(content, known, _asked(digest, screening)))
    return place, None if place else _first_error(value_faults(content, known))


def _first_error(faults: Iterable[Fault]) -> Fault | None:
    return next((fault for fault in faults if fault.severity is Severity.ERROR), None)
