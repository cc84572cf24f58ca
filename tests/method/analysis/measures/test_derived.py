"""Steps, sums and published figures; and that every way of measuring is tested somewhere."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.factories.scored import answers, inspected, measure, number, scored, share, yes_of

from caselight.method.analysis.measures import WAYS
from caselight.method.framework import measures

STEPS = measure("S", steps={"of": "M1", "steps": [
    {"at_least": "20%", "gives": 2}, {"at_least": "2/3", "gives": 4.5}, {"at_least": "99%", "gives": 10}]})  # fmt: skip


@pytest.mark.parametrize(
    ("yes", "of", "value"),
    [(1, 5, 2), (2, 3, Fraction(9, 2)), (65, 98, 2), (98, 99, Fraction(9, 2)), (99, 100, 10), (5, 5, 10)],
)
def test_a_step_begins_exactly_where_it_is_written(yes, of, value):
    assert number(inspected(scored([share("M1"), STEPS]), yes_of("K1", yes, of)), "S").value == value


def test_below_the_first_step_and_without_a_base_there_is_no_value():
    made = scored([share("M1"), STEPS])
    assert number(inspected(made, yes_of("K1", 1, 6)), "S").why == "below_first_step"
    assert number(inspected(made, answers("K1", "-")), "S").why == "no_base"


def total(**more: object) -> list[object]:
    return [share("M1"), STEPS, measure("X", external="rate"), measure("T", sum={"of": ["S", "X"], **more})]


def test_a_sum_adds_exact_numbers_and_names_its_parts():
    made = inspected(scored(total()), yes_of("K1", 1, 5), published={"rate": "43.6"})
    assert number(made, "T").value == 2 + Fraction("0.436")
    assert number(made, "T").of == ("S", "X")


def test_a_missing_part_leaves_a_sum_without_a_value_unless_it_may_be_skipped():
    events = yes_of("K1", 1, 6)
    assert number(inspected(scored(total()), events, published={"rate": "10"}), "T").why == "missing_part"
    assert number(inspected(scored(total(skip_missing=True)), events, published={"rate": "10"}), "T").value == Fraction(
        1, 10
    )


def test_a_published_figure_that_is_missing_is_said():
    found = number(inspected(scored(total()), yes_of("K1", 1, 5)), "X")
    assert (found.value, found.percent, found.why) == (None, True, "no_external")


def test_every_way_that_a_framework_can_write_is_worked_out_and_no_other():
    assert tuple(WAYS) == measures.WAYS
