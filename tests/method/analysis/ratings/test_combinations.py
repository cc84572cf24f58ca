"""Ratings made from ratings: the lowest, a sum with its tables, a first match, a matrix; what waits and what drops out."""

from __future__ import annotations

import pytest
from tests.factories.scored import (
    DOC,
    GRADES,
    LETTERS,
    cut,
    grades,
    inspected,
    judged,
    measure,
    of_service,
    rating,
    reached,
    scored,
    share,
    yes_of,
)

from caselight.method.analysis.ratings import WAYS
from caselight.method.framework import ratings

PARTS = ("J1", "J2", "J3", "J4", "J5")


def whole(name: str, *ends: tuple[str, str]):
    """A table of whole numbers from pairs of a grade and the last score of its band."""
    cuts, before = [], None
    for grade, end in ends:
        cut_ = {"grade": grade} | ({"above": before} if before else {}) | ({"to": end} if end else {})
        cuts.append(cut_)
        before = end
    return {"id": name, "whole": True, "cuts": cuts, "provenance": DOC}


SIX = whole("six", ("bad", "1"), ("weak", "3"), ("good", "5"), ("best", ""))
NINE = whole("nine", ("bad", "1"), ("weak", "4"), ("good", "7"), ("best", ""))
SUM = rating("R1", sum={"of": PARTS[:3], "tables": [{"maximum": 9, "table": "nine"}, {"maximum": 6, "table": "six"}]})


def summed(letters: str, *more):
    return reached(inspected(scored([], [*judged(*PARTS), SUM], [SIX, NINE]), grades(letters), more))


@pytest.mark.parametrize(
    ("letters", "value", "maximum", "grade"),
    [("BWB", 1, 9, "bad"), ("BWW", 2, 9, "weak"), ("GGG", 6, 9, "good"), ("TT.", 6, 6, "best"), (".WB", 1, 6, "bad")],
)
def test_a_sum_is_looked_up_in_the_table_for_what_was_possible(letters, value, maximum, grade):
    found = summed(letters)
    assert (found.value, found.maximum, found.grade) == (value, maximum, grade)


def test_a_maximum_without_a_table_needs_a_judgement():
    found = summed("T..")
    assert (found.state, found.why, found.maximum) == ("judgement_needed", "no_table", 3)


def test_a_sum_on_whole_scores_is_as_far_from_a_boundary_as_the_next_score():
    found = summed("WWB")
    assert (found.band, found.points_to_worse, found.points_to_better) == ((">1", "4"), 1, 3)


@pytest.mark.parametrize(
    ("letters", "state", "why", "deciding"),
    [("...", "not_rated", "parts_not_rated", ()), ("G?G", "incomplete", "part", ("J2",))],
)
def test_what_is_not_rated_drops_out_and_what_waits_keeps_the_whole_waiting(letters, state, why, deciding):
    lowest = rating("R1", lowest={"of": PARTS[:3]})
    for made in (scored([], [*judged(*PARTS), lowest]), scored([], [*judged(*PARTS), SUM], [SIX, NINE])):
        found = reached(inspected(made, grades(letters)))
        assert (found.state, found.why, found.deciding) == (state, why, deciding)


@pytest.mark.parametrize(
    ("letters", "grade", "deciding"), [("GTG", "good", ("J1", "J3")), ("TB.", "bad", ("J2",)), (".T.", "best", ("J2",))]
)
def test_the_lowest_grade_decides_and_says_which(letters, grade, deciding):
    found = reached(inspected(scored([], [*judged(*PARTS), rating("R1", lowest={"of": PARTS[:3]})]), grades(letters)))
    assert (found.grade, found.deciding) == (grade, deciding)


def test_the_lowest_takes_its_boundary_and_discretion_from_what_decided():
    rule = {"within_points": 5, "provenance": DOC}
    parts = [cut("R2", "M1", discretion=rule), cut("R3", "M2", discretion=rule)]
    made = scored([share("M1"), share("M2")], [*parts, rating("R1", lowest={"of": ["R2", "R3"]})])
    found = reached(inspected(made, yes_of("K1", 67, 100), yes_of("K2", 60, 100)))
    assert (found.deciding, found.measure, found.points_to_better) == (("R3",), "M2", 5)
    assert found.discretion == ("within_points",)


NEAR = {"within_points": 5, "provenance": DOC}
NEAR_CUTS = [cut("R2", "M1", discretion=NEAR), cut("R3", "M2", discretion=NEAR)]


