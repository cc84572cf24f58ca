"""What a panel decides: only where it may, only with a reason, never when two decisions contest; and how far it reaches."""

from __future__ import annotations

import pytest
from tests.factories.scored import (
    DOC,
    counted,
    cut,
    grades,
    inspected,
    judged,
    of_service,
    rating,
    reached,
    scored,
    share,
    yes_of,
)

from caselight.method.analysis.examined import Examined
from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings import Ratings
from caselight.method.inspection.checks import check

NEAR = {"within_points": 5, "provenance": DOC}
STANDARD = scored([share("M1")], [cut("R1", discretion=NEAR)])
OPEN, CLOSED = yes_of("K1", 12, 20), yes_of("K1", 20, 20)  # 60% and 100%


def faults(package):
    return [fault.code for fault in Ratings(Measures(Examined(package, "en"))).decision_faults()]


def test_a_decision_while_discretion_is_open_stands_beside_the_provisional_grade():
    package = inspected(STANDARD, OPEN, [of_service("rating:R1", "good", note="Two were narrow.", actor="panel")])
    found = reached(package)
    assert (found.provisional, found.grade, found.decided_by, found.decided_why) == (
        "weak",
        "good",
        "panel",
        "Two were narrow.",
    )
    assert faults(package) == []


def test_a_decision_while_discretion_is_closed_is_an_error_and_is_not_used():
    package = inspected(STANDARD, CLOSED, [of_service("rating:R1", "good")])
    assert (reached(package).grade, reached(package).decided_by) == ("best", "")
    assert faults(package) == ["answers.decision-closed"]


def test_where_the_scheme_lets_nobody_decide_a_decision_is_an_error():
    package = inspected(scored([share("M1")], [cut("R1", may_decide=False)]), OPEN, [of_service("rating:R1", "good")])
    assert reached(package).grade == "weak"
    assert faults(package) == ["answers.decision-closed"]


def test_what_is_not_rated_cannot_be_decided():
    package = inspected(scored([], [rating("R1", judged="G1")]), grades("."), [of_service("rating:R1", "good")])
    assert (reached(package).state, faults(package)) == ("not_rated", ["answers.decision-closed"])


def test_a_decision_waits_while_the_answers_are_not_complete():
    package = inspected(STANDARD, OPEN, [of_service("rating:R1", "good")], cases=21)
    assert (reached(package).state, reached(package).grade, faults(package)) == ("incomplete", "", [])


def test_without_a_rule_for_discretion_a_panel_may_always_decide():
    assert (
        reached(inspected(scored([share("M1")], [cut("R1")]), CLOSED, [of_service("rating:R1", "bad")])).grade == "bad"
    )


@pytest.mark.parametrize("event", [of_service("rating:R1", "good", note=" "), of_service("rating:R1", "splendid")])
def test_a_decision_without_a_reason_or_for_no_grade_is_not_used(event):
    assert reached(inspected(STANDARD, OPEN, [event])).grade == "weak"


def test_two_decisions_that_contest_each_other_leave_the_rating_open():
    two = [of_service("rating:R1", "good", op_id="a"), of_service("rating:R1", "bad", op_id="b")]
    package = inspected(STANDARD, OPEN, two)
    found = reached(package)
    assert (found.state, found.why, found.grade, found.provisional) == ("incomplete", "contested_decision", "", "weak")
    assert counted(package)["R1"].cells == {"contested": ("s1",)}


def test_a_decision_that_was_withdrawn_is_none():
    first = of_service("rating:R1", "good", op_id="a")
    taken_back = of_service("rating:R1", "", op_id="b", withdrawn=True, base_op_ids=("a",))
    assert reached(inspected(STANDARD, OPEN, [first, taken_back])).grade == "weak"


def overall(*decided):
    """Twelve scores of 6 (b8), of which a panel moves the fifth from 0 to 1 (b9); scores as grades 0 to 3."""
    bands = [{"grade": "bad", "to": "6"}, {"grade": "weak", "above": "6", "to": "18"}]
    bands += [{"grade": "good", "above": "18", "to": "30"}, {"grade": "best", "above": "30"}]
    table = {"id": "thirty-six", "whole": True, "cuts": bands, "provenance": DOC}
    names = [f"J{n}" for n in (1, 2, 3, 4, 5)] + [f"C{n}" for n in range(1, 8)]
    cuts = [cut(f"C{n}", f"M{1 + n % 2}", discretion=NEAR) for n in range(1, 8)]
    top = rating("R1", sum={"of": names, "tables": [{"maximum": 36, "table": "thirty-six"}]}, may_decide=False)
    made = scored([share("M1"), share("M2")], [*judged(*names[:5]), *cuts, top], [table])
    # Judged 1, 1, 0, 1, 0; three standards at 60% score 1, four at 48% score 0.
    return inspected(made, grades("WWBWB"), yes_of("K1", 15, 25), yes_of("K2", 12, 25), decided)


def test_b8_the_last_score_of_the_lowest_band():
    found = reached(overall())
    assert (found.value, found.maximum, found.grade, found.points_to_better) == (6, 36, "bad", 1)


def test_b9_a_decision_about_a_part_moves_the_whole_and_the_chain_shows_it():
    package = overall(of_service("rating:C1", "weak"))
    assert (reached(package, "C1").provisional, reached(package, "C1").grade) == ("bad", "weak")
    found = reached(package)
    assert (found.value, found.grade) == (7, "weak")
    assert "C1" in found.deciding


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (of_service("rating:R9", "good"), "package.unknown-rating"),
        (of_service("rating:R1", "splendid"), "package.not-a-grade"),
        (of_service("rating:R1", "good", note=""), "package.decision-without-reason"),
        (of_service("rating:J1", "good"), "package.decision-not-allowed"),
        (of_service("rating:R1", "good", tool="case", subject_kind="case"), "package.decision-elsewhere"),
    ],
)
def test_what_may_be_recorded_about_a_rating_is_checked(event, code):
    made = scored([share("M1")], [cut("R1"), *judged("J1")])
    assert code in {fault.code for fault in check(inspected(made, OPEN, [event]))}


def test_a_sound_decision_has_no_fault_of_its_own():
    found = check(inspected(STANDARD, OPEN, [of_service("rating:R1", "good")]))
    assert [fault.code for fault in found if fault.where[-1] in ("value", "note", "question_id")] == []
