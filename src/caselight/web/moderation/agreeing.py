"""From a row's small form to an answer that was agreed: what it lacks, in words of the page, before anything is sent."""

from __future__ import annotations

from django.http import QueryDict

from caselight.method.answers.addresses import Content
from caselight.method.answers.admissible import missing_faults, reasons_for
from caselight.method.faults import Faults
from caselight.procedures import moderating
from caselight.procedures.moderating import MODERATED, Agreed
from caselight.store.assessments.receipts import Refusal
from caselight.web.moderation.rows import Asked, Row

DIFFERS = "Enter why the agreed answer differs from the first one"
UNWRITTEN = "?"  # stands for the note that is still to be written
LACKS = {
    "package.not-relevant-without-reason": "Select why it is not relevant",
    "package.no-reason": "Select why it is not good enough",
    "package.reason-needs-note": "Enter what this reason was",
    "package.answer-needs-note": "Enter what the answer rests on",
}


def save(asked: Asked, row: Row, data: QueryDict) -> str:
    """Record what was agreed for one case; why it was not, in words, where it was not."""
    value = data.get("value", "")
    if value not in dict(asked.options):
        return "Select the answer that was agreed"
    before = row.first[0] if len(row.first) == 1 else None
    same = before is not None and before.value == value
    why = data.get("why", "").strip()
    codes = _codes(asked, row, data, value)
    if not same and not why:
        other = _lacking(asked, row, (value, codes, UNWRITTEN))
        return DIFFERS + (f", and {other[:1].lower()}{other[1:]}" if other else "")
    note = why or _own_note(row, value)
    wrong = _lacking(asked, row, (value, codes, note))
    if wrong:
        return wrong
    place, bases = row.address._replace(pass_=MODERATED), tuple(data.get("bases", "").split())
    agreed = Agreed(place, value, codes, note, data.get("op", ""), data.get("made_at", ""), bases)
    visit = asked.visit
    answer = moderating.agree(
        by=visit.user, inspection=visit.key, version=asked.framework.version, agreed=agreed, at=visit.at
    )
    return f"{answer.says} {answer.cure}" if isinstance(answer, Refusal) else ""


def _own_note(row: Row, value: str) -> str:
    """The note of the answer that is agreed as it is, so that what it rests on stands with it."""
    return next((one.note for one in (*row.agreed, *row.first) if one.value == value), "")


def _content(row: Row, said: tuple[str, tuple[str, ...], str]) -> Content:
    place, (value, codes, note) = row.address, said
    return Content(
        place.tool, place.subject_kind, place.table, place.row_key, place.question_id, MODERATED, value, codes,
        bool(note), withdrawn=False,
    )  # fmt: skip


def _codes(asked: Asked, row: Row, data: QueryDict, value: str) -> tuple[str, ...]:
    """The reasons that fit the answer: the one that was selected, and those of the same answer before it."""
    fit = {one.id for one in reasons_for(_content(row, (value, (), "")), asked.framework, asked.question)}
    picked = data.get("because", "")
    before = next((one.codes for one in (*row.agreed, *row.first) if one.value == value), ())
    if picked in fit and picked not in before:
        return (picked,)
    return tuple(code for code in before if code in fit)


def _lacking(asked: Asked, row: Row, said: tuple[str, tuple[str, ...], str]) -> str:
    faults = missing_faults(_content(row, said), asked.framework)
    return next((LACKS.get(fault.code, f"{fault.says} {fault.cure}") for fault in faults), "")


def settle(asked: Asked, row: Row, data: QueryDict) -> str:
    """Record which of several answers stands; why it was not recorded, where it was not."""
    if not row.deciding:
        return "These two answers are not in question any more. Somebody has decided"
    if data.get("chosen") not in {one.op_id for one in row.deciding}:
        return "Select the answer that stands"
    visit, chosen, reason = asked.visit, data.get("chosen", ""), data.get("reason", "")
    try:
        answer = moderating.decide(by=visit.user, inspection=visit.key, chosen=chosen, reason=reason, at=visit.at)
    except Faults as refused:
        if refused.faults[0].code == "answer.resolves-reason":
            return "Enter why this answer stands"
        return f"{refused.faults[0].says} {refused.faults[0].cure}"
    return f"{answer.says} {answer.cure}" if isinstance(answer, Refusal) else ""
