"""Which of several answers to one question stands, as their authors see it; and what is decided once they agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import models, rows
from caselight.store.assessments.rows import Row
from caselight.store.assessments.words import DESTROYED, opened_text
from caselight.store.inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Stance:
    """What one author said: of the answers with the ids ``heads``, the one with the id ``chosen`` stands, and why."""

    heads: frozenset[str]
    chosen: str
    by: str
    at: datetime
    reason: str


def stances(inspection: str) -> tuple[Stance, ...]:
    """The last word of each author on each group of answers; words whose key was destroyed read ``(destroyed)``."""
    kept = models.Stance.objects.filter(inspection__key=inspection).order_by("id")
    last: dict[tuple[str, str], Stance] = {}
    for heads, chosen, by, at, sealed, key_id, n in kept.values_list(
        "heads", "chosen", "by", "at", "sealed", "key_id", "number"
    ):
        reason = opened_text(inspection, reason_of(n), bytes(sealed), key_id)
        last[heads, by] = Stance(frozenset(heads.split("|")), chosen, by, at, DESTROYED if reason is None else reason)
    return tuple(last.values())


def reason_of(number: str) -> str:
    """What the reason of a stance is bound to."""
    return f"stance:{number}"


def agreed(heads: Collection[AnswerEvent], said: Iterable[Stance]) -> str:
    """The id of the answer that every author of these says stands; empty where they do not, or not yet."""
    ids, authors = {one.op_id for one in heads}, {one.actor for one in heads}
    chosen = {one.by: one.chosen for one in said if one.heads == ids and one.by in authors}
    return next(iter(chosen.values())) if chosen.keys() == authors and len(set(chosen.values())) == 1 else ""


def contested_groups(inspection_id: int) -> Mapping[Row, list[tuple[str, str]]]:
    """By address, the id and the actor of each of the answers that stand against each other. Nothing is unsealed."""
    groups: dict[Row, list[tuple[str, str]]] = {}
    for op_id, actor, *address in rows.contested_actors(inspection_id):
        groups.setdefault(tuple(address), []).append((op_id, actor))
    return groups


def questions_contested(inspection: str, *, author: str = "") -> int:
    """How many questions wait for a decision: all of them, or those that one person answered."""
    number = Inspection.objects.filter(key=inspection).values_list("pk", flat=True).first()
    groups = contested_groups(number) if number is not None else {}
    return sum(not author or any(actor == author for _, actor in group) for group in groups.values())
