"""The rows of a file as cases: which are eligible, which are left out and why, and which cells must be mended first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from caselight.method.answers.fact_values import fact_value
from caselight.method.caseload.case import FactValue
from caselight.method.caseload.eligibility import Span, judge, window
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.inspection.definition import Dates
from caselight.procedures.case_lists import targets
from caselight.procedures.case_lists.cells import NOT_KNOWN, day_of, fact_text
from caselight.procedures.case_lists.preparing import OUT, Preparing, letters
from caselight.procedures.case_lists.targets import plain

ELIGIBLE, INELIGIBLE, LEFT, FAULTY, FURTHER, THERE = (
    "eligible", "not eligible", "left out", "to fix", "further row", "already there"
)  # fmt: skip
BECAUSE: Mapping[str, str] = {
    "date_missing": "No start date",
    "too_early": "Began before the window opened",
    "too_late": "Began after the window closed",
    "excluded": "Left out by the eligibility rule",
    "not_known": "Eligibility cannot be told",
    "closed": "Looks closed",
    **OUT,
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be taken as it is. ``row`` and ``column`` are places in the table, from 0."""

    row: int
    column: int
    target: str
    text: str
    says: str
    cure: str

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet program names it."""
        return f"{letters(self.column)}{self.row + 1}"


@dataclass
class Row:
    """One row as a case. ``state`` is one of those above; ``why`` a code of ``BECAUSE``, ``reason`` the words."""

    place: int
    facts: dict[str, str]
    local_id: str = ""
    name: str = ""
    born: date | None = None
    manager: str = ""
    closed: date | None = None
    state: str = ELIGIBLE
    why: str = ""
    reason: str = ""
    faults: list[CellFault] = field(default_factory=list)

    @property
    def child(self) -> str:
        """What tells the child from others: the record number, else name and birth; empty where nothing does."""
        return plain(self.local_id) or (f"{plain(self.name)}|{self.born or ''}" if self.name else "")


@dataclass(frozen=True)
class Checked:
    """All rows, and how many are in which state."""

    rows: tuple[Row, ...]

    @property
    def faults(self) -> list[CellFault]:
        """What must be mended, in the order of the rows."""
        return [fault for row in self.rows if row.state == FAULTY for fault in row.faults]

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows are not eligible or left out, with how many, the commonest first."""
        why = Counter(BECAUSE[row.why] for row in self.rows if row.why and row.state in (INELIGIBLE, LEFT))
        return why.most_common()


def checked(preparing: Preparing, framework: Framework, dates: Dates, there: frozenset[str] = frozenset()) -> Checked:
    """Every row of what is prepared. ``there`` are record numbers, as ``plain`` writes them, that the list has already."""
    rows = [_Reader(preparing, framework).row(place) for place, _ in preparing.body]
    for row in rows:
        if plain(row.local_id) in there and row.local_id:
            row.state = THERE
        elif row.place in preparing.out:
            row.state, row.why = LEFT, preparing.out[row.place]
            row.reason = OUT[row.why] + "."
        elif row.faults:
            row.state = FAULTY
    _collapse(preparing, framework, [row for row in rows if row.state == ELIGIBLE])
    span = window(framework.eligibility, dates.announced, dates.fieldwork_from) if framework.eligibility else None
    for row in rows:
        if row.state == ELIGIBLE:
            _judge(row, preparing, framework, (span, dates.fieldwork_from))
    return Checked(tuple(rows))


