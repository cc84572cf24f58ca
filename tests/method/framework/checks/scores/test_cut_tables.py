"""Cut tables: every value has one grade and only one, in exact arithmetic, and the values that cannot occur do not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.scored import DOC, GRADES, measure, rating, scored, share

from caselight.method.framework.checks.scores import score_faults
from caselight.method.framework.cutting import cut_of
from caselight.method.framework.measures import exact

THREE = ("bad", "weak", "best")


def table(*cuts: str, **more: object) -> dict[str, object]:
    """A table from cuts such as ``[0 50)``: an edge that is inside is square; ``-`` is an open end."""
    made = []
    grades = THREE if len(cuts) == 3 else GRADES
    for grade, cut in zip(grades, cuts, strict=False):
        low, high = cut[1:-1].split()
        keys = {("from" if cut[0] == "[" else "above"): low, ("to" if cut[-1] == "]" else "below"): high}
        made.append({"grade": grade} | {key: end for key, end in keys.items() if end != "-"})
    return {"id": "own", "cuts": made, "provenance": DOC} | more


def told(cuts: dict[str, object], way: dict[str, object] | None = None) -> list[str]:
    """The codes of what is wrong with a table that is used for a share, or for another measure."""
    made = measure("M1", **way) if way else share("M1")
    framework = scored([made], [rating("R1", cut={"measures": ["M1"], "table": "own"})], [cuts])
    quiet = ("framework.grade-never-reached", "framework.cut-table-unused")
    return [fault.code.removeprefix("framework.") for fault in score_faults(framework) if fault.code not in quiet]


GOOD = ("[- 50%)", "[50% 80%)", "[80% -]")
WHOLE = {"points": {"questions": ["CRIT"], "as": "sum"}}
MEAN = {"mean": {"question": "CODE"}}


@pytest.mark.parametrize(
    ("cuts", "way", "codes"),
    [
        (table(*GOOD), None, []),
        (table("[- 50%]", "[50% 80%)", "[80% -]"), None, ["cut-overlap"]),
        (table("[- 50%)", "(50% 80%)", "[80% -]"), None, ["cut-gap"]),
        (table("[- 62%]", "[63% 80%)", "[80% -]"), None, ["cut-gap"]),
        (table("[- 62%]", "[63% 80%)", "[80% -]", rounding="half_up_to_integer"), None, []),
        (table("[- 62%]", "[63% 80%)", "[80% -]", rounding="half_up_to_one_place"), None, ["cut-gap"]),
        (table("[- 62%]", "[64% 80%)", "[80% -]", rounding="half_up_to_integer"), None, ["cut-gap"]),
        (table("[1% 50%)", "[50% 80%)", "[80% -]"), None, ["cut-end"]),
        (table("[0 50%)", "[50% 80%)", "[80% 100%]"), None, []),
        (table("[0 50%)", "[50% 80%)", "[80% 100%)"), None, ["cut-end"]),
        (table("[- 50%)", "[50% 40%)", "[50% -]"), None, ["cut-empty"]),
        (table("[- 50%)", "[50% 101%)", "[101% -]"), None, ["cut-outside", "cut-outside"]),
        (table("[- 50)", "[50 80)", "[80 -]"), None, ["cut-outside", "cut-outside", "cut-outside"]),
        (table(*GOOD, whole=True), None, ["cut-not-whole"]),
        (table("[- 2]", "[3 3]", "[4 -]", whole=True), WHOLE, []),
        (table("[- 2]", "[3 3]", "[4 -]"), WHOLE, ["cut-gap", "cut-gap"]),
        (table("[- 2]", "(2 3]", "(3 -]", whole=True), WHOLE, []),
        (table("[- 1)", "[1 2)", "[2 -]"), MEAN, []),
        (table("[- 1)", "[1 2)", "[2 -]", whole=True), MEAN, ["cut-not-whole"]),
        (table("[1 2)", "[2 2.5)", "[2.5 -]"), MEAN, ["cut-end"]),
        (table("[- 1)", "[1 3.5)", "[3.5 -]"), MEAN, ["cut-outside"]),
        (table(*GOOD), MEAN, ["cut-outside"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told(cuts, way, codes):
    assert told(cuts, way) == codes


def test_the_gap_names_both_sides_and_a_value_in_it():
    framework = scored(
        [share("M1")],
        [rating("R1", cut={"measures": ["M1"], "table": "own"})],
        [table("[- 62%]", "[63% 80%)", "[80% -]")],
    )
    (fault,) = [fault for fault in score_faults(framework) if fault.code == "framework.cut-gap"]
    assert fault.says == "62.5% lies between 62% and 63%, so it would have no grade."
    assert fault.where == ("cut_tables", 1, "cuts", 1)


@pytest.mark.parametrize(
    ("ends", "codes"), [(("[- 3]", "[4 7]", "[8 -]"), []), (("[1 3]", "[4 7]", "[8 8]"), ["cut-end", "cut-end"])]
)
def test_the_table_of_a_sum_covers_every_score_up_to_its_maximum(ends, codes):
    parts = [rating(f"J{n}", judged=f"G{n}", may_decide=False) for n in (1, 2, 3)]
    top = rating("R1", sum={"of": ["J1", "J2", "J3"], "tables": [{"maximum": 9, "table": "own"}]})
    found = score_faults(scored([], [*parts, top], [table(*ends, whole=True)]))
    assert [fault.code.removeprefix("framework.") for fault in found if "cut-end" in fault.code] == codes


def test_a_table_for_percentages_and_scores_is_two_tables():
    ratings = [
        rating("R1", cut={"measures": ["M1"], "table": "own"}),
        rating("R2", cut={"measures": ["M2"], "table": "own"}),
    ]
    made = scored([share("M1"), measure("M2", **MEAN)], ratings, [table(*GOOD)])
    assert "framework.cut-mixed" in {fault.code for fault in score_faults(made)}


@given(
    st.lists(st.integers(1, 99), min_size=2, max_size=2, unique=True).map(sorted),
    st.sampled_from(["exact", "half_up_to_integer", "half_up_to_one_place"]),
    st.fractions(0, 1, max_denominator=400),
    st.sampled_from([(")", "["), ("]", "("), (")", "("), ("]", "[")]),
)
def test_a_table_without_a_fault_gives_every_share_exactly_one_grade(ends, rounding, value, edges):
    low, high = ends
    close, open_ = edges
    cuts = table(f"[- {low}%{close}", f"{open_}{low}% {high}%{close}", f"{open_}{high}% -]", rounding=rounding)
    framework = scored([share("M1")], [rating("R1", cut={"measures": ["M1"], "table": "own"})], [cuts])
    made = framework.cut_table_by_id["own"]
    found = cut_of(value, made, percent=True)
    if not told(cuts):
        assert found is not None
        assert (
            found.grade == THREE[sum(value >= exact(f"{end}%") for end in ends)]
            or value in map(exact, (f"{low}%", f"{high}%"))
            or rounding != "exact"
        )
