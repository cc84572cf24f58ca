"""R8's model: devices that record offline, messages that are lost, repeated, cut, mixed and late, and what must stand.

The model is a set of events and says by itself, in plain Python, which message is taken and what stands. After each
step the store must hold the same set, show the same heads, and every receipt must be the one that was given first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.evidence.work.inspections import AT, adopted, begun, stepped
from tests.factories import small
from tests.factories.answers import altered, op_id, sent

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import models, queries
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Receipt, genuine
from caselight.store.audit import keys

CASES, QUESTIONS, PEOPLE = ("C1", "C2"), ("A", "E"), ("i1", "i2")
TO_LOCK = ("completed", "moderated", "signed", "locked")
THEME = {"id": "T", "title": "The theme", "number": 1, "questions": [small.question(name) for name in QUESTIONS]}
PICK = st.integers(0, 50)
COUNT = {"examples": 0, "steps": 0, "messages": 0, "locks": 0, "locks refused": 0}


@dataclass
class Device:
    """A device: who is signed in, what waits to be sent, what was sent, and which events it has seen."""

    name: str
    person: str
    queue: list[AnswerEvent] = field(default_factory=list)
    sent: list[AnswerEvent] = field(default_factory=list)
    seen: dict[str, AnswerEvent] = field(default_factory=dict)


class Server:
    """What must be in the store, by the rules as they are written and not as they are programmed."""

    def __init__(self) -> None:
        self.events: dict[str, AnswerEvent] = {}
        self.receipts: dict[str, Receipt] = {}
        self.aside: set[tuple[str, str]] = set()
        self.locked: set[str] = set()

    def heads(self) -> dict[str, bool]:
        """Each event that no other of its address builds on, and whether it has company."""
        based = {(event.address, base) for event in self.events.values() for base in event.base_op_ids}
        standing = [event for event in self.events.values() if (event.address, event.op_id) not in based]
        places = [event.address for event in standing]
        return {event.op_id: places.count(event.address) > 1 for event in standing}

    def wanting(self, case: str) -> dict[str, str]:
        """The questions that keep a case from being complete, and what is said of each."""
        said = {}
        for question in QUESTIONS:
            own = [
                event for event in self.events.values() if (event.subject_key, event.question_id) == (case, question)
            ]
            based = {base for event in own for base in event.base_op_ids}
            standing = [event for event in own if event.op_id not in based]
            if len(standing) > 1:
                said[question] = "answer.case-contested"
            elif not standing or standing[0].withdrawn:
                said[question] = "answer.case-unanswered"
        return said

    def answers(self, message: list[AnswerEvent], by: str) -> list[str]:
        """What is said to each event: nothing (a receipt), or the code of a refusal; and take what is to be taken."""
        said: dict[int, str] = {}
        moved = True
        while moved:  # an event of the message may build on a later one
            moved = False
            for n, event in enumerate(message):
                if n not in said or said[n] == "answer.unknown-base":
                    before, said[n] = said.get(n), self._answer(event, by)
                    moved = moved or before != said[n]
        return [said[n] for n in range(len(message))]

    def _answer(self, event: AnswerEvent, by: str) -> str:
        if event != altered(event):
            return "answer.digest"
        if event.actor != by:
            return "answer.not-own"
        known = self.events.get(event.op_id)
        if known is not None:
            return "" if known.payload_sha256 == event.payload_sha256 else "answer.other-content"
        if event.subject_key in self.locked:
            return "answer.locked"
        if any(base not in self.events for base in event.base_op_ids):
            return "answer.unknown-base"
        self.events[event.op_id] = event
        return ""


class Devices(RuleBasedStateMachine):
    """Two people, three devices, two cases of two questions."""

    @initialize()
    def begin(self) -> None:
        """A fresh inspection."""
        COUNT["examples"] += 1
        self.key = f"sync-{COUNT['examples']}"
        self.row = begun(
            self.key,
            adopted(small.framework(id="devices", themes=[THEME], populations=[], counts=[])),
            {case: {} for case in CASES},
        )
        self.devices = [Device("d1", "i1"), Device("d2", "i2"), Device("d3", "i1")]
        self.server = Server()
        self.made: list[AnswerEvent] = []
        self.dirty = False

    # What people do ----------------------------------------------------------------------------------------------

    @rule(device=PICK, case=st.sampled_from(CASES), question=st.sampled_from(QUESTIONS), value=st.booleans())
    def edit(self, device: int, case: str, question: str, value: bool) -> None:
        """Answer a question on what the device has seen: first, changed, or decided between several."""
        self._record(self._device(device), case, question, "yes" if value else "no")

    @rule(device=PICK, case=st.sampled_from(CASES), question=st.sampled_from(QUESTIONS))
    def undo(self, device: int, case: str, question: str) -> None:
        """Take an answer back."""
        self._record(self._device(device), case, question, "", withdrawn=True)

    @rule(device=PICK)
    def reassign(self, device: int) -> None:
        """Hand the device to the other person, with what waits on it."""
        its = self._device(device)
        its.person = PEOPLE[1 - PEOPLE.index(its.person)]

    @rule(case=st.sampled_from(CASES))
    def lock(self, case: str) -> None:
        """Lock a case, once everything is answered or decided, or unlock it; what is not complete is not locked."""
        if case in self.server.locked:
            refused = stepped(self.key, case, "unlocked")
            self.server.locked.remove(case)
        else:
            if wanting := self.server.wanting(case):
                refused = stepped(self.key, case, *TO_LOCK)
                assert set(refused) == set(wanting.values()), f"{wanting} keeps it open, and {refused} was said"
                COUNT["locks refused"] += 1
            self._answer_all(case, list(wanting))
            refused = stepped(self.key, case, *TO_LOCK)
            self.server.locked.add(case)
            COUNT["locks"] += 1
        assert not refused, f"a step was refused: {refused}"

    # What networks do --------------------------------------------------------------------------------------------

    @rule(device=PICK)
    def sync(self, device: int) -> None:
        """Send everything, hear the answers, and see what others sent."""
        its = self._device(device)
        self._send(its, list(its.queue))
        its.seen.update(self.server.events)

    @rule(device=PICK, how=st.permutations(range(6)), some=st.integers(0, 6))
    def part_sync_in_any_order(self, device: int, how: list[int], some: int) -> None:
        """Send some of it, mixed."""
        its = self._device(device)
        self._send(its, [its.queue[n] for n in how if n < len(its.queue)][:some])

    @rule(device=PICK)
    def sync_without_an_answer(self, device: int) -> None:
        """Send everything; the answer is lost, so that it is sent again later."""
        its = self._device(device)
        self._send(its, list(its.queue), heard=False)

    @precondition(lambda self: any(device.sent for device in self.devices))
    @rule(device=PICK, which=PICK, twice=st.booleans())
    def replay(self, device: int, which: int, twice: bool) -> None:
        """Something that was sent long ago arrives again."""
        its = self._device(device)
        if its.sent:
            event = its.sent[which % len(its.sent)]
            self._send(its, [event, event] if twice else [event])

    @precondition(lambda self: any(self._waiting()))
    @rule(which=PICK)
    def truncate(self, which: int) -> None:
        """A message is cut on its way."""
        waiting = list(self._waiting())
        device, event = waiting[which % len(waiting)]
        self._send(device, [event._replace(note=event.note[:-1], device="")])

    @precondition(lambda self: any(device.sent for device in self.devices))
    @rule(device=PICK, which=PICK)
    def alter(self, device: int, which: int) -> None:
        """A device sends an old id with other content."""
        its = self._device(device)
        if its.sent:
            self._send(its, [altered(its.sent[which % len(its.sent)], note="Something else.")], genuine_copy=False)

    # How it is done ----------------------------------------------------------------------------------------------

    def _device(self, n: int) -> Device:
        return self.devices[n % len(self.devices)]

    def _waiting(self) -> list[tuple[Device, AnswerEvent]]:
        return [(device, event) for device in self.devices for event in device.queue]

    def _answer_all(self, case: str, questions: list[str]) -> None:
        """Somebody in the office answers and decides what is open, on what the server holds."""
        desk = Device("office", "i1", seen=dict(self.server.events))
        for question in questions:
            self._record(desk, case, question, "yes")
        if desk.queue:
            self._send(desk, list(desk.queue))

    def _record(self, device: Device, case: str, question: str, value: str, **more: object) -> None:
        own = [e for e in device.seen.values() if (e.subject_key, e.question_id) == (case, question)]
        based = {base for event in own for base in event.base_op_ids}
        bases = tuple(sorted(event.op_id for event in own if event.op_id not in based))
        event = sent(
            case,
            question,
            value,
            op_id(len(self.made), COUNT["examples"]),
            actor=device.person,
            device=device.name,
            reasons=("weak",) if value == "no" else (),
            note=f"Note {len(self.made)}.",
            base_op_ids=bases,
            resolves_reason="It was looked at again." if len(bases) > 1 else "",
            **more,
        )
        self.made.append(event)
        device.queue.append(event)
        device.seen[event.op_id] = event

    def _send(
        self, device: Device, message: list[AnswerEvent], *, heard: bool = True, genuine_copy: bool = True
    ) -> None:
        expected = self.server.answers(message, device.person)
        answers = record_answers(by=device.person, inspection=self.key, device=device.name, events=message, at=AT)
        COUNT["messages"] += len(message)
        assert len(answers) == len(message)
        for event, code, answer in zip(message, expected, answers, strict=True):
            if isinstance(answer, Receipt):
                assert not code, f"{code} was expected, and a receipt was given"
                assert self.server.receipts.setdefault(event.op_id, answer) == answer, "another receipt"
                assert (answer.op_id, answer.payload_sha256) == (event.op_id, event.payload_sha256)
                if heard and event in device.queue:
                    device.queue.remove(event)
            else:
                assert answer.code == code, f"{code or 'a receipt'} was expected, and {answer.code} was said"
                if answer.kept:
                    self.server.aside.add((event.op_id, event.payload_sha256))
            if genuine_copy and event in self.made and event not in device.sent:
                device.sent.append(event)
        self.dirty = True

    # What must hold ----------------------------------------------------------------------------------------------

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        """The same events, the same heads, the same quarantine; nothing that was recorded is nowhere."""
        COUNT["steps"] += 1
        if not getattr(self, "dirty", False):
            return
        self.dirty = False
        kept = {event.op_id: event._replace(server_time="") for event in queries.events(self.key)}
        assert kept == self.server.events, "the store holds other events than were acknowledged"
        with connection.cursor() as cursor:
            cursor.execute(
                'SELECT "op_id", "contested" FROM "current_answer" WHERE "inspection_id" = %s', [self.row.pk]
            )
            view = {name: bool(contested) for name, contested in cursor.fetchall()}
        assert view == self.server.heads(), "another answer stands"
        aside = models.Quarantined.objects.filter(inspection=self.row).values_list("op_id", "payload_sha256")
        assert set(aside) == self.server.aside, "another message is set aside"
        waiting = {event.op_id for _, event in self._waiting()}
        assert all(event.op_id in waiting or event.op_id in kept for event in self.made), "an answer is nowhere"

    def teardown(self) -> None:
        """Every receipt can be verified, and each answer that is read back fits its own digest."""
        public = keys.public_key()
        assert all(genuine(receipt, public) for receipt in getattr(self, "server", Server()).receipts.values())
