"""The cases of an inspection as a list: whose, how far, what is urgent; and the next one to open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import Package, SampledCase
from caselight.method.inspection.samples import not_asked
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.concerns import Concern, open_concerns
from caselight.store.assessments.progress import standings
from caselight.store.assessments.queries import events
from caselight.store.assessments.steps import CaseStanding, Step
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import read_by
from caselight.store.samples.queries import sample_of
from caselight.web.assessing.counting import counted
from caselight.web.assessing.pairs import pairs
from caselight.web.assessing.standing import state_of
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit

DONE = (Step.COMPLETED, Step.MODERATED, Step.SIGNED, Step.LOCKED)


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list."""

    label: str
    href: str
    form: str
    worker: str
    answered: int
    asked: int
    standing: CaseStanding
    urgent: bool
    mine: bool
    last: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether the case is complete or further."""
        return self.standing.step in DONE


@dataclass(frozen=True, slots=True)
class Listing:
    """The list: open concerns on top, cases, then interviews; ``next`` is the address of the next one to do."""

    lines: tuple[Line, ...]
    concerns: tuple[tuple[str, str, str], ...]  # label, what was seen, address
    table: Table
    next: str

    @property
    def complete(self) -> int:
        """How many are complete."""
        return sum(line.done for line in self.lines)


def listing(visit: InspectionVisit, *, sharing: bool = False) -> Listing:
    """The cases that the visitor may read; while the screen is shared, none."""
    kept, framework = visit.inspection, framework_of(visit.inspection.framework)
    sample = sample_of(visit.key)
    shown = [] if sharing else [one for one in subjects_of(visit.key) if _examined(one, sample, framework)]
    mine = [one for one in shown if visit.may(Permission.ANSWER_READ, one.key)]
    found = _readable(visit, events(visit.key) if mine else ())
    subjects = with_facts(mine, caseload_of(visit.key, framework), found, framework)
    outside = not_asked(Package(kept.definition, framework, sample=sample))
    made = sheets(
        framework, subjects, heads(found), screening=kept.definition.framework.screening, holidays=kept.holidays,
        outside=outside,
    )  # fmt: skip
    told = [one for one in open_concerns([visit.key]) if visit.may(Permission.CONCERN_READ, one.subject_key)]
    lines = tuple(_lines(visit, made, told))
    return Listing(lines, () if sharing else tuple(_concerns(visit, told, shown)), _table(lines), _next(lines))


def _examined(subject: Subject, sample: Iterable[SampledCase], framework: Framework) -> bool:
    """Whether a subject is examined: a case only where it was drawn, others always."""
    if subject.kind != framework.subjects[0].id:
        return True
    rows = [row for row in sample if row.case_key == subject.key]
    return not rows or any(row.examined for row in rows)


def _readable(visit: InspectionVisit, found: tuple[AnswerEvent, ...]) -> tuple[AnswerEvent, ...]:
    def of(event: AnswerEvent) -> tuple[str, str]:
        return event.subject_key, "" if event.pass_ == "moderated" else event.actor  # noqa: S105 - a pass of an assessment

    mine = read_by(visit.access, {of(event) for event in found})
    return tuple(event for event in found if of(event) in mine)


def _lines(visit: InspectionVisit, made: tuple[Sheet, ...], told: list[Concern]) -> Iterable[Line]:
    known, urgent = standings(visit.key), {one.subject_key for one in told}
    framework = framework_of(visit.inspection.framework)
    forms = {tool.subject: tool.title.in_(framework.languages[0]) for tool in reversed(framework.tools)}
    both = pairs(visit.inspection.framework)
    workers = {one.subject.key: one.subject.label for one in made}
    for sheet in made:
        if sheet.parent is not None:
            continue
        subject = sheet.subject
        group = [one for one in made if one is sheet or one.parent is sheet]
        answered, asked = counted(group, both)
        where = {"key": visit.key, "kind": subject.kind, "subject": subject.key}
        yield Line(
            label=subject.label or subject.key,
            href=reverse("assessing:case", kwargs=where),
            form=forms.get(subject.kind, ""),
            worker=workers.get(subject.managed_by, ""),
            answered=answered,
            asked=asked,
            standing=known.get((subject.kind, subject.key), CaseStanding(subject.kind, subject.key)),
            urgent=subject.key in urgent,
            mine=visit.may(Permission.ANSWER_RECORD, subject.key),
        )


def _concerns(visit: InspectionVisit, told: list[Concern], shown: list[Subject]) -> Iterable[tuple[str, str, str]]:
    labels = {(one.kind, one.key): one.label for one in shown}
    for one in told:
        where = {"key": visit.key, "kind": one.subject_kind, "subject": one.subject_key}
        label = labels.get((one.subject_kind, one.subject_key), one.subject_key)
        yield label, one.what, reverse("assessing:urgent", kwargs=where)


def _next(lines: tuple[Line, ...]) -> str:
    """The next case that is the visitor's own and not complete: one that is begun before one that is not."""
    open_ = [line for line in lines if line.mine and not line.done]
    begun = [line for line in open_ if line.answered]
    return (begun or open_)[0].href if open_ else ""


COLUMNS = (
    Column("case", "Case", "link"),
    Column("form", "Form"),
    Column("worker", "Worker"),
    Column("answered", "Answered"),
    Column("state", "State", "tag"),
    Column("urgent", "Urgent", "tag"),
)


def _table(lines: tuple[Line, ...]) -> Table:
    rows = [
        {
            "case": Link(line.label, line.href),
            "form": line.form,
            "worker": line.worker,
            "answered": f"{line.answered} of {line.asked}",
            "state": Tag(*state_of(line.standing, begun=line.answered > 0)),
            "urgent": Tag("Urgent concern", "red") if line.urgent else None,
        }
        for line in lines
    ]
    return Table("Cases and interviews", COLUMNS, rows, "cases")
