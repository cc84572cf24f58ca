"""Answers as events: an id of version 7 from the time and the seed, times, devices, and the digest of what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from examples.generate.chance import Chance
from examples.generate.west_london.recorded.answers import Given
from examples.generate.west_london.recorded.timetable import DEVICES

from caselight.method.answers.events import AnswerEvent, payload_digest

OFFLINE = ("insp-b", 15, 13)  # this inspector had no network on the afternoon of that day
BACK_ONLINE = (18, 5)


class Change(NamedTuple):
    """What makes an event a change: its pass, the events it takes the place of, and why it resolves them."""

    stage: str = "first"
    bases: tuple[str, ...] = ()
    resolves: str = ""


@dataclass
class Recorder:
    """Makes the events of one inspection."""

    chance: Chance
    version: str

    def sheet(
        self, tool: str, subject: str, answers: Iterable[Given], *, actor: str, start: datetime
    ) -> Iterator[AnswerEvent]:
        """The answers of one meeting, a minute or three apart."""
        at = start + timedelta(minutes=14)
        for given in answers:
            at += timedelta(seconds=self.chance.between(35, 170, "pause", subject, given.question))
            yield self.event(tool, subject, given, actor=actor, at=at)

    def event(
        self, tool: str, subject: str, given: Given, *, actor: str, at: datetime, change: Change | None = None
    ) -> AnswerEvent:
        """One event, which stands beside or in the place of an earlier one where it is a change."""
        change = change or Change()
        event = AnswerEvent(
            op_id=self._id(at, tool, subject, given.question, change.stage, actor),
            tool=tool, subject_kind="case" if tool == "case" else "case_manager", subject_key=subject,
            table="", row_key="", question_id=given.question, pass_=change.stage,
            value=given.value, reasons=given.reasons, note=given.note, themes=(), notable=given.notable, withdrawn=False,
            actor=actor, device=DEVICES[actor], base_op_ids=change.bases, resolves_reason=change.resolves,
            client_time=_instant(at), server_time=_instant(self._received(actor, at)),
            framework_version=self.version, payload_sha256="",
        )  # fmt: skip
        return event._replace(payload_sha256=payload_digest(event))

    def _received(self, actor: str, at: datetime) -> datetime:
        who, day, hour = OFFLINE
        if actor == who and at.day == day and hour <= at.hour < BACK_ONLINE[0]:
            at = at.replace(hour=BACK_ONLINE[0], minute=BACK_ONLINE[1], second=at.second % 20)
        return at + timedelta(seconds=self.chance.between(1, 4, "network", actor, at))

    def _id(self, at: datetime, *what: object) -> str:
        """A UUID of version 7: milliseconds since 1970, then bits of chance."""
        milliseconds = int(at.timestamp()) * 1000 + self.chance.below(1000, "ms", *what)
        high, low = self.chance.number("a", *what), self.chance.number("b", *what)
        number = milliseconds << 80 | 0x7 << 76 | (high & 0xFFF) << 64 | 0b10 << 62 | low >> 2
        text = f"{number:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
