"""Pictures of reoffending: fit for pages, readable aloud, the same numbers in the table, and no two measures together."""

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from caselight.formats.charts.plot import Picture, axis
from caselight.formats.charts.reoffending import Point, concentration_curve, funnel, time_to_reoffence, trend
from caselight.method.faults import Faults
from caselight.method.reoffending.rates import Counts
from caselight.method.reoffending.tracking import Top


def text_of(made: Picture) -> str:
    """What stands written in the picture itself."""
    root = etree.fromstring(made.svg)
    return " ".join(text for element in list(root)[2:] for text in element.itertext())


NATIONAL = Point("England and Wales", "EW-3M", Counts(20_695, 7_079, 25_830))


def points(*entries_and_reoffenders: tuple[int, int]) -> list[Point]:
    return [Point(f"Q{n}", "EW-3M", Counts(e, r, 3 * r)) for n, (e, r) in enumerate(entries_and_reoffenders, 1)]


def pictures() -> dict[str, Picture]:
    tops = [Top(1, 6, Decimal("60.0")), Top(2, 10, Decimal("100.0"))]
    return {
        "trend": trend("Trend", points((94, 41), (20, 7), (60, 20)), chart_id="a"),
        "funnel": funnel("Funnel", points((94, 41), (20, 7), (300, 190)), NATIONAL, chart_id="b"),
        "time": time_to_reoffence("Time", Counts(100, 10, 30), [4, 3, 2, 1], measure="EW-3M", chart_id="c"),
        "concentration": concentration_curve("Few", tops, 40, measure="EW-3M", chart_id="d"),
    }


@pytest.mark.parametrize("name", ["trend", "funnel", "time", "concentration"])
def test_a_picture_may_stand_in_a_page_and_is_read_aloud(name: str) -> None:
    made = pictures()[name]
    root = etree.fromstring(made.svg)
    names = [element.tag.rpartition("}")[2] for element in root]
    assert names[:2] == ["title", "desc"]
    assert root[1].text == made.description
    assert "style=" not in made.svg
    assert "<script" not in made.svg
    assert made.rows
    assert all(len(row) == len(made.columns) for row in made.rows)
    assert made == pictures()[name]


def test_no_rate_is_drawn_or_printed_of_fewer_than_thirty() -> None:
    made = pictures()["trend"]
    assert made.rows[1] == ("Q2", "20", "7", "[u]", "[u]", "final")
    assert "35" not in made.description


def test_overlapping_intervals_are_called_not_distinguishable() -> None:
    assert "not distinguishable" in trend("T", points((94, 41), (263, 100)), chart_id="a").description
    assert "lower" in trend("T", points((400, 300), (400, 100)), chart_id="a").description


def test_the_funnel_names_only_what_chance_alone_would_not_do() -> None:
    made = pictures()["funnel"]
    assert "Q3 (63.3%)" in made.description
    assert "Q1" not in made.description
    assert [row[-1] for row in made.rows] == ["not distinguishable", "[u]", "higher, outside 99.8%"]


def test_two_measures_are_never_in_one_picture() -> None:
    mixed = [Point("a", "EW-3M", Counts(94, 41, 100)), Point("b", "EW-12M", Counts(94, 41, 100))]
    with pytest.raises(Faults, match=r"reoffending\.measures-mixed"):
        trend("T", mixed, chart_id="a")
    with pytest.raises(Faults, match=r"reoffending\.measures-mixed"):
        funnel("F", mixed[1:], NATIONAL, chart_id="a")


def test_a_picture_of_nothing_says_so() -> None:
    assert "Fewer than two" in trend("T", [], chart_id="a").description
    assert "Nobody reoffended" in concentration_curve("F", [], 0, measure="EW-3M", chart_id="a").description
    assert (
        "0 reoffended" in time_to_reoffence("T", Counts(0, 0, 0), [0] * 12, measure="EW-3M", chart_id="a").description
    )


@pytest.mark.parametrize(("largest", "most"), [(0.4, 5), (5, 5), (47, 50), (101, 120), (744, 800)])
def test_an_axis_holds_its_largest_value_with_round_numbers(largest: float, most: float) -> None:
    found = axis(largest)
    assert found.most >= largest
    assert 2 <= len(found.ticks) <= 6


def test_limits_around_sums_over_cohorts_are_said_to_be_approximate() -> None:
    """A child who enters in each quarter is four entries of a year, which no interval for entries knows."""
    alone = [Point(f"s{n}", "EW-3M", Counts(90 + n, 40, 100)) for n in range(3)]
    summed = [replace(point, summed=True) for point in alone]
    for made in (funnel("Services", summed, NATIONAL, chart_id="f"), trend("Years", summed, chart_id="t")):
        assert "Approximate" in text_of(made)
        assert "approximate" in made.description
        assert all(row[4].endswith(", approximate") for row in made.rows)
    for made in (funnel("Services", alone, NATIONAL, chart_id="f"), trend("Quarters", alone, chart_id="t")):
        assert "Approximate" not in text_of(made)
        assert not any("approximate" in row[4] for row in made.rows)


def test_what_hollow_marks_mean_is_said_where_there_are_any() -> None:
    final = [Point(f"Q{n}", "EW-3M", Counts(90, 40, 100)) for n in range(3)]
    interim = [*final, Point("Q4", "EW-3M", Counts(90, 20, 40), interim=True)]
    assert "Hollow" not in text_of(trend("a", final, chart_id="a"))
    assert "Hollow" in text_of(trend("a", interim, chart_id="a"))
