"""The worked tests of the rated youth justice framework: lowest key question, discretion, the sum, what drops out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.factories.worked import HERE, Worked, judged, merged, shipped

from caselight.formats.package.reading import read_package
from caselight.method.analysis.figure import Reached
from caselight.method.analysis.figures import figures
from caselight.method.wording.numbers import rounded

PACK = shipped("youth-2018-25")
BAD, WEAK, GOOD, BEST = "inadequate", "requires_improvement", "good", "outstanding"
SCORES = (BAD, WEAK, GOOD, BEST)
CONCERN = {"A.safety": "high", "A.harm": "high"}


def standard(
    *shares: tuple[int, int], number: str = "2.1", more: dict[str, dict[str, str | int]] | None = None
) -> Worked:
    """Cases of one standard: so many yes of so many for its three key questions."""
    kind = "court" if number.startswith("2") else "out_of_court"
    answered = (
        judged(f"K{number}.{n}", yes, of, case_kind=kind, **CONCERN) for n, (yes, of) in enumerate(shares, 1) if of
    )
    return Worked(PACK, {**complete(merged(*answered)), "service": {}})


def complete(cases: Mapping[str, Mapping[str, str | int]]) -> dict[str, dict[str, str | int]]:
    """Every key question that was not answered is not relevant to the case."""
    keys = [name for name in PACK.questions if name.startswith("K") and name[-1].isdigit()]
    number = {"court": "K2", "out_of_court": "K3"}
    return {
        case: {**{key: "NA" for key in keys if key.startswith(number[str(said["case_kind"])])}, **said}
        for case, said in cases.items()
    }


@pytest.mark.parametrize(
    ("shares", "lowest", "grade", "why", "points"),
    [
        (((26, 30), (20, 30), (14, 28)), Fraction(1, 2), WEAK, {"within_points", "one_case"}, ("0.0", "15.0")),
        (((26, 30), (20, 30), (14, 29)), Fraction(14, 29), BAD, {"within_points", "one_case"}, ("", "1.7")),
        (((30, 30), (28, 30), (24, 30)), Fraction(4, 5), BEST, {"within_points", "one_case"}, ("0.0", "")),
        (((50, 55), (45, 55), (40, 55)), Fraction(8, 11), GOOD, set(), ("7.7", "7.3")),
        (
            ((29, 30), (28, 30), (2, 3)),
            Fraction(2, 3),
            GOOD,
            {"within_points", "one_case", "few_cases"},
            ("1.7", "13.3"),
        ),
        (((26, 30), (20, 30), (0, 0)), Fraction(2, 3), GOOD, {"within_points", "one_case"}, ("1.7", "13.3")),
    ],
    ids=["b1", "b2", "b3", "b4", "b5", "b6"],
)
def test_the_lowest_key_question_decides_and_discretion_says_why(
    shares: tuple[tuple[int, int], ...], lowest: Fraction, grade: str, why: set[str], points: tuple[str, str]
) -> None:
    reached = standard(*shares).figure("S2.1").reached
    assert reached is not None
    assert (reached.value, reached.grade) == (lowest, grade)
    assert set(reached.discretion or ()) == why
    assert (points_of(reached.points_to_worse), points_of(reached.points_to_better)) == points


def points_of(distance: Fraction | None) -> str:
    """Percentage points to the next grade, to one place; nothing where there is no such grade."""
    return "" if distance is None else str(rounded(distance, 1))


def test_b7_a_standard_without_a_base_is_not_rated_and_the_maximum_falls_by_three() -> None:
    full = whole((1, 1, 0, 1), (0, 1, 0, 1), (0, 1, 0), 0)
    fewer = Worked(PACK, {key: said for key, said in full.about.items() if not key.startswith("o1")})
    assert (full.grade("S3.1"), fewer.grade("S3.1")) == (BAD, "not_rated")
    assert (overall(full).maximum, overall(fewer).maximum) == (36, 33)
    assert (overall(full).value, overall(fewer).value) == (6, 6)
    # Of 36, six is the last score of Inadequate; of 33 that is five.
    assert (full.grade("OVERALL"), fewer.grade("OVERALL")) == (BAD, WEAK)


def panel(domain: tuple[int, ...], policy: int) -> dict[str, str | int]:
    """What the panel judged: domain one, and out-of-court policy. Nobody left custody."""
    judged_ = {f"J1.{n}": SCORES[score] for n, score in enumerate(domain, 1)}
    return {**judged_, "J3.4": SCORES[policy], "resettlement_cases": 0}


SHARES = ((2, 10), (5, 10), (7, 10), (10, 10))  # of ten cases, for each grade


def whole(domain: tuple[int, ...], court: tuple[int, ...], out: tuple[int, ...], policy: int, **decided: str) -> Worked:
    """A whole inspection with these scores; each standard has ten cases of its own."""
    cases: dict[str, dict[str, str | int]] = {}
    for prefix, kind, domain_number, scores in (("c", "court", 2, court), ("o", "out_of_court", 3, out)):
        for n, score in enumerate(scores, 1):
            shares = (
                judged(f"K{domain_number}.{n}.{k}", *SHARES[score], prefix=f"{prefix}{n}-", case_kind=kind, **CONCERN)
                for k in (1, 2, 3)
            )
            cases |= merged(*shares)
    decisions = {f"rating:{name.replace('_', '.')}": grade for name, grade in decided.items()}
    return Worked(PACK, {**complete(cases), "service": {**panel(domain, policy), **decisions}})


def overall(worked: Worked) -> Reached:
    reached = worked.figure("OVERALL").reached
    assert reached is not None
    return reached


def test_b8_the_last_score_of_the_lowest_band() -> None:
    worked = whole((1, 1, 0, 1), (0, 1, 0, 1), (0, 1, 0), 0)
    assert (overall(worked).value, worked.grade("OVERALL")) == (6, BAD)
    assert worked.grade("S4.1") == "not_rated"


def test_b9_a_panel_decision_moves_the_overall_and_the_chain_shows_it() -> None:
    worked = whole((1, 1, 0, 1), (0, 1, 0, 1), (0, 1, 0), 0)
    cases = {key: dict(said) for key, said in worked.about.items()}
    for n in range(1, 11):  # one key question at 4 of 10: one more case would reach the boundary, so discretion is open
        cases[f"c1-{n}"] |= {"K2.1.1": "yes" if n <= 4 else "no", "K2.1.2": "yes", "K2.1.3": "yes"}
    before = Worked(PACK, cases)
    assert before.grade("S2.1") == BAD
    cases["service"] = {**cases["service"], "rating:S2.1": WEAK}
    after = Worked(PACK, cases)
    reached = after.figure("S2.1").reached
    assert reached is not None
    assert (reached.provisional, reached.grade, reached.decided_by) == (BAD, WEAK, "i1")
    assert (overall(before).value, overall(after).value) == (6, 7)
    assert (before.grade("OVERALL"), after.grade("OVERALL")) == (BAD, WEAK)
    assert "S2.1" in overall(after).parts


def test_no_panel_may_decide_about_the_overall_rating_and_no_single_answer_changes_it() -> None:
    package = read_package(HERE / "examples" / "youth-rated")
    found = figures(package)["OVERALL"].reached
    assert found is not None
    assert (found.value, found.grade, found.discretion) == (17, WEAK, None)
    # In a share every yes counts alike, so one answer of each question and value stands for all of them.
    flipped = {(e.question_id, e.value): at for at, e in enumerate(package.events) if e.value in ("yes", "no")}
    assert len(flipped) > 30
    for (_, value), at in flipped.items():
        other = package.events[at]._replace(value="no" if value == "yes" else "yes")
        events = (*package.events[:at], other, *package.events[at + 1 :])
        reached = figures(replace(package, events=events))["OVERALL"].reached
        assert reached is not None
        assert reached.grade == WEAK, other.question_id


def test_a_case_of_low_concern_is_left_out_whatever_the_service_recorded() -> None:
    case = {"case_kind": "court", "A.harm": "low", "A.safety": "low", "harm_recorded": "very_high", "K2.2.3": "no"}
    assert Worked(PACK, {"c1": case, "service": {}}).values("K2.2.3") == {"c1": "not_relevant_by_rule"}


@pytest.mark.parametrize(("yes", "grade"), [(49, BAD), (50, WEAK), (64, WEAK), (65, GOOD), (79, GOOD), (80, BEST)])
def test_the_bands_are_exact_at_their_ends(yes: int, grade: str) -> None:
    assert standard((yes, 100), (100, 100), (100, 100)).grade("S2.1") == grade


def test_thirteen_of_twenty_is_good() -> None:
    assert standard((13, 20), (20, 20), (20, 20)).grade("S2.1") == GOOD


def test_a_yes_against_most_of_its_prompts_is_flagged_and_blocks_nothing() -> None:
    case = {"case_kind": "court", "K2.1.1a": "no", "K2.1.1b": "no", "K2.1.1c": "yes", "K2.1.1": "yes", **CONCERN}
    worked = Worked(PACK, {"c1": case, "service": {}})
    flagged = [fault for fault in worked.faults if "K2.1.1" in str(fault.where) or "K2.1.1" in fault.says]
    assert flagged
    assert {fault.severity.value for fault in flagged} <= {"warning", "hint"}
