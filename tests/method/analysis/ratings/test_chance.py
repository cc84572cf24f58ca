"""The chance that another sample would be rated differently: against the enumeration, a census, parts together."""

from __future__ import annotations

from itertools import product

import pytest
from tests.factories.scored import (
    DOC,
    answers,
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

from caselight.method.statistics.resampling import another_sample

ONE = scored([share("M1")], [cut("R1")])


def at_least(yes: int, n: int, least: float, size: int | None = None) -> float:
    """The chance that another sample has at least this share."""
    return sum(chance for k, chance in enumerate(another_sample(yes, n, size)) if k / n >= least - 1e-12)


def test_one_measure_of_a_caseload_that_is_not_known():
    found = reached(inspected(ONE, yes_of("K1", 24, 30)))
    assert found.grade == "best"
    assert found.chance == pytest.approx(1 - at_least(24, 30, 0.8))
    assert found.chance_why == "predictive"


def test_one_measure_of_a_caseload_whose_relevant_cases_are_known():
    found = reached(inspected(ONE, yes_of("K1", 24, 30), caseload=40))
    assert found.chance == pytest.approx(1 - at_least(24, 30, 0.8, 40))
    assert found.chance_why == "caseload"


def test_a_census_would_be_rated_the_same_again():
    found = reached(inspected(ONE, yes_of("K1", 24, 30), caseload=30))
    assert (found.chance, found.chance_why) == (0.0, "census")


def test_a_census_needs_no_known_relevance_and_no_share():
    gated = scored([share("M1", where={"answer": "CONCERN", "is": "yes"})], [cut("R1")])
    package = inspected(gated, yes_of("CONCERN", 5, 6), yes_of("K1", 4, 6), caseload=6)
    assert (reached(package).grade, reached(package).chance_why) == ("best", "census")
    points = scored([measure("M1", points={"questions": ["K1", "CRIT"]})], [cut("R1")])
    package = inspected(points, yes_of("K1", 2, 3), yes_of("CRIT", 2, 3), caseload=3)
    assert (reached(package).chance, reached(package).chance_why) == (0.0, "census")


def test_the_lowest_of_several_measures_takes_them_as_independent():
    made = scored([share("M1"), share("M2")], [cut("R1", "M1", "M2")])
    found = reached(inspected(made, yes_of("K1", 24, 30), yes_of("K2", 25, 30)))
    assert found.chance == pytest.approx(1 - at_least(24, 30, 0.8) * at_least(25, 30, 0.8))
    assert found.chance_why == "predictive independent"


def test_what_nobody_drew_has_no_other_sample():
    found = reached(inspected(scored([], judged("J1")), grades("G")), "J1")
    assert (found.chance, found.chance_why) == (None, "fixed")


def test_points_have_no_chance_and_say_so():
    made = scored([measure("M1", points={"questions": ["K1", "CRIT"]})], [cut("R1")])
    found = reached(inspected(made, yes_of("K1", 2, 3), yes_of("CRIT", 2, 3)))
    assert (found.chance, found.chance_why) == (None, "not_a_share")


@pytest.mark.parametrize("state", ["not_rated", "incomplete"])
def test_without_a_grade_there_is_no_chance(state):
    events = answers("K1", "-", "-") if state == "not_rated" else answers("K1", "yes", "")
    found = reached(inspected(ONE, events, cases=2))
    assert (found.state, found.chance, found.chance_why) == (state, None, "no_grade")


SCORES = {"bad": 0, "weak": 1, "good": 2, "best": 3}
BOUNDS = {"bad": (-1.0, 0.5), "weak": (0.5, 0.65), "good": (0.65, 0.8), "best": (0.8, 2.0)}


def chances(yes: int, n: int) -> dict[str, float]:
    return {g: at_least(yes, n, low) - at_least(yes, n, high) for g, (low, high) in BOUNDS.items()}


WAYS = {
    "lowest": (rating("R1", lowest={"of": ["A", "B", "J1"]}), lambda a, b: min(a, b, 2)),
    "sum": (
        rating("R1", sum={"of": ["A", "B", "J1"], "tables": [{"maximum": 9, "table": "nine"}]}),
        lambda a, b: 0 if a + b + 2 <= 3 else 1 if a + b + 2 <= 5 else 2 if a + b + 2 <= 7 else 3,
    ),
    "first_match": (
        rating("R1", first_match={"lines": [
            {"grade": "bad", "when": {"ratings": ["A", "B", "J1"], "or_worse": "weak", "times": {"at_least": 2}}},
            {"grade": "best", "when": {"rating": "A", "is": "best"}},
            {"grade": "good", "when": {"always": True}}]}),
        lambda a, b: 0 if (a <= 1) + (b <= 1) >= 2 else 3 if a == 3 else 2,
    ),
    "matrix": (
        rating("R1", matrix={"rows": "A", "columns": "B", "cells": {
            row: {column: "best" if r + c > 3 else "bad" for c, column in enumerate(SCORES)}
            for r, row in enumerate(SCORES)}}),
        lambda a, b: 3 if a + b > 3 else 0,
    ),
}  # fmt: skip
NINE = {
    "id": "nine",
    "whole": True,
    "cuts": [{"grade": "bad", "to": "3"}, {"grade": "weak", "from": "4", "to": "5"}, {"grade": "good", "from": "6", "to": "7"}, {"grade": "best", "from": "8"}],
    "provenance": DOC,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_combinations_equal_the_enumeration_of_their_parts(way):
    made, rule = WAYS[way]
    framework = scored([share("M1"), share("M2")], [*judged("J1"), cut("A", "M1"), cut("B", "M2"), made], [NINE])
    found = reached(inspected(framework, grades("G"), yes_of("K1", 21, 30), yes_of("K2", 26, 30)))
    first, second = chances(21, 30), chances(26, 30)
    same = sum(
        first[a] * second[b] for a, b in product(SCORES, SCORES) if rule(SCORES[a], SCORES[b]) == SCORES[found.grade]
    )
    assert found.chance == pytest.approx(1 - same)
    assert found.chance_why == "predictive independent"


def test_a_part_that_a_panel_decided_is_fixed():
    made = scored([share("M1")], [cut("A", "M1"), rating("R1", lowest={"of": ["A"]})])
    package = inspected(made, yes_of("K1", 21, 30), [of_service("rating:A", "best")])
    assert (reached(package).grade, reached(package).chance_why) == ("best", "fixed")
    assert reached(package, "A").chance == pytest.approx(1 - chances(21, 30)["good"])


def test_a_cap_holds_in_other_samples_too():
    cap = {"when": {"fact": "breach", "is": "yes"}, "at_most": "bad", "says": "A breach.", "provenance": DOC}
    found = reached(inspected(scored([share("M1")], [cut("R1", caps=[cap])]), yes_of("K1", 24, 30), breach="yes"))
    assert (found.reached, found.grade) == ("best", "bad")
    assert found.chance == pytest.approx(0)


def test_pooled_cases_and_steps_have_a_chance_too():
    steps = {"of": "M1", "steps": [{"at_least": "0", "gives": 0}, {"at_least": "80%", "gives": 1}]}
    table = {
        "id": "one",
        "whole": True,
        "cuts": [{"grade": "bad", "to": "0"}, {"grade": "best", "from": "1"}],
        "provenance": DOC,
    }
    measures = [share("M1"), share("M2"), measure("S", steps=steps), measure("P", pooled={"of": ["M1", "M2"]})]
    ratings = [rating("R1", cut={"measures": ["S"], "table": "one"}), cut("R2", "P")]
    package = inspected(scored(measures, ratings, [table]), yes_of("K1", 8, 10), yes_of("K2", 3, 4, among=10))
    assert reached(package).chance == pytest.approx(1 - at_least(8, 10, 0.8))
    joint = product(enumerate(another_sample(8, 10)), enumerate(another_sample(3, 4)))
    good = sum(p * q for (a, p), (b, q) in joint if 0.65 <= (a + b) / 14 < 0.8)
    assert (reached(package, "R2").grade, reached(package, "R2").chance_why) == ("good", "predictive independent")
    assert reached(package, "R2").chance == pytest.approx(1 - good)


def test_too_many_combinations_to_try_have_no_chance():
    letters = "ABCDEFGH"
    lines = [{"grade": "bad", "when": {"ratings": list(letters), "is": "bad", "times": {"at_least": 1}}}]
    lines.append({"grade": "good", "when": {"always": True}})
    made = scored([share("M1")], [*(cut(x, "M1") for x in letters), rating("R1", first_match={"lines": lines})])
    found = reached(inspected(made, yes_of("K1", 21, 30)))
    assert (found.grade, found.chance, found.chance_why) == ("good", None, "too_many")
