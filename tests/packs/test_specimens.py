"""What no pack covers: lookup tables and step functions; units that the auditor finds; a weighted share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.factories.worked import Rows, Worked, shipped

from caselight.method.analysis.double_marking import double_marking
from caselight.method.statistics.agreement.coefficient import Coefficient

POINTS, FILES = shipped("programme-points"), shipped("crime-files")


def value(worked: Worked, key: str) -> Fraction | None:
    number = worked.figure(key).number
    assert number is not None
    return number.value


def programme(service_type: str, quality: str, *children: tuple[int, int, str]) -> Worked:
    rows = {f"child-{n}": {"weeks": w, "hours": h, "risk": r} for n, (w, h, r) in enumerate(children, 1)}
    return Worked(POINTS, {"p1": {"service_type": service_type, "quality": quality}}, {"p1": {"child": rows}})


FULL, SHORT = (26, 45, "high"), (10, 20, "low")


@pytest.mark.parametrize(
    ("service_type", "quality", "children", "points", "result"),
    [
        ("group_5", "high", (FULL,) * 3, (30, 20, 0, 0, 12), "enough"),  # group 5 aims at 30 weeks and 50 hours
        ("group_4", "high", (FULL,) * 4 + (SHORT,), (25, 20, 8, 8, 7), "enough"),
        ("group_4", "high", (FULL,) * 4, (25, 20, 10, 10, 12), "enough"),
        ("group_1", "low", (FULL, SHORT, SHORT, SHORT), (5, 5, 2, 2, 0), "below"),
        ("group_2", "medium", (FULL, SHORT), (10, 10, 4, 4, 5), "below"),
    ],
)
def test_points_are_looked_up_stepped_and_added(
    service_type: str, quality: str, children: tuple[tuple[int, int, str], ...], points: tuple[int, ...], result: str
) -> None:
    worked = programme(service_type, quality, *children)
    keys = ("TYPE", "QUALITY", "WEEKS-POINTS", "HOURS-POINTS", "RISK-POINTS")
    assert tuple(value(worked, key) for key in keys) == points
    assert value(worked, "TOTAL") == sum(points)
    assert worked.grade("RESULT") == result


@pytest.mark.parametrize(
    ("children", "both", "either"),
    [
        ((FULL,) * 4, "enough", "enough"),
        ((FULL, SHORT, SHORT, SHORT), "below", "below"),
        ((FULL, SHORT), "below", "enough"),
    ],
)
def test_two_ratings_by_the_lowest_and_by_a_matrix(
    children: tuple[tuple[int, int, str], ...], both: str, either: str
) -> None:
    worked = programme("group_2", "medium", *children)
    assert (worked.grade("BOTH"), worked.grade("EITHER")) == (both, either)


@pytest.mark.parametrize(
    ("quality", "training", "mean"), [("high", "medium", 15), ("low", "NA", 5), ("NA", "NA", None)]
)
def test_points_of_one_subject_are_a_mean_over_what_applies(quality: str, training: str, mean: int | None) -> None:
    said = {"service_type": "group_1", "quality": quality, "training": training}
    assert Worked(POINTS, {"p1": said}).sheet("p1").answer("quality_points") == mean


def test_a_programme_without_children_has_no_share_and_so_no_total() -> None:
    worked = programme("group_4", "high")
    assert (value(worked, "WEEKS"), value(worked, "WEEKS-POINTS"), value(worked, "TOTAL")) == (None, None, None)
    assert worked.grade("RESULT") == "judgement_needed"


def crimes(**files: str) -> Rows:
    """Files with crimes: ``v+`` is violence and recorded, ``t-`` theft and not recorded."""
    kind = {"v": "violence", "t": "theft", "d": "damage"}
    return {
        name: {"crime": {f"crime-{n}": {"offence": kind[c[0]], "recorded": "yes" if c[1] == "+" else "no"} for n, c in enumerate(said.split(), 1)}}
        for name, said in files.items()
    }  # fmt: skip


def test_a_file_holds_no_crime_one_or_several_and_each_is_a_unit() -> None:
    about = {"f1": {"channel": "call", "victim_told": "yes"}, "f2": {"channel": "call"}, "f3": {"channel": "desk"}}
    worked = Worked(FILES, about, crimes(f1="v+ v-", f2="t+"))
    assert (worked.figure("FILES").sufficient, worked.figure("CRIMES").sufficient) == (3, 3)
    assert worked.values("recorded") == {
        "f1/crime-1": "sufficient",
        "f1/crime-2": "insufficient",
        "f2/crime-1": "sufficient",
    }
    assert worked.values("victim_told") == {
        "f1": "sufficient",
        "f2": "not_relevant_by_rule",
        "f3": "not_relevant_by_rule",
    }
    assert value(worked, "RECORDED-VIOLENCE") == Fraction(1, 2)


def test_time_is_counted_from_the_file_to_the_crime() -> None:
    rows: Rows = {
        "f1": {"crime": {"a": {"recorded": "yes", "recorded_on": "2016-01-02"}, "b": {"recorded": "yes", "recorded_on": "2016-01-03"}, "c": {"recorded": "no"}}}
    }  # fmt: skip
    worked = Worked(FILES, {"f1": {"channel": "call", "reported_on": "2016-01-01"}}, rows)
    assert worked.values("recorded_in_time") == {
        "f1/a": "sufficient",
        "f1/b": "insufficient",
        "f1/c": "not_relevant_by_rule",
    }


def test_a_weighted_share_gives_each_stratum_what_it_holds_in_the_caseload() -> None:
    about = {"f1": {"channel": "call"}, "f2": {"channel": "desk"}}
    listed = {f"f{n}": {"channel": "desk"} for n in range(3, 11)}
    worked = Worked(FILES, about, crimes(f1="t+ t+", f2="t+ t- t- t-"), listed=listed)
    assert value(worked, "RECORDED") == Fraction(1, 2)
    # The one file of a call stands for itself; the one examined of a desk stands for nine, crimes that it holds included.
    assert value(worked, "RECORDED-WEIGHTED") == Fraction(1 * 2 + 9 * 1, 1 * 2 + 9 * 4)


def test_cases_of_two_measures_are_pooled_and_not_their_shares() -> None:
    about = {f"f{n}": {"channel": "call", "victim_told": "no"} for n in (1, 2)}
    worked = Worked(FILES, about, crimes(f1="v+ v+", f2="v+"))
    assert (value(worked, "RECORDED"), value(worked, "TOLD")) == (1, 0)
    assert value(worked, "BOTH") == Fraction(3, 5)


def crime(**said: str) -> Worked:
    return Worked(FILES, {"f1": {"channel": "call", "reported_on": "2016-01-01"}}, {"f1": {"crime": {"a": said}}})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"steps": "victim_seen|scene_seen"}, ("sufficient", "insufficient")),
        ({"steps": "victim_seen|records_searched"}, ("insufficient", "sufficient")),
    ],
)
def test_several_answers_are_looked_at_together_and_one_by_one(said: dict[str, str], expected: tuple[str, str]) -> None:
    worked = crime(**said)
    assert (worked.values("all_steps")["f1/a"], worked.values("searched")["f1/a"]) == expected


def test_a_day_decides_what_applies_and_two_days_are_held_against_each_other() -> None:
    early = Worked(
        FILES,
        {"f1": {"channel": "call", "reported_on": "2015-12-31"}},
        {"f1": {"crime": {"a": {"recorded_on": "2015-12-30"}}}},
    )
    assert early.values("searched") == {"f1/a": "not_relevant_by_rule"}
    assert early.values("recorded_before_it_was_told") == {"f1/a": "sufficient"}
    assert crime(recorded_on="2016-01-01").values("recorded_before_it_was_told") == {"f1/a": "insufficient"}


@pytest.mark.parametrize(
    ("visited", "expected"), [("2016-01-06", "sufficient"), ("2016-01-07", "insufficient")], ids=["third", "fourth"]
)
def test_working_days_leave_out_the_weekend(visited: str, expected: str) -> None:
    assert crime(visited_on=visited).values("visited_in_time")["f1/a"] == expected  # reported on Friday 1 January


@pytest.mark.parametrize(("reviewed", "expected"), [("2016-02-04", "sufficient"), ("2016-02-05", "insufficient")])
def test_a_week_has_passed_after_seven_days(reviewed: str, expected: str) -> None:
    assert crime(reviewed_on=reviewed).values("reviewed_in_time")["f1/a"] == expected


def test_a_share_is_rounded_to_one_place_before_it_is_looked_up() -> None:
    about = {"f1": {"channel": "call"}}
    assert Worked(FILES, about, crimes(f1="t+ t+ t-")).grade("RECORDING") == "enough"  # 66.67% is 66.7%
    assert Worked(FILES, about, crimes(f1="t+ t+ t+ t- t-")).grade("RECORDING") == "below"


def marked(question: str, first: str, second: str) -> Coefficient:
    """What the framework's first coefficient is, of crimes or files that two people marked yes (+) or no (-)."""
    word = {"+": "yes", "-": "no"}
    about = {f"f{n}": {"channel": "call", "victim_told": word[a]} for n, a in enumerate(first)}
    rows = crimes(**{f"f{n}": f"v{a}" for n, a in enumerate(first)})
    return again(Worked(FILES, about, rows), question, [word[b] for b in second])


