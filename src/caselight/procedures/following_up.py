"""The actions of an inspection folder as of a day, late ones first, each with what it is about in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.formats.package.reading import read_package
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, quoted, stop
from caselight.method.inspection.actions import in_order, state_of
from caselight.method.inspection.package import Action


@dataclass(frozen=True, slots=True)
class Followed:
    """One action as of a day: its state (``late``, ``open``, ``done``, ``dropped``), days late, and what it is about."""

    action: Action
    state: str
    days_late: int
    about: str


def followed(folder: Path, on: str) -> tuple[Followed, ...]:
    """The actions of a folder as of the day ``on``. Raises :class:`Faults` for a faulty folder or a day that cannot be."""
    as_of = _day(on)
    package = read_package(folder)
    labels = {(subject.kind, subject.key): subject.label or subject.key for subject in package.subjects}
    return tuple(_followed(action, as_of, labels) for action in in_order(package.actions, as_of))


def _followed(action: Action, on: date, labels: dict[tuple[str, str], str]) -> Followed:
    state = state_of(action, on)
    late = (on - action.due).days if state == "late" and action.due else 0
    subject = labels.get((action.subject_kind, action.subject_key), "")
    return Followed(action, state, late, " ".join(part for part in (subject, action.question_id) if part))


def _day(on: str) -> date:
    as_of = day(on)
    if as_of is None:
        stop(Fault("cli.day", ("on",), f"{quoted(on)} is not a day.", "Write it as 2026-03-31."))
    return as_of
