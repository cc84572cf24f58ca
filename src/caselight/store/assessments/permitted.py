"""Which events of a message its sender may not record, and what becomes of them.

Whoever examines a case records in the pass in which it is given to them; a decision between contested answers and a
moderated answer have permissions of their own. What is sent about a case that the sender once had is kept for a person
to look at, as whatever else cannot be taken; whoever never had it learns nothing, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from caselight.method.answers.events import AnswerEvent
from caselight.method.faults import Fault, Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.receipts import Refusal
from caselight.store.inspections.access import Access, demand


def barred(access: Access, events: Sequence[AnswerEvent]) -> dict[int, Refusal]:
    """By its number, why the person may not record an event; each case, act and pass is asked about once."""
    asked: dict[tuple[str, Permission, str], tuple[Fault, bool] | None] = {}
    found = {}
    for n, event in enumerate(events):
        what = (event.subject_key, act_of(event), event.pass_)
        if what not in asked:
            fault = _fault(access, *what)
            asked[what] = (fault, access.cases.had(event.subject_key)) if fault else None
        if (refusal := asked[what]) is not None:
            fault, kept = refusal
            found[n] = Refusal(fault.code, fault.says, fault.cure, op_id=event.op_id, kept=kept)
    return found


def act_of(event: AnswerEvent) -> Permission:
    """What recording an event is: an answer of one's own, a moderated one, or a decision between several."""
    if event.resolves_reason:
        return Permission.ANSWER_RESOLVE
    return Permission.ANSWER_MODERATE if event.pass_ == "moderated" else Permission.ANSWER_RECORD  # noqa: S105 - a pass of an assessment


def _fault(access: Access, subject_key: str, permission: Permission, of: str) -> Fault | None:
    try:
        demand(access, permission, subject_key)
    except Faults as refused:
        return refused.faults[0]
    if permission is not Permission.ANSWER_RECORD or of in access.cases.passes(subject_key):
        return None
    says = "The case is given to you in another pass."
    return Fault("access.another-pass", ("pass",), says, "Record in the pass in which the case is given to you.")