def again(worked: Worked, question: str, second: Sequence[str]) -> Coefficient:
    """The first coefficient of a question when a second person gives these answers, one for each file."""
    package = worked.package
    more = [
        event._replace(op_id=f"{event.op_id}/2", pass_="second", actor="i2", value=second[int(event.subject_key[1:])])
        for event in package.events
        if event.question_id == question
    ]
    found = double_marking(replace(package, events=(*package.events, *more)))
    return next(one for one in found if one.question == question).answers.coefficients[0]


def test_agreement_is_measured_as_the_framework_says() -> None:
    # Ten units, eight of which agree; the coefficients by hand from the two-by-two table 7, 1, 1, 1.
    first, second = "++++++++--", "+++++++-+-"
    yes = Fraction(8, 10)
    chance = 2 * yes * (1 - yes)
    assert marked("victim_told", first, second).value == pytest.approx(float((Fraction(8, 10) - chance) / (1 - chance)))
    disagreement, expected = Fraction(2, 10), Fraction(2 * 16 * 4, 20 * 19)
    assert marked("recorded", first, second).value == pytest.approx(float(1 - disagreement / expected))


# Six units with amounts of 1, 2 and 4 points. Taken both ways round, five marks are little, four some, three much; one
# pair is a little and some, one some and much. Among all twelve marks the pairs of different ones are 20, 12 and 15.
FIRST = ("little", "little", "some", "some", "much", "little")
SECOND = ("little", "little", "some", "much", "much", "some")
ALIKE = Fraction(5 * 7 + 4 * 8 + 3 * 9, 144)  # the sum of share times rest of each category


def gwet(agreed: Fraction, weights: Fraction) -> Fraction:
    expected = weights / 6 * ALIKE
    return (agreed - expected) / (1 - expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # One less than all marks, times the squared differences seen, over those of all pairs.
        ("harm", 1 - Fraction(11 * 65, 3024)),  # by rank: 4.5, 3.5 and 8 apart
        ("loss", 1 - Fraction(11 * 10, 406)),  # by points: 1, 2 and 3 apart
        ("effort", 1 - Fraction(11 * 4 * 5, 806)),  # by points over their sum: 1/3, 1/3 and 3/5
        ("care", gwet(Fraction(5, 6), Fraction(5))),  # a neighbour counts half; the weights add up to 5
        ("doubt", gwet(Fraction(11, 12), Fraction(6))),  # a neighbour counts three quarters
    ],
)
def test_a_near_miss_counts_as_the_metric_or_the_weights_say(question: str, expected: Fraction) -> None:
    about = {f"f{n}": {"channel": "call"} for n in range(6)}
    rows: Rows = {f"f{n}": {"crime": {"a": {question: said}}} for n, said in enumerate(FIRST)}
    assert again(Worked(FILES, about, rows), question, SECOND).value == pytest.approx(float(expected))
