"""The rows of a chart are the figures of its theme in published order, and the words said of them are computed."""

import pytest
from tests.factories.traced_figures import letter

from caselight.formats.charts.rows import ChartRow, chart_rows, finding


def row(label: str, n: int, d: int, **parts: bool) -> ChartRow:
    return ChartRow(label, label, n, d, f"{n} of {d}", **parts)


def test_rows_stand_in_the_order_of_the_letter_with_what_the_table_prints():
    rows = chart_rows(letter(), "P")
    assert [(item.key, item.n, item.d, item.phrase) for item in rows] == [
        ("P1", 31, 34, "31 of 34"),
        ("P5", 28, 32, "28 of 32"),
        ("P3", 1, 1, "1 of 1"),
        ("P8", 0, 0, "no case was relevant"),
    ]
    assert (rows[0].low, rows[0].high) == (0.8, 0.95)
    assert rows[3].share is None


def test_people_are_shown_and_a_need_is_marked():
    (item,) = chart_rows(letter(), "M")
    assert (item.phrase, item.adverse) == ("11 of 16", True)


def test_counts_and_published_rates_are_not_drawn_and_an_unknown_theme_has_no_rows():
    every = letter(themes=(("A", "All", tuple(letter().figures)),))
    assert {item.key for item in chart_rows(every, "A")} == {"P1", "P5", "P3", "P8", "M3"}
    assert chart_rows(letter(), "nowhere") == ()


@pytest.mark.parametrize("part", ["sufficient", "insufficient", "relevant", "phrase"])
def test_a_suppressed_figure_is_a_row_that_holds_nothing(part: str):
    rows = chart_rows(letter(), "P", {"P5": frozenset({part})})
    assert rows[1] == ChartRow("P5", hidden=True)


def test_a_suppressed_interval_leaves_the_bar():
    shown = chart_rows(letter(), "P", {"P5": frozenset({"interval"})})[1]
    assert (shown.phrase, shown.low) == ("28 of 32", None)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "No figure of this theme can be shown."),
        ([row("plan", 28, 32)], "One measure. Result: plan, 28 of 32."),
        (
            [row("plan", 28, 32), row("review", 7, 9), row("report", 14, 17)],
            "3 measures. Highest: plan, 28 of 32. Lowest: review, 7 of 9.",
        ),
        (
            [row("plan", 34, 34), row("report", 17, 17)],
            "2 measures. In each of them every relevant case or person counted: plan, 34 of 34; report, 17 of 17.",
        ),
        ([row("a", 1, 2), row("b", 2, 4)], "2 measures. All have the same share: a, 1 of 2; b, 2 of 4."),
        (
            [row("a", 5, 5), row("b", 4, 4), row("c", 3, 3), row("d", 2, 2), row("e", 0, 9)],
            "5 measures. Highest: a, 5 of 5; b, 4 of 4; c, 3 of 3; and 1 more. Lowest: e, 0 of 9.",
        ),
        (
            [row("plan", 28, 32), row("review", 0, 0), row("need", 11, 16, adverse=True)],
            "3 measures. Result: plan, 28 of 32. Counting a need or a failing: need, 11 of 16. "
            "No case was relevant for: review.",
        ),
        (
            [row("plan", 28, 32), ChartRow("secret", hidden=True), ChartRow("other", hidden=True)],
            "One measure. Result: plan, 28 of 32. "
            "2 measures are left out because their numbers are too small to publish.",
        ),
    ],
)
def test_the_finding_is_said_in_words(rows: list[ChartRow], says: str):
    assert finding(rows, {}) == says
