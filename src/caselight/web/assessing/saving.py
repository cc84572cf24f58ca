"""Saving what was filled in for one question: found again, checked, recorded; and what the person is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from caselight.method.answers.fact_values import FACT
from caselight.method.faults import Faults
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Refusal
from caselight.store.audit.actions import as_text
from caselight.store.identities.actions.vault import alias_is_free
from caselight.store.inspections.access import not_found
from caselight.web.assessing.answering import DEVICE, Draft, digested, sending
from caselight.web.assessing.asking import entry
from caselight.web.assessing.entries import Entry
from caselight.web.assessing.facts import fact_entry
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.opening import Opened

TAKEN = "This alias is a real name in this service's cases. Choose another name."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not saved, and the question with what was typed."""

    entry: Entry
    says: str

    @property
    def id(self) -> str:
        """The id of the question on the page."""
        return self.entry.id

    @property
    def control(self) -> str:
        """The id of the control that the summary of errors leads to."""
        if self.entry.contested:
            return f"{self.entry.id}-why"
        if self.entry.options:
            return self.entry.options[0].id
        return f"{self.entry.id}-{'day' if self.entry.kind == 'date' else 'value'}"


def problem_of(case: Opened, data: QueryDict, says: str) -> Problem:
    """Why it was not saved, beside the question as it stands in the whole case with what was typed."""
    return Problem(draft_of(case, data).kept(says), says)


def draft_of(case: Opened, data: QueryDict) -> Draft:
    """What was filled in, beside the question it belongs to. ``access.not-found`` where there is no such question."""
    name, table, row = data.get("question", ""), data.get("table", ""), data.get("row", "")
    if name.startswith(FACT):
        fact = case.framework.fact_by_id.get(name.removeprefix(FACT))
        about = case.sheet_of(table, row)
        if fact is None or about is None or fact.subject != about.subject.kind:
            not_found()
        return Draft(fact_entry(case, fact, about), None, data)
    question = case.framework.questions.get(name)
    sheet = case.sheet_of(table, row)
    if question is None or sheet is None:
        not_found()
    pair = case.pairs.get(name)
    return Draft(entry(case, question, sheet, pair), pair, data)


def save(case: Opened, draft: Draft, *, client_time: str) -> str:
    """Record what was filled in; why not, in words of the page, where it was not saved. Asks nothing of other questions."""
    return _wrong(case, draft) or _record(case, draft, client_time=client_time)


def take_back(case: Opened, draft: Draft, *, client_time: str) -> str:
    """Record that an answer is taken back without another in its place; why not, where it was not recorded."""
    return _record(case, draft, client_time=client_time, withdrawn=True)


def _wrong(case: Opened, draft: Draft) -> str:
    """What is missing before anything can be sent, in words of the page."""
    if not draft.value:
        return {"date": "Enter a date", "number": "Enter a number", "text": "Write an answer"}.get(
            draft.entry.kind, "Select an answer"
        )
    if draft.entry.fact and draft.value == NOT_RELEVANT:
        return "Select an answer"
    alias = draft.text("alias")
    if alias and draft.text("quote") and not _free(case, alias):
        return TAKEN
    if alias and not draft.text("quote"):
        return "Enter the words to quote, or clear the alias"
    return ""


def _free(case: Opened, alias: str) -> bool:
    try:
        return alias_is_free(
            by=case.visit.user, service=case.dossier.inspection.service, alias=alias, at=case.visit.at
        )  # fmt: skip
    except Faults:
        return False


def _record(case: Opened, draft: Draft, *, client_time: str, withdrawn: bool = False) -> str:
    sent = sending(case, draft, client_time=client_time, withdrawn=withdrawn)
    if not sent.events:
        return ""
    answers = record_answers(
        by=case.visit.user,
        inspection=case.visit.key,
        device=DEVICE,
        events=sent.events,
        at=case.visit.at,
        locators=sent.locators,
        excerpts=sent.excerpts,
    )
    return next((f"{one.says} {one.cure}" for one in answers if isinstance(one, Refusal)), "")


def resolve(case: Opened, draft: Draft, *, chosen: str, reason: str, at: datetime) -> str:
    """Decide between the answers that stand against each other: one of them stands, for a reason. Why not, where none does."""
    heads = next(
        (group for group in case.heads.values() if len(group) > 1 and any(one.op_id == chosen for one in group)), ()
    )
    picked = next((one for one in heads if one.op_id == chosen), None)
    shown = {*draft.text("bases").split(), *draft.text("gate_bases").split()}
    if picked is None or not {one.op_id for one in heads} <= shown:
        return "Somebody answered meanwhile. Look at the answers again, then decide."
    if not reason.strip():
        return "Enter why this answer stands"
    event = picked._replace(
        op_id=new_op_id(at), actor=case.visit.user, base_op_ids=tuple(one.op_id for one in heads),
        resolves_reason=reason.strip(), client_time=as_text(at), server_time=as_text(at), device=DEVICE,
    )  # fmt: skip
    (answer,) = record_answers(
        by=case.visit.user, inspection=case.visit.key, device=DEVICE, events=[digested(event)], at=at
    )
    return f"{answer.says} {answer.cure}" if isinstance(answer, Refusal) else ""
