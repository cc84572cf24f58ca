"""docs/explanation/small-numbers.md is true: every number of its tables is computed again."""

import re

import pytest
from tests.repository.pages import rows, sections, text_of

from caselight.method.statistics.agreement.alpha import krippendorff_alpha
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.ratings import ratings_of_table
from caselight.method.statistics.agreement.several_raters import gwet_ac1, percent_agreement
from caselight.method.statistics.agreement.two_raters import cohen_kappa
from caselight.method.statistics.alternatives import agresti_coull_interval, jeffreys_interval
from caselight.method.statistics.hypergeometric import hypergeometric_interval
from caselight.method.statistics.proportions import clopper_pearson_interval, wilson_finite_interval, wilson_interval
from caselight.method.statistics.sample_size import sample_size
from caselight.method.statistics.two_samples import Counted, fisher_exact, newcombe_difference

TEXT = text_of("docs/explanation/small-numbers.md")
PAGE = sections(TEXT)


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("row", rows(PAGE["How sure is a share?"], "Cases"), ids=lambda row: row[0])
def test_the_page_gives_the_six_intervals(row: list[str]) -> None:
    k, n, population = numbers(row[0])
    found = [
        wilson_interval(k, n),
        wilson_finite_interval(k, n, population),
        hypergeometric_interval(k, n, population)[2:],  # type: ignore[index]
        clopper_pearson_interval(k, n),
        jeffreys_interval(k, n),
        agresti_coull_interval(k, n),
    ]
    assert row[1:] == [f"{low:.3f} to {high:.3f}" for low, high in found]  # type: ignore[misc]


def said(coefficient: Coefficient) -> str:
    return "undefined" if coefficient.undefined else f"{coefficient.value:.2f}"


@pytest.mark.parametrize(
    "row", rows(PAGE["How alike do two people judge?"], "Both yes"), ids=lambda row: " ".join(row[:4])
)
def test_the_page_gives_the_coefficients_of_its_tables(row: list[str]) -> None:
    a, b, c, d = (int(cell) for cell in row[:4])
    ratings = ratings_of_table([[a, b], [c, d]])
    assert row[4] == f"{percent_agreement(ratings).value:.0%}"
    assert row[5:] == [said(found) for found in (gwet_ac1(ratings), cohen_kappa(ratings), krippendorff_alpha(ratings))]


def test_the_page_gives_the_difference_and_the_chance_of_its_example() -> None:
    one, other = Counted(28, 34), Counted(20, 34)
    low, high = newcombe_difference(one, other)  # type: ignore[misc]
    points = 100 * (28 / 34 - 20 / 34)
    assert f"is {points:.0f} points, and may be anything from {100 * low:.0f} to {100 * high:.0f}" in " ".join(
        TEXT.split()
    )
    assert f"For 28 and 20 of 34 that is {fisher_exact(one, other):.3f}" in TEXT


def test_the_page_gives_the_sizes_of_a_sample() -> None:
    sizes = [sample_size(100, confidence=confidence, margin=0.05) for confidence in (0.8, 0.95)]
    assert f"80% confidence and 5 points need {sizes[0]}; 95% and 5 points need {sizes[1]}." in TEXT
