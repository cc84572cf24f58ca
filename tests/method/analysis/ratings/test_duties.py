"""What must follow whatever the grade; points with critical elements (frameworks.md, section 7); what is unchecked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.factories.scored import (
    DOC,
    answers,
    cut,
    grades,
    inspected,
    judged,
    measure,
    rating,
    reached,
    scored,
    share,
    yes_of,
)
from tests.factories.small import OWN, question

RECALLED = {"mark": "general-knowledge"}


def site(yes: int, not_relevant: int, *, missed: int = 0, of: int = 150):
    """One site with so many criteria of a point each; the first is critical."""
    names = [f"P{n}" for n in range(of)]
    theme = {"id": "P", "title": "Site", "questions": [question(name, critical=name == "P0") for name in names]}
    table = {
        "id": "pass",
        "cuts": [{"grade": "bad", "below": "80%"}, {"grade": "good", "from": "80%", "below": "90%"}, {"grade": "best", "from": "90%"}],
        "provenance": DOC,
    }  # fmt: skip
    way = {"cut": {"measures": ["M1"], "table": "pass"}, "may_decide": False}
    cap = {"when": {"not": {"measure": "M2", "at_least": 1}}, "at_most": "good", "says": "Critical.", "provenance": DOC}
    made = scored(
        [measure("M1", points={"themes": ["P"]}), measure("M2", points={"questions": ["P0"]})],
        [rating("R1", caps=[cap] if missed else [], **way)],
        [table],
        themes=[theme],
    )
    said = ["no"] * missed + ["yes"] * yes + ["no"] * (of - yes - not_relevant - missed) + ["-"] * not_relevant
    return reached(inspected(made, *(answers(name, value) for name, value in zip(names, said, strict=True))))


@pytest.mark.parametrize(
    ("yes", "not_relevant", "missed", "value", "grade"),
    [
        (130, 10, 0, Fraction(130, 140), "best"),
        (130, 10, 1, Fraction(130, 140), "good"),
        (126, 10, 0, Fraction(9, 10), "best"),
        (125, 10, 0, Fraction(125, 140), "good"),
        (0, 150, 0, None, ""),
    ],
)
def test_points_leave_out_what_is_not_relevant_and_a_critical_element_leaves_the_score(
    yes, not_relevant, missed, value, grade
):
    found = site(yes, not_relevant, missed=missed)
    assert (found.value, found.grade) == (value, grade)
    assert found.duties == (("P0 in short",) if missed else ())
    assert found.state == ("rated" if grade else "not_rated")


def test_a_duty_follows_from_the_grade_itself_and_changes_nothing():
    duty = {"when": {"rating": "R1", "or_worse": "weak"}, "says": "A plan is due.", "provenance": DOC}
    made = scored([share("M1")], [cut("R1", duties=[duty])])
    assert reached(inspected(made, yes_of("K1", 1, 2))).duties == ("A plan is due.",)
    assert reached(inspected(made, yes_of("K1", 2, 2))).duties == ()


def test_a_critical_question_counts_through_other_measures():
    made = scored([share("M1", "CRIT"), measure("M2", pooled={"of": ["M1", "M3"]}), share("M3")], [cut("R1", "M2")])
    assert reached(inspected(made, answers("CRIT", "no"), answers("K3", "yes"))).duties == ("CRIT in short",)


@pytest.mark.parametrize(
    ("where", "unchecked"),
    [({}, False), ({"rating": RECALLED}, True), ({"measure": {"mark": OWN}}, True), ({"part": RECALLED}, True)],
)
def test_a_rating_is_unchecked_where_a_deciding_rule_was_not_checked(where, unchecked):
    measured = share("M1") | {"provenance": where.get("measure", DOC)}
    part = cut("R2", provenance=where.get("part", DOC))
    made = scored([measured], [part, rating("R1", lowest={"of": ["R2"]}, provenance=where.get("rating", DOC))])
    assert reached(inspected(made, yes_of("K1", 2, 2))).unchecked is unchecked


def test_a_cap_that_was_not_checked_matters_only_where_it_is_applied():
    cap = {"when": {"fact": "breach", "is": "yes"}, "at_most": "weak", "says": "A breach.", "provenance": RECALLED}
    made = scored([], [*judged("J1"), rating("R1", lowest={"of": ["J1"]}, caps=[cap])])
    assert [reached(inspected(made, grades("G"), breach=breach)).unchecked for breach in ("yes", "no")] == [True, False]