@pytest.mark.parametrize(
    ("way", "shares"),
    [
        ({"lowest": {"of": ["R2", "R3"]}}, (64, 63)),  # one part at its boundary leaves the other where it is
        ({"sum": {"of": ["R2", "R3"], "tables": [{"maximum": 6, "table": "six"}]}}, (64, 72)),
        ({"matrix": {"rows": "R2", "columns": "R3", "cells": {g: dict.fromkeys(GRADES, g) for g in GRADES}}}, (64, 72)),
        ({"first_match": {"lines": [{"grade": "weak", "when": {"rating": "R2", "is": "weak"}}]}}, (64, 72)),
        ({"lowest": {"of": ["R2", "R3"]}, "may_decide": False}, (64, 72)),
    ],
    ids=["lowest of two alike", "sum", "matrix", "first match", "nobody may decide"],
)
def test_discretion_is_not_lifted_where_the_boundary_is_not_that_of_one_part(way, shares):
    made = scored([share("M1"), share("M2")], [*NEAR_CUTS, rating("R1", **way)], [SIX])
    found = inspected(made, yes_of("K1", shares[0], 100), yes_of("K2", shares[1], 100))
    assert reached(found, "R2").discretion == ("within_points",)
    assert (reached(found).state, reached(found).discretion) == ("rated", None)


def test_no_boundary_is_lifted_from_a_part_whose_grade_a_panel_decided():
    made = scored([share("M1")], [cut("R2", "M1"), rating("R1", lowest={"of": ["R2"]})])
    found = reached(inspected(made, yes_of("K1", 67, 100), [of_service("rating:R2", "weak")]))
    assert (found.grade, found.band, found.points_to_worse, found.points_to_better) == ("weak", ("", ""), None, None)
    assert found.discretion is None


def count(letters: str, grade: str, **how: object):
    return {"ratings": list(PARTS), letters: grade, "times": how}


LINES = [
    {"grade": "bad", "when": count("is", "bad", at_least=2)},
    {"grade": "weak", "when": {"all": [count("is", "weak", at_least=2), count("is", "bad", at_most=0)]}},
    {"grade": "best", "when": {"all": [count("is", "best", at_least=2), count("or_better", "good", at_least=5)]}},
    {"grade": "good", "when": {"all": [count("is", "bad", at_most=0), count("is", "weak", at_most=1)]}},
]
CAP = {"when": {"fact": "breach", "is": "yes"}, "at_most": "weak", "says": "A breach caps it.", "provenance": DOC}
FIRST = scored([], [*judged(*PARTS), rating("R1", first_match={"lines": LINES}, caps=[CAP])])


@pytest.mark.parametrize(
    ("letters", "grade"),
    [
        ("TTGGG", "best"),
        ("TGGGG", "good"),
        ("GGGGW", "good"),
        ("GGGWW", "weak"),
        ("GBGBT", "bad"),
        ("TTGGW", "good"),
        ("TTTTT", "best"),
    ],
)
def test_the_first_line_that_holds_gives_the_grade(letters, grade):
    found = reached(inspected(FIRST, grades(letters)))
    assert (found.state, found.grade, found.deciding) == ("rated", grade, PARTS)


def test_when_no_line_holds_a_judgement_is_needed():
    found = reached(inspected(FIRST, grades("BGGGG")))
    assert (found.state, found.why, found.grade) == ("judgement_needed", "no_line", "")


def test_a_judgement_that_is_needed_may_be_made():
    found = reached(inspected(FIRST, grades("BGGGG"), [of_service("rating:R1", "weak")]))
    assert (found.state, found.grade, found.provisional, found.decided_by) == ("rated", "weak", "", "i1")


def test_a_cap_keeps_what_it_would_have_been():
    found = reached(inspected(FIRST, grades("TTGGG"), breach="yes"))
    assert (found.reached, found.provisional, found.grade, found.caps) == (
        "best",
        "weak",
        "weak",
        ("A breach caps it.",),
    )


def test_a_cap_that_changes_nothing_is_not_told():
    assert reached(inspected(FIRST, grades("GGGWW"), breach="yes")).caps == ()


@pytest.mark.parametrize(("letters", "state"), [("TTGGG", "incomplete"), ("GGGWW", "rated")])
def test_a_cap_that_is_not_known_matters_only_where_it_would_change_the_grade(letters, state):
    assert reached(inspected(FIRST, grades(letters), breach=None)).state == state


def test_a_cap_about_what_has_no_value_is_not_waited_for():
    cap = {"when": {"measure": "M1", "at_most": 0.5}, "at_most": "weak", "says": "A cap.", "provenance": DOC}
    made = scored([share("M1")], [*judged("J1"), rating("R1", lowest={"of": ["J1"]}, caps=[cap])])
    assert reached(inspected(made, grades("T"))).grade == "best"


