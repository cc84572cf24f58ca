"""One subject on its sheet: where its facts and questions stand, for the rules to look at.

Each line has *states* beside it in hidden columns: whether it applies (``applies``), whether it is relevant
(``relevant``), the place of its answer in its list (``position``), what it counts as (``code``), and for what is
computed its number (``number``). A found subject looks up in the one it was found in what is not its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from caselight.formats.workbook.book import Record
from caselight.formats.workbook.formulas.looked import NOWHERE, Formula, Looked, Value, number
from caselight.formats.workbook.items import OPTION, OVERRIDE, Item
from caselight.formats.workbook.lists import Choices
from caselight.method.answers.sheet import Sheet
from caselight.method.faults import Faults
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Rows, Rule
from caselight.method.framework.truth import truth

LIST_STARTS = 2  # rows above the first entry of every list
STATES = ("applies", "relevant", "position", "code", "number")


class Place(Protocol):
    """Where the cells of one subject stand."""

    def entry(self, item: str, field: str) -> str:
        """An entry cell, or the visible cell of a computed answer, as a formula names it."""

    def state(self, item: str, name: str) -> str:
        """A state of a line."""

    def scratch(self, item: str) -> str:
        """The next free cell beside a line."""

    def put(self, cell: str, formula: Formula) -> None:
        """Write a formula into a cell."""


class Shelf(Protocol):
    """The hidden sheet of lists; ``holidays`` are the ranges of the holidays and of their years."""

    lists: Mapping[str, Choices]

    holidays: tuple[str, str]

    def labels(self, name: str) -> str:
        """The range of the labels of a list."""

    def why(self, question: str) -> tuple[str, str, str]:
        """The ranges of the reasons for No, of what was good, and of both."""


class OnSheet:
    """The cells of one subject, as rules look at them; ``found`` are the rows found in it, by kind."""

    def __init__(
        self, record: Record, items: Sequence[Item], facts: Sheet, place: Place, *, shelf: Shelf, parent: OnSheet | None
    ) -> None:
        self.record = record
        self.items = {item.key: item for item in items}
        self.facts = facts
        self.place = place
        self.shelf = shelf
        self.parent = parent
        self.found: dict[str, tuple[OnSheet, ...]] = {}
        self.line = ""  # the line that formulas are made for now: what is held stands beside it
        self.exists = ""  # the cell that says whether a row is used; empty for what is always there
        self.outside: frozenset[str] = frozenset()  # questions that are not asked of it
        self._values: dict[str, Value] = {}

    @property
    def framework(self) -> Framework:
        """The framework of the inspection."""
        return self.facts.framework

    @property
    def holidays(self) -> tuple[str, str]:
        """The ranges of the holidays and of their years."""
        return self.shelf.holidays

    def text(self, item: str, field: str) -> str:
        """What an entry cell says now."""
        return self.record.entry(item).texts.get(field, "")

    # What rules look at ----------------------------------------------------------------------------------------------

    def fact(self, name: str) -> Looked:
        """Where a fact stands; in the subject that this one was found in where it is not its own."""
        item = self.items.get(f"fact:{name}")
        if item is None:
            return self.parent.fact(name) if self.parent else NOWHERE
        codes = self.shelf.lists[item.answers].codes if item.answers else ()
        position = self.place.state(item.key, "position") if codes else ""
        return Looked(item.type, self.place.entry(item.key, "answer"), position, codes)

    def question(self, name: str) -> Looked:
        """Where a question stands."""
        item = self.items.get(name)
        if item is None:
            return self.parent.question(name) if self.parent else NOWHERE
        relevant = self.place.state(name, "relevant")
        if item.type == "number":
            return Looked("integer", self.place.state(name, "number"), relevant=relevant)
        if item.type == "several":
            options = self._options(name)
            return Looked("several", "", self.place.state(name, "position"), options=options, relevant=relevant)
        if not item.answers:
            return Looked(item.type, self.place.entry(name, "answer"), relevant=relevant)
        codes = self.shelf.lists[item.answers].codes
        return Looked(
            "choice", "", self.place.state(name, "position"), codes, relevant=relevant, outcomes=self.outcomes(item)
        )

    def _options(self, name: str) -> dict[str, str]:
        found = (item for item in self.items.values() if item.sort == "option" and item.name == name)
        return {item.option: self.place.state(f"{name}{OPTION}{item.option}", "position") for item in found}

    def outcomes(self, item: Item) -> dict[str, str | None]:
        """What each answer of a question counts as."""
        question = self.framework.questions[item.name]
        scale = self.framework.scale_by_id.get(question.scale or "")
        if scale is None:
            return {"yes": "sufficient", "no": "insufficient"}
        return {code: outcome.value if outcome else None for code, outcome in scale.outcomes.items()}

    def rows(self, rule: Rows) -> tuple[Formula, Formula]:
        """How many rows surely fit a rule, and how many surely or perhaps."""
        from caselight.formats.workbook.formulas.rules import folded, formula

        if rule.rows not in self.found:
            return self.parent.rows(rule) if self.parent else (Formula("0", 0), Formula("0", 0))
        held: list[tuple[str, float]] = []
        for row in self.found[rule.rows]:
            said = formula(rule.where, _Beside(row, self))
            value = 0.0 if row.record.free else float(said.value)
            held.append((self.hold(Formula(f"IF({row.exists}=1,{said.text},0)", value)), value))
        surely = folded("SUM", [Formula(f"INT({cell})", int(value)) for cell, value in held], self)
        perhaps = folded("SUM", [Formula(f"ROUNDUP({cell},0)", int(value + 0.5)) for cell, value in held], self)
        return surely, perhaps

    def hold(self, formula: Formula) -> str:
        """A formula in a cell of its own beside the line."""
        cell = self.place.scratch(self.line)
        self.place.put(cell, formula)
        return cell

    def truth(self, rule: Rule) -> float:
        """What a rule comes to now."""
        try:
            return number(truth(rule, self.facts))
        except Faults:  # working days in a year without listed holidays
            return 0.5

    # What states are made of -----------------------------------------------------------------------------------------

    def put(self, item: str, state: str, formula: Formula) -> str:
        """Write a state of a line, and give its cell."""
        cell = self.place.state(item, state)
        self.place.put(cell, formula)
        self._values[cell] = formula.value
        return cell

    def now(self, cell: str) -> Value:
        """What a state comes to now."""
        return self._values[cell]

    def now_of(self, name: str) -> Value:
        """Whether a question of this sheet applies now."""
        return self.now(self.place.state(name, "applies"))

    def code(self, name: str) -> str:
        """The cell that says what a question counts as; empty when it is not on the sheet."""
        if name in self.items:
            return self.place.state(name, "code")
        return self.parent.code(name) if self.parent else ""

    def position_now(self, item: Item, field: str = "answer") -> int:
        """The place of what is entered in its list; 0 for nothing and for what is not in it."""
        choices = self.shelf.lists[item.answers]
        code = choices.code(self.text(item.key, field))
        return choices.codes.index(code) + 1 if code is not None else 0

    def override(self, name: str) -> Item | None:
        """The line that takes an answer in place of a computed one."""
        return self.items.get(name + OVERRIDE)


class _Beside(OnSheet):
    """A row, seen from a line of the subject that it was found in: what is held stands beside that line."""

    def __init__(self, row: OnSheet, host: OnSheet) -> None:
        super().__init__(
            row.record, tuple(row.items.values()), row.facts, row.place, shelf=row.shelf, parent=row.parent
        )
        self.found = row.found
        self._host = host

    def hold(self, formula: Formula) -> str:
        return self._host.hold(formula)


def position(cell: str, labels: str) -> str:
    """The place of an entered label in a list, whatever its case and outer spaces; 0 when it is not in it."""
    return f"SUMPRODUCT(({labels}=TRIM({cell}))*(ROW({labels})-{LIST_STARTS}))"
