"""The official layouts, as their facts are known: two data tools, tables for people, and what may stand in their cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from xlsxwriter import Workbook

from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.reading import read_published
from caselight.method.faults import Faults
from caselight.method.reoffending.published import People, RateName, State

RELEASED = About(date(2022, 1, 27))
OVERVIEW = (
    "adult_child",
    "cohort",
    "region",
    "category",
    "subcat1",
    "subcat2",
    "offenders",
    "reoffenders",
    "reoffences",
)
GEOGRAPHY = ("Adult / Juvenile", "Cohort", "Geography", "Category", "Offenders", "Reoffenders")


def book(path, sheets, merged=()):
    made = Workbook(path)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(number, column, value)
        for where, text in merged:
            sheet.merge_range(where, text)
    made.close()
    return path


def read(tmp_path, rows, about=RELEASED, sheet="Data"):
    return read_published(book(tmp_path / "tool.xlsx", {"Cover": [["Proven reoffending"]], sheet: rows}), about).cells


def refused(tmp_path, rows, about=RELEASED):
    with pytest.raises(Faults) as found:
        read(tmp_path, rows, about)
    return [(fault.code, str(fault.place)) for fault in found.value]


def test_the_overview_tool_is_read_with_the_cell_of_every_number(tmp_path):
    rows = [
        OVERVIEW,
        ("Child", "Apr 2012 to Mar 2013", "England and Wales", "Total", "Total", "Total", 64281, 26374, 80000),
        (
            "Adult",
            "Apr 2012 to Mar 2013",
            "England and Wales",
            "Index offence total",
            "Theft",
            "Total",
            1000,
            "*",
            "..",
        ),
    ]
    child, adult = read(tmp_path, rows)
    assert (child.measure, child.people, child.breakdown) == ("EW-3M", People.CHILDREN, ())
    assert (child.entries.value, child.entries.cell, child.reoffences.cell) == (64281, "G2", "I2")
    assert child.recomputed(RateName.BINARY) == Decimal("41.0")
    assert child.cohort.days == (date(2012, 4, 1), date(2013, 3, 31))
    assert adult.breakdown == ("Index offence total", "Theft")
    assert [one.state for one in adult.counts.values()] == [State.PUBLISHED, State.WITHHELD, State.NOT_PUBLISHED]
    assert (child.provenance.sheet, child.provenance.file, len(child.provenance.sha256)) == ("Data", "tool.xlsx", 64)


def test_the_geographical_tool_is_read_by_the_names_of_its_columns(tmp_path):
    rows = [
        ("Proven reoffending by area",),
        (),
        GEOGRAPHY,
        ("Juvenile", "Jul 2016 to Jun 2017", "Westminster", "UTLA total", 118, 51),
        ("Adult", "Jul 2016 to Jun 2017", "Westminster", "UTLA total", "1,904", 593),
    ]
    child, adult = read(tmp_path, rows)
    assert (child.area.name, child.people, child.breakdown) == ("Westminster", People.CHILDREN, ())
    assert (child.entries.value, child.reoffenders.cell) == (118, "F4")
    assert adult.entries.value == 1904
    assert child.reoffences.state is State.NOT_GIVEN


def test_all_that_is_wrong_in_a_list_is_told_at_once_with_its_cell(tmp_path):
    rows = [
        OVERVIEW,
        ("Child", "Apr 2012 to Sep 2012", "England and Wales", "Total", "", "", 10, 5, 6),
        ("Somebody", "Apr 2012 to Mar 2013", "", "Total", "", "", 10, 5, 6),
        ("Child", "Apr 2012 to Mar 2013", "Testshire", "Total", "", "", -10, 5.5, "many"),
        ("Child", "Apr 2013 to Mar 2014", "Testshire", "Total", "", "", 10, 5, 6),
        ("Child", "Apr 2013 to Mar 2014", "Testshire", "Total", "", "", 11, 5, 6),
    ]
    at = "tool.xlsx [Data]:"
    assert refused(tmp_path, rows) == [
        ("reoffending.unknown-cohort", at + "B2"),
        ("reoffending.unknown-people", at + "A3"),
        ("reoffending.no-area", at + "C3"),
        ("reoffending.bad-cell", at + "G4"),
        ("reoffending.bad-cell", at + "H4"),
        ("reoffending.bad-cell", at + "I4"),
        ("reoffending.row-twice", at + "C6"),
    ]


YEARS = (
    "Apr 2018-Mar 2019",
    "Apr 2019-Mar 2020(1)",
    "",
    "Year ending March 2019 to March 2020",
    "",
    "Apr - Jun 2019",
    "Jul - Sep 2019",
)
BY_SEX = [
    ("Table 9.2: Proven reoffending data for children in England and Wales by sex, years ending March 2019 to 2020",),
    (),
    (),
    ("Sex", *YEARS),
    ("Boys(2)",),
    ("Number of reoffenders", 7000, 6288, "", -0.1, "", 1760, 1590),
    ("Number of reoffences", 24000, 22417, "", -0.07, "", 6200, 5900),
    ("Number of children in cohort", 19000, 17549, "", -0.08, "", 4770, 4560),
    ("Proportion of children who reoffend (%)", 36.842105, 35.831101, "", -1.0, "", 36.9, 34.9),
    ("Average number of reoffences per reoffender", 3.43, 3.57, "", 0.1, "", 3.52, 3.71),
    ("Girls3",),
    ("Number of reoffenders", 900, 791, "", -0.1, "", 12, ".."),
    ("Number of children in cohort", 3500, 3146, "", -0.1, "", 20, 0),
    ("Proportion of children who reoffend (%)", 25.7, 25.1, "", -0.6, "", "*", ".."),
    ("1. The newest year.",),
]  # fmt: skip


def test_a_table_for_people_is_read_by_its_cohorts_groups_and_row_names(tmp_path):
    found = {(one.breakdown[-1], one.cohort.name): one for one in read(tmp_path, BY_SEX, sheet="Table 9.2 whatever")}
    assert {group for group, _ in found} == {"Boys", "Girls"}
    assert {cohort for _, cohort in found} == {
        "Apr 2018-Mar 2019",
        "Apr 2019-Mar 2020",
        "Apr - Jun 2019",
        "Jul - Sep 2019",
    }
    boys = found["Boys", "Apr 2019-Mar 2020"]
    assert (boys.entries.value, boys.reoffenders.value, boys.reoffences.value) == (17549, 6288, 22417)
    assert (boys.entries.cell, boys.breakdown) == ("C8", ("Sex", "Boys"))
    assert str(boys.rates[RateName.BINARY].value) == "35.8"  # what the cell shows, not all that it keeps
    assert str(boys.rates[RateName.PER_REOFFENDER].value) == "3.57"


def test_a_withheld_rate_is_withheld_and_its_counts_stay(tmp_path):
    found = {(one.breakdown[-1], one.cohort.name): one for one in read(tmp_path, BY_SEX)}
    few, none = found["Girls", "Apr - Jun 2019"], found["Girls", "Jul - Sep 2019"]
    assert (few.entries.value, few.rates[RateName.BINARY].state, few.quoted()) == (20, State.WITHHELD, None)
    assert (none.reoffenders.state, none.entries.value) == (State.NOT_PUBLISHED, 0)


def test_cohorts_under_merged_cells_are_put_together(tmp_path):
    rows = [
        (),
        ("", "", "", "", ""),
        ("", 2019, "2020(1)", "Apr - Jun", "Jul - Sep"),
        ("Boys",),
        ("Number of reoffenders", 1, 2, 3, 4),
    ]
    merged = [("B2:C2", "Years ending March"), ("D2:E2", "2019"), ("A2:A3", "Sex")]
    found = read_published(book(tmp_path / "t.xlsx", {"3": rows}, merged), RELEASED).cells
    assert [one.cohort.days[0].isoformat() for one in found] == ["2018-04-01", "2019-04-01", "2019-04-01", "2019-07-01"]
    assert [one.reoffenders.value for one in found] == [1, 2, 3, 4]
    assert {one.breakdown for one in found} == {("Sex", "Boys")}


def test_a_table_of_time_to_reoffence_counts_reoffences_and_leaves_its_shares(tmp_path):
    rows = [
        ("Time to reoffence(1)", "Apr 2018-Mar 2019", "Apr 2019-Mar 2020(2)"),
        ("Number of reoffences",),
        ("Within month 1", 4000, 3236),
        ("Within month 2", 3500, 2889),
        ("Percentage of reoffences",),
        ("Within month 1", 0.13, 0.125),
    ]
    found = read(tmp_path, rows)
    assert {one.breakdown[-1]: one.reoffences.value for one in found if one.cohort.name == "Apr 2019-Mar 2020"} == {
        "Within month 1": 3236, "Within month 2": 2889,
    }  # fmt: skip


def test_the_second_table_of_a_sheet_goes_on_with_its_own_cohorts(tmp_path):
    below = [(), ("Sex", "Apr - Jun 2019", "Jul - Sep 2019"), ("Boys",), ("Number of reoffenders", 5, 6)]
    found = {
        one.cohort.name: one.reoffenders.value
        for one in read(tmp_path, [YEARS[:1], *BY_SEX[3:6], *below])
        if one.cohort.months == 3
    }
    assert found == {"Apr - Jun 2019": 5, "Jul - Sep 2019": 6}


def test_a_row_of_numbers_that_nobody_names_is_a_fault(tmp_path):
    rows = [("Sex", "Apr 2018-Mar 2019", "Apr 2019-Mar 2020"), ("Boys", 4000, 3236)]
    assert refused(tmp_path, rows) == [("reoffending.unknown-row", "tool.xlsx [Data]:A2")]


def test_a_file_without_such_a_table_says_so_and_a_broken_one_is_refused(tmp_path):
    assert [code for code, _ in refused(tmp_path, [("Name", "Town"), ("A", "B")])] == ["reoffending.no-table"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(Faults, match=r"workbook\.broken"):
        read_published(tmp_path / "broken.xlsx", RELEASED)


@pytest.mark.parametrize(
    ("day", "measure"), [("2015-10-29", "EW-12M"), ("2017-07-27", "EW-12M"), ("2017-10-26", "EW-3M")]
)
def test_the_day_of_publication_decides_the_measure(tmp_path, day, measure):
    rows = [GEOGRAPHY, ("Juvenile", "Jul 2012 to Jun 2013", "Westminster", "UTLA total", 118, 51)]
    assert [one.measure for one in read(tmp_path, rows, About(date.fromisoformat(day)))] == [measure]


def test_without_day_and_measure_nothing_is_guessed(tmp_path):
    rows = [GEOGRAPHY, ("Juvenile", "Jul 2012 to Jun 2013", "Westminster", "UTLA total", 118, 51)]
    for about in (About(), About(date(2017, 8, 1))):
        with pytest.raises(Faults, match=r"reoffending\.measure-unsaid"):
            read(tmp_path, rows, about)
