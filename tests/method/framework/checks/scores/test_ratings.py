"""What is told of measures and ratings that do not hold together; every fault at once, at its place."""

from __future__ import annotations

import pytest
from tests.factories.scored import DOC, GRADES, cut, judged, measure, rating, scored, share

from caselight.method.framework.checks import check
from caselight.method.framework.checks.scores import score_faults
from caselight.method.framework.definition import Framework


def told(framework: Framework) -> list[tuple[str, str]]:
    """What is wrong, but for tables that nobody uses: the code without its area, and the place."""
    found = (fault for fault in score_faults(framework) if fault.code != "framework.cut-table-unused")
    return [(fault.code.removeprefix("framework."), ".".join(map(str, fault.where))) for fault in found]


@pytest.mark.parametrize(
    ("way", "codes"),
    [
        ({"share": {"question": "K9"}}, [("unknown-id", "measures.0.share.question")]),
        ({"share": {"question": "CONCERN"}}, [("measure-not-counted", "measures.0.share.question")]),
        ({"weighted": {"question": "K1", "strata": ["nothing"]}}, [("unknown-id", "measures.0.weighted.strata.0")]),
        ({"weighted": {"question": "K1", "strata": ["breach"]}}, [("stratum-not-supplied", "measures.0.weighted.strata.0")]),
        ({"mean": {"question": "CONCERN"}}, [("measure-without-values", "measures.0.mean.question")]),
        ({"mean": {"question": "CODE", "values": {"four": 4}}}, [("unknown-value", "measures.0.mean.values.four")]),
        ({"points": {}}, [("measure-empty", "measures.0.points")]),
        ({"points": {"questions": ["CONCERN"]}}, [("measure-without-points", "measures.0.points.questions.0")]),
        ({"points": {"themes": ["S", "Z"]}}, [("unknown-id", "measures.0.points.themes.1"), ("measure-without-points", "measures.0.points.themes.0")]),
        ({"pooled": {"of": ["M2", "M2"]}}, [("measure-not-pooled", "measures.0.pooled.of.1")]),
        ({"pooled": {"of": ["M2", "M3"]}}, [("measure-not-pooled", "measures.0.pooled.of.1")]),
        ({"steps": {"of": "M2", "steps": [{"at_least": "9", "gives": 1}, {"at_least": "5%", "gives": 2}]}}, [("steps-order", "measures.0.steps.steps.1.at_least")]),
        ({"steps": {"of": "M2", "steps": [{"at_least": "a lot", "gives": 1}]}}, [("not-a-number", "measures.0.steps.steps.0.at_least")]),
        ({"sum": {"of": ["M2", "M9"]}}, [("unknown-id", "measures.0.sum.of.1")]),
        ({"lookup": {"subject": "crime", "rows": [{"when": {"answer": "K1", "is": "yes"}, "gives": 1}]}}, [("unknown-id", "measures.0.lookup.subject")]),
        ({"lookup": {"subject": "case", "rows": [{"when": {"answer": "K1", "is": "yes"}, "gives": n} for n in (1, 2)]}}, [("line-never-reached", "measures.0.lookup.rows.1.when")]),
    ],
)  # fmt: skip
def test_a_measure_counts_only_what_can_be_counted_so(way, codes):
    others = [share("M2", "K2"), measure("M3", external="rate")]
    assert told(scored([measure("M1", **way), *others])) == codes


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"scale": "none"}, [("unknown-id", "ratings.0.scale")]),
        ({"theme": "none"}, [("unknown-id", "ratings.0.theme")]),
        ({"cut": {"measures": ["M9"], "table": "none"}}, [("unknown-id", "ratings.0.cut.table"), ("unknown-id", "ratings.0.cut.measures.0")]),
        ({"cut": {"measures": ["M1", "M2"], "table": "bands"}}, [("cut-mixed", "cut_tables.0.id"), ("cut-mixed", "ratings.0.cut.measures")]),
        ({"caps": [{"when": {"measure": "M9", "at_least": 1}, "at_most": "top", "says": "No.", "provenance": DOC}]},
         [("unknown-id", "ratings.0.caps.0.when.measure"), ("grade-not-on-scale", "ratings.0.caps.0.at_most")]),
        ({"duties": [{"when": {"rating": "R1", "is": "top"}, "says": "No.", "provenance": DOC}]},
         [("grade-not-on-scale", "ratings.0.duties.0.when.rating")]),
        ({"not_rated_when": {"ratings": ["R9"], "is": "bad", "times": {"is": 1}}}, [("unknown-id", "ratings.0.not_rated_when.ratings.0")]),
        ({"discretion": {"within_points": -1, "provenance": DOC}}, [("discretion-negative", "ratings.0.discretion.within_points")]),
        ({"discretion": {"provenance": DOC}}, [("discretion-never-open", "ratings.0.discretion")]),
        ({"carried_from": "K1"}, [("other-subject", "ratings.0.carried_from"), ("grade-not-on-scale", "ratings.0.carried_from"), ("grade-not-on-scale", "ratings.0.carried_from")]),
    ],
)  # fmt: skip
def test_a_rating_names_what_there_is(more, codes):
    measures = [share("M1"), measure("M2", mean={"question": "CODE"})]
    assert told(scored(measures, [cut("R1") | more])) == codes


