"""Behind a figure: each of its cases with answer, reasons, evidence and quotes, as far as the visitor may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from caselight.method.analysis.figure import Cell, Figure
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.sheet import Sheet
from caselight.procedures.findings import Findings
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.evidence import evidence_of
from caselight.store.assessments.queries import events_about
from caselight.store.inspections.access import read_by
from caselight.web.design.visits import InspectionVisit

MODERATED, FIRST = "moderated", "first"
STATES = {
    Cell.INSUFFICIENT: ("No", "red"),
    Cell.CONTESTED: ("Two answers", "orange"),
    Cell.UNANSWERED: ("Not yet answered", "grey"),
    Cell.SUFFICIENT: ("Yes", "green"),
    Cell.NOT_RELEVANT_BY_INSPECTOR: ("Not relevant", "grey"),
    Cell.NOT_RELEVANT_BY_RULE: ("Not asked", "grey"),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """One case behind a figure. ``changed``: the answer was agreed and is not the first one any more."""

    label: str
    href: str
    state: tuple[str, str]
    why: str
    reasons: tuple[str, ...] = ()
    note: str = ""
    changed: bool = False
    places: tuple[str, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cases:
    """The cases that may be seen, worst first, and how many more there are."""

    shown: tuple[tuple[tuple[str, str], tuple[Behind, ...]], ...]
    closed: int


def cases_behind(visit: InspectionVisit, found: Findings, figure: Figure) -> Cases:
    """Every case of a figure, in groups."""
    sheets = {sheet.subject.key: sheet for sheet in found.sheets.get(figure.subject, ())}
    keys = [
        (cell, key)
        for cell in STATES
        for key in sorted(figure.cells.get(cell, ()), key=lambda one: found.labels.get(one, one))
    ]
    heads = {key: _head(sheets[key], figure.question) for _, key in keys if key in sheets}
    asked = {(_case(key), _author(heads.get(key))) for _, key in keys}
    open_ = read_by(visit.access, asked)
    seen = [(cell, key) for cell, key in keys if (_case(key), _author(heads.get(key))) in open_]
    words = _words(visit, figure, [event for _, key in seen if (event := heads.get(key)) is not None])
    groups = [
        (
            state,
            tuple(
                _behind(visit, found, figure, (key, heads.get(key)), state=state, words=words)
                for one, key in seen
                if one is cell
            ),
        )
        for cell, state in STATES.items()
    ]
    return Cases(tuple((state, rows) for state, rows in groups if rows), len(keys) - len(seen))


def _case(key: str) -> str:
    return key.partition("/")[0]


def _head(sheet: Sheet, question: str) -> AnswerEvent | None:
    """The answer that counts, known by its id: the kept sheets hold no written words."""
    recorded = sheet.recorded.get(question, ())
    return recorded[0] if len(recorded) == 1 else None


def _author(event: AnswerEvent | None) -> str:
    return "" if event is None or event.pass_ == MODERATED else event.actor


Place = tuple[str, str, str]  # subject, table and row: one case, or one row of it


@dataclass(frozen=True)
class _Words:
    """What was written and quoted at each place that may be read; and the first answer there."""

    notes: Mapping[str, str]  # by the id of the answer
    places: Mapping[Place, tuple[str, ...]]
    quotes: Mapping[Place, tuple[tuple[str, str], ...]]
    first: Mapping[Place, str]


def _place(event: AnswerEvent) -> Place:
    return event.subject_key, event.table, event.row_key


def _words(visit: InspectionVisit, figure: Figure, heads: list[AnswerEvent]) -> _Words:
    """The words of the answers that count; evidence of a first answer is that of the agreed one too."""
    reads = {_place(one): one for one in heads if visit.may(Permission.EVIDENCE_READ, one.subject_key)}
    events = events_about(visit.key, figure.question) if heads and figure.question else ()
    under = {
        one.op_id: _place(one) for one in events
        if (head := reads.get(_place(one))) is not None and (one.op_id == head.op_id or head.pass_ == MODERATED)
    }  # fmt: skip
    locators, excerpts = evidence_of(visit.key, under)
    places: dict[Place, tuple[str, ...]] = {}
    quotes: dict[Place, tuple[tuple[str, str], ...]] = {}
    for one in locators:
        said = ", ".join(filter(None, (one.document, one.where)))
        places[under[one.op_id]] = (*places.get(under[one.op_id], ()), said)
    for quote in excerpts:
        quotes[under[quote.op_id]] = (*quotes.get(under[quote.op_id], ()), (quote.text, quote.alias))
    shown = {head.op_id for head in reads.values()}
    notes = {one.op_id: one.note for one in events if one.op_id in shown}
    return _Words(notes, places, quotes, {_place(one): one.value for one in events if one.pass_ == FIRST})


def _behind(
    visit: InspectionVisit, found: Findings, figure: Figure, of: tuple[str, AnswerEvent | None], *,
    state: tuple[str, str], words: _Words,
) -> Behind:  # fmt: skip
    key, event = of
    shown = Behind(found.labels.get(key, key), _address(visit, found, figure, key), state, figure.why.get(key, ""))
    if event is None:
        return shown
    label, first = {code: text for code, text, _ in figure.reasons}, words.first.get(_place(event))
    return replace(
        shown,
        reasons=tuple(label.get(code, code) for code in event.reasons) if state[0] == "No" else (),
        note=words.notes.get(event.op_id, ""),
        changed=event.pass_ == MODERATED and first is not None and first != event.value,
        places=words.places.get(_place(event), ()),
        quotes=words.quotes.get(_place(event), ()),
    )


def _address(visit: InspectionVisit, found: Findings, figure: Figure, key: str) -> str:
    framework = found.package.framework
    sheet = next((one for one in found.sheets.get(figure.subject, ()) if one.subject.key == key), None)
    if sheet is None:
        return ""
    of = (sheet.parent or sheet).subject
    theme = f"?theme={framework.theme_of[figure.question].id}#q-{figure.question}" if figure.question else ""
    return reverse("assessing:case", kwargs={"key": visit.key, "kind": of.kind, "subject": of.key}) + theme


def counts(figure: Figure) -> Iterator[tuple[str, str]]:
    """Everything beside n of d, as pairs for a summary list."""
    yield "Yes" if not figure.adverse else "Cases with this need", str(figure.sufficient)
    yield "No" if not figure.adverse else "Cases without it", str(figure.insufficient)
    yield "Not relevant", str(figure.not_relevant)
    yield "Not yet answered", str(figure.unanswered)
    yield "Two answers: needs a decision", str(figure.contested)
