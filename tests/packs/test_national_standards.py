"""The self-assessment against national standards: overlapping bases, bands side by side, one standard alone."""

from __future__ import annotations

from fractions import Fraction

from tests.factories.worked import Worked, shipped

PACK = shipped("youth-national-standards")
BASES = {"out_of_court": "no", "court": "no", "community": "no", "secure": "no", "transition": "no"}


def test_a_case_serves_several_standards_and_counts_once_as_a_child() -> None:
    both = {**BASES, "court": "yes", "community": "yes"}
    worked = Worked(PACK, {"c1": both, "c2": {**BASES, "community": "yes"}, "service": {}})
    counted = {key: worked.figure(key).sufficient for key in ("CASE-COUNT", "CASES-2", "CASES-3", "CASES-4")}
    assert counted == {"CASE-COUNT": 2, "CASES-2": 1, "CASES-3": 2, "CASES-4": 0}


def test_the_share_that_was_met_stands_beside_the_band_and_decides_nothing() -> None:
    case = {**BASES, "court": "yes", "O2.1": "yes", "O2.2": "yes", "O2.3": "no", "O2.4": "NA"}
    worked = Worked(PACK, {"c1": case, "service": {"O2.band": "outstanding"}})
    number = worked.figure("MET-2").number
    assert number is not None
    assert number.value == Fraction(2, 3)
    assert worked.grade("O2") == "outstanding"


def test_a_band_that_nobody_gave_is_not_guessed() -> None:
    assert Worked(PACK, {"c1": BASES, "service": {}}).grade("T4") in ("incomplete", "not_rated")


def test_the_round_of_2023_asks_standard_2_alone() -> None:
    asked = {question.id for question in PACK.asked("court-2023")}
    assert asked == {name for name in PACK.questions if name[1] == "2"}
