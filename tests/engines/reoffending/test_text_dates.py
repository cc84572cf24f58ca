"""Files whose dates are text: to every engine the same as with dates, each cell that is none counted, other forms refused."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.agreeing import groups, groups_of, in_one_order, oracle
from tests.engines.reoffending.dirty import Dirt
from tests.method.reoffending.test_written_days import DAYS, NONE, OTHER

from caselight.engines.reoffending import statement
from caselight.engines.reoffending.accounting import rows_of
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import table_of
from caselight.engines.reoffending.computing import compute
from caselight.engines.reoffending.merging import Same
from caselight.engines.reoffending.sorting import sort
from caselight.engines.reoffending.text_dates import DATES, day
from caselight.method.faults import Faults
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.events import Event
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters
from caselight.method.reoffending.written_days import in_another_form, read_day

ASKED = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), rows=True)
EVENTS = [event for events in Dirt(21).people(300).values() for event in events]
CELLS = (*NONE, *(cell for cell in DAYS if cell is not None))


def written(path: Path, table: pa.Table, **columns: pa.Array) -> Path:
    for name, values in columns.items():
        table = table.set_column(table.schema.get_field_index(name), name, values)
    pq.write_table(table, path)
    return path


def texts(table: pa.Table) -> dict[str, pa.Array]:
    said = {name: [value and value.isoformat() for value in table[name].to_pylist()] for name in DATES}
    return {name: pa.array(values, pa.string()) for name, values in said.items()}


@pytest.mark.parametrize("dictionary", [False, True], ids=["text", "dictionary"])
def test_dates_as_text_come_to_the_same_as_dates(tmp_path: Path, *, dictionary: bool) -> None:
    """Whole results: entries, groups, and what was left out and set aside."""
    table = table_of(EVENTS)
    columns = {name: cells.dictionary_encode() if dictionary else cells for name, cells in texts(table).items()}
    as_dates = written(tmp_path / "dates.parquet", table)
    as_text = written(tmp_path / "text.parquet", table, **columns)

    assert compute(as_text, ASKED) == compute(as_dates, ASKED)
    assert list(rows_of(as_text, ASKED)) == list(rows_of(as_dates, ASKED))
    assert statement.compute(as_text, ASKED) == statement.compute(as_dates, ASKED)
    assert sort(as_text, tmp_path / "sorted.parquet") == len(EVENTS)
    assert pq.read_table(tmp_path / "sorted.parquet").equals(pq.read_table(as_dates))


def test_one_column_as_text_beside_dates_and_ids_of_one_person_made_one(tmp_path: Path) -> None:
    table, same = table_of(EVENTS), Same({str(n): "0" for n in range(3)}, "m")
    as_text = written(tmp_path / "text.parquet", table, proven_date=texts(table)["proven_date"])
    as_dates = written(tmp_path / "dates.parquet", table)
    assert compute(as_text, ASKED, same=same) == compute(as_dates, ASKED, same=same)


def soiled() -> tuple[list[Event], dict[str, list[str | None]]]:
    """Events, and the same as text, with cells that give no day, an empty one, or one with blanks around, among them."""
    rng, events = np.random.default_rng(4), []
    cells: dict[str, list[str | None]] = {name: [] for name in DATES}
    for event in EVENTS:
        given = {name: value and value.isoformat() for name in DATES for value in [getattr(event, name)]}
        given |= {name: CELLS[rng.integers(len(CELLS))] for name in DATES if rng.random() < 0.05}
        events.append(replace(event, **{name: read_day(cell) for name, cell in given.items()}))
        for name, cell in given.items():
            cells[name].append(cell)
    return events, cells


def test_cells_that_are_no_dates_are_counted_by_every_engine_as_by_the_oracle(tmp_path: Path) -> None:
    """Entry by entry, rule by rule; ids and names are text as well, and the rows in any order."""
    events, cells = soiled()
    names = ("person", "occasion", "offence", "area", "police_area", "sex")
    numbered = table_of(EVENTS)
    columns = {name: pa.array([getattr(event, name) for event in events]) for name in names}
    columns |= {name: pa.array(of, pa.string()) for name, of in cells.items()}
    columns["kind"] = pa.array([str(event.kind) for event in events])
    columns |= {name: pa.array([getattr(event, name) for event in events], numbered.schema.field(name).type)
                for name in numbered.column_names if name not in columns}  # fmt: skip
    path = tmp_path / "events.parquet"
    pq.write_table(pa.table(columns), path)
    people: dict[str, list[Event]] = {}
    for event in events:
        people.setdefault(event.person, []).append(event)
    rows, counted = oracle(people, ASKED)

    found = compute(path, ASKED)
    assert in_one_order(found.entries) == rows
    assert {**found.drops, **found.notes} == counted
    for rule in (Drop.NO_PROVEN_DATE, Note.OFFENCE_DATE_IMPOSSIBLE, Note.RELEASE_IMPOSSIBLE, Note.BIRTHDAY_IMPOSSIBLE):
        assert counted[rule] > 3, rule
    named = Counter(rule for _, rule in rows_of(path, ASKED))
    assert named == counted
    sorted_, plain = tmp_path / "sorted.parquet", replace(ASKED, rows=False)
    sort(path, sorted_)
    said = {(ASKED.ordered[window],): list(counts) for window, *counts in statement.compute(sorted_, plain)}
    assert said == groups_of(found) == groups(rows, ASKED)


@pytest.mark.parametrize("cell", [*CELLS, None])
def test_a_cell_is_read_as_the_oracle_reads_it(cell: str | None) -> None:
    [(found,)] = duckdb.execute(f"SELECT {day('?::VARCHAR').replace('?', '$1')}", [cell]).fetchall()
    assert found == read_day(cell)


@pytest.mark.parametrize("cell", OTHER)
def test_another_form_of_date_is_refused_with_its_first_row(tmp_path: Path, cell: str) -> None:
    table = table_of(EVENTS)
    cells = [*["2012-01-01"] * (table.num_rows - 2), cell, cell]
    path = written(tmp_path / "events.parquet", table, offence_date=pa.array(cells))
    with pytest.raises(Faults) as refused:
        compute(path, ASKED)
    [fault] = refused.value.faults
    first = table.num_rows - 1
    assert (fault.code, fault.where) == ("reoffending.date-form", ("events.parquet", "offence_date", first))
    assert f"2 rows, the first of them row {first:,}." in fault.says
    assert cell not in fault.says


def test_every_column_of_another_form_is_told_at_once_beside_what_else_is_wrong(tmp_path: Path) -> None:
    table = table_of(EVENTS)
    said = pa.array(["03/04/2012"] * table.num_rows)
    breach = pa.array(["no"] * table.num_rows)
    with pytest.raises(Faults) as refused:
        compute(written(tmp_path / "e.parquet", table, offence_date=said, born=said, breach=breach), ASKED)
    found = {(fault.code, fault.where[1]) for fault in refused.value}
    assert found == {("reoffending.date-form", "offence_date"), ("reoffending.date-form", "born"),
                     ("reoffending.column-type", "breach")}  # fmt: skip


@pytest.mark.parametrize("cell", [*CELLS, *OTHER])
def test_what_is_refused_is_what_the_oracle_says(tmp_path: Path, cell: str) -> None:
    table = table_of(EVENTS[:2])
    path = written(tmp_path / "events.parquet", table, born=pa.array([cell] * 2))
    if in_another_form(cell):
        with pytest.raises(Faults, match=r"reoffending\.date-form"):
            sort(path, tmp_path / "sorted.parquet")
    else:
        assert sort(path, tmp_path / "sorted.parquet") == 2
