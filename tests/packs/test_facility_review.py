"""The worked tests of the points tool: what does not apply leaves both sides, and critical elements leave the score alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.factories.worked import Worked, shipped

PACK = shipped("facility-review")
CRITICAL = ("A13", "A21", "B11", "C10", "D15", "F6", "F9", "F25")
PLAIN = tuple(name for name in PACK.questions if name not in CRITICAL)


def site(yes: int, not_relevant: int, *missed: str) -> Worked:
    """So many points met and so many that do not apply; what was missed is plain unless it is named."""
    order = [*(name for name in CRITICAL if name not in missed), *PLAIN, *missed]
    answers = ["yes"] * yes + ["NA"] * not_relevant + ["no"] * (150 - yes - not_relevant)
    return Worked(PACK, {"s1": {"practice": "A", **dict(zip(order, answers, strict=True))}})


@pytest.mark.parametrize(
    ("yes", "not_relevant", "missed", "score", "grade", "plan"),
    [
        (130, 10, (), Fraction(130, 140), "exempted_pass", False),
        (130, 10, ("F9",), Fraction(130, 140), "conditional_pass", True),
        (126, 10, (), Fraction(9, 10), "exempted_pass", False),
        (125, 10, (), Fraction(125, 140), "conditional_pass", False),
        (111, 10, (), Fraction(111, 140), "not_passed", False),
        (0, 150, (), None, "not_rated", False),
    ],
)
def test_the_score_and_what_follows_from_it(
    yes: int, not_relevant: int, missed: tuple[str, ...], score: Fraction | None, grade: str, *, plan: bool
) -> None:
    worked = site(yes, not_relevant, *missed)
    number, reached = worked.figure("SCORE").number, worked.figure("RESULT").reached
    assert number is not None
    assert reached is not None
    assert number.value == score
    assert worked.grade("RESULT") == grade
    assert any("corrective plan is required" in duty for duty in reached.duties) is plan
    assert [PACK.questions[name].short.in_("en") in reached.duties for name in missed] == [True for _ in missed]


def test_the_grade_without_its_cap_stays_visible() -> None:
    reached = site(130, 10, "F9").figure("RESULT").reached
    assert reached is not None
    assert (reached.reached, reached.grade, len(reached.caps)) == ("exempted_pass", "conditional_pass", 1)


def test_the_six_sections_have_the_points_of_the_source() -> None:
    assert [len(theme.questions) for theme in PACK.themes] == [29, 22, 25, 34, 13, 27]
    assert sum(question.points for question in PACK.questions.values()) == 150


def test_what_is_marked_critical_is_what_the_duty_looks_at() -> None:
    assert tuple(question.id for question in PACK.questions.values() if question.critical) == CRITICAL
    assert set(PACK.rating_by_id["RESULT"].duties[0].when.count) == set(CRITICAL)  # type: ignore[union-attr]
