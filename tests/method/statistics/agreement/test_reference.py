"""Every reference value for agreement comes out, within its own tolerance."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caselight.method.statistics.agreement.alpha import krippendorff_alpha
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.paired import paired_agreement
from caselight.method.statistics.agreement.ratings import Ratings, ratings_of, ratings_of_counts, ratings_of_table
from caselight.method.statistics.agreement.several_raters import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    percent_agreement,
)
from caselight.method.statistics.agreement.two_raters import cohen_kappa, pabak, scott_pi, weighted_kappa

FUNCTIONS: dict[str, Callable[..., Coefficient]] = {
    function.__name__: function
    for function in (
        brennan_prediger,
        cohen_kappa,
        conger_kappa,
        fleiss_kappa,
        gwet_ac1,
        gwet_ac2,
        krippendorff_alpha,
        pabak,
        percent_agreement,
        scott_pi,
        weighted_kappa,
    )
}
ENTRIES = json.loads((Path(__file__).parents[3] / "reference" / "statistics.json").read_text("utf-8"))


def of_functions(names: set[str]) -> list[Any]:
    return [pytest.param(entry, id=entry["id"]) for entry in ENTRIES if entry["function"] in names]


def ratings(inputs: dict[str, Any]) -> Ratings:
    if "table" in inputs:
        return ratings_of_table(inputs["table"])
    if "counts" in inputs:
        return ratings_of_counts(inputs["counts"])
    return ratings_of(inputs["ratings"], inputs["categories"])


@pytest.mark.parametrize("entry", of_functions(set(FUNCTIONS)))
def test_every_reference_value_comes_out(entry: dict[str, Any]) -> None:
    inputs, expected = entry["inputs"], entry["expected"]
    how = [inputs[name] for name in ("weights", "metric") if name in inputs]
    found = FUNCTIONS[entry["function"]](ratings(inputs), *how)
    if "status" in expected:
        assert (expected["status"], found.undefined) == ("undefined", expected["reason"])
        return
    assert found.value == pytest.approx(expected["value"], rel=0, abs=entry["tolerance"])
    for error in {"se", "se_null"} & set(expected):
        assert getattr(found, error) == pytest.approx(expected[error], rel=0, abs=entry["tolerance"])
    if "flag" in expected:
        assert expected["flag"] in found.flags


@pytest.mark.parametrize("entry", of_functions({"paired_agreement"}))
def test_not_relevant_is_a_category_of_one_figure_and_left_out_of_the_other(entry: dict[str, Any]) -> None:
    found = paired_agreement(*entry["inputs"]["ratings"], entry["inputs"]["not_relevant"], ["Y", "N"])
    for figure, name in zip(found, ("applicability", "judgement"), strict=True):
        expected = entry["expected"][name]
        assert figure.n == figure.agreement.units == expected["n"]
        assert figure.agreement.value == pytest.approx(expected["agreement"], abs=entry["tolerance"])
        assert figure.kappa.value == pytest.approx(expected["kappa"], abs=entry["tolerance"])


def test_no_function_of_the_reference_is_left_out() -> None:
    intervals = {entry["function"] for entry in ENTRIES if "interval" in entry["function"]}
    assert {entry["function"] for entry in ENTRIES} - intervals == {*FUNCTIONS, "paired_agreement"}
