"""Asking that a locked case be opened again, as values: who asked and why, who agreed, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from caselight.store.assessments import models
from caselight.store.assessments.words import DESTROYED, opened_text
from caselight.store.inspections.models import Kind

ASKED, ALLOWED, SECONDED, REFUSED = "asked", "allowed", "seconded", "refused"
_COLUMNS = (
    "inspection__key", "inspection__kind", "request", "subject_kind", "subject_key", "step", "by", "at", "sealed", "key_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One step: who took it and when, and the reason, where there is one."""

    step: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unlocking:
    """One request with its steps in order. In a local audit whoever leads it needs no second person."""

    key: str
    inspection: str
    subject_kind: str
    subject_key: str
    local: bool
    steps: tuple[Said, ...] = ()

    def taken(self, step: str) -> Said | None:
        """A step, where it was taken."""
        return next((one for one in self.steps if one.step == step), None)

    @property
    def opened(self) -> bool:
        """Whether everybody agreed who must."""
        return bool(self.taken(ALLOWED) and (self.local or self.taken(SECONDED)))

    @property
    def open(self) -> bool:
        """Whether it waits for somebody."""
        return not self.opened and self.taken(REFUSED) is None

    @property
    def asked(self) -> Said:
        """Who asked, and why."""
        return self.steps[0]

    @property
    def people(self) -> frozenset[str]:
        """Who asked or agreed."""
        return frozenset(one.by for one in self.steps)


def unlockings(inspection: str, subject: tuple[str, str]) -> tuple[Unlocking, ...]:
    """The requests about one case, the oldest first; words whose key was destroyed read ``(destroyed)``."""
    kind, key = subject
    return _read(models.UnlockStep.objects.filter(inspection__key=inspection, subject_kind=kind, subject_key=key))


def open_unlockings(inspections: Iterable[str]) -> tuple[Unlocking, ...]:
    """The requests of some inspections that wait for somebody, the oldest first."""
    return tuple(
        one for one in _read(models.UnlockStep.objects.filter(inspection__key__in=list(inspections))) if one.open
    )


def reason_of(request: str, step: str) -> str:
    """What the reason of a step is bound to."""
    return f"unlock:{request}:{step}"


def _read(found: QuerySet[models.UnlockStep]) -> tuple[Unlocking, ...]:
    known: dict[str, Unlocking] = {}
    for where, of, request, kind, key, step, by, at, sealed, key_id in found.order_by("id").values_list(*_COLUMNS):
        reason = opened_text(where, reason_of(request, step), bytes(sealed), key_id) if key_id else ""
        said = Said(step, by, at, DESTROYED if reason is None else reason)
        before = known.get(request) or Unlocking(request, where, kind, key, of == Kind.LOCAL_AUDIT)
        known[request] = replace(before, steps=(*before.steps, said))
    return tuple(known.values())
