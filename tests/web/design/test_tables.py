"""Tables are sorted, filtered and downloaded by their address; a file holds what is shown, and no formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from caselight.web.design.grids import grid
from caselight.web.design.tables import Column, Link, Table, Tag, download, shown

COLUMNS = (Column("case", "Case", "link"), Column("age", "Age", "number"), Column("seen", "Seen", "date"),
           Column("state", "State", "tag"), Column("act", "", plain=True))  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"case": Link("Case 10", "/10"), "age": 9, "seen": date(2027, 3, 9), "state": Tag("Begun", "blue"), "act": "x"},
    {"case": Link("Case 2", "/2"), "age": 16, "seen": date(2026, 12, 1), "state": Tag("Complete"), "act": "x"},
    {"case": Link("case 1", "/1"), "age": None, "seen": None, "state": None, "act": "x"},
]
TABLE = Table("Cases", COLUMNS, ROWS, name="cases")


def cases(query: str) -> list[str]:
    return [row["case"].text for row in shown(TABLE, QueryDict(query)).rows]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "10 2 1"),
        ("cases.sort=case", "1 2 10"),
        ("cases.sort=-case", "10 2 1"),
        ("cases.sort=age", "10 2 1"),
        ("cases.sort=seen", "2 10 1"),
        ("cases.sort=act", "10 2 1"),
        ("cases.sort=nonsense", "10 2 1"),
        ("other.sort=case", "10 2 1"),
        ("cases.state=comp", "2"),
        ("cases.seen=march+2027", "10"),
        ("cases.case=CASE&cases.age=16", "2"),
        ("cases.act=x&cases.nonsense=x", "10 2 1"),
    ],
)
def test_an_address_says_which_rows_and_in_which_order(query: str, order: str) -> None:
    assert [text.split()[1] for text in cases(query)] == order.split()


def test_a_head_sorts_down_then_up_and_says_how_it_stands() -> None:
    heads = grid(shown(TABLE, QueryDict("page=2")), QueryDict("page=2")).heads
    assert (heads[0].href, heads[0].order) == ("?page=2&cases.sort=case", "none")
    query = QueryDict("cases.sort=case")
    heads = grid(shown(TABLE, query), query).heads
    assert (heads[0].href, heads[0].order) == ("?cases.sort=-case", "ascending")
    assert heads[4].href == "", "a column of buttons is not sorted by"


def test_filtering_keeps_the_rest_of_the_address_and_showing_all_takes_only_filters_away() -> None:
    query = QueryDict("theme=a&cases.sort=case&cases.age=16")
    made = grid(shown(TABLE, query), query)
    assert made.kept == [("theme", "a"), ("cases.sort", "case")]
    assert made.everything == "?theme=a&cases.sort=case"
    assert made.filtered


def table_with(text: str) -> Table:
    return Table("Cases", (Column("note", "Note"), Column("n", "n", "number")), [{"note": text, "n": -3}], name="notes")


def test_nothing_is_downloaded_unless_the_address_asks_for_this_table() -> None:
    for query in ({}, {"as": "pdf"}, {"as": "csv", "table": "other"}):
        assert download(RequestFactory().get("/", query), TABLE) is None


def test_a_download_holds_exactly_what_is_shown() -> None:
    answer = download(RequestFactory().get("/", {"as": "csv", "cases.state": "e", "cases.sort": "case"}), TABLE)
    assert answer is not None
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["Case", "Age", "Seen", "State"], ["Case 2", "16", "2026-12-01", "Complete"],
                    ["Case 10", "9", "2027-03-09", "Begun"]]  # fmt: skip
    assert answer["Content-Disposition"] == 'attachment; filename="cases.csv"'


def test_a_workbook_holds_numbers_as_numbers_and_days_as_days() -> None:
    answer = download(RequestFactory().get("/", {"as": "xlsx"}), TABLE)
    assert answer is not None
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[1] == ["Case 10", 9.0, date(2027, 3, 9), "Begun"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "\t=1", " =1", "\r=1"])
def test_no_text_is_a_formula_in_any_file(text: str) -> None:
    for kind in ("csv", "xlsx"):
        answer = download(RequestFactory().get("/", {"as": kind}), table_with(text))
        assert answer is not None
        if kind == "csv":
            row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))[1]
            assert row == [f"'{text}", "-3"], "a number stays a number"
        else:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
            assert sheet[1][1] == -3
            assert isinstance(sheet[1][0], str)
