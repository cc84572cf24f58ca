"""What is wrong with a completed workbook is said with file, sheet and cell, shown beside the cell, and nothing is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from lxml import etree
from tests.factories.workbooks import NS, fill, grid, names, packed, parts_of
from tests.procedures.workbooks.conftest import Desk, Typed, said

from caselight.formats.package.writing.csv_text import csv_bytes
from caselight.formats.workbook.reading import container, scanned
from caselight.procedures.workbooks.reading_in import Refused

CELLS: dict[str, tuple[Typed, str, str]] = {
    "an answer of no list": ({("Case 2", "A1", "answer"): "Perhaps"}, "workbook.not-in-list", "E15"),
    "a reason of no list": ({("Case 2", "A1", "answer"): "No", ("Case 2", "A1", "why"): "Too few"}, "workbook.not-in-list", "G15"),
    "a reason that fits another answer": ({("Case 2", "A1", "why"): "Late"}, "workbook.not-in-list", "G15"),
    "an excuse of no list": ({("Case 2", "A2.due", "not_relevant"): "Forgot"}, "workbook.not-in-list", "F17"),
    "a tick that is none": ({("Worker 1", "W1.topics=law", "answer"): "x"}, "workbook.not-in-list", "E12"),
    "both an answer and an excuse": ({("Case 2", "A1", "not_relevant"): "Done elsewhere"}, "workbook.answer-and-not-relevant", "F15"),
    "a note without an answer": ({("Case 2", "A2.due", "note"): "See plan."}, "workbook.nothing-answered", "E17"),
    "no without a reason": ({("Case 2", "A1", "answer"): "No"}, "package.no-reason", "G15"),
    "a reason that needs a note": ({("Case 2", "A1", "answer"): "No", ("Case 2", "A1", "why"): "Other"}, "package.reason-needs-note", "I15"),
    "a day that is none": ({("Case 2", "fact:begun", "answer"): "31/02/2016"}, "workbook.not-a-date", "E10"),
    "a day in an order nobody knows": ({("Case 2", "fact:begun", "answer"): "3/4/2016"}, "workbook.not-a-date", "E10"),
    "a number with a fraction": ({("Case 2", "fact:age", "answer"): 14.5}, "workbook.not-whole", "E12"),
    "a number in words": ({("Case 2", "fact:age", "answer"): "fourteen"}, "workbook.not-whole", "E12"),
    "an error of the program": ({("Case 2", "A2.due", "answer"): "#REF!"}, "workbook.error-value", "E17"),
    "a text without end": ({("Case 2", "A1", "note"): "x" * 30_001}, "workbook.too-long", "I15"),
    "an owner of no action": ({("Case 2", "A1", "owner"): "Ann"}, "workbook.action-without-text", "K15"),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_what_is_wrong_is_said_with_its_cell_and_shown_beside_it(desk: Desk, name: str) -> None:
    typed, code, cell = CELLS[name]
    sheet = next(iter(typed))[0]
    good = {("Case 1", "A2.due", "answer"): "No"}
    refused = desk.refused(desk.filled({**good, **typed}))
    assert said(refused.faults) == [(code, f"audit.xlsx [{sheet}]:{cell}")]
    assert all(fault.cure for fault in refused.faults)
    (copy,) = refused.copies
    assert copy.name == "audit.faults.xlsx"
    shown = copy.read_bytes()
    assert f"({code})" in comments(shown)
    at = (int(cell[1:]) - 1, ord(cell[0]) - 65)
    assert str(grid(shown, sheet)[at[0]][at[1]])[:9] == str(grid(desk.place / "audit.xlsx", sheet)[at[0]][at[1]])[
        :9
    ].replace("12.0", "12")
    assert grid(shown, "Case 1")[16][4] == "No"


def comments(data: bytes) -> str:
    """All that is written beside cells."""
    parts = parts_of(data)
    return " ".join(
        "".join(etree.fromstring(parts[name]).itertext()) for name in parts if name.startswith("xl/comments")
    )


def test_the_copy_with_faults_can_be_corrected_and_read_in(desk: Desk) -> None:
    before = desk.rows()
    refused = desk.refused(
        desk.filled({("Case 2", "A2.due", "answer"): "Perhaps", ("Case 1", "A2.due", "answer"): "No"})
    )
    corrected = fill(refused.copies[0].read_bytes(), {("Case 2", "E17"): "Yes"})
    (desk.place / "corrected.xlsx").write_bytes(corrected)
    desk.read(desk.place / "corrected.xlsx")
    assert {(row["subject_key"], row["value"]) for row in desk.new(before)} == {("k1", "no"), ("k2", "yes")}


def test_one_bad_file_of_three_keeps_all_of_them_out(desk: Desk) -> None:
    data = desk.out()
    good = [desk.filled({("Case 1", "A2.due", "answer"): "No"}, name, data=data) for name in ("a.xlsx", "b.xlsx")]
    bad = desk.filled({("Case 2", "A1", "answer"): "?"}, "c.xlsx", data=data)
    refused = desk.refused(*good, bad)
    assert [copy.name for copy in refused.copies] == ["c.faults.xlsx"]


def test_a_number_where_a_day_belongs_is_read_as_the_day_it_counts_and_said(desk: Desk) -> None:
    read = desk.read(desk.filled({("Case 2", "fact:begun", "answer"): 42_000.0}))
    assert said(read.faults) == []  # its cell has the form of a date, so it is one
    file = desk.filled({("Case 2", "fact:begun", "answer"): 42_352.0}, "plain.xlsx")
    data = file.read_bytes()
    file.write_bytes(edited(data, "Case 2", lambda root: _cell(root, "E10").attrib.pop("s")))
    read = desk.read(file)
    assert said(read.faults) == [("workbook.serial-date", "plain.xlsx [Case 2]:E10")]
    assert "2015-12-14" in {row["value"] for row in desk.rows() if row["question_id"] == "fact:begun"}


def edited(data: bytes, sheet: str, change: Callable[[etree._Element], object]) -> bytes:
    """A copy with the XML of one sheet changed."""
    parts = parts_of(data)
    part = f"xl/worksheets/sheet{names(data).index(sheet) + 1}.xml"
    root = etree.fromstring(parts[part])
    change(root)
    return packed(parts | {part: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})


def _cell(root: etree._Element, reference: str) -> etree._Element:
    return next(one for one in root.iter(f"{NS}c") if one.get("r") == reference)


def _row(root: etree._Element, number: int) -> etree._Element:
    return next(one for one in root.iter(f"{NS}row") if one.get("r") == str(number))


def _merge(root: etree._Element) -> None:
    merged = etree.Element(f"{NS}mergeCells", count="1")
    etree.SubElement(merged, f"{NS}mergeCell", ref="E15:F15")
    data = next(root.iter(f"{NS}sheetData"))
    data.addnext(merged)


LEFT: dict[str, tuple[Callable[[etree._Element], object], str]] = {
    "a line was taken out": (lambda root: _row(root, 15).getparent().remove(_row(root, 15)), "workbook.line-missing"),
    "cells were merged": (_merge, "workbook.merged"),
    "the row of names is gone": (lambda root: _row(root, 5).getparent().remove(_row(root, 5)), "workbook.columns-lost"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_was_done_to_a_sheet_is_said(desk: Desk, name: str) -> None:
    change, code = LEFT[name]
    (desk.place / "audit.xlsx").write_bytes(edited(desk.out(), "Case 2", change))
    assert code in {fault.code for fault in desk.refused(desk.place / "audit.xlsx").faults}


def test_a_formula_in_an_entry_cell_is_refused(desk: Desk) -> None:
    file = desk.filled({("Case 2", "A1", "note"): "1+1"}, formulas=True)
    assert said(desk.refused(file).faults) == [("workbook.formula", "audit.xlsx [Case 2]:I15")]


def test_a_line_that_was_copied_and_one_that_was_made_up_are_refused(desk: Desk) -> None:
    data = desk.out()
    twice = fill(data, {("Case 2", "A17"): "A1"})
    (desk.place / "a.xlsx").write_bytes(twice)
    assert {fault.code for fault in desk.refused(desk.place / "a.xlsx").faults} == {
        "workbook.line-twice",
        "workbook.line-missing",
    }
    (desk.place / "b.xlsx").write_bytes(fill(data, {("Case 2", "A17"): "A9"}))
    assert {fault.code for fault in desk.refused(desk.place / "b.xlsx").faults} == {
        "workbook.unknown-line",
        "workbook.line-missing",
    }


def test_a_sheet_of_another_workbook_and_a_sheet_there_twice_are_refused(desk: Desk) -> None:
    data = desk.out()
    (desk.place / "a.xlsx").write_bytes(fill(data, {("Case 2", "C1"): "0123456789abcdef"}))
    assert "workbook.foreign-sheet" in {fault.code for fault in desk.refused(desk.place / "a.xlsx").faults}
    (desk.place / "b.xlsx").write_bytes(fill(data, {("Case 2", "F1"): "k1"}))
    assert "workbook.sheet-twice" in {fault.code for fault in desk.refused(desk.place / "b.xlsx").faults}


def test_a_sheet_that_was_deleted_is_only_mentioned(desk: Desk) -> None:
    data = fill(desk.out(), {("Case 2", "A1"): "something else"})
    (desk.place / "a.xlsx").write_bytes(data)
    assert [fault.code for fault in desk.read(desk.place / "a.xlsx").faults] == ["workbook.sheet-missing"]


# ── files that are no workbook of this inspection ────────────────────────────────────────────────────────────────────


def _empty() -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.add_worksheet()
    book.close()
    return stream.getvalue()


def _no_workbook() -> bytes:
    return packed({"readme.txt": b"hello"})


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "an old Excel file with a new name": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "workbook.old-format",
    ),
    "a text": (lambda: csv_bytes("a.csv", ("a", "b"), [("1", "2")]), "workbook.not-a-workbook"),
    "nothing": (lambda: b"", "workbook.not-a-workbook"),
    "another zip": (_no_workbook, "workbook.not-a-workbook"),
    "half a zip": (lambda: _empty()[:400], "workbook.broken"),
    "an empty workbook": (_empty, "workbook.not-ours"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused(desk: Desk, name: str) -> None:
    make, code = FILES[name]
    (desk.place / "a.xlsx").write_bytes(make())
    refused = desk.refused(desk.place / "a.xlsx")
    assert ([fault.code for fault in refused.faults], refused.copies) == ([code], ())


def test_a_workbook_of_another_inspection_framework_or_sample_is_refused(desk: Desk, tmp_path: Path) -> None:
    data = desk.out()
    (desk.place / "a.xlsx").write_bytes(data)
    inspection = desk.folder / "inspection.yaml"
    text = inspection.read_text("utf-8")
    inspection.write_text(text.replace("id: test", "id: other", 1), "utf-8")
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.other-inspection"]
    inspection.write_text(text, "utf-8")
    framework = desk.folder / "framework" / "framework.yaml"
    words = framework.read_text("utf-8")
    framework.write_text(words.replace("Was the plan good enough?", "Was the plan good?"), "utf-8")
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.other-framework"]
    framework.write_text(words, "utf-8")
    sample = desk.folder / "sample.csv"
    sample.write_text(sample.read_text("utf-8").replace("k2,2,all,drawn", "k2,2,all,reserve"), "utf-8")
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.unknown-subject"]


def test_a_workbook_written_from_a_fuller_copy_is_refused(desk: Desk) -> None:
    file = desk.filled({("Case 2", "A1", "note"): "Seen."})
    answers = desk.folder / "answers.csv"
    rows = answers.read_text("utf-8").splitlines(keepends=True)
    answers.write_text("".join(row for row in rows if "000000000003" not in row), "utf-8")
    assert said(desk.refused(file).faults) == [("workbook.unknown-base", "audit.xlsx [Case 2]:E15")]


def test_a_changed_memory_is_noticed(desk: Desk) -> None:
    data = desk.out()
    rows = grid(data, "Record")
    row = next(at for at, line in enumerate(rows, 1) if line[4] == "A1" and line[2] == "k2")
    (desk.place / "a.xlsx").write_bytes(fill(data, {("Record", f"J{row}"): "No"}))
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.record-damaged"]


def test_somebody_of_the_team_must_have_filled_it_in(desk: Desk) -> None:
    data = desk.out()
    nobody = desk.filled({}, "a.xlsx", data=data)
    assert said(desk.refused(nobody, by="").faults) == [("workbook.no-author", "a.xlsx [Start here]:B6")]
    stranger = desk.filled({}, "b.xlsx", by="stranger", data=data)
    assert [fault.code for fault in desk.refused(stranger, by="").faults] == ["workbook.unknown-author"]
    other = desk.filled({("Case 2", "A2.due", "answer"): "No"}, "c.xlsx", by="i2", data=data)
    read = desk.read(other, by="i1")
    assert ([fault.code for fault in read.faults], read.files[0].author) == (["workbook.other-author"], "i2")


# ── files made to do harm ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_zip_that_unpacks_to_far_more_is_refused_before_it_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_BYTES", 2_000_000)
    bomb = packed(parts_of(desk.out()) | {"xl/media/image1.png": bytes(3_000_000)})
    (desk.place / "a.xlsx").write_bytes(bomb)
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.too-large"]


def test_a_cell_far_away_does_not_fill_the_memory(desk: Desk) -> None:
    def far(root: etree._Element) -> None:
        row = etree.SubElement(next(root.iter(f"{NS}sheetData")), f"{NS}row", r="1048576")
        cell = etree.SubElement(row, f"{NS}c", r="XFD1048576")
        etree.SubElement(cell, f"{NS}v").text = "1"

    (desk.place / "a.xlsx").write_bytes(edited(desk.out(), "Case 2", far))
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.too-large"]


def test_a_cell_of_an_ods_file_that_repeats_without_end_does_not_fill_the_memory(desk: Desk) -> None:
    head = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    body = f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>'
    content = f"<office:document-content {head}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    (desk.place / "a.ods").write_bytes(
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})
    )
    assert [fault.code for fault in desk.refused(desk.place / "a.ods").faults] == ["workbook.too-large"]


def test_entities_are_not_followed(desk: Desk) -> None:
    parts = parts_of(desk.out())
    evil = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts["xl/worksheets/sheet3.xml"].partition(b"?>")[2]
    (desk.place / "a.xlsx").write_bytes(packed(parts | {"xl/worksheets/sheet3.xml": evil}))
    assert [fault.code for fault in desk.refused(desk.place / "a.xlsx").faults] == ["workbook.broken"]


def test_whatever_bytes_change_nothing_but_faults_come_out(desk: Desk) -> None:
    data = desk.out()
    parts = parts_of(data)
    small = {
        name: parts[name]
        for name in (
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/sharedStrings.xml",
            "xl/worksheets/sheet3.xml",
        )
    }
    for name, content in small.items():
        for at in range(0, len(content), max(1, len(content) // 12)):
            broken = content[:at] + bytes([content[at] ^ 0x15]) + content[at + 1 :]
            (desk.place / "a.xlsx").write_bytes(packed(parts | {name: broken}))
            with suppress(Refused):  # anything else that comes out fails the test
                desk.read(desk.place / "a.xlsx")


def test_headers_that_lie_about_the_size_are_counted_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "MOST_CELLS", 50)
    desk.out()
    assert [fault.code for fault in desk.refused(desk.place / "audit.xlsx").faults] == ["workbook.too-large"]
    with zipfile.ZipFile(desk.place / "audit.xlsx") as archive:
        assert len(archive.namelist()) < container.MOST_PARTS
