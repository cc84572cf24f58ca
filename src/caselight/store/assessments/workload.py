"""What there is to examine in an inspection and how far each of it is, without reading any judgement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caselight.store.assessments.models import AnswerEvent, CaseStep
from caselight.store.assessments.quarantine import messages_open
from caselight.store.assessments.steps import OPEN, Step
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.queries import found
from caselight.store.samples.models import SampledCase

EXAMINED = ("drawn", "replacement")  # what the sample says of a case that is examined
SIGNED = frozenset({Step.SIGNED, Step.LOCKED})


@dataclass(frozen=True, slots=True)
class Examined:
    """A case or an interview: its last step, and whether anything was answered."""

    kind: str
    key: str
    label: str
    step: Step | None
    begun: bool

    @property
    def complete(self) -> bool:
        """Whether it is complete, or further."""
        return self.step not in OPEN

    @property
    def signed(self) -> bool:
        """Whether it is signed, or countersigned too."""
        return self.step in SIGNED


@dataclass(frozen=True, slots=True)
class Saved:
    """What a person sent: answers that were saved on a day, and messages that wait because they could not be taken."""

    answers: int
    aside: int


def workload(inspection: str, *, by: str = "") -> tuple[Examined, ...]:
    """Everything that is examined: cases that were drawn and not taken out again, and all other subjects.

    ``by`` is a person's key: then only what they answered themselves is begun.
    """
    row = found(inspection)
    first = framework_of(row.framework_id).subjects[0].id
    sample = list(SampledCase.objects.filter(inspection=row).values_list("case_key", "status"))
    drawn, listed = {key for key, status in sample if status in EXAMINED}, {key for key, _ in sample}
    steps = CaseStep.objects.filter(inspection=row).order_by("pk").values_list("subject_kind", "subject_key", "step")
    last = {(kind, key): Step(step) for kind, key, step in steps}
    answered = AnswerEvent.objects.filter(inspection=row).values_list("subject_kind", "subject_key").distinct()
    begun = set(answered.filter(actor=by) if by else answered)
    subjects = Subject.objects.filter(inspection=row).order_by("position").values_list("kind", "key", "label")
    return tuple(
        Examined(kind, key, label or key, last.get((kind, key)), (kind, key) in begun)
        for kind, key, label in subjects
        if kind != first or key in drawn or key not in listed
    )


def managed_by(inspection: str, worker: str) -> tuple[Examined, ...]:
    """The cases that are examined and that a worker manages, by who manages them in the sample or in the case list."""
    whose = {"inspection__key": inspection, "managed_by": worker}
    mine = {
        key for table in (Subject, CaseloadCase) for key in table.objects.filter(**whose).values_list("key", flat=True)
    }
    first = framework_of(found(inspection).framework_id).subjects[0].id
    return tuple(one for one in workload(inspection) if mine and one.kind == first and one.key in mine)


def saved_by(user: str, inspections: Iterable[str], day: date) -> Saved:
    """What a person sent to some inspections: answers of a day (of UTC), and messages of any."""
    where = list(inspections)
    answers = AnswerEvent.objects.filter(inspection__key__in=where, actor=user, server_time__startswith=day.isoformat())
    return Saved(answers.count(), messages_open(where, received_from=user))
