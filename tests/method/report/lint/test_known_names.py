"""The pattern for known names finds what a plain look for each of them would find, whatever the names are."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.method.inspection.package import Identity
from caselight.method.report.lint.names import known_names

NAMES = st.lists(st.text("abAB .'", min_size=1, max_size=8), min_size=1, max_size=6)


def naive(names: list[str], text: str) -> bool:
    """Whether any word of more than two letters of a name, or its capitals, stands in the text as a whole word."""
    words = {part for name in names for part in re.split(r"[\s,]+", name) if len(part) > 2}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for word in words for form in (word, word.upper()))


@given(NAMES, st.text("abAB .'", max_size=30))
def test_every_name_that_a_plain_look_finds_is_found(names, text):
    known = known_names([Identity(f"k{number}", name) for number, name in enumerate(names)], [], ())
    if naive(names, text):
        assert known.found(text)


def test_longest_name_is_named_where_several_begin_alike():
    known = known_names([Identity("k1", "Annabel"), Identity("k2", "Anna"), Identity("k3", "Ann")], [], ())
    assert known.found("Annabel saw Anna, and Ann saw ANNA.") == ("Annabel", "Anna", "Ann", "ANNA")


def test_part_of_a_longer_word_is_no_name():
    assert known_names([Identity("k1", "Ann")], [], ()).found("Annual planning") == ()


def test_name_of_any_length_gives_a_pattern():
    names = ["a" * length for length in range(1, 2_000)] + ["b" * 100_000]
    known = known_names([Identity(name[:1], name) for name in names], [], ())
    assert known.found("saw aaaa and " + "b" * 100_000) == ("aaaa", "b" * 100_000)


MONTHS = ["January", "February", "March", "April", "May", "June"] + ["July"] * 6
WELSH = ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"] + ["Gorffennaf"] * 6
CHILD = Identity("k1", "Ada-Louise Li", ("Jo",), date_of_birth=date(2001, 3, 5))

GIVEN_AWAY = [
    ("Jo came.", "Jo"),
    ("Li came.", "Li"),
    ("It was LI.", "LI"),
    ("Ada came.", "Ada"),
    ("Louise came.", "Louise"),
    ("Ada\u2011Louise came.", "Ada-Louise"),
    ("born 2001-03-05", "2001-03-05"),
    ("born 05/03/2001", "05/03/2001"),
    ("born 5.3.2001", "5.3.2001"),
    ("born 05/03/01", "05/03/01"),
    ("born 5 March 2001", "5 March 2001"),
    ("born 5th March 2001", "5th March 2001"),
    ("born on the 5th of March 2001", "5th of March 2001"),
    ("born 5 Mar 2001", "5 Mar 2001"),
    ("case 12 05/03/2001", "05/03/2001"),
    ("ganwyd 5 Mawrth 2001", "5 Mawrth 2001"),
]


@pytest.mark.parametrize(("text", "hit"), GIVEN_AWAY)
def test_part_of_a_name_and_every_way_to_write_a_day_of_birth_are_found(text, hit):
    assert known_names([CHILD], MONTHS + WELSH, ()).found(text) == (hit,)


@pytest.mark.parametrize(
    "text",
    [
        "jo and li",
        "Joanne",
        "5 March 2002",
        "5 April 2001",
        "6 March 2001",
        "15 March 2001",
        "05/03/20011",
        "5 Ma 2001",
        "M 5 3 01 L 5 3 2001",
    ],
)
def test_what_only_looks_alike_is_left(text):
    assert known_names([CHILD], MONTHS + WELSH, ()).found(text) == ()


def test_a_name_in_capitals_in_the_caseload_is_found_as_it_is_written_in_a_letter():
    assert known_names([Identity("k1", "ADA LOVELACE")], [], ()).found("Ada came.") == ("Ada",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MAHMOODI, Sanjay", "Mahmoodi came"),
        ("Sanjay Mahmoodi", "the Mahmoodis came"),
        ("Sanjay Mahmoodi", "little sanjay came"),
        ("Łukasz Gross", "Lukasz came"),
        ("Lukasz Groß", "Gross came"),
        ("Mary-Jane Smith", "Mary\u2011Jane came"),
        ("Siobhan O'Neill", "ONeill came"),
        ("Siobhan O'Neill", "O‘Neill came"),
    ],
)
def test_name_is_found_however_it_is_written(name, text):
    assert known_names([Identity("k", name)], (), (), prose=True).found(text)


@pytest.mark.parametrize("said", ["WL/13/4560", "WL 13 4560", "WL-13-4560", "wl134560"])
def test_case_number_is_found_whatever_stands_between_its_parts(said):
    assert known_names([Identity("k", "A", local_id="WL/13/4560")], (), ()).found(f"The case {said} was read.")


def test_small_letters_are_for_prose_because_a_style_sheet_has_words_too():
    names = [Identity("k", "Ada Black")]
    assert not known_names(names, (), ()).found("color: black")
    assert known_names(names, (), (), prose=True).found("a child called black")