class _Reader:
    """Reads rows by the columns that were chosen."""

    def __init__(self, preparing: Preparing, framework: Framework) -> None:
        self.preparing = preparing
        self.facts = {fact.id: fact for fact in targets.facts_supplied(framework)}
        self.of = {target: place for place, target in preparing.columns.items()}

    def row(self, place: int) -> Row:
        """One row with what is wrong in it."""
        said = {target: self.preparing.text(place, column) for target, column in self.of.items()}
        given = " ".join(said.get(one, "") for one in (targets.GIVEN, targets.FAMILY)).strip()
        row = Row(place, {}, said.get(targets.LOCAL_ID, ""), said.get(targets.NAME, "") or given)
        row.manager = said.get(targets.MANAGER, "")
        for target in (targets.BORN, targets.CLOSED):
            found, wrong = self._day(place, target, said.get(target, ""))
            row.born, row.closed = (found, row.closed) if target == targets.BORN else (row.born, found)
            row.faults += wrong
        if self.of.keys() & {targets.LOCAL_ID} and not row.local_id:
            row.faults.append(self._fault(place, targets.LOCAL_ID, "It is empty.", "Enter the record number."))
        for name, fact in self.facts.items():
            if name in self.of:
                row.faults += self._fact(row, fact, said[name])
        return row

    def _fact(self, row: Row, fact: Fact, text: str) -> Iterator[CellFault]:
        value, wrong = fact_text(fact, text, self.preparing.words.get(fact.id, {}), self.preparing.dates)
        if value:
            row.facts[fact.id] = value
        elif wrong:
            yield self._fault(row.place, fact.id, wrong, CURES.get(fact.type, "Enter what is right."))
        elif fact.required:
            yield self._fault(row.place, fact.id, "It is empty, and this is needed.", CURES.get(fact.type, "Enter it."))

    def _day(self, place: int, target: str, text: str) -> tuple[date | None, list[CellFault]]:
        found = day_of(text, self.preparing.dates)
        wrong = not found and plain(text) not in NOT_KNOWN
        return found, [self._fault(place, target, "It is not a day.", CURES["date"])] if wrong else []

    def _fault(self, place: int, target: str, says: str, cure: str) -> CellFault:
        column = self.of[target]
        return CellFault(place, column, target, self.preparing.text(place, column), says, cure)


CURES: Mapping[str, str] = {
    "date": "Enter the day, such as 31/01/2016.",
    "integer": "Enter a whole number, such as 15.",
    "choice": "Select what it means.",
    "yes_no": "Select yes or no.",
}


def _collapse(preparing: Preparing, framework: Framework, rows: list[Row]) -> None:
    """Further rows of a child give way, or are faults where each row should be a case of its own."""
    start = framework.eligibility.start_fact if framework.eligibility else ""
    by_child: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.child:
            by_child[row.child].append(row)
    for same in by_child.values():
        ranked = sorted(
            same, key=lambda row: (row.facts.get(start, ""), -row.place), reverse=preparing.one_row == "latest"
        )
        if preparing.one_row == "each":
            ranked = same
        for further in ranked[1:]:
            if preparing.one_row == "each":
                _twice(preparing, further, ranked[0])
            else:
                further.state = FURTHER


def _twice(preparing: Preparing, row: Row, first: Row) -> None:
    target = targets.LOCAL_ID if row.local_id else targets.NAME
    column = preparing.place_of(target) if preparing.place_of(target) is not None else preparing.place_of(targets.GIVEN)
    says = f"The same child stands in row {first.place + 1}."
    cure = "Mend the one that is wrong, leave this row out, or go back and say that a child may have several rows."
    row.faults.append(CellFault(row.place, column or 0, target, preparing.text(row.place, column or 0), says, cure))
    row.state = FAULTY


def _judge(row: Row, preparing: Preparing, framework: Framework, when: tuple[Span | None, date]) -> None:
    span, fieldwork = when
    if row.closed and row.closed < fieldwork and preparing.closed == "leave":
        row.state, row.why, row.reason = INELIGIBLE, "closed", f"Closed on {row.closed}, before the fieldwork."
    elif framework.eligibility and span:
        verdict = judge(typed(row.facts, framework), span, framework.eligibility)
        if not verdict.eligible:
            row.state, row.why, row.reason = INELIGIBLE, verdict.code, verdict.reason


def typed(texts: Mapping[str, str], framework: Framework) -> dict[str, FactValue]:
    """Facts as the framework types them."""
    return {name: fact_value(framework.fact_by_id[name], text)[0] for name, text in texts.items()}
