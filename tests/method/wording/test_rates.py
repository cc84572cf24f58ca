"""Published rates: one measure only, and per cent is not percentage points."""

from decimal import Decimal

import pytest
from tests.factories.english import english

from caselight.method.wording.amounts import Rate, Refusal
from caselight.method.wording.phrases import phrase


def rate(value: str | None, measure: str = "binary", stated: str = "") -> Rate:
    return Rate(None if value is None else Decimal(value), measure, "the average", stated, key=f"rate.{value}")


def said(style: str, *rates: Rate, **options: str) -> str:
    result = phrase(style, rates, english(), options=options)
    return result.code if isinstance(result, Refusal) else result


@pytest.mark.parametrize(
    ("style", "values", "options", "prints"),
    [
        ("rates", ["43.6", "49.6", "47.2"], {}, "43.6%, 49.6% and 47.2%"),
        ("rates", ["42"], {}, "42%"),
        ("rates", ["42.0"], {}, "42.0%"),
        ("rates", ["42.05"], {}, "42.05%"),
        ("rates", ["58.5", "42.0"], {"as": "range"}, "between 42.0% and 58.5%"),
        ("rates", ["58.5"], {"as": "range"}, "letter.one-rate-is-no-list"),
        ("rates", ["58.5"], {"as": "respectively"}, "letter.one-rate-is-no-list"),
        ("rates", ["58.5", None], {}, "letter.rate-without-number"),
        ("direction", ["43.6", "49.6", "47.2", "37.9"], {"value": "yes"}, "above the average of 37.9%"),
        ("direction", ["43.6", "30.0", "37.9"], {}, "letter.mixed-directions"),
        ("direction", ["37.9", "37.90"], {}, "the same as the average"),
        ("direction", ["43.6", "37.9"], {"by": "points"}, "5.7 percentage points above the average"),
        ("direction", ["43.6", "37.9"], {"by": "per cent"}, "15.0 per cent above the average"),
        ("direction", ["37.9", "43.6"], {"by": "per cent"}, "13.1 per cent below the average"),
        ("direction", ["37.9", "37.9"], {"by": "points"}, "letter.no-single-difference"),
        ("direction", ["37.9", "0"], {"by": "per cent"}, "letter.no-single-difference"),
        ("direction", ["1", "2", "3"], {"by": "points"}, "letter.no-single-difference"),
        ("direction", ["43.6"], {}, "letter.direction-of-one"),
        ("direction", ["43.6", "37.9"], {"noun": "the national rate"}, "above the national rate"),
    ],
)
def test_rates_and_directions(style: str, values: list[str | None], options: dict[str, str], prints: str) -> None:
    assert said(style, *(rate(value) for value in values), **options) == prints


def test_rates_of_two_measures_never_stand_together() -> None:
    mixed = rate("43.6"), rate("2.9", "frequency")
    assert said("rates", *mixed) == "letter.rates-across-measures"
    assert said("direction", *mixed) == "letter.direction-across-measures"


def test_a_stated_direction_is_printed_as_reported_and_never_computed() -> None:
    assert said("direction", rate(None, stated="worse than the previous year")) == "worse than the previous year"
    assert said("direction", rate("43.6"), rate(None, stated="worse")) == "letter.rate-without-number"


def test_the_noun_of_a_comparison_carries_no_quantity() -> None:
    assert said("direction", rate("43.6"), rate("37.9"), noun="most areas") == "letter.quantity-in-noun"
