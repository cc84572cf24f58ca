"""Whatever stands in the cells of a table, it is read or refused with places: never another error, never a wrong number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.census import read_census
from caselight.formats.reoffending_tables.collecting import Collected
from caselight.formats.reoffending_tables.for_people import read_for_people
from caselight.formats.reoffending_tables.lists import read_list
from caselight.formats.reoffending_tables.long import read_long
from caselight.formats.reoffending_tables.own import COLUMNS
from caselight.formats.reoffending_tables.reading import read_published
from caselight.method.faults import Fault, Faults, Findings

ABOUT = About(date(2022, 1, 27))
LIKELY = st.sampled_from(
    ["", "Sex", "Boys", "Apr 2018-Mar 2019", "Apr 2019-Mar 2020(1)", "Apr - Jun 2019", "2019", 2020.0, "Years ending March",
     "Number of reoffenders", "Number of reoffences", "Number of children in cohort", "*", "..", "-", -1, 3, 3.5, "1,204",
     "Total", "Child", "cohort", "region", "offenders", "reoffenders", "adult_child", "measure", "count", "end_period_year",
     "end_period_month", "period_length", "Quarter", "Mar", "Time to reoffence", "Percentage of all", True, None, date(2020, 1, 1),
     float("nan"), float("inf"), "x" * 300, "٣", "²", "a|b"]
)  # fmt: skip
CELLS = LIKELY | st.text(max_size=8) | st.integers() | st.floats()
TABLES = st.lists(st.lists(CELLS, max_size=7), max_size=9)
HEADERS = {
    read_list: ([], [["Geography", "adult_child", "Cohort", "category", "Offenders", "Reoffenders"]]),
    read_for_people: ([], [["", "Sex", "Apr 2018-Mar 2019", "Apr 2019-Mar 2020(1)"], ["", "Boys"]]),
    read_long: ([], [["gender", "measure", "end_period_year", "count", "end_period_month", "period_length"]]),
}
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def refused_by(read: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults of a file; none where it was read."""
    try:
        read()
    except Faults as refused:
        return refused.faults
    return ()


@QUIET
@given(TABLES, st.sampled_from([(reader, header) for reader, headers in HEADERS.items() for header in headers]))
def test_any_table_is_read_or_its_faults_are_found(rows, begins):
    reader, header = begins
    rows = [*header, *rows]
    if reader is read_long:  # which reads CSV alone
        rows = [[str(cell) for cell in row] for row in rows]
    into = Collected("t.xlsx", "0" * 64, ABOUT, Findings(), "1")
    reader(rows, into)
    counts = [count for cell in into.cells.values() for count in cell.counts.values()]
    assert all(count.value is None or (count.value >= 0 and count.cell) for count in counts)
    assert all(fault.place for fault in into.found.all())


@QUIET
@given(
    st.text(max_size=200)
    | st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=4).map(lambda rows: "\n".join(map(",".join, rows)))
)
def test_any_csv_is_read_or_refused(tmp_path: Path, text: str):
    path = tmp_path / "t.csv"
    for header in ("", ",".join(COLUMNS) + "\n", "area,cohort,offenders,reoffenders\n"):
        path.write_text(header + text, encoding="utf-8", errors="replace", newline="")
        for read in (lambda: read_published(path, ABOUT), lambda: read_census(path, table="T", ages="all ages")):
            assert all(fault.place for fault in refused_by(read))


def test_a_census_table_with_a_short_row_is_refused_with_its_cells(tmp_path: Path):
    header = "date,geography,Ethnic Group: All categories: Ethnic group; measures: Value,Ethnic Group: White; measures: Value"
    (tmp_path / "c.csv").write_text(f"{header}\n2011,Westminster,1000\n2011\n", encoding="utf-8")
    with pytest.raises(Faults) as refused:
        read_census(tmp_path / "c.csv", table="QS201EW", ages="all ages")
    assert [str(fault.place) for fault in refused.value] == ["c.csv:D2", "c.csv:C3", "c.csv:D3"]
