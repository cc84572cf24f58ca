"""Histories of invented people: those of the reference files, and ours, one line an event."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.method.reoffending.cohort import Row, person_rows
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.measures import Measure, measure
from caselight.method.reoffending.months import months_from, quarters

REFERENCE = Path(__file__).parents[2] / "reference" / "reoffending"
AS_OF = date(2020, 1, 1)
KINDS = {
    "C": Kind.CAUTION,
    "N": Kind.COURT,
    "K": Kind.CUSTODY,
    "A": Kind.NOT_PROVEN,
    "R": Kind.RECALL,
    "D": Kind.DRUG_TEST,
}


@dataclass(frozen=True)
class Case:
    """A person, the calendar year whose windows are asked, and what the case shows."""

    id: str
    year: int
    events: tuple[Event, ...]
    shows: str = ""


def day(written: str) -> date | None:
    """A day as it is written, or none."""
    return date.fromisoformat(written) if written else None


def events(lines: str, person: str = "a") -> tuple[Event, ...]:
    """One event a line: ``occasion kind offence_date proven_date [release] [field=value …]``; ``-`` is no date."""
    return tuple(_event(line.split(), person) for line in lines.strip().splitlines())


def _event(words: list[str], person: str) -> Event:
    occasion, kind, offence, proven, *more = words
    release = more.pop(0) if more and "=" not in more[0] else ""
    said = dict(word.split("=") for word in more)
    numbers = {"severity": int(said.pop("severity"))} if "severity" in said else {}
    flags = {name: said.pop(name) == "1" for name in ("recordable", "breach", "in_jurisdiction", "tic") if name in said}
    born = {"born": day(said.pop("born"))} if "born" in said else {}
    return Event(
        person=person,
        occasion=occasion,
        kind=KINDS[kind],
        offence_date=day(offence.strip("-")),
        proven_date=day(proven.strip("-")),
        release_date=day(release.strip("-")),
        **numbers,
        **flags,
        **born,
        **said,
    )


def reference_cases() -> dict[str, Case]:
    """The reference cases, by id."""
    expected = {row["case_id"]: row for row in reference_rows()}
    found: dict[str, list[Event]] = {id_: [] for id_ in expected}
    for row in _rows("events.csv"):
        found[row["case_id"]].append(_delivered(row))
    return {
        id_: Case(id_, int(expected[id_]["cohort_year"]), tuple(lines), expected[id_]["description"])
        for id_, lines in found.items()
    }


def reference_rows() -> list[dict[str, str]]:
    """The lines of cases.csv."""
    return _rows("cases.csv")


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _delivered(row: Mapping[str, str]) -> Event:
    return Event(
        person=row["case_id"],
        occasion=row["occasion_id"],
        offence_date=day(row["offence_date"]),
        proven_date=day(row["proven_date"]),
        kind=Kind(row["disposal_kind"]),
        release_date=day(row["release_date"]),
        recordable=row["recordable"] == "1",
        breach=row["breach"] == "1",
        in_jurisdiction=row["in_england_wales"] == "1",
    )


def year_and_quarters(case: Case, how: Measure | None = None, as_of: date = AS_OF) -> list[Row | None]:
    """What a case comes to in its year and in its four quarters: five rows, None where there is no entry."""
    spans = [months_from(date(case.year, 1, 1), 12), *quarters(case.year)]
    rows = {row.window: row for row in person_rows(case.events, spans, how or measure("EW-12M"), as_of)}
    return [rows.get(span) for span in spans]


def in_short(rows: Iterable[Row | None]) -> list[str]:
    """``10 Feb 1/3`` for each row, ``-`` where there is none."""
    return [f"{row.index:%d %b} {int(row.reoffended)}/{row.reoffences}" if row else "-" for row in rows]
