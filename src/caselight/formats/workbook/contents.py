"""From an inspection to the values of its workbook: who is in it, and what stands for each of them now.

A workbook is for one pass. In that of the first pass an answer that was moderated is shown and locked; in that of
moderation the answer that counts is shown and may be changed. Other passes show their own answers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from caselight.formats.workbook import words
from caselight.formats.workbook.answers_in_words import answer_texts, ticked
from caselight.formats.workbook.book import Book, Entry, Meta, Record
from caselight.formats.workbook.items import ROWS_FIELDS, Item, items_of, tool_of
from caselight.formats.workbook.lists import Choices, choices_of
from caselight.method.analysis.examined import Examined
from caselight.method.answers.current import BETWEEN, current, row_subject
from caselight.method.answers.events import COUNTED_PASSES, Address, AnswerEvent, heads
from caselight.method.answers.evidence import Locator
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.inspection.package import Action, Package
from caselight.method.inspection.samples import not_asked

FREE_ROWS = 3  # empty rows beside those that were found
LEAST_ROWS = 4
LONGEST_TEXT = 30_000  # characters; a cell takes 32,767


@dataclass(frozen=True)
class Contents:
    """What an inspection says, as a workbook of one pass, layout and language shows it."""

    package: Package
    layout: str = "sheets"
    pass_: str = "first"  # noqa: S105 - the name of a pass
    language: str = ""

    @cached_property
    def language_(self) -> str:
        """The language asked for, or the first."""
        return self.language or self.package.inspection.languages[0]

    @cached_property
    def lists(self) -> Mapping[str, Choices]:
        """The drop-down lists."""
        return choices_of(self.package.framework, self.language_)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The questions of the screening."""
        return frozenset(q.id for q in self.package.framework.asked(self.package.inspection.framework.screening))

    def items(self, kind: str) -> tuple[Item, ...]:
        """The lines about one kind of subject, with the entry cells that this layout has."""
        screening = self.package.inspection.framework.screening
        items = items_of(self.package.framework, kind, screening, self.language_)
        if self.layout == "sheets":
            return items
        return tuple(
            replace(
                item,
                fields=tuple(f for f in item.fields if f in ROWS_FIELDS and (f == "answer" or item.sort != "fact")),
            )
            for item in items
        )

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The kinds that are found in another, by the kind they are found in; none in a row for each case."""
        found: dict[str, tuple[str, ...]] = {}
        for subject in self.package.framework.subjects if self.layout == "sheets" else ():
            if subject.found_in and self.items(subject.id):
                found[subject.found_in] = (*found.get(subject.found_in, ()), subject.id)
        return found

    # What stands now -------------------------------------------------------------------------------------------------

    @cached_property
    def heads(self) -> dict[Address, tuple[AnswerEvent, ...]]:
        """The events that stand at each address."""
        return heads(self.package.counted)

    @cached_property
    def shown(self) -> Mapping[tuple[str, str], Mapping[str, tuple[AnswerEvent, ...]]]:
        """The recordings that this pass shows, by subject and question."""
        return current(self.heads if self.pass_ in COUNTED_PASSES else self._own_pass)

    @property
    def _own_pass(self) -> dict[Address, tuple[AnswerEvent, ...]]:
        own = {address: found for address, found in self.heads.items() if address.pass_ == self.pass_}
        return {address._replace(pass_="first"): found for address, found in own.items()}  # noqa: S106

    @cached_property
    def sheets(self) -> Mapping[tuple[str, str], Sheet]:
        """The sheet of each subject and of each row found, as rules see them in this pass."""
        package = self.package
        standing = self.heads if self.pass_ in COUNTED_PASSES else self._own_pass
        found = sheets(
            package.framework,
            Examined(package, self.language_).subjects,
            standing,
            screening=package.inspection.framework.screening,
            holidays=package.holidays,
            outside=not_asked(package),
        )
        return {(sheet.subject.kind, sheet.subject.key): sheet for sheet in found}

    def outside(self, record: Record) -> frozenset[str]:
        """The questions that are not asked of a case, because it was not drawn for their form."""
        framework = self.package.framework
        kind = framework.subject_by_id[record.kind].found_in or record.kind
        return self._outside.get(record.key, frozenset()) if kind == framework.subjects[0].id else frozenset()

    @cached_property
    def _outside(self) -> Mapping[str, frozenset[str]]:
        return not_asked(self.package)

    @cached_property
    def _locators(self) -> Mapping[str, Sequence[Locator]]:
        found: dict[str, list[Locator]] = {}
        for locator in self.package.locators:
            found.setdefault(locator.op_id, []).append(locator)
        return found

    @cached_property
    def _actions(self) -> Mapping[tuple[str, str, str], Sequence[Action]]:
        found: dict[tuple[str, str, str], list[Action]] = {}
        for action in self.package.actions:
            if action.status == "open":
                found.setdefault((action.subject_kind, action.subject_key, action.question_id), []).append(action)
        return found

    # The book --------------------------------------------------------------------------------------------------------

    def book(self, keys: Iterable[str] = ()) -> Book:
        """The workbook of all examined subjects, or of those with these keys."""
        from caselight.formats.framework_yaml import digest

        package, wanted = self.package, set(keys)
        framework = package.framework
        meta = Meta(
            package.inspection.id, framework.id, framework.version, digest(framework), self.layout, self.pass_,
            self.language_, package.inspection.kind,
        )  # fmt: skip
        chosen = [s for s in self._subjects if not wanted or s.key in wanted]
        return Book(meta, tuple(self._record(subject) for subject in chosen)).identified()

    @property
    def _subjects(self) -> Iterable[Subject]:
        """Everybody that questions are asked about, kind by kind in the order of the framework, then by label."""
        order = [subject.id for subject in self.package.framework.subjects]
        examined = (s for s in Examined(self.package, self.language_).subjects if s.kind in order)
        asked = (
            s for s in examined if any(item.sort != "fact" for item in self.items(s.kind)) or s.kind in self.tables
        )
        return sorted(asked, key=lambda s: (order.index(s.kind), s.label, s.key))

    def _record(self, subject: Subject) -> Record:
        entries = self._entries(subject.kind, subject.key, "", subject)
        found = {kind: self._rows(kind, subject) for kind in self.tables.get(subject.kind, ())}
        supplied = {
            item.key: self._fact_text(item, subject.supplied.get(item.name)) for item in self._facts(subject.kind)
        }
        return Record(
            subject.kind, subject.key, subject.label, subject.managed_by, entries=entries,
            supplied={key: text for key, text in supplied.items() if text}, found=found,
        )  # fmt: skip

    def _facts(self, kind: str) -> Iterable[Item]:
        return (item for item in self.items(kind) if item.sort == "fact")

    def _rows(self, kind: str, parent: Subject) -> tuple[Record, ...]:
        keys = sorted(
            key.rpartition(BETWEEN)[2]
            for (own, key) in self.shown
            if own == kind and key.rpartition(BETWEEN)[0] == parent.key
        )
        noun = next(s.one.in_(self.language_) for s in self.package.framework.subjects if s.id == kind)
        free = [f"new-{at}" for at in range(1, max(FREE_ROWS, LEAST_ROWS - len(keys)) + 1)]
        return tuple(
            Record(
                kind, parent.key, f"{noun.capitalize()} {at}", row_key=key, free=key in free,
                entries={} if key in free else self._entries(kind, parent.key, key, None),
            )
            for at, key in enumerate((*keys, *free), 1)
        )  # fmt: skip

    def _entries(self, kind: str, key: str, row_key: str, subject: Subject | None) -> dict[str, Entry]:
        subject_key = row_subject(key, row_key) if row_key else key
        shown = self.shown.get((kind, subject_key), {})
        entries = {}
        for item in self.items(kind):
            if item.sort == "computed":
                continue
            entry = self._entry(item, shown.get(item.event, ()), self.address(item, kind, key, row_key), subject)
            if not entry.empty:
                entries[item.key] = entry
        return entries

    def address(self, item: Item, kind: str, key: str, row_key: str) -> Address:
        """The address of the events that a line records."""
        framework = self.package.framework
        tool = tool_of(framework, kind) if item.sort == "fact" else None
        name = tool.id if tool else framework.questions[item.name].tool if item.sort != "fact" else ""
        parent = next((s.found_in for s in framework.subjects if s.id == kind and s.found_in), None)
        subject_kind, table = (parent or kind, kind if row_key else "")
        return Address(name, subject_kind, key, table, row_key, item.event, self.pass_)

    def _entry(self, item: Item, shown: Sequence[AnswerEvent], address: Address, subject: Subject | None) -> Entry:
        bases = tuple(event.op_id for event in self.heads.get(address, ()))
        moderated = self.pass_ == "first" and any(event.pass_ == "moderated" for event in shown)  # noqa: S105
        locked = words.MODERATED if moderated else ""
        if item.sort == "fact":
            texts = self._fact_texts(item, shown, subject)
            if self.pass_ not in COUNTED_PASSES:
                locked = words.FACTS_ELSEWHERE
        elif len(shown) != 1:
            texts = {}
        elif item.sort == "option":
            texts = dict(ticked(item, shown[0]))
        else:
            event = shown[0]
            texts = answer_texts(item, event, self.lists, self.package.framework, self._locators.get(event.op_id, ()))
        texts, action = self._with_action(texts, item, address)
        if any(len(text) > LONGEST_TEXT for text in texts.values()):
            texts, locked = {name: text[:LONGEST_TEXT] for name, text in texts.items()}, words.TOO_LONG
        return Entry(texts, bases, locked, len(shown) > 1, action)

    def _fact_texts(self, item: Item, shown: Sequence[AnswerEvent], subject: Subject | None) -> dict[str, str]:
        if len(shown) > 1:
            return {}
        if not shown:
            text = self._fact_text(item, subject.facts.get(item.name)) if subject else ""
            return {"answer": text} if text else {}
        value, note = ("" if shown[0].withdrawn else shown[0].value), shown[0].note
        texts = {"answer": self._fact_text(item, value), "note": note}
        return {name: text for name, text in texts.items() if text}

    def _fact_text(self, item: Item, value: FactValue) -> str:
        if value is None or value == "":
            return ""
        return self.lists[item.answers].label(str(value)) if item.answers else str(value)

    def _with_action(self, texts: dict[str, str], item: Item, address: Address) -> tuple[dict[str, str], str]:
        """The open action about the same subject and question beside the answer; the first, where there are several."""
        if "action" not in item.fields or address.row_key:
            return texts, ""
        found = self._actions.get((address.subject_kind, address.subject_key, address.question_id), ())
        if not found:
            return texts, ""
        action = min(found, key=lambda one: one.id)
        own = {"action": action.text, "owner": action.owner, "due": action.due.isoformat() if action.due else ""}
        return texts | {name: text for name, text in own.items() if text}, action.id
