"""Everything recorded of one subject, read at once: in four queries, however many questions there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.faults import Fault, stop
from caselight.method.framework.definition import Framework
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.package import CaseloadCase, Package
from caselight.method.inspection.samples import not_asked
from caselight.store.assessments import rows
from caselight.store.assessments.concerns import CLOSED
from caselight.store.assessments.steps import CaseStanding, Step, fingerprint
from caselight.store.assessments.words import DESTROYED, opened_text
from caselight.store.caseloads.queries import typed_facts
from caselight.store.inspections.queries import Kept
from caselight.store.samples.queries import sample_of

_Row = tuple[str, str, str, str, int, datetime | str | None, bytes, str]


@dataclass(frozen=True)
class Dossier:
    """One subject with what was recorded of it. ``people`` are the names of the team by key.

    ``concerns`` counts those that are open; ``present`` is who was noted to be present.
    """

    inspection: Kept
    framework: Framework
    subject: Subject
    supplied: CaseloadCase | None
    events: tuple[AnswerEvent, ...]
    locators: tuple[Locator, ...]
    excerpts: tuple[Excerpt, ...]
    standing: CaseStanding
    concerns: int
    present: str
    worker: str
    people: Mapping[str, str]

    def sheets(self, events: Iterable[AnswerEvent]) -> tuple[Sheet, ...]:
        """The sheet of the subject, then those of what was found in it, from the events that somebody may read."""
        shown = tuple(events)
        caseload = [self.supplied] if self.supplied else []
        subjects = with_facts([self.subject], caseload, shown, self.framework)
        kept = self.inspection
        outside: Mapping[str, frozenset[str]] = {}
        if kept.definition.samples:  # only named designs leave a form out
            outside = not_asked(Package(kept.definition, self.framework, sample=sample_of(kept.key)))
        screening = kept.definition.framework.screening
        return sheets(
            self.framework, subjects, heads(shown), screening=screening, holidays=kept.holidays, outside=outside
        )


def dossier_of(kept: Kept, framework: Framework, kind: str, key: str, *, only: Sequence[str] = ()) -> Dossier:
    """The dossier of a subject. Raises ``access.not-found`` where there is no such subject.

    With ``only`` these questions: what was recorded of others is neither read nor opened, nor are steps, concerns, who was
    present and the names of the team. That is enough for saving one answer.
    """
    subject, supplied, worker = _subject(kept, framework, kind, key)
    events = _events(kept, kind, key, only)
    beside = _beside(kept, kind, key, whole=not only)
    return Dossier(
        inspection=kept,
        framework=framework,
        subject=subject,
        supplied=supplied,
        events=events,
        locators=tuple(_locator(kept.key, row) for row in beside["locator"]),
        excerpts=tuple(_excerpt(kept.key, row) for row in beside["excerpt"]),
        standing=_standing(kind, key, beside["step"], events),
        concerns=_open(beside["concern"]),
        present=_present(kept.key, beside["presence"]),
        worker=worker,
        people={row[1]: row[2] for row in beside["person"]},
    )


def _events(kept: Kept, kind: str, key: str, only: Sequence[str]) -> tuple[AnswerEvent, ...]:
    where = '"inspection_id" = %s AND "subject_key" = %s AND "subject_kind" = %s'
    if only:
        where += f' AND "question_id" IN ({", ".join(["%s"] * len(only))})'
    return tuple(rows.read(kept.key, f'{where} ORDER BY "chain_n"', [kept.id, key, kind, *only]))


def _subject(kept: Kept, framework: Framework, kind: str, key: str) -> tuple[Subject, CaseloadCase | None, str]:
    """The subject, its row of the caseload, and the label of who manages it, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECT, [kept.id, kind, key])
        told = cursor.fetchone()
    if told is None:
        says = "There is nothing here under this address."
        stop(Fault("access.not-found", (), says, "Check the address."))
    label, manager, of_row, eligible, reason, facts, by = told
    subject = Subject(kind, key, label, managed_by=manager or of_row or "")
    if facts is None or kind != framework.subjects[0].id:
        return subject, None, by or ""
    supplied = typed_facts(json.loads(facts), framework)
    return subject, CaseloadCase(key, bool(eligible), reason, supplied, of_row or ""), by or ""


