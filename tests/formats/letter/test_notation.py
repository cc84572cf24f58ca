"""The notation of a letter is read in one pass, whatever stands between the braces."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.formats.letter.notation import Braces, read_braces
from caselight.formats.letter.source import read_source
from caselight.method.faults import Faults
from caselight.method.report.letter import Bound


def faults_of(text: str) -> list[str]:
    try:
        read_source(text, "en", "letter.md")
    except Faults as faults:
        return [fault.code for fault in faults.faults]
    return []


READ = [
    ("A: of", True, Braces(("A",), "of", {})),
    (" rate.a , C4@custody :  all but ; noun = ; side=x y ", True,
     Braces(("rate.a", "C4@custody"), "all but", {"noun": "", "side": "x y"})),
    ("A; side=insufficient", False, Braces(("A",), "", {"side": "insufficient"})),
    ("A:", True, None),
    ("A: ;x=y", True, None),
    ("A", True, None),
    ("A: of", False, None),
    ("A:", False, None),
    ("A,: of", True, None),
    ("1A: of", True, None),
    ("A: of;", True, None),
    ("A: of; side", True, None),
    ("A: of; =x", True, None),
    ("", False, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "style", "meant"), READ)
def test_braces_hold_keys_a_style_and_options(text, style, meant):
    assert read_braces(text, style=style) == meant


@settings(deadline=500, max_examples=300)
@given(st.text("{}[]:;=,A \n", max_size=4_000))
def test_any_text_is_read_or_refused_in_time(text):
    faults_of(text)


@pytest.mark.parametrize(
    "text",
    ["{A:" + " " * 1_900 + "=;}", "{A" + " ," * 900 + "}", "{" * 80_000, "[a]{" * 20_000, "{A:of} " * 20_000, "[" * 20_000,
     "&#65;{A:of}" * 10_000],
    ids=["blanks", "commas", "braces", "checked", "many phrases", "brackets", "entities"],
)  # fmt: skip
def test_what_repeats_is_read_in_time(text):
    begun = time.process_time()  # the processor's own: whether it ends, and not how busy the machine is
    faults_of(text)
    assert time.process_time() - begun < 5


def test_no_more_than_a_hundred_broken_phrases_are_listed_and_the_last_says_so():
    with pytest.raises(Faults) as raised:
        read_source("{oops} " * 500, "en", "letter.md")
    assert len(raised.value.faults) == 100
    assert "no further one is listed" in raised.value.faults[-1].says


def test_a_phrase_that_never_ends_is_broken():
    assert faults_of("{A: of; noun=" + "x" * 3_000 + "}") == ["letter.notation"]
    assert faults_of("{A: of; noun=" + "x" * 1_900 + "}") == []


def test_the_place_of_a_phrase_is_its_line_and_column():
    (block,) = read_source("One,\n  two {A: of}\n  and\n {B: of}.", "en", "letter.md").blocks
    places = [(part.place.line, part.place.column) for part in block.parts if isinstance(part, Bound)]
    assert places == [(2, 7), (4, 2)]
