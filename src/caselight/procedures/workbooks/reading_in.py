"""Completed workbooks read into an inspection folder: several at once, all of them or none.

What is wrong is said, and written beside the cells of a copy of the workbook; the files themselves are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.layout import ACTIONS, ANSWERS, LOCATORS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.formats.workbook.reading.changes import Given, changes
from caselight.formats.workbook.reading.completed import Completed, read_workbook
from caselight.method.answers.addresses import Content, address_faults
from caselight.method.answers.admissible import missing_faults, value_faults
from caselight.method.answers.events import Address, AnswerEvent, heads
from caselight.method.answers.evidence import Locator
from caselight.method.faults import Fault, Faults, Severity, did_you_mean, errors, quoted
from caselight.method.inspection.package import Package
from caselight.procedures.workbooks.actions import Actions
from caselight.procedures.workbooks.copies import write_copy
from caselight.procedures.workbooks.events import event_of, locators_of, recorded_already

_FIELDS = {"reasons": "why", "value": "answer", "note": "note"}


@dataclass(frozen=True)
class Taken:
    """What was read from one file."""

    file: str
    author: str
    answers: int
    actions: int


@dataclass(frozen=True)
class Received:
    """What was read in: by file, how many answers are contested now, and what a person should know."""

    files: tuple[Taken, ...]
    contested: int
    faults: tuple[Fault, ...]


class Refused(Faults):
    """Nothing was read in. ``copies`` are the files that show beside each cell what is wrong with it."""

    def __init__(self, faults: Iterable[Fault], copies: Sequence[Path]) -> None:
        super().__init__(faults)
        self.copies = tuple(copies)


def read_workbooks(folder: Path, files: Sequence[Path], by: str, now: str) -> Received:
    """Read completed workbooks. ``by`` answered where a workbook names nobody; ``now`` is the instant, in UTC.

    Raises :class:`Refused` when anything is wrong with any of them, and then nothing is recorded.
    """
    with locked(folder):
        package = read_package(folder)
        reading = _Reading(package, by, now)
        for file in files:
            reading.add(file)
        reading.refuse()
        new = reading.package()
        if new != package:
            write_tables(folder, new, *([ACTIONS] if new.actions != package.actions else []), LOCATORS, ANSWERS)
        return reading.result()


class _Reading:
    """The state of reading several files."""

    def __init__(self, package: Package, by: str, now: str) -> None:
        self.before, self.by, self.now = package, by, now
        self.asked = frozenset(q.id for q in package.framework.asked(package.inspection.framework.screening))
        self.known = {event.op_id for event in package.events}
        self.at: dict[Address, list[AnswerEvent]] = {}
        for event in package.events:
            self.at.setdefault(event.address, []).append(event)
        self.events: list[AnswerEvent] = []
        self.locators: list[Locator] = []
        self.actions = Actions(package.actions)
        self.read: list[tuple[Path, Completed]] = []
        self.taken: list[Taken] = []
        self.faults: list[Fault] = []
        self.places: dict[Address, tuple[Completed, Given]] = {}

    def add(self, path: Path) -> None:
        """Read one file, as far as it can be read."""
        try:
            read = read_workbook(path, self.before)
        except Faults as faults:
            self.faults.extend(faults)
            return
        self.read.append((path, read))
        author = self._author(read)
        at = self._instant(read)
        given, promised = changes(read)
        before = (len(self.events), self.actions.count)
        for one in given:
            self._record(read, one, author, at)
        for promise in promised:
            self.actions.take(promise, read)
        answers, actions = len(self.events) - before[0], self.actions.count - before[1]
        self.taken.append(Taken(read.name, author, answers, actions))

    def _author(self, read: Completed) -> str:
        """Who filled it in: as its first sheet says, else as the command says."""
        team = [member.key for member in self.before.inspection.team]
        author = read.author or self.by
        where = ("author",)
        if not author:
            says = f"{quoted(read.name)} does not say who filled it in."
            cure = "Choose a key of the team on its first sheet, or name one with --by."
            read.faults.append(Fault("workbook.no-author", where, says, cure, place=read.author_place))
        elif team and author not in team:
            says = f"{quoted(author)} is not in the team of inspection.yaml."
            read.faults.append(
                Fault("workbook.unknown-author", where, says, did_you_mean(author, team), place=read.author_place)
            )
        elif self.by and read.author and read.author != self.by:
            says = f"{quoted(read.name)} was filled in by {quoted(read.author)}; --by names {quoted(self.by)}."
            cure = "The workbook was believed. Leave --by out, or correct the first sheet."
            fault = Fault("workbook.other-author", where, says, cure, Severity.WARNING, place=read.author_place)
            read.faults.append(fault)
        return author

    def _instant(self, read: Completed) -> str:
        """When it was saved, where the file says so in a way that can be; else now."""
        return read.saved if "2001" < read.saved <= self.now else self.now

    def _record(self, read: Completed, given: Given, author: str, at: str) -> None:
        event = event_of(given, read.contents, author, at, workbook=read.book.meta.id)
        unknown = [base for base in event.base_op_ids if base not in self.known]
        if unknown:
            says = f"The answer that stood here, {quoted(unknown[0])}, is not in the folder."
            cure = "The workbook was written from a fuller copy of the inspection; read it in there."
            read.note(given.spot("answer"), Fault("workbook.unknown-base", (given.item.key,), says, cure))
            return
        for fault in self._content_faults(event):
            name = _FIELDS.get(str(fault.where[0]) if fault.where else "", "answer")
            name = "not_relevant" if name == "why" and event.value == "not_relevant" else name
            read.note(given.spot(name if name in given.item.fields else given.item.fields[0]), fault)
        own = self.at.setdefault(event.address, [])
        if recorded_already(event, own) or event.op_id in self.known:
            return
        own.append(event)
        self.known.add(event.op_id)
        self.events.append(event)
        self.locators += locators_of(given, event, self.before.locators)
        self.places[event.address] = (read, given)

    def _content_faults(self, event: AnswerEvent) -> Iterator[Fault]:
        framework = self.before.framework
        content = Content(
            event.tool, event.subject_kind, event.table, event.row_key, event.question_id, event.pass_, event.value,
            event.reasons, bool(event.note), event.withdrawn,
        )  # fmt: skip
        yield from address_faults(content, framework, self.asked)
        yield from value_faults(content, framework)
        yield from missing_faults(content, framework)

    def refuse(self) -> None:
        """Raise everything that is wrong, with copies that show it, when any of it is an error."""
        found = [*self.faults, *(fault for _, read in self.read for fault in read.faults)]
        if not errors(found):
            return
        after = self.package()
        copies = [copy for path, read in self.read if (copy := write_copy(path, read, after))]
        raise Refused(found, copies)

    def package(self) -> Package:
        """The inspection with what was read."""
        events = tuple(sorted((*self.before.events, *self.events)))
        locators = (*self.before.locators, *self.locators)
        return replace(self.before, events=events, locators=locators, actions=self.actions.all())

    def result(self) -> Received:
        """What was read, and the answers that are contested now."""
        standing = heads((*self.before.events, *self.events))
        contested = [address for address in self.places if len(standing[address]) > 1]
        for address in contested:
            read, given = self.places[address]
            says = (
                f"{address.question_id} of {quoted(address.subject_key)} was changed elsewhere too; both answers stand: "
                f"{', '.join(quoted(event.value or 'taken back') for event in standing[address][:4])}."
            )
            cure = "Decide between them: write a fresh workbook, where the line says that two answers stand."
            read.note(
                given.spot("answer"), Fault("workbook.contested", (given.item.key,), says, cure, Severity.WARNING)
            )
        faults = tuple(fault for _, read in self.read for fault in read.faults)
        return Received(tuple(self.taken), len(contested), faults)