@pytest.mark.parametrize(
    ("way", "codes"),
    [
        ({"judged": "K1"}, ["other-subject", "grade-not-on-scale", "grade-not-on-scale"]),
        ({"lowest": {"of": ["J1"]}, "minimum": 5}, ["minimum-without-base"]),
        ({"judged": "G1", "discretion": {"within_points": 5, "provenance": DOC}}, ["discretion-never-open"]),
    ],
)
def test_a_rating_has_what_its_way_needs(way, codes):
    assert [code for code, _ in told(scored([], [*judged("J1"), rating("R1", **way)]))] == codes


@pytest.mark.parametrize(
    ("more", "rated"),
    [
        ({}, False),
        ({"may_decide": False}, True),
        ({"may_decide": False, "not_rated_when": {"fact": "breach", "is": "yes"}}, False),
    ],
)
def test_what_is_judged_or_decided_is_about_something_that_is_rated(more, rated):
    found = told(scored([share("M1")], [cut("R1", **more)], rated=None))
    assert (("rated-missing", "ratings.0") not in found) is rated


def test_circles_are_told_and_what_only_rests_on_one_is_not():
    measures = [measure("A", sum={"of": ["B", "B"]}), measure("B", sum={"of": ["A"]}), measure("C", sum={"of": ["B"]})]
    ratings = [
        rating("R1", lowest={"of": ["R2"]}),
        rating("R2", first_match={"lines": [{"grade": "bad", "when": {"rating": "R1", "is": "bad"}}]}),
    ]
    found = told(scored(measures, ratings))
    assert [place for code, place in found if code == "circle"] == [
        "measures.0.id",
        "measures.1.id",
        "ratings.0.id",
        "ratings.1.id",
    ]


def test_a_rating_that_rests_on_itself_is_a_circle_and_a_duty_about_its_own_grade_is_none():
    duty = {"when": {"rating": "R1", "is": "bad"}, "says": "A plan.", "provenance": DOC}
    assert told(scored([share("M1")], [cut("R1", duties=[duty])])) == []
    assert ("circle", "ratings.0.id") in told(scored([], [rating("R1", lowest={"of": ["R1"]})]))


def test_a_chain_that_nobody_could_follow_is_told_once():
    chain = [share("M0", "K1"), *(measure(f"M{n}", sum={"of": [f"M{n - 1}"]}) for n in range(1, 200))]
    assert [place for code, place in told(scored(chain)) if code == "chain-too-long"] == ["measures.50.id"]


PARTS = judged("J1", "J2")
FULL = {row: {column: GRADES[min(r, c)] for c, column in enumerate(GRADES)} for r, row in enumerate(GRADES)}


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (FULL, []),
        ({row: cells for row, cells in FULL.items() if row != "good"}, [("matrix-cell-missing", "ratings.2.matrix.cells")]),
        ({**FULL, "top": {"bad": "bad"}}, [("matrix-cell-surplus", "ratings.2.matrix.cells.top")]),
        ({**FULL, "bad": {**FULL["bad"], "top": "bad"}}, [("matrix-cell-surplus", "ratings.2.matrix.cells.bad.top")]),
        ({**FULL, "bad": {**FULL["bad"], "weak": "top"}}, [("grade-not-on-scale", "ratings.2.matrix.cells.bad.weak")]),
    ],
)  # fmt: skip
def test_a_matrix_has_a_cell_for_every_pair_and_no_other(cells, codes):
    made = scored([], [*PARTS, rating("R1", matrix={"rows": "J1", "columns": "J2", "cells": cells})])
    assert told(made) == codes


SIX = {"id": "six", "whole": True, "cuts": [{"grade": g, "from": str(n), "to": str(n)} if n else {"grade": g, "to": "0"} for n, g in enumerate(GRADES[:3])] + [{"grade": "best", "from": "3"}], "provenance": DOC}  # fmt: skip


