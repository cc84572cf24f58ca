"""A message that could not be taken as an answer, recorded anew by its author under the rules that hold now.

The new answer says what the message said and when it was given; it has an id of its own, and builds on what the author
was shown. The message stays as it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt
from caselight.method.faults import Fault, stop
from caselight.store.assessments.access import scope
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.actions.settling import note_recorded, open_message
from caselight.store.assessments.permitted import barred
from caselight.store.assessments.quarantine import Aside
from caselight.store.assessments.receipts import Receipt, Refusal
from caselight.store.inspections.access import Access

DEVICE = "browser"
JUDGING = frozenset({"first", "second"})  # the passes in which cases are given to be judged


def put_right(  # noqa: PLR0913 - one message, and what its page carried
    *, by: str, inspection: str, message: int, version: str, op_id: str, bases: Sequence[str], at: datetime
) -> Receipt | Refusal:
    """Record a message anew; ``version`` is that of the framework now, ``op_id`` and ``bases`` are what the page carried.

    Raises ``answer.message-unknown``, ``answer.message-settled``, and ``answer.message-author`` for anybody but its author.
    """
    told = open_message(inspection, message)
    if told.event is None or told.author != by:
        says = "Only who gave an answer can record it anew."
        stop(
            Fault(
                "answer.message-author", ("message",), says, "Ask the author, or set the message aside with a reason."
            )
        )
    access = scope(by, inspection, at)
    event = anew(told.event, access, version=version, op_id=op_id, bases=tuple(bases))
    places = [replace(one, op_id=op_id) for one in told.locators]
    (answer,) = record_answers(
        by=by, inspection=inspection, device=DEVICE, events=[event], at=at, locators=places, excerpts=_quotes(told, op_id),
        ask=lambda waited: barred(access, waited),
    )  # fmt: skip
    if isinstance(answer, Receipt):
        note_recorded(by=by, inspection=inspection, message=message, op_id=op_id, at=at)
    return answer


def anew(event: AnswerEvent, access: Access, *, version: str, op_id: str, bases: tuple[str, ...]) -> AnswerEvent:
    """The answer of a message as it is recorded now: in the pass in which the case is given to its author."""
    mine = access.cases.passes(event.subject_key) & JUDGING
    of = event.pass_ if event.pass_ in mine or event.pass_ not in JUDGING or len(mine) != 1 else next(iter(mine))
    made = event._replace(
        op_id=op_id, framework_version=version, base_op_ids=bases, pass_=of, device=DEVICE, server_time="",
        resolves_reason=event.resolves_reason if bases else "",
    )  # fmt: skip
    return made._replace(payload_sha256=payload_digest(made))


def _quotes(told: Aside, op_id: str) -> list[Excerpt]:
    """The words quoted, under keys of their own: those that came may be taken by now."""
    return [
        replace(one, op_id=op_id, key=f"{one.key[:58]}-{op_id}-{n}") for n, one in enumerate(told.excerpts, start=1)
    ]
