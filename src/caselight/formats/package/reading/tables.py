"""The small tables of a package, row by row: subjects, caseload, sample, evidence, outside figures, names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caselight.formats.package.layout import CASELOAD
from caselight.formats.package.reading.cells import Cells, listed
from caselight.formats.package.reading.csv_rows import Row
from caselight.formats.reoffending_tables import own
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.fact_values import fact_value
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.faults import Fault
from caselight.method.framework.parts import Fact
from caselight.method.inspection.package import (
    Accepted,
    Action,
    CaseloadCase,
    External,
    Identity,
    Migrated,
    SampledCase,
    SizeChange,
)
from caselight.method.reoffending.cited import Comparator


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day on which nobody works."""

    day: date | None


def subject(_number: int, row: Row, _cells: Cells) -> Subject:
    """A row of ``subjects.csv``. Facts come later, from the caseload and the corrections."""
    kind, key, label, managed_by = row
    return Subject(kind, key, label, managed_by=managed_by)


def caseload_case(facts: Sequence[Fact]) -> Callable[[int, Row, Cells], CaseloadCase]:
    """Reads a row of ``caseload.csv`` whose columns after the fixed ones are these facts."""
    fixed = len(CASELOAD.columns)

    def make(number: int, row: Row, cells: Cells) -> CaseloadCase:
        key, eligible, reason, managed_by = row[:fixed]
        known: dict[str, FactValue] = {}
        for fact, cell in zip(facts, row[fixed:], strict=True):
            value, wrong = fact_value(fact, cell)
            if wrong:
                cure = "Write the fact as the framework lists it, or leave the cell empty when it is not known."
                cells.note(Fault("package.bad-fact", (), wrong, cure), number, fact.id)
            elif value is not None:
                known[fact.id] = value
        return CaseloadCase(key, cells.flag(number, "eligible", eligible), reason, known, managed_by)

    return make


def sampled_case(number: int, row: Row, cells: Cells) -> SampledCase:
    """A row of ``sample.csv``."""
    key, order, stratum, status, removed_reason, replaced_by, note, design, twice = row
    return SampledCase(
        key, cells.whole(number, "order", order), stratum, status, removed_reason, replaced_by, note, design,
        cells.flag(number, "assessed_twice", twice),
    )  # fmt: skip


def size_change(number: int, row: Row, cells: Cells) -> SizeChange:
    """A row of ``sampling.csv``."""
    design, step, part, reason, size, note = row
    return SizeChange(design, cells.whole(number, "step", step), part, reason, cells.whole(number, "size", size), note)


def locator(_number: int, row: Row, _cells: Cells) -> Locator:
    """A row of ``locators.csv``."""
    return Locator(*row)


def migrated(_number: int, row: Row, _cells: Cells) -> Migrated:
    """A row of ``migrated.csv``."""
    return Migrated(*row)


def excerpt(_number: int, row: Row, _cells: Cells) -> Excerpt:
    """A row of ``excerpts.csv``."""
    return Excerpt(*row)


def external(number: int, row: Row, cells: Cells) -> External:
    """A row of ``external.csv``."""
    key, kind, label, value, measure, area, cohort, published, source, footnote, direction, about = row
    return External(
        key, kind, label, cells.number(number, "value", value), measure, area, cohort, published, source, footnote,
        direction, listed(about),
    )  # fmt: skip


def comparator(number: int, row: Row, cells: Cells) -> Comparator:
    """A row of ``comparators.csv``."""

    def tell(column: str, says: str, cure: str) -> None:
        cells.note(Fault("reoffending.bad-cell", (), says, cure), number, column)

    return own.comparator_of(dict(zip(own.COLUMNS, row, strict=True)), tell)


def action(number: int, row: Row, cells: Cells) -> Action:
    """A row of ``actions.csv``."""
    key, kind, subject_key, question, text, owner, due, status = row
    return Action(key, kind, subject_key, question, text, owner, cells.day(number, "due", due), status)


def holiday(number: int, row: Row, cells: Cells) -> Holiday:
    """A row of ``holidays.csv``."""
    (day,) = row
    if not day:
        says = "The row has no date."
        cells.note(Fault("package.bad-date", (), says, "Give the date, or take the row out."), number, "date")
    return Holiday(cells.day(number, "date", day))


def accepted(number: int, row: Row, cells: Cells) -> Accepted:
    """A row of ``accepted.csv``."""
    claim, sentence, keys, values, snapshot, accepted_by, accepted_on, language = row
    cells.day(number, "accepted_on", accepted_on)
    return Accepted(claim, sentence, listed(keys), listed(values), snapshot, accepted_by, accepted_on, language)


def identity(number: int, row: Row, cells: Cells) -> Identity:
    """A row of ``private/identities.csv``."""
    key, name, nicknames, date_of_birth, local_id = row
    return Identity(key, name, listed(nicknames), cells.day(number, "date_of_birth", date_of_birth), local_id)
