"""Numbers, lists, percentages and dates by house style."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.english import english

from caselight.method.wording.numbers import (
    capitalised,
    fill,
    join,
    percent_of,
    possible_percent,
    read_number,
    rounded,
    say_date,
    say_dates,
    say_decimal,
    say_number,
    say_when,
)


@pytest.mark.parametrize(
    ("number", "up_to", "said"),
    [
        (0, 9, "nought"),
        (1, 9, "one"),
        (9, 9, "nine"),
        (10, 9, "10"),
        (10, 10, "ten"),
        (34, 100, "thirty-four"),
        (100, 100, "one hundred"),
        (101, 200, "101"),
        (0, -1, "0"),
        (-1, 9, "-1"),
    ],
)
def test_a_count_is_a_word_up_to_the_house_limit(number: int, up_to: int, said: str) -> None:
    assert say_number(number, english(), words_up_to=up_to) == said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("28", 28),
        ("1,234", 1234),
        ("43.6", Decimal("43.6")),
        ("Twenty-Eight", 28),
        ("twenty eight", 28),
        ("twenty\u2011eight", 28),
        ("1.2.3", None),
        ("third", None),
        ("", None),
    ],
)
def test_digits_and_words_are_read_alike(text: str, number: object) -> None:
    assert read_number(text, english()) == number


@given(st.integers(0, 100))
def test_every_number_word_reads_back(number: int) -> None:
    assert read_number(say_number(number, english(), words_up_to=100), english()) == number


@pytest.mark.parametrize(
    ("parts", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["43.6%", "49.6%", "47.2%"], "43.6%, 49.6% and 47.2%")],
)
def test_lists_are_joined_as_a_sentence_does(parts: list[str], joined: str) -> None:
    assert join(parts, english()) == joined


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Decimal("82.35"), 1, "82.4"),
        (Decimal("82.34999"), 1, "82.3"),
        (Decimal("2.675"), 2, "2.68"),
        (Decimal(42), 1, "42.0"),
    ],
)
def test_rounding_is_half_up_and_exact(value: Fraction | Decimal, places: int, result: str) -> None:
    assert str(rounded(value, places)) == result


def test_decimals_keep_their_places_and_use_the_sign_of_the_language() -> None:
    assert say_decimal(Decimal(42), english()) == "42.0"
    welsh = english().model_copy(update={"decimal": ","})
    assert say_decimal(Decimal("42.05"), welsh) == "42,1"
    assert read_number("42,1", welsh) == Decimal("42.1")


@pytest.mark.parametrize(
    ("percent", "d", "possible"),
    [
        ("86", 39, False),
        ("85", 39, True),
        ("87", 39, True),
        ("84.6", 39, True),
        ("84.7", 39, False),
        ("100", 3, True),
        ("0", 3, True),
        ("101", 3, False),
        ("33.3", 3, True),
        ("34", 3, False),
    ],
)
def test_a_percentage_must_be_one_that_some_whole_number_gives(percent: str, d: int, possible: bool) -> None:
    assert possible_percent(Decimal(percent), d) is possible


@given(st.integers(1, 400).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), st.integers(0, 2))
def test_every_printed_percentage_is_possible(amount: tuple[int, int], places: int) -> None:
    n, d = amount
    assert possible_percent(percent_of(n, d, places), d)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2015, 12, 14), date(2015, 12, 16), "14 to 16 December 2015"),
        (date(2015, 11, 30), date(2015, 12, 2), "30 November to 2 December 2015"),
        (date(2015, 12, 30), date(2016, 1, 2), "30 December 2015 to 2 January 2016"),
        (date(2015, 12, 14), date(2016, 12, 16), "14 December 2015 to 16 December 2016"),
        (date(2015, 12, 14), date(2015, 12, 14), "14 December 2015"),
    ],
)
def test_a_range_of_dates_says_what_differs(first: date, last: date, said: str) -> None:
    assert say_dates(first, last, english()) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 2, 9), date(2026, 2, 9), "on 9 February 2026"),
        (date(2026, 2, 9), date(2026, 2, 20), "between 9 and 20 February 2026"),
        (date(2026, 2, 9), date(2026, 3, 2), "between 9 February and 2 March 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "between 30 December 2025 and 2 January 2026"),
    ],
)
def test_days_say_when_something_took_place(first: date, last: date, said: str) -> None:
    assert say_when(first, last, english()) == said
    assert say_when(first, last, english().model_copy(update={"date_range": {}})) is None


def test_a_language_without_ranges_joins_the_two_dates() -> None:
    bare = english().model_copy(update={"date_range": {}})
    assert say_dates(date(2015, 12, 14), date(2015, 12, 16), bare) == "14 December 2015 and 16 December 2015"
    assert say_date(date(2016, 1, 27), bare) == "27 January 2016"


def test_a_template_never_fails_on_a_hole_that_nobody_fills() -> None:
    assert fill("{n} of {unknown}, {d}", {"n": "28", "d": "{n}"}) == "28 of, {n}"
    assert capitalised("") == ""
    assert capitalised("28 of 32") == "28 of 32"
