"""Measures as data, and that two of them never stand together."""

import pytest

from caselight.method.faults import Faults
from caselight.method.reoffending.comparing import one_measure
from caselight.method.reoffending.measures import Mark, measure, measures
from caselight.method.reoffending.options import Options

COMPUTED = ("EW-12M", "EW-3M", "SCOT-1Y")


def test_these_measures_are_known() -> None:
    """Three with a definition, two by name only."""
    assert set(measures()) == {*COMPUTED, "EW-2005Q1", "NI19"}


@pytest.mark.parametrize("id_", COMPUTED)
def test_every_option_of_a_measure_says_where_it_comes_from(id_: str) -> None:
    """No choice is hidden: all options stand in the file, each with a mark and a source."""
    found = measure(id_)

    assert {one.option for one in found.provenance} == set(Options.__dataclass_fields__)
    assert all(one.source for one in found.provenance)
    assert all(
        one.source.startswith("https://")
        for one in found.provenance
        if one.mark is Mark.SOURCE and "table" not in one.source
    )


def test_the_two_of_england_and_wales_differ_in_their_windows_only() -> None:
    """The same options; one entry a person in twelve months, or in each quarter."""
    assert measure("EW-12M").options == measure("EW-3M").options == Options()
    assert measure("EW-12M").window != measure("EW-3M").window


@pytest.mark.parametrize("id_", ["EW-2005Q1", "NI19"])
def test_a_measure_known_by_name_only_computes_nothing(id_: str) -> None:
    """It labels published figures."""
    with pytest.raises(Faults, match=r"reoffending\.measure-only-named"):
        measure(id_).computed_with()


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    """Most likely a slip."""
    with pytest.raises(Faults, match="EW-12M"):
        measure("EW-12")


@pytest.mark.parametrize("what", ["table", "trend", "chart", "difference"])
def test_two_measures_in_one_figure_are_refused_and_both_are_named(what: str) -> None:
    """Whatever the figure is."""
    with pytest.raises(Faults, match=rf"EW-12M .* EW-3M .* one {what}") as refused:
        one_measure(["EW-3M", "EW-12M"], what)
    assert [fault.code for fault in refused.value] == ["reoffending.measures-mixed"]


def test_one_measure_or_none_is_no_mixture() -> None:
    """Also a measure that is not known here, alone."""
    assert one_measure(["X", "X"], "table") == "X"
    assert one_measure([], "table") is None
