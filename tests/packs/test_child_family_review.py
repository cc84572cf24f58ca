"""The worked tests of the child and family case review: items from answers, outcomes from items, conformity from cases."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.factories.worked import FOLDERS, Rows, Worked, shipped

from caselight.formats.framework_yaml import copy_framework, framework_faults
from caselight.method.wording.numbers import rounded

PACK = shipped("child-family-review")
ITEMS = {"S": "strength", "ANI": "ani", "NA": "NA"}
FOSTER = {"case_type": "foster"}
REPORTED: Rows = {"c1": {"report": {"r1": {"accepted_on": "2015-06-01"}}}}


def one(question: str, found: Rows | None = None, **said: str | int) -> str:
    """What one foster care case comes to, for a question."""
    answers = {name.replace("_", ".", 1) if name.startswith("I") else name: value for name, value in said.items()}
    return Worked(PACK, {"c1": {**FOSTER, **answers}}, found or {}).values(question)["c1"]


def value(question: str, said: dict[str, str | int], found: Rows | None = None) -> object:
    """The value of a computed question for one foster care case."""
    worked = Worked(PACK, {"c1": {**FOSTER, **said}}, found or {})
    return worked.sheet("c1").answer(question) or worked.values(question)["c1"]


def outcome(name: str, items: tuple[int, ...], ratings: str) -> object:
    """An outcome, from items that reviewers set by hand."""
    said = {f"I{number}": ITEMS[rating] for number, rating in zip(items, ratings.split(), strict=True)}
    return value(name, {**said, "removal_considered": "yes", **IN_SCOPE}, REPORTED)


IN_SCOPE: dict[str, str | int] = {
    "sibling_in_care": "yes", "visits_in_scope": "yes", "connections_in_scope": "yes", "relatives_in_scope": "yes",
    "mental_need": "yes", "parents_in_scope": "yes", "planning_exception": "no", "goal_not_due": "no",
}  # fmt: skip
NOT_APPLICABLE = "not_relevant_by_rule"


@pytest.mark.parametrize(
    ("name", "items", "ratings", "expected"),
    [
        ("P2", (7, 8, 9, 10, 11), "S S S S ANI", "sa"),
        ("P2", (7, 8, 9, 10, 11), "S S S ANI ANI", "pa"),
        ("P2", (7, 8, 9, 10, 11), "NA NA NA NA ANI", "nota"),
        ("P2", (7, 8, 9, 10, 11), "NA NA NA ANI S", "sa"),
        ("P2", (7, 8, 9, 10, 11), "NA NA NA NA NA", NOT_APPLICABLE),
        ("S2", (2, 3), "NA ANI", "nota"),
        ("P1", (4, 5, 6), "S NA ANI", "pa"),
        ("P1", (4, 5, 6), "S NA S", "sa"),
        ("W1", (12, 13, 14, 15), "S ANI S NA", "sa"),
        ("W1", (12, 13, 14, 15), "ANI ANI NA ANI", "nota"),
        ("W1", (12, 13, 14, 15), "ANI S ANI ANI", "pa"),
        ("W1", (12, 13, 14, 15), "S ANI ANI S", "pa"),
        ("S1", (1,), "ANI", "nota"),
        ("W3", (17, 18), "NA NA", NOT_APPLICABLE),
    ],
    ids=["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c18", "c19", "c20", "w1", "s1", "w3"],
)
def test_outcomes_follow_from_items(name: str, items: tuple[int, ...], ratings: str, expected: str) -> None:
    assert outcome(name, items, ratings) == expected


SAFE: dict[str, str | int] = {
    "I3.A": "yes", "I3.B": "yes", "safety_concern": "no", "I3.D1": "none", "I3.E1": "none", "I3.F": "no",
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("I3", {**SAFE}, "strength"),
        ("I3", {**SAFE, "I3.D1": "at_home"}, "ani"),
        ("I1", {"I1.A": 0, "I1.B": 0}, "strength"),
        ("I1", {"I1.A": 0, "I1.B": 2, "I1.C": "yes"}, "strength"),
        ("I1", {"I1.A": 1, "I1.B": 0, "I1.C": "no"}, "ani"),
        ("I4", {"I4.A": 2, "I4.B": "no", "I4.C1": "none", "I4.C": "yes"}, "ani"),
        ("I4", {"I4.A": 1, "I4.C1": "none", "I4.C": "yes"}, "strength"),
        ("I6", {"goal": "reunification", "I6.A3": "2015-01-01", "I6.B": "yes"}, "strength"),
        ("I9", {"connections_in_scope": "yes", "I9.A": "yes", "I9.B": "no", "I9.C": "NA", "I9.D": "NA"}, "strength"),
        ("I10", {"relatives_in_scope": "yes", "I10.A1": "yes", "I10.A2": "yes"}, "strength"),
        ("I10", {"relatives_in_scope": "yes", "I10.A1": "no", "I10.B": "no", "I10.C": "yes"}, "ani"),
    ],
    ids=["c9-none", "c9", "c12", "c13", "c14", "c16", "i4", "i6", "i9-data-only", "i10-stop", "i10"],
)
def test_items_follow_from_answers(question: str, said: dict[str, str | int], expected: str) -> None:
    assert value(question, said, REPORTED) == expected


def test_c15_an_answer_where_it_must_be_not_relevant_is_an_error() -> None:
    worked = Worked(PACK, {"c1": {**FOSTER, "I1.A": 0, "I1.B": 0, "I1.C": "yes"}}, REPORTED)
    errors = [(fault.code, fault.where) for fault in worked.faults if fault.severity.value == "error"]
    assert errors == [("answers.must-be-not-relevant", ("c1", "I1.C"))]


def test_c17_lines_that_overlap_are_told_at_load(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    copy_framework(FOLDERS["child-family-review"], folder)
    path = folder / "themes" / "p1.yaml"
    path.write_text(path.read_text("utf-8").replace("            first_match: true\n", ""), "utf-8")
    assert "framework.table-overlap" in {fault.code for fault in framework_faults(folder)[1]}


def reviewed(achieved: int, of: int) -> Worked:
    about = {f"c{n}": {**FOSTER, "I1": "strength" if n <= achieved else "ani"} for n in range(1, of + 1)}
    found = {key: {"report": {"r1": {"accepted_on": "2015-06-01"}}} for key in about}
    return Worked(PACK, {**about, "state": {}}, found, external={"national.maltreatment": "95.0"})


@pytest.mark.parametrize(
    ("achieved", "of", "percent", "grade"),
    [
        (62, 65, "95.4", "in_conformity"),
        (61, 65, "93.8", "not_in_conformity"),
        (95, 100, "95.0", "in_conformity"),
        (0, 0, "", "not_rated"),
    ],
    ids=["c10", "c11", "closed-end", "c21"],
)
def test_conformity_is_95_percent_exactly(achieved: int, of: int, percent: str, grade: str) -> None:
    worked = reviewed(achieved, of)
    reached = worked.figure("CONFORM-S1").reached
    assert reached is not None
    assert ("" if reached.value is None else str(rounded(reached.value * 100, 1))) == percent
    assert worked.grade("CONFORM-S1") == grade


def test_a_national_indicator_is_joined_by_and() -> None:
    good = reviewed(20, 20)
    assert good.grade("CONFORM-S1-R2") == "in_conformity"
    poor = Worked(PACK, good.about, good.found, external={"national.maltreatment": "94.5"})
    assert poor.grade("CONFORM-S1-R2") == "not_in_conformity"
    assert Worked(PACK, good.about, good.found).grade("CONFORM-S1-R2") not in ("in_conformity", "not_in_conformity")


def test_c22_ranks_are_a_mean_over_applicable_cases() -> None:
    cases = {"c1": ("S", "S"), "c2": ("S", "S"), "c3": ("S", "ANI"), "c4": ("ANI", "ANI")}
    about: dict[str, dict[str, str | int]] = {
        key: {**FOSTER, "removal_considered": "yes", "I2": ITEMS[a], "I3": ITEMS[b]} for key, (a, b) in cases.items()
    }
    about["c5"] = {**FOSTER, "removal_considered": "no", "I3": "NA"}
    number = Worked(PACK, {**about, "state": {}}).figure("RANK-S2").number
    assert number is not None
    assert number.value == Fraction(7, 4)


def test_a_date_that_differs_from_the_face_sheet_is_an_error() -> None:
    case = {**FOSTER, "entered_care": "2015-03-01", "I6.A3": "2015-03-02"}
    said = [fault.says for fault in Worked(PACK, {"c1": case}).faults if fault.severity.value == "error"]
    assert any("date of entry" in text for text in said)


def test_twelve_months_of_reunification_ask_for_a_second_look() -> None:
    case: dict[str, str | int] = {**FOSTER, "goal": "reunification", "entered_care": "2015-05-09", "I6.B": "yes"}
    late, early = ({**case, "reviewed_on": day} for day in ("2016-05-09", "2016-05-08"))
    assert [any("12 months" in fault.says for fault in Worked(PACK, {"c1": c}).faults) for c in (late, early)] == [
        True,
        False,
    ]


def test_an_override_keeps_what_was_computed() -> None:
    worked = Worked(PACK, {"c1": {**FOSTER, "I1.A": 0, "I1.B": 0, "I1": "ani"}}, REPORTED)
    standing = worked.sheet("c1").standing("I1")
    assert (standing.value, standing.computed_value) == ("ani", "strength")
