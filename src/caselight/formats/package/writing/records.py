"""Records back to cells, in canonical order: what ``reading`` reads, in the other direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from caselight.formats.package import layout
from caselight.formats.package.layout import Layout
from caselight.formats.package.writing.csv_text import joined
from caselight.formats.reoffending_tables import own
from caselight.method.answers.events import AnswerEvent
from caselight.method.inspection.package import Package

Rows = Iterable[tuple[str, ...]]
_YES = {True: "yes", False: "no"}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def subjects(package: Package) -> Rows:
    """Cases and case managers by kind and key; facts are in the caseload and in events."""
    return sorted((row.kind, row.key, row.label, row.managed_by) for row in package.subjects)


def caseload_columns(package: Package) -> tuple[str, ...]:
    """The fixed columns, then each fact about a case that the service supplies or that any case has."""
    used = {name for case in package.caseload for name in case.facts}
    facts = (fact for fact in package.framework.facts if fact.subject == package.framework.subjects[0].id)
    return layout.CASELOAD.columns + tuple(f.id for f in facts if f.supplied_by == "service" or f.id in used)


def caseload(package: Package) -> Rows:
    """The caseload by case key."""
    facts = caseload_columns(package)[len(layout.CASELOAD.columns) :]
    return sorted(
        (case.key, _YES[case.eligible], case.reason, case.managed_by, *(_text(case.facts.get(name)) for name in facts))
        for case in package.caseload
    )


def sample(package: Package) -> Rows:
    """The sample by design, stratum and place in the draw; without named designs no row says so."""
    ordered = sorted(package.sample, key=lambda case: (case.design, case.stratum, case.order, case.case_key))
    rows = [(c.case_key, str(c.order), c.stratum, c.status, c.removed_reason, c.replaced_by, c.note) for c in ordered]
    if sample_columns(package) == layout.SAMPLE.columns:
        return rows
    return [(*row, c.design, _YES[c.assessed_twice]) for row, c in zip(rows, ordered, strict=True)]


def sample_columns(package: Package) -> tuple[str, ...]:
    """The columns of the sample: those of named designs only where there is one."""
    return layout.SAMPLE.written(any(case.design or case.assessed_twice for case in package.sample))


def sampling(package: Package) -> Rows:
    """The history of sizes by design and step."""
    ordered = sorted(package.sampling, key=lambda row: (row.design, row.step))
    return [(row.design, str(row.step), row.part, row.reason, str(row.size), row.note) for row in ordered]


def answers(package: Package) -> Rows:
    """The events by ``op_id``."""
    file = layout.ANSWERS.file
    return (_event(event, file) for event in sorted(package.events))


def _event(event: AnswerEvent, file: str) -> tuple[str, ...]:
    reasons, themes, bases = event.reasons, event.themes, event.base_op_ids
    return (
        *event[:9],
        joined(file, reasons) if reasons else "",
        event.note,
        joined(file, themes) if themes else "",
        _YES[event.notable],
        _YES[event.withdrawn],
        event.actor,
        event.device,
        joined(file, bases) if bases else "",
        *event[17:],
    )


def locators(package: Package) -> Rows:
    """Where in the file, by event."""
    return sorted((row.op_id, row.document, row.where) for row in package.locators)


def migrated(package: Package) -> Rows:
    """Which answer was taken over from which, by event."""
    return sorted((row.op_id, row.migrated_from) for row in package.migrated)


def excerpts(package: Package) -> Rows:
    """The words quoted, by key."""
    return sorted(
        (row.key, row.op_id, row.text, row.alias, row.alias_checked_by, row.speaker) for row in package.excerpts
    )


def external(package: Package) -> Rows:
    """Published figures and stated directions, by key."""
    return sorted(
        (row.key, row.kind, row.label, _text(row.value), row.measure, row.area, row.cohort, row.published, row.source,
         row.footnote, row.direction, joined(layout.EXTERNAL.file, row.about))
        for row in package.external
    )  # fmt: skip


def comparators(package: Package) -> Rows:
    """Published cells that a letter may quote, by key."""
    return own.rows_of(package.comparators)


def actions(package: Package) -> Rows:
    """The actions by id."""
    return sorted(
        (row.id, row.subject_kind, row.subject_key, row.question_id, row.text, row.owner, _text(row.due), row.status)
        for row in package.actions
    )


def holidays(package: Package) -> Rows:
    """The holidays by date."""
    return sorted((day.isoformat(),) for days in package.holidays.values() for day in days)


def accepted(package: Package) -> Rows:
    """The claims accepted, by claim and language."""
    file = layout.ACCEPTED.file
    return sorted(
        (row.claim, row.sentence, joined(file, row.keys), joined(file, row.values), row.snapshot, row.accepted_by,
         row.accepted_on, row.language)
        for row in package.accepted
    )  # fmt: skip


def identities(package: Package) -> Rows:
    """Who a key is, by key."""
    file = layout.IDENTITIES.file
    return sorted(
        (row.subject_key, row.name, joined(file, row.nicknames), _text(row.date_of_birth), row.local_id)
        for row in package.identities
    )


WRITERS: Mapping[Layout, Callable[[Package], Any]] = {
    layout.SUBJECTS: subjects,
    layout.CASELOAD: caseload,
    layout.SAMPLE: sample,
    layout.SAMPLING: sampling,
    layout.ANSWERS: answers,
    layout.MIGRATED: migrated,
    layout.LOCATORS: locators,
    layout.EXCERPTS: excerpts,
    layout.EXTERNAL: external,
    layout.COMPARATORS: comparators,
    layout.ACTIONS: actions,
    layout.HOLIDAYS: holidays,
    layout.ACCEPTED: accepted,
    layout.IDENTITIES: identities,
}
