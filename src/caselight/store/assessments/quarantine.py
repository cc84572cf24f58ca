"""Messages that could not be taken as answers, as values: what came, why it was not taken, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models, rows
from caselight.store.assessments.evidence import named_digests
from caselight.store.assessments.words import DESTROYED, opened_text
from caselight.store.identities.keyring import keyring
from caselight.store.inspections.keys import chain

RECORDED, LEFT_OUT = "recorded", "left-out"  # how a message is settled
_COLUMNS = (
    "id", "inspection__key", "op_id", "code", "received_at", "received_from", "payload_sha256", "evidence_sha256", "sealed",
    "key_id", "settlement__how", "settlement__by", "settlement__at", "settlement__op_id", "settlement__sealed",
    "settlement__key_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a message: ``op_id`` names the answer that its author recorded instead, ``reason`` why it stays out."""

    how: str
    by: str
    at: datetime
    op_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A message that was not taken as an answer: why, when, from whom; ``event`` is None once its words are destroyed.

    ``settled``: nobody need look at it, for the same message, with the same evidence, was recorded later, or somebody
    settled it; ``settlement`` says who and how.
    """

    op_id: str
    code: str
    received_at: datetime
    received_from: str
    event: AnswerEvent | None
    settled: bool
    number: int = 0
    settlement: Settled | None = None
    locators: tuple[Locator, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody must still look at it."""
        return not self.settled and self.event is not None

    @property
    def author(self) -> str:
        """Who gave the answer: they alone may record it anew."""
        return self.event.actor if self.event else self.received_from


def quarantined(inspection: str) -> tuple[Aside, ...]:
    """The messages that were set aside, in the order they came."""
    return tuple(_read(models.Quarantined.objects.filter(inspection__key=inspection)))


def message_of(inspection: str, number: int) -> Aside | None:
    """One message by its number; None where the inspection has no such message."""
    if not 0 < number < 2**63:
        return None
    return next(_read(models.Quarantined.objects.filter(inspection__key=inspection, pk=number)), None)


def messages_open(inspections: Iterable[str], *, received_from: str = "") -> int:
    """How many messages somebody must still look at: of some inspections, and of one sender where one is named."""
    found = models.Quarantined.objects.filter(inspection__key__in=list(inspections), settlement=None)
    if received_from:
        found = found.filter(received_from=received_from)
    kept = list(found.values_list(*_COLUMNS[:8], "key_id"))
    again = _recorded_again(kept)
    readable = {key_id for key_id in {row[-1] for row in kept} if keyring().exists(key_id)}
    return sum(row[0] not in again and row[-1] in readable for row in kept)


def set_aside(inspection: str) -> int:
    """How many messages were ever set aside, whatever became of them."""
    return models.Quarantined.objects.filter(inspection__key=inspection).count()


def _read(found: Any) -> Iterator[Aside]:
    kept = list(found.order_by("id").values_list(*_COLUMNS))
    again = _recorded_again(kept)
    for number, where, op_id, code, at, by, digest, _, sealed, key_id, *settlement in kept:
        event, locators, excerpts = _message(where, op_id, digest, bytes(sealed), key_id)
        settled = _settlement(where, number, settlement) if settlement[0] else None
        yield Aside(
            op_id, code, at, by, event, number in again or settled is not None, number, settled, locators, excerpts
        )  # fmt: skip


def _recorded_again(kept: list[tuple[Any, ...]]) -> set[int]:
    """Of rows those whose message, with the same evidence, was recorded later."""
    recorded = {row[0]: (row[2], row[3]) for row in rows.known({row[2] for row in kept})}
    found: set[int] = set()
    for where in {row[1] for row in kept}:
        mine = [row for row in kept if row[1] == where and row[2] in recorded]
        evidence = named_digests(chain(where), {recorded[row[2]][1] for row in mine})
        for row in mine:
            digest, n = recorded[row[2]]
            if row[6] == digest and row[7] in ("", evidence.get(n, "")):
                found.add(row[0])
    return found


def _settlement(inspection: str, number: int, told: list[Any]) -> Settled:
    how, by, at, op_id, sealed, key_id = told
    reason = opened_text(inspection, reason_of(number), bytes(sealed), key_id) if sealed else ""
    return Settled(how, by, at, op_id, DESTROYED if reason is None else reason)


def reason_of(number: int) -> str:
    """What the reason of a settlement is bound to."""
    return f"settlement:{number}"


def _message(
    inspection: str, op_id: str, digest: str, sealed: bytes, key_id: str
) -> tuple[AnswerEvent | None, tuple[Locator, ...], tuple[Excerpt, ...]]:
    text = opened_text(inspection, f"quarantined:{op_id}:{digest}", sealed, key_id)
    if text is None:
        return None, (), ()
    said = json.loads(text)
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said["event"].items()
    }
    places = tuple(Locator(**one) for one in said["locators"])
    return AnswerEvent(**fields), places, tuple(Excerpt(**one) for one in said["excerpts"])
