"""A dash is what the table says that it is: nil, or no number. Where nobody says it, it is a fault and never a guess."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.formats.reoffending_tables.test_layouts import GEOGRAPHY, OVERVIEW, book, read, refused

from caselight.formats.reoffending_tables.about import About
from caselight.formats.reoffending_tables.dashes import Dash, declared
from caselight.formats.reoffending_tables.own import cells_of, comparator_of
from caselight.formats.reoffending_tables.reading import read_published
from caselight.method.faults import Faults
from caselight.method.reoffending.cited import Comparator
from caselight.method.reoffending.published import Count, RateName, State

RELEASED = About(date(2022, 1, 27))
ROWS = [GEOGRAPHY, ("Juvenile", "Jul 2016 to Jun 2017", "Rutland", "UTLA total", 4, "-")]


def test_a_dash_of_which_nobody_says_what_it_is_is_a_fault_in_its_cell(tmp_path: Path) -> None:
    assert refused(tmp_path, ROWS) == [("reoffending.dash-unsaid", "tool.xlsx [Data]:F2")]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("- = nil", Count(0, State.PUBLISHED, "F3 (- is nil: Data, row 1)")),
        ("“-” denotes nil.", Count(0, State.PUBLISHED, "F3 (- is nil: Data, row 1)")),
        ("Key: .. not available; * withheld; – zero", Count(0, State.PUBLISHED, "F3 (- is nil: Data, row 1)")),
        ("'-' not applicable", Count(None, State.NOT_PUBLISHED, "F3 (- is not applicable: Data, row 1)")),
        ("A dash (-) means not available", Count(None, State.NOT_PUBLISHED, "F3 (- is not available: Data, row 1)")),
    ],
)
def test_a_dash_is_read_as_the_notes_of_its_table_say_and_keeps_where_they_say_it(
    tmp_path: Path, note: str, expected: Count
) -> None:
    (cell,) = read(tmp_path, [(note,), *ROWS])
    assert cell.reoffenders == expected


def test_the_notes_sheet_of_the_workbook_holds_where_the_table_says_nothing(tmp_path: Path) -> None:
    made = book(tmp_path / "tool.xlsx", {"Notes": [("Symbols",), ("-", "Nil")], "Data": ROWS})
    (cell,) = read_published(made, RELEASED).cells
    assert (cell.reoffenders.value, cell.reoffenders.cell) == (0, "F2 (- is nil: Notes, row 2)")


def test_whoever_imports_a_table_may_say_what_its_notes_do_not(tmp_path: Path) -> None:
    (cell,) = read(tmp_path, ROWS, replace(RELEASED, dash=Dash.NOT_APPLICABLE))
    assert cell.reoffenders == Count(None, State.NOT_PUBLISHED, "F2 (- is not applicable: as said at the import)")


def test_what_the_table_says_may_not_be_said_otherwise(tmp_path: Path) -> None:
    rows = [("- denotes not applicable",), *ROWS]
    codes = [code for code, _ in refused(tmp_path, rows, replace(RELEASED, dash=Dash.NIL))]
    assert codes == ["reoffending.dash-unclear", "reoffending.dash-unsaid"]


def test_two_sheets_that_say_two_things_settle_nothing_for_a_third(tmp_path: Path) -> None:
    sheets = {"One": [("- = nil",)], "Two": [("- = not applicable",)], "Data": ROWS}
    made = book(tmp_path / "tool.xlsx", sheets)
    with pytest.raises(Faults, match=r"reoffending\.dash-unclear"):
        read_published(made, RELEASED)


def test_a_rate_that_is_nil_is_nought_and_one_that_does_not_apply_is_none(tmp_path: Path) -> None:
    header = (*OVERVIEW, "rate_pct_published")
    rows = [("- nil",), header, ("Child", "Apr 2012 to Mar 2013", "Rutland", "Total", "", "", 30, "–", "-", "-")]
    (cell,) = read(tmp_path, rows)
    assert [one.value for one in cell.counts.values()] == [30, 0, 0]
    assert cell.rates[RateName.BINARY].value == cell.recomputed(RateName.BINARY) == 0


def test_the_rule_is_kept_with_a_comparator_and_comes_back(tmp_path: Path) -> None:
    (cell,) = read(tmp_path, [("- = nil",), *ROWS])
    row = cells_of(Comparator("a", "A", cell))
    from caselight.formats.reoffending_tables.own import COLUMNS

    told: list[object] = []
    back = comparator_of(dict(zip(COLUMNS, row, strict=True)), lambda *what: told.append(what))
    assert told == []
    assert back.cell.reoffenders == cell.reoffenders


@pytest.mark.parametrize(
    "text",
    ["Oct - Dec 2017 not available", "Table 9.4 - not available", "10-17 is none of them", "Reoffences - none were counted",
     "A rate -: nought"],
)  # fmt: skip
def test_a_dash_within_a_sentence_declares_nothing(text: str) -> None:
    assert declared([[text]]) == []


def test_a_csv_may_be_told_too(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(",".join(GEOGRAPHY) + "\nJuvenile,Jul 2016 to Jun 2017,Rutland,UTLA total,4,-\n", "utf-8")
    (cell,) = read_published(path, replace(RELEASED, dash=Dash.NIL)).cells
    assert cell.reoffenders.value == 0