@pytest.mark.parametrize(
    ("maxima", "codes"),
    [
        ([6], []),
        ([6, 3], []),
        ([3], [("sum-table-missing", "ratings.2.sum.tables")]),
        ([6, 5], [("sum-table-unused", "ratings.2.sum.tables.1.maximum")]),
        ([6, 6], [("duplicate-id", "ratings.2.sum.tables.1.maximum")]),
    ],
)
def test_a_sum_has_a_table_for_its_full_maximum_and_none_that_never_occurs(maxima, codes):
    tables = [{"maximum": maximum, "table": "six"} for maximum in maxima]
    made = scored([], [*PARTS, rating("R1", sum={"of": ["J1", "J2"], "tables": tables})], [SIX])
    assert told(made) == codes


def test_what_is_added_up_needs_scores_and_what_is_compared_one_scale():
    plain = {"id": "plain", "grades": [{"id": g, "label": g} for g in GRADES]}
    other = rating("J3", scale="plain", judged="G3", may_decide=False)
    base = scored([], [*PARTS, other])
    scales = [base.rating_scales[0].model_dump(mode="json", exclude_unset=True), plain]
    ways = [
        rating("R1", lowest={"of": ["J1", "J3"]}),
        rating("R2", sum={"of": ["J1", "J3"], "tables": [{"maximum": 3, "table": "six"}]}),
    ]
    made = scored([], [*PARTS, other, *ways], [SIX], rating_scales=scales)
    assert told(made) == [("other-scale", "ratings.3.lowest.of.1"), ("grade-without-score", "ratings.4.sum.of.1")]


def line(grade: str, how: str, than: str, **times: int) -> dict[str, object]:
    return {"grade": grade, "when": {"ratings": ["J1", "J2"], how: than, "times": times}}


@pytest.mark.parametrize(
    ("lines", "never"),
    [
        ([line("bad", "is", "bad", at_least=1), line("weak", "or_worse", "weak", at_least=1)], []),
        ([line("weak", "or_worse", "weak", at_least=1), line("bad", "is", "bad", at_least=1)], [1]),
        ([line("bad", "is", "bad", at_least=3)], [0]),
        ([line("bad", "is", "bad", at_least=1), {"grade": "good", "when": {"always": True}}, line("best", "is", "best", is_=2)], [2]),
        ([{"grade": "bad", "when": {"fact": "breach", "is": "yes"}}, {"grade": "good", "when": {"not": {"fact": "breach", "is": "yes"}}}], []),
        ([{"grade": "bad", "when": {"fact": "breach", "is": "yes"}},
          {"grade": "good", "when": {"all": [{"fact": "breach", "is": "yes"}, {"rating": "J1", "is": "bad"}]}}], [1]),
    ],
)  # fmt: skip
def test_a_line_that_no_grades_can_reach_is_told(lines, never):
    for item in lines:
        times = item["when"].get("times", {})
        if "is_" in times:
            times["is"] = times.pop("is_")
    found = told(scored([], [*PARTS, rating("R1", first_match={"lines": lines})]))
    assert [place for code, place in found if code == "line-never-reached"] == [
        f"ratings.2.first_match.lines.{n}" for n in never
    ]


def test_a_grade_that_nothing_gives_is_told_unless_a_cap_does():
    lines = [line("bad", "is", "bad", at_least=1), {"grade": "good", "when": {"always": True}}]
    cap = {"when": {"fact": "breach", "is": "yes"}, "at_most": "weak", "says": "No.", "provenance": DOC}
    found = [
        fault.says
        for fault in score_faults(scored([], [*PARTS, rating("R1", first_match={"lines": lines}, caps=[cap])]))
        if "never-reached" in fault.code
    ]
    assert found == ["Nothing ever gives R1 the grade “best”."]


def test_ids_of_figures_are_given_once():
    made = scored([share("K1", "K1"), share("M1"), share("M1")], [rating("M1", judged="G1")])
    found = [(fault.code, ".".join(map(str, fault.where))) for fault in check(made)]
    assert ("framework.id-clash", "measures.0.id") in found
    assert ("framework.duplicate-id", "measures.2.id") in found
    assert ("framework.id-clash", "ratings.0.id") in found


def test_rules_within_measures_and_ratings_are_looked_at_like_any_other():
    made = scored(
        [share("M1", where={"answer": "CONCERN", "is": "high"})],
        [cut("R1", not_rated_when={"fact": "nothing", "is": "yes"})],
    )
    found = {(fault.code, fault.where) for fault in check(made)}
    assert ("framework.unknown-value", ("measures", 0, "share", "where", "is")) in found
    assert ("framework.unknown-id", ("ratings", 0, "not_rated_when", "fact")) in found


def test_a_sound_framework_has_nothing_to_tell():
    assert told(scored([share("M1")], [cut("R1"), rating("R2", lowest={"of": ["R1"]})])) == []
