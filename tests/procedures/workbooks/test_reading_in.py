"""What was changed in a completed workbook becomes an answer, once, building on what stood when it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.workbooks import Office, fill, grid, packed, parts_of
from tests.procedures.workbooks.conftest import NOW, Desk

from caselight.formats.package.reading import package_faults
from caselight.method.answers.events import heads
from caselight.method.faults import errors
from caselight.procedures.workbooks.writing_out import Wish

OP = "0190a1b2-0000-7000-8000-{:012x}".format


@pytest.mark.parametrize("layout", ["sheets", "rows"])
def test_a_workbook_that_nobody_changed_adds_nothing(desk: Desk, layout: str) -> None:
    before = desk.bytes()
    desk.out("audit.xlsx", Wish(layout=layout))
    read = desk.read(desk.place / "audit.xlsx")
    assert [(one.answers, one.actions) for one in read.files] == [(0, 0)]
    assert desk.bytes() == before


def test_a_new_answer_builds_on_nothing_and_a_changed_one_on_what_stood(desk: Desk) -> None:
    before = desk.rows()
    desk.read(desk.filled({("Case 1", "A1", "answer"): "Yes", ("Case 1", "A1", "why"): None, ("Case 1", "A1", "others"): None,
                           ("Case 2", "A2.due", "answer"): "No"}))  # fmt: skip
    found = {(row["subject_key"], row["question_id"]): row for row in desk.new(before)}
    assert {key: (row["value"], row["base_op_ids"], row["actor"], row["pass"]) for key, row in found.items()} == {
        ("k1", "A1"): ("yes", OP(1), "i1", "first"),
        ("k2", "A2.due"): ("no", "", "i1", "first"),
    }
    package, faults = package_faults(desk.folder)
    assert package is not None
    assert errors(faults) == []
    assert [len(group) for group in heads(package.events).values() if len(group) > 1] == []


def test_what_was_not_changed_in_a_line_stays_as_it_was_recorded(desk: Desk) -> None:
    """Also what a cell cannot show: themes, good practice, the spaces of a note."""
    before = desk.rows()
    desk.read(desk.filled({("Case 2", "A1", "note"): "Seen in the plan."}))
    (row,) = desk.new(before)
    assert (row["value"], row["notable"], row["note"], row["base_op_ids"]) == ("yes", "yes", "Seen in the plan.", OP(3))
    desk.read(desk.filled({("Case 1", "A1", "others"): None}, "again.xlsx"))
    changed = [row for row in desk.new(before) if row["subject_key"] == "k1"]
    assert [(row["reasons"], row["note"]) for row in changed] == [("late", 'It said "later", twice.\nThen nothing.')]


def test_the_same_file_read_twice_adds_nothing_and_a_copy_gives_the_same_ids(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    file = desk.filled({("Case 2", "A2.due", "answer"): "Yes"})
    desk.read(file)
    once = desk.bytes()
    assert desk.read(file, now="2016-03-01T10:00:00Z").files[0].answers == 0
    assert desk.bytes() == once
    other.read(file)
    assert other.rows() == desk.rows()


def test_two_people_who_changed_one_answer_differently_both_stand(desk: Desk) -> None:
    before = desk.rows()
    data = desk.out()
    first = desk.filled(
        {("Case 2", "A1", "answer"): "No", ("Case 2", "A1", "why"): "Late"}, "a.xlsx", by="i1", data=data
    )
    second = desk.filled({("Case 2", "A1", "note"): "Only a note."}, "b.xlsx", by="i2", data=data)
    read = desk.read(first, second, by="")
    assert read.contested == 1
    assert {(fault.code, str(fault.place)) for fault in read.faults} == {("workbook.contested", "b.xlsx [Case 2]:E15")}
    assert {(row["actor"], row["value"], row["base_op_ids"]) for row in desk.new(before)} == {
        ("i1", "no", OP(3)),
        ("i2", "yes", OP(3)),
    }


def test_two_copies_by_one_person_that_differ_are_not_merged_either(desk: Desk) -> None:
    data = desk.out()
    first = desk.filled({("Case 2", "A2.due", "answer"): "No"}, "a.xlsx", data=data)
    second = desk.filled({("Case 2", "A2.due", "answer"): "Yes"}, "b.xlsx", data=data)
    assert desk.read(first, second).contested == 1


def test_two_people_who_say_the_same_are_recorded_once(desk: Desk) -> None:
    before = desk.rows()
    data = desk.out()
    files = [
        desk.filled({("Case 2", "A2.due", "answer"): "No"}, f"{who}.xlsx", by=who, data=data) for who in ("i1", "i2")
    ]
    assert desk.read(*files, by="").contested == 0
    assert [row["actor"] for row in desk.new(before)] == ["i1"]


def test_a_decision_between_two_answers_needs_a_reason_and_names_both(desk: Desk) -> None:
    data = desk.out()
    desk.read(
        desk.filled({("Case 2", "A2.due", "answer"): "No"}, "a.xlsx", data=data),
        desk.filled({("Case 2", "A2.due", "answer"): "Yes"}, "b.xlsx", data=data),
    )
    before = desk.rows()
    two = {row["op_id"] for row in before if row["question_id"] == "A2.due" and row["subject_key"] == "k2"}
    data = desk.out()
    assert grid(data, "Case 2")[16][4] == ""
    assert desk.faults({("Case 2", "A2.due", "answer"): "No"}, data=data) == [
        ("workbook.undecided", "audit.xlsx [Case 2]:I17")
    ]
    desk.read(
        desk.filled(
            {("Case 2", "A2.due", "answer"): "No", ("Case 2", "A2.due", "note"): "The dates say so."}, data=data
        )
    )
    (row,) = desk.new(before)
    assert (set(row["base_op_ids"].split("|")), row["resolves_reason"]) == (two, "The dates say so.")


def test_an_emptied_answer_is_taken_back_and_an_emptied_fact_is_not_known(desk: Desk) -> None:
    before = desk.rows()
    desk.read(desk.filled({("Case 1", "A2.due", "answer"): None, ("Case 1", "fact:report", "answer"): None,
                           ("Case 2", "fact:age", "answer"): 14.0, ("Case 1", "fact:begun", "answer"): 42_352}))  # fmt: skip
    found = {row["question_id"]: (row["value"], row["withdrawn"], row["base_op_ids"]) for row in desk.new(before)}
    assert found == {
        "A2.due": ("", "yes", OP(2)),
        "fact:report": ("", "no", ""),
        "fact:age": ("14", "no", ""),
        "fact:begun": ("2015-12-14", "no", ""),
    }


def test_several_answers_are_ticked_and_several_reasons_joined(desk: Desk) -> None:
    before = desk.rows()
    desk.read(desk.filled({("Worker 1", "W1.topics=law", "answer"): None, ("Case 2", "A1", "answer"): " no ",
                           ("Case 2", "A1", "others"): "Late | other", ("Case 2", "A1", "note"): "What it was."}))  # fmt: skip
    found = {row["question_id"]: (row["value"], row["reasons"]) for row in desk.new(before)}
    assert found == {"W1.topics": ("health", ""), "A1": ("no", "late|other")}


def test_not_relevant_is_recorded_with_its_reason(desk: Desk) -> None:
    before = desk.rows()
    desk.read(desk.filled({("Case 2", "A1", "answer"): None, ("Case 2", "A1", "not_relevant"): "DONE ELSEWHERE"}))
    assert [(row["value"], row["reasons"]) for row in desk.new(before)] == [("not_relevant", "elsewhere")]


def test_where_in_the_file_goes_with_the_answer(desk: Desk) -> None:
    desk.read(desk.filled({("Case 2", "A1", "where"): "Plan; page 2 | Contact log"}))
    (first,) = [row["op_id"] for row in desk.rows() if row["base_op_ids"] == OP(3)]
    places = [(row["op_id"], row["document"], row["where"]) for row in desk.rows("locators.csv")]
    assert places == [(first, "Contact log", ""), (first, "Plan", "page 2")]
    assert any("Plan; page 2" in str(cell) for row in grid(desk.out(), "Case 2") for cell in row)
    desk.read(desk.filled({("Case 2", "A1", "note"): "And more."}, "later.xlsx"))
    (last,) = [row["op_id"] for row in desk.rows() if row["base_op_ids"] == first]
    assert {row["op_id"] for row in desk.rows("locators.csv")} == {first, last}


def test_an_action_beside_an_answer_is_made_changed_and_dropped(desk: Desk) -> None:
    line = ("Case 1", "A1")
    file = desk.filled(
        {(*line, "action"): "Write to the family", (*line, "owner"): "Team manager", (*line, "due"): "2016-03-01"}
    )
    assert desk.read(file).files[0].actions == 1
    assert desk.read(file).files[0].actions == 0
    (row,) = desk.rows("actions.csv")
    key = row.pop("action_id")
    assert row == {"subject_kind": "case", "subject_key": "k1", "question_id": "A1", "text": "Write to the family",
                   "owner": "Team manager", "due": "2016-03-01", "status": "open"}  # fmt: skip
    data = desk.out()
    desk.read(desk.filled({(*line, "due"): "2016-04-01"}, data=data))
    assert [(row["action_id"], row["due"]) for row in desk.rows("actions.csv")] == [(key, "2016-04-01")]
    desk.read(desk.filled({(*line, "action"): None, (*line, "owner"): None, (*line, "due"): None}))
    assert [(row["action_id"], row["status"]) for row in desk.rows("actions.csv")] == [(key, "dropped")]


def test_two_workbooks_that_change_one_action_differently_are_refused(desk: Desk) -> None:
    line = ("Case 1", "A1")
    desk.read(desk.filled({(*line, "action"): "Write", (*line, "owner"): "Manager", (*line, "due"): "2016-03-01"}))
    data = desk.out()
    both = [desk.filled({(*line, "owner"): owner}, f"{owner}.xlsx", data=data) for owner in ("Ann", "Ben")]
    assert [fault.code for fault in desk.refused(*both).faults] == ["workbook.action-differs"]


def test_moderation_is_a_pass_of_its_own_and_locks_the_first(desk: Desk) -> None:
    before = desk.rows()
    desk.read(desk.filled({("Case 2", "A1", "answer"): "No", ("Case 2", "A1", "why"): "Late"},
                          data=desk.out("m.xlsx", Wish(pass_="moderated"))))  # fmt: skip
    assert [(row["pass"], row["base_op_ids"]) for row in desk.new(before)] == [("moderated", "")]
    data = desk.out()
    assert desk.faults({("Case 2", "A1", "answer"): "Yes"}, data=data) == [
        ("workbook.locked", "audit.xlsx [Case 2]:E15")
    ]


def test_a_second_assessment_is_blind_to_the_first(desk: Desk) -> None:
    before = desk.rows()
    data = desk.out("s.xlsx", Wish(pass_="second"))
    assert [row[4] for row in grid(data, "Case 1") if row[0] in {"A1", "A2.due"}] == ["", ""]
    desk.read(desk.filled({("Case 1", "A2.due", "answer"): "No"}, data=data))
    assert [(row["pass"], row["value"]) for row in desk.new(before)] == [("second", "no")]


def test_the_time_of_an_answer_is_when_the_file_was_saved(desk: Desk) -> None:
    before = desk.rows()
    file = desk.filled({("Case 2", "A2.due", "answer"): "No"})
    parts = parts_of(file.read_bytes())
    told = parts["docProps/core.xml"].replace(b"2000-01-01T00:00:00Z", b"2016-01-20T16:20:00Z")
    file.write_bytes(packed(parts | {"docProps/core.xml": told}))
    desk.read(file)
    desk.read(desk.filled({("Case 1", "A2.due", "answer"): "No"}, "b.xlsx"))
    assert [row["client_time"] for row in desk.new(before)] == ["2016-01-20T16:20:00Z", NOW]


def test_lines_may_be_moved_and_sheets_left_out(desk: Desk) -> None:
    before = desk.rows()
    data = desk.filled({("Case 2", "A2.due", "answer"): "No"}).read_bytes()
    rows = grid(data, "Case 2")
    at = {str(row[0]): number for number, row in enumerate(rows, 1) if row[0] in {"A1", "A2.due"}}
    swapped = {}
    for column, letter in enumerate("ABCDEFGHIJKLM"):
        for one, other in (("A1", "A2.due"), ("A2.due", "A1")):
            value = rows[at[other] - 1][column]
            swapped["Case 2", f"{letter}{at[one]}"] = value if value != "" else None
    file = desk.place / "moved.xlsx"
    file.write_bytes(fill(data, swapped))  # type: ignore[arg-type]
    desk.read(file)
    assert [(row["question_id"], row["value"]) for row in desk.new(before)] == [("A2.due", "no")]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["sheets", "rows"])
def test_what_libreoffice_saves_reads_back_alike(desk: Desk, office: Office, layout: str) -> None:
    before = desk.rows()
    data = desk.out("audit.xlsx", Wish(layout=layout))
    same = {ending: office.saved_as(data, ending, f"same-{layout}") for ending in ("ods", "xlsx")}
    for ending, content in same.items():
        (desk.place / f"same.{ending}").write_bytes(content)
        assert desk.read(desk.place / f"same.{ending}").files[0].answers == 0
    typed = {("Case 2", "A2.due", "answer"): "No", ("Case 2", "fact:begun", "answer"): 42_352.0, ("Case 2", "A1", "note"): "Ünlike, “this” & <that>\nand more"}  # fmt: skip
    if layout == "rows":
        return
    filled = desk.filled(typed, data=data).read_bytes()
    (desk.place / "filled.ods").write_bytes(office.saved_as(filled, "ods", "filled"))
    desk.read(desk.place / "filled.ods")
    found = {row["question_id"]: row["value"] for row in desk.new(before)}
    assert found == {"A2.due": "no", "fact:begun": "2015-12-14", "A1": "yes"}
    assert desk.read(desk.filled(typed, data=data)).files[0].answers == 0  # the other form of the file says the same
