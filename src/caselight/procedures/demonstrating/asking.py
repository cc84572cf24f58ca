"""What a lead asks of the inspected service before and during fieldwork: the announcement, contacts, requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caselight.method.inspection.definition import Dates
from caselight.procedures.demonstrating import cast, chance, words
from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.rounds import Round, instant, later
from caselight.store.inspections.announcing import note_announcement
from caselight.store.inspections.asking import Ask, Taken, ask, take_step
from caselight.store.inspections.contacts import Contact, keep_contact
from caselight.store.inspections.models import State
from caselight.store.inspections.requests import Step

LIST, ROOMS, MINUTES, CHECKS, DATA, RECORDINGS = range(6)  # as in words.WANTED


@dataclass(frozen=True)
class Asking:
    """Who asks whom in one round; ``workers`` are keys by names."""

    round: Round
    dates: Dates
    people: Mapping[Actor, str]
    workers: Mapping[str, str]

    def all(self) -> None:
        """Everything that was asked, and what came of it."""
        self._announce()
        for n, wanted in enumerate(self._wanted()):
            at = instant(self.dates.announced, 10, n)
            ask(by=self.people[self.round.lead], inspection=self.round.key, wanted=[wanted], at=at)
        for n, day, taken in self._came():
            lead = taken.step in (Step.ACCEPTED, Step.RETURNED)
            by = self.people[self.round.lead if lead else cast.MANAGER]
            at = instant(day, 16 if lead else 11, n)
            take_step(by=by, inspection=self.round.key, request=self._key(n), taken=taken, at=at)

    def _announce(self) -> None:
        by, key, day = self.people[self.round.lead], self.round.key, self.dates.announced
        first, last = self.dates.fieldwork_from, self.dates.fieldwork_to
        text = words.ANNOUNCED.format(
            service=self.round.service,
            first=f"{first:%A} {first.day} {first:%B}",
            last=f"{last:%A} {last.day} {last:%B}",
        )
        for n, (name, role, telephone) in enumerate(words.CONTACTS):
            contact = Contact(chance.key(key, "contact", str(n)), name, role, f"office{n}@caselight.example", telephone)
            keep_contact(by=by, inspection=key, contact=contact, at=instant(day, 9, 30 + n))
        note_announcement(by=by, inspection=key, to=words.TO, words=text, sent_on=day, at=instant(day, 9, 45))

    def _wanted(self) -> Iterator[Ask]:
        announced, first = self.dates.announced, self.dates.fieldwork_from
        due = {LIST: later(announced, 1), ROOMS: first - timedelta(1), MINUTES: first - timedelta(1), CHECKS: first,
               DATA: later(self.dates.fieldwork_to, 2), RECORDINGS: self.dates.fieldwork_to}  # fmt: skip
        for n, day in due.items():
            yield Ask(self._key(n), words.WANTED[n], day, self._worker if n == RECORDINGS else "")

    def _came(self) -> Iterator[tuple[int, date, Taken]]:
        """The list has come everywhere; in an inspection that has begun, what was asked for until then."""
        day = later(self.dates.announced, 1)
        yield LIST, day, Taken(Step.RECEIVED, words.SENT[LIST])
        yield LIST, day, Taken(Step.ACCEPTED)
        if self.round.state is State.SETUP:
            return
        day = later(day, 2)
        yield ROOMS, day, Taken(Step.RECEIVED, words.SENT[ROOMS])
        yield ROOMS, day, Taken(Step.RETURNED, words.BACK)
        yield MINUTES, later(day, 1), Taken(Step.RECEIVED, words.SENT[MINUTES])
        if self.round.state is State.FIELDWORK:
            return
        for n in (CHECKS, DATA, RECORDINGS):
            yield n, self.dates.fieldwork_to, Taken(Step.RECEIVED, words.SENT[MINUTES])
        for n in (ROOMS, MINUTES, CHECKS, DATA, RECORDINGS):
            yield n, later(self.dates.fieldwork_to, 1), Taken(Step.ACCEPTED)

    @property
    def _worker(self) -> str:
        """The case manager who can be asked here; elsewhere it is the managers' turn."""
        return self.workers[cast.WORKER.name] if self.round.timetabled else ""

    def _key(self, n: int) -> str:
        return chance.key(self.round.key, "request", str(n))
