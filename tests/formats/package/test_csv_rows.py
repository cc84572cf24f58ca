"""Rows come out the same wherever the blocks end in which the file is read."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from caselight.formats.package.reading import csv_rows
from caselight.formats.package.reading.csv_rows import CsvRows
from caselight.method.faults import Findings

QUICK = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
CELL = st.text('ab,"\r\n é', max_size=5)


@QUICK
@given(
    rows=st.lists(st.tuples(CELL, CELL), max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    size=st.integers(1, 12),
)
@example(rows=[("a", "b"), ("a", "b")], end="\r\n", size=6)
def test_blocks_of_any_size_give_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, str]], end: str, size: int
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("x", "y"), *rows])
    (tmp_path / "a.csv").write_bytes(text.getvalue().encode())
    monkeypatch.setattr(csv_rows, "_BLOCK", size)
    found = list(CsvRows(tmp_path / "a.csv", "a.csv", Findings()).read(("x", "y")))
    assert [(number, tuple(cells)) for number, cells in found] == list(enumerate(rows, 2))


@pytest.mark.parametrize(
    ("header", "must", "may", "cells"),
    [
        ("x,y", ("x", "y"), (), ("1", "2")),
        ("y,x", ("x", "y"), (), ("2", "1")),
        ("x,y", ("y",), (), ("2",)),
        ("x,y", ("y",), ("x", "z"), ("2", "1", "")),
    ],
)
def test_columns_come_in_the_order_asked(
    tmp_path: Path, header: str, must: tuple[str, ...], may: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\n1,2\n")
    ((number, row),) = CsvRows(tmp_path / "a.csv", "a.csv", Findings()).read(must, may)
    assert (number, tuple(row)) == (2, cells)


def test_the_limit_of_other_readers_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n2\n")
    before = csv.field_size_limit()
    rows = CsvRows(tmp_path / "a.csv", "a.csv", Findings()).read(("x",))
    next(rows)
    rows.close()
    assert csv.field_size_limit() == before
