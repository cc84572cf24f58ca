"""The steps of a case: complete, moderate, sign, countersign; and back: unlock, reopen. Who may is asked before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, refuse, stop
from caselight.store.assessments import models
from caselight.store.assessments.past import reason_of
from caselight.store.assessments.progress import standing_of, unfinished
from caselight.store.assessments.room import RECORDING, Room, enter
from caselight.store.assessments.steps import CaseStanding, Step
from caselight.store.assessments.words import Words, sealed_digest
from caselight.store.audit import keys
from caselight.store.audit.actions import Link, as_text, canonical, record
from caselight.store.audit.acts import Act
from caselight.store.audit.heads import write_head

ACTS = {
    Step.COMPLETED: Act.CASE_COMPLETED,
    Step.MODERATED: Act.CASE_MODERATED,
    Step.SIGNED: Act.CASE_SIGNED,
    Step.LOCKED: Act.CASE_LOCKED,
    Step.UNLOCKED: Act.CASE_UNLOCKED,
    Step.REOPENED: Act.CASE_REOPENED,
}
PERSONAL = frozenset({Step.SIGNED, Step.LOCKED})  # what a person signs
Subject = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class _Wish:
    """A step that somebody asks for."""

    step: Step
    by: str
    inspection: str
    subject: Subject
    at: datetime
    second: str = ""
    reason: str = ""


def complete(*, by: str, inspection: str, subject: Subject, at: datetime) -> CaseStanding:
    """Say that a case is complete. ``Faults`` name each question without one answer, or without its reason."""
    return _taken(_Wish(Step.COMPLETED, by, inspection, subject, at), _whole)


def moderate(*, by: str, inspection: str, subject: Subject, at: datetime) -> CaseStanding:
    """Say that a case is moderated: by somebody else than who completed it, but for a local audit."""
    return _taken(_Wish(Step.MODERATED, by, inspection, subject, at), _whole, _other_than(Step.COMPLETED))


def sign(*, by: str, inspection: str, subject: Subject, at: datetime) -> CaseStanding:
    """Sign the answers of a moderated case that has not changed since. The face has the person sign in again first."""
    return _taken(_Wish(Step.SIGNED, by, inspection, subject, at), _whole)


def countersign(*, by: str, inspection: str, subject: Subject, at: datetime) -> CaseStanding:
    """Countersign and so lock a case: by somebody else than who signed it, but for a local audit."""
    return _taken(_Wish(Step.LOCKED, by, inspection, subject, at), _whole, _other_than(Step.SIGNED))


def unlock(*, by: str, second: str, inspection: str, subject: Subject, reason: str, at: datetime) -> CaseStanding:
    """Unlock a case: two people, but for a local audit, and a reason."""
    return _taken(_Wish(Step.UNLOCKED, by, inspection, subject, at, second, reason), _two_people, _with_reason)


def reopen(*, by: str, inspection: str, subject: Subject, reason: str, at: datetime) -> CaseStanding:
    """Open a case again that is not locked, with a reason."""
    return _taken(_Wish(Step.REOPENED, by, inspection, subject, at, reason=reason), _with_reason)


Rule = Callable[[Room, _Wish], None]


@transaction.atomic
def _taken(wish: _Wish, *rules: Rule) -> CaseStanding:
    room = enter(wish.inspection)
    if wish.subject not in room.subjects([wish.subject[1]])[0]:
        says = "The inspection has no such case, case manager or other subject."
        stop(Fault("answer.case-unknown", wish.subject, says, "Check the key."))
    if room.state not in RECORDING:
        says = "The inspection is in a state in which cases take no steps."
        stop(Fault("answer.case-not-now", (room.state,), says, "Take the inspection back to fieldwork or moderation."))
    standing, now = standing_of(room, wish.subject)
    if not standing.may(wish.step):
        _out_of_turn(standing, wish)
    for rule in rules:
        rule(room, wish)
    words = _sealed(room, wish)
    link = _recorded(room, wish, now, words)
    _kept(room, wish, now, link, words)
    if wish.step in (Step.LOCKED, Step.UNLOCKED):
        write_head(chain=room.chain, at=wish.at)
    return CaseStanding(*wish.subject, wish.step, wish.by, wish.second, wish.at)


def _out_of_turn(standing: CaseStanding, wish: _Wish) -> None:
    if standing.void:
        says = f"An answer came in after the case was {standing.step}, so that this no longer holds."
        cure = "Unlock it first." if standing.step is Step.LOCKED else "Have it moderated again, then sign it."
        stop(Fault("answer.case-changed", wish.subject, says, cure))
    says = f"A case that is {standing.step or 'open'} cannot become {wish.step}."
    cure = "The order is: completed, moderated, signed, locked."
    stop(Fault("answer.case-step", wish.subject, says, cure))


def _whole(room: Room, wish: _Wish) -> None:
    refuse(unfinished(room, wish.subject))


def _other_than(step: Step) -> Rule:
    def rule(room: Room, wish: _Wish) -> None:
        kind, key = wish.subject
        steps = models.CaseStep.objects.filter(inspection_id=room.id, subject_kind=kind, subject_key=key, step=step)
        before = steps.order_by("id").values_list("by", flat=True).last()
        if before == wish.by and not room.local:
            _alone(wish)

    return rule


def _two_people(room: Room, wish: _Wish) -> None:
    if not wish.second or (wish.second == wish.by and not room.local):
        _alone(wish)


def _alone(wish: _Wish) -> None:
    says = "This step needs a second person."
    cure = "Ask somebody else of the team to take it, or to confirm it."
    stop(Fault("answer.case-second-person", wish.subject, says, cure))


def _with_reason(room: Room, wish: _Wish) -> None:
    del room
    if not wish.reason.strip():
        stop(Fault("answer.case-reason", wish.subject, "The step needs a reason.", "Say why."))


def _sealed(room: Room, wish: _Wish) -> tuple[bytes, str]:
    """The reason as it is kept, and its key; nothing where none is given."""
    if not wish.reason:
        return b"", ""
    of = reason_of(wish.subject, wish.step, as_text(wish.at))
    return Words(room.key, room.framework).seal_text(wish.subject[1], wish.reason, of)


def _recorded(room: Room, wish: _Wish, now: str, words: tuple[bytes, str]) -> Link:
    return record(
        chain=room.chain,
        by=wish.by,
        act=ACTS[wish.step],
        of=(wish.subject[0], wish.subject[1]),
        detail={"events_sha256": now, "second": wish.second, "sealed_sha256": sealed_digest(*words)},
        at=wish.at,
    )


def _kept(room: Room, wish: _Wish, now: str, link: Link, words: tuple[bytes, str]) -> None:
    (kind, key), (sealed, key_id) = wish.subject, words
    models.CaseStep.objects.create(
        inspection_id=room.id,
        subject_kind=kind,
        subject_key=key,
        step=wish.step,
        by=wish.by,
        second=wish.second,
        sealed=sealed,
        key_id=key_id,
        events_sha256=now,
        chain_n=link.n,
        chain_hash=link.hash,
        signature=_signature(room, wish, now, link) if wish.step in PERSONAL else "",
        at=wish.at,
    )


def _signature(room: Room, wish: _Wish, now: str, link: Link) -> str:
    """The server's signature that this person signed these answers then, over the head of the chain as well."""
    who = (*wish.subject, wish.by)
    return keys.sign(statement(wish.step, who, now, at=wish.at, head=(room.chain, link.n, link.hash)))[0]


def statement(
    step: str, who: tuple[str, str, str], events_sha256: str, *, at: datetime, head: tuple[str, int, str]
) -> bytes:
    """What is signed: canonical JSON of step, subject and person, the answers' fingerprint, the instant and the head.

    ``who`` is the kind and key of the subject and the person; ``head`` the chain, number and hash of the step's row.
    """
    return canonical({
        "schema": 1, "step": str(step), "subject": list(who[:2]), "by": who[2], "events_sha256": events_sha256,
        "at": as_text(at), "head": list(head),
    }).encode()  # fmt: skip
