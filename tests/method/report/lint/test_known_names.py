"""The pattern for known names finds what a plain look for each of them would find, whatever the names are."""

from __future__ import annotations

import re

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