def test_what_is_not_rated_has_no_grade_so_a_line_about_it_is_passed_over():
    lines = [
        {"grade": "bad", "when": {"rating": "J1", "or_worse": "weak"}},
        {"grade": "good", "when": {"always": True}},
    ]
    made = scored([], [*judged("J1", "J2"), rating("R1", first_match={"lines": lines})])
    assert reached(inspected(made, grades("."))).why == "parts_not_rated"
    lines[1]["when"] = {"rating": "J2", "or_better": "bad"}
    made = scored([], [*judged("J1", "J2"), rating("R1", first_match={"lines": lines})])
    assert reached(inspected(made, grades(".T"))).grade == "good"


def test_a_line_that_may_still_hold_is_not_passed_over():
    assert reached(inspected(FIRST, grades("GGGW?"))).state == "incomplete"


def test_a_line_that_holds_whatever_is_still_open_is_reached():
    assert reached(inspected(FIRST, grades("BB???"))).grade == "bad"


def test_where_none_is_rated_no_rule_about_none_of_them_holds():
    assert reached(inspected(FIRST, grades("....."))).why == "parts_not_rated"


MATRIX = {row: {column: GRADES[min(r, c)] for c, column in enumerate(GRADES)} for r, row in enumerate(GRADES)}
MATRIX["best"] = {**MATRIX["best"], "good": "best"}


@pytest.mark.parametrize(("letters", "grade"), [("TG", "best"), ("GT", "good"), ("BT", "bad")])
def test_a_matrix_has_rows_and_columns(letters, grade):
    made = scored([], [*judged(*PARTS), rating("R1", matrix={"rows": "J1", "columns": "J2", "cells": MATRIX})])
    found = reached(inspected(made, grades(letters)))
    assert (found.grade, found.deciding) == (grade, ("J1", "J2"))


def test_a_matrix_with_one_side_not_rated_needs_a_judgement():
    made = scored([], [*judged(*PARTS), rating("R1", matrix={"rows": "J1", "columns": "J2", "cells": MATRIX})])
    assert reached(inspected(made, grades("T."))).why == "part_not_rated"


@pytest.mark.parametrize(
    ("case", "state", "why"), [("G", "rated", ""), (".", "not_rated", "no_base"), ("?", "incomplete", "unanswered")]
)
def test_a_judged_rating_is_the_answer_to_its_question(case, state, why):
    found = reached(inspected(scored([], judged("J1")), grades(case)), "J1")
    assert (found.state, found.why, found.grade) == (state, why, LETTERS.get(case, ""))


@pytest.mark.parametrize(
    ("letters", "grade", "way"), [(".G", "good", "carried"), ("TG", "best", "judged"), ("..", "", "judged")]
)
def test_a_standing_grade_is_carried_while_there_is_no_base(letters, grade, way):
    made = scored([], [rating("R1", judged="G1", carried_from="G2")])
    found = reached(inspected(made, grades(letters)))
    assert (found.grade, found.way) == (grade, way)


@pytest.mark.parametrize(("breach", "state"), [("yes", "not_rated"), ("no", "rated"), (None, "incomplete")])
def test_a_scheme_may_say_when_nothing_is_rated(breach, state):
    made = scored([], [rating("R1", judged="G1", not_rated_when={"fact": "breach", "is": "yes"})])
    assert reached(inspected(made, grades("G"), breach=breach)).state == state


def test_a_measure_may_decide_a_line():
    lines = [{"grade": "best", "when": {"measure": "M1", "at_least": 0.95}}, {"grade": "bad", "when": {"always": True}}]
    made = scored([share("M1")], [rating("R1", first_match={"lines": lines})])
    assert [reached(inspected(made, yes_of("K1", n, 20))).grade for n in (18, 19)] == ["bad", "best"]


def test_a_measure_without_a_base_is_not_known_and_a_line_about_it_not_passed_over():
    lines = [{"grade": "best", "when": {"measure": "X", "at_least": 0.95}}, {"grade": "bad", "when": {"always": True}}]
    made = scored([share("X", "K1")], [rating("R1", first_match={"lines": lines})])
    found = reached(inspected(made, grades("G")))
    assert (found.state, found.why) == ("judgement_needed", "not_known")


def test_an_outside_measure_may_be_joined_by_a_lowest_rating():
    external = measure("X", external="rate")
    made = scored([share("M1"), external], [cut("R2"), cut("R3", "X"), rating("R1", lowest={"of": ["R2", "R3"]})])
    events = yes_of("K1", 9, 10)
    assert reached(inspected(made, events, published={"rate": "55.5"})).grade == "weak"
    assert reached(inspected(made, events)).state == "incomplete"


def test_every_way_that_a_framework_can_write_is_worked_out_and_no_other():
    assert tuple(WAYS) == ratings.WAYS
