"""The worked tests of adult social care: counts of ratings, the cap, where no principle fits, and the scored variant."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.worked import FOLDERS, Worked, shipped

from caselight.formats.framework_yaml import copy_framework, framework_faults

PACK = shipped("adult-social-care")
KEYS = ("SAFE", "EFFECTIVE", "CARING", "RESPONSIVE", "WELL-LED")
GRADES = {"O": "outstanding", "G": "good", "R": "requires_improvement", "I": "inadequate"}


def location(ratings: str, *, breach: str = "no", standing: str = "") -> Worked:
    """A location with these ratings of its key questions; those named in ``standing`` are carried forward."""
    said: dict[str, str | int] = {"breach": breach}
    for key, letter in zip(KEYS, ratings, strict=True):
        carried = key in standing.split()
        said[f"{key}.inspected"] = "no" if carried else "yes"
        said[f"{key}.{'standing' if carried else 'grade'}"] = GRADES[letter]
    return Worked(PACK, {"l1": said})


@pytest.mark.parametrize(
    ("ratings", "overall"),
    [
        ("OOGGG", "outstanding"),
        ("OGGGG", "good"),
        ("GGGGR", "good"),
        ("GGGRR", "requires_improvement"),
        ("GGGII", "inadequate"),
        ("RROII", "inadequate"),
        ("OOGGR", "good"),
        ("OOOGG", "outstanding"),
        ("OOOOO", "outstanding"),
        ("IGGGG", "judgement_needed"),
        ("IRRGG", "judgement_needed"),
    ],
)
def test_counts_of_ratings_decide_and_nothing_is_guessed(ratings: str, overall: str) -> None:
    assert location(ratings).grade("OVERALL") == overall


def test_a_breach_caps_the_overall_and_leaves_what_it_would_have_been_visible() -> None:
    reached = location("OOGGG", breach="yes").figure("OVERALL").reached
    assert reached is not None
    assert (reached.reached, reached.grade) == ("outstanding", "requires_improvement")
    assert len(reached.caps) == 1


def test_standing_ratings_are_carried_forward_after_a_focused_inspection() -> None:
    worked = location("ROOGG", standing="EFFECTIVE CARING")
    assert [worked.grade(key) for key in KEYS] == [GRADES[letter] for letter in "ROOGG"]
    assert worked.grade("OVERALL") == "good"


def scored(*scores: int, key: str = "CARING") -> Worked:
    said: dict[str, str | int] = {f"{key}.{n}": f"score_{score}" for n, score in enumerate(scores, 1)}
    missing = [
        name for name in PACK.questions if name.startswith(f"{key}.") and name[-1].isdigit() and name not in said
    ]
    return Worked(PACK, {"l1": {"breach": "no", **said, **dict.fromkeys(missing, "NA")}}, screening="scored")


@pytest.mark.parametrize(
    ("scores", "percent", "reached", "grade"),
    [
        ((3, 3, 3, 3), 75, "good", "good"),
        ((4, 4, 4, 3, 4), 95, "outstanding", "outstanding"),
        ((4, 4, 4, 1), 81.25, "good", "requires_improvement"),
        ((3, 3, 3, 1), 62.5, "good", "requires_improvement"),
        ((4, 4, 4, 4, 2), 90, "outstanding", "good"),
    ],
)
def test_statements_become_a_percentage_a_band_and_a_cap(
    scores: tuple[int, ...], percent: float, reached: str, grade: str
) -> None:
    worked = scored(*scores)
    number, rating = worked.figure("SCORE-CARING").number, worked.figure("SCORED-CARING").reached
    assert number is not None
    assert rating is not None
    assert number.value is not None
    assert number.value * 100 == percent
    assert (rating.reached, rating.grade) == (reached, grade)


def test_without_a_rule_for_rounding_the_gap_between_62_and_63_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    copy_framework(FOLDERS["adult-social-care"], folder)
    ratings = folder / "ratings.yaml"
    ratings.write_text(ratings.read_text("utf-8").replace("    rounding: half_up_to_integer\n", ""), "utf-8")
    faults = framework_faults(folder)[1]
    assert "framework.cut-gap" in {fault.code for fault in faults}
    assert any("62.5%" in fault.says for fault in faults)
