"""Published rates of two measures do not stand in one sentence or one table of a letter; apart from each other they may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.letters import context, found

BOTH = "In Area A it was {rate.a: rates}, and by the newer way of counting {rate.new: rates}."
APART = "In Area A it was {rate.a: rates}. By the newer way of counting it was {rate.new: rates}."


def figures(origin="comparators.csv", measure="EW-3M"):
    known = context().figures
    new = replace(known["rate.a"], key="rate.new", measure=measure, origin=origin)
    return {**known, "rate.new": new}


def mixed(source, **which):
    return [fault for fault in found(source, figures=figures(**which)) if fault.code == "reoffending.measures-mixed"]


def test_a_sentence_with_figures_of_two_measures_is_refused_with_both_named():
    (fault,) = mixed(BOTH)
    assert "EW-12M" in fault.says
    assert "EW-3M" in fault.says
    assert "sentence" in fault.says
    assert fault.place


def test_one_sentence_for_each_measure_is_no_mixture():
    assert mixed(APART) == []
    assert mixed("It was {rate.a: rates}.\n\nIt was {rate.new: rates}.") == []


def test_two_figures_of_one_measure_may_stand_together():
    assert mixed(BOTH, measure="EW-12M") == []


def test_a_share_of_the_population_beside_a_rate_is_no_mixture_of_measures():
    assert mixed("It was {rate.a: rates}, where {share.a: rates} belong to minorities.") == []


def test_a_measure_that_is_known_is_recognised_in_the_table_of_outside_figures_too():
    assert len(mixed(BOTH, origin="external.csv")) == 1
    assert mixed(BOTH, origin="external.csv", measure="something local") == []


def test_what_a_sentence_only_rests_on_is_not_printed_beside_anything():
    assert mixed("It was {rate.a: rates}. {rate.new: rests}") == []


@pytest.mark.parametrize("style", ["rates", "direction"])
def test_one_phrase_with_two_measures_names_both(style):
    faults = found(f"It was {{rate.a, rate.new: {style}}}.", figures=figures())
    says = " ".join(fault.says for fault in faults if fault.code.endswith("across-measures"))
    assert "EW-12M" in says
    assert "EW-3M" in says
