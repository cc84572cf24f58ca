"""Urgent concerns about a child as values: what was seen, who was told, their answer, whether it is closed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from caselight.store.assessments import models
from caselight.store.assessments.words import DESTROYED, opened_text

RAISED, TOLD, ANSWERED, CLOSED = "raised", "told", "answered", "closed"
_COLUMNS = ("inspection__key", "concern", "subject_kind", "subject_key", "step", "by", "at", "sealed", "key_id")


@dataclass(frozen=True, slots=True)
class Said:
    """One step: who noted it and when, the words, and for *told* whom and when they were told (as it was written)."""

    step: str
    by: str
    at: datetime
    words: str
    whom: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Concern:
    """One urgent concern, its steps in order."""

    key: str
    inspection: str
    subject_kind: str
    subject_key: str
    steps: tuple[Said, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nobody has closed it."""
        return all(step.step != CLOSED for step in self.steps)

    @property
    def told(self) -> bool:
        """Whether it is noted that somebody was told."""
        return any(step.step == TOLD for step in self.steps)

    @property
    def what(self) -> str:
        """What was seen."""
        return self.steps[0].words if self.steps else ""


def context(concern: str, step: str) -> str:
    """What the words of a step are bound to."""
    return f"concern:{concern}:{step}"


def as_text(words: str, whom: str = "", when: str = "") -> str:
    """The words of a step as they are sealed."""
    return json.dumps([words, whom, when], ensure_ascii=False)


def concerns_of(inspection: str, subject: tuple[str, str]) -> tuple[Concern, ...]:
    """The concerns about one subject, the oldest first; words whose key was destroyed read ``(destroyed)``."""
    kind, key = subject
    return _read(models.ConcernStep.objects.filter(inspection__key=inspection, subject_kind=kind, subject_key=key))


def open_concerns(inspections: Iterable[str]) -> tuple[Concern, ...]:
    """The concerns of some inspections that nobody has closed, the oldest first: they stand on top of a lead's pages."""
    steps = models.ConcernStep.objects.filter(inspection__key__in=list(inspections))
    closed = models.ConcernStep.objects.filter(step=CLOSED).values("concern")
    return _read(steps.exclude(concern__in=closed))


def opened(inspection: str, concern: str, step: str, sealed: bytes, key_id: str) -> tuple[str, str, str]:
    """The words of a step, whom and when."""
    text = opened_text(inspection, context(concern, step), sealed, key_id)
    if text is None:
        return DESTROYED, DESTROYED if step == TOLD else "", ""
    words, whom, when = json.loads(text)
    return words, whom, when


def _read(steps: QuerySet[models.ConcernStep]) -> tuple[Concern, ...]:
    found: dict[str, Concern] = {}
    for where, concern, kind, key, step, by, at, sealed, key_id in steps.order_by("id").values_list(*_COLUMNS):
        said = Said(step, by, at, *opened(where, concern, step, bytes(sealed), key_id))
        before = found.get(concern) or Concern(concern, where, kind, key)
        found[concern] = replace(before, steps=(*before.steps, said))
    return tuple(found.values())