def _beside(kept: Kept, kind: str, key: str, *, whole: bool) -> dict[str, list[_Row]]:
    """Evidence, steps, concerns, presence and the names of the team: one query of six parts. Not ``whole``: the evidence."""
    found: dict[str, list[_Row]] = {name: [] for name in (*_PARTS, "person")}
    of: list[int | str] = [kept.id, kind, key]
    evidence = [kept.id, *of] * 2
    with connection.cursor() as cursor:
        cursor.execute(*((_BESIDE, [*of * 3, *evidence, kept.id]) if whole else (_EVIDENCE, evidence)))
        for row in cursor.fetchall():
            found[row[0]].append(row)
    for group in found.values():
        group.sort(key=lambda row: row[4])
    return found


# By hand, as what stands beside it: a page is opened for every question that is saved.
_SUBJECT = """SELECT s."label", s."managed_by", c."managed_by", c."eligible", c."reason", c."facts", (
    SELECT w."label" FROM "caseloads_subject" w
    WHERE w."inspection_id" = s."inspection_id" AND w."key" = s."managed_by" AND w."key" <> '' LIMIT 1)
    FROM "caseloads_subject" s
    LEFT JOIN "caseloads_caseloadcase" c ON c."inspection_id" = s."inspection_id" AND c."key" = s."key"
    WHERE s."inspection_id" = %s AND s."kind" = %s AND s."key" = %s"""
_OF_SUBJECT = 'WHERE "inspection_id" = %s AND "subject_kind" = %s AND "subject_key" = %s'
_ITS_EVENTS = f'WHERE "inspection_id" = %s AND "op_id" IN (SELECT "op_id" FROM "assessments_answerevent" {_OF_SUBJECT})'  # noqa: S608 - our own constants
# The steps come first, for the first part decides the types of all columns.
_PARTS = {  # sort: the columns a, b, c, number, when, and the table with its condition
    "step": ('"step", "by", "events_sha256", "id", "at"', f'"assessments_casestep" {_OF_SUBJECT}'),
    "concern": ('"concern", "step", \'\', "id", "at"', f'"assessments_concernstep" {_OF_SUBJECT}'),
    "presence": ("'', '', '', \"chain_n\", \"at\"", f'"assessments_presence" {_OF_SUBJECT}'),
    "locator": ("\"op_id\", '', '', \"position\", NULL", f'"assessments_locator" {_ITS_EVENTS}'),
    "excerpt": ('"op_id", "key", \'\', "position", NULL', f'"assessments_excerpt" {_ITS_EVENTS}'),
}
_TEAM = """SELECT 'person', "key", "name", '', "id", NULL, NULL, '' FROM "accounts_user" WHERE "id" IN (
    SELECT "user_id" FROM "inspections_membership" WHERE "inspection_id" = %s AND "ended_at" IS NULL)"""
# By hand, for making six parts from models takes longer than asking them.
_ASKED = {
    sort: f'SELECT \'{sort}\', {columns}, "sealed", "key_id" FROM {of}'  # noqa: S608 - our own constants
    for sort, (columns, of) in _PARTS.items()
}
_BESIDE = " UNION ALL ".join([*_ASKED.values(), _TEAM])
_EVIDENCE = f"{_ASKED['locator']} UNION ALL {_ASKED['excerpt']}"


def _locator(inspection: str, row: _Row) -> Locator:
    text = opened_text(inspection, f"locator:{row[1]}", bytes(row[6]), row[7])
    return Locator(row[1], *((DESTROYED, DESTROYED) if text is None else json.loads(text)))


def _excerpt(inspection: str, row: _Row) -> Excerpt:
    text = opened_text(inspection, f"excerpt:{row[2]}", bytes(row[6]), row[7])
    return Excerpt(row[2], row[1], *([DESTROYED] if text is None else json.loads(text)))


def _standing(kind: str, key: str, steps: list[_Row], events: tuple[AnswerEvent, ...]) -> CaseStanding:
    if not steps:
        return CaseStanding(kind, key)
    _, step, by, then, _, at, _, _ = steps[-1]
    now = fingerprint((one.op_id, one.payload_sha256) for group in heads(events).values() for one in group)
    return CaseStanding(kind, key, Step(step), by, at=_instant(at), changed=now != then)


def _instant(at: datetime | str | None) -> datetime | None:
    """An instant as the database gives it: SQLite as text, in UTC."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found


def _open(steps: list[_Row]) -> int:
    return len({row[1] for row in steps} - {row[1] for row in steps if row[2] == CLOSED})


def _present(inspection: str, notes: list[_Row]) -> str:
    if not notes:
        return ""
    last = notes[-1]
    text = opened_text(inspection, f"presence:{last[4]}", bytes(last[6]), last[7])
    return DESTROYED if text is None else text
