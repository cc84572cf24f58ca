"""Each claim stands in its own sentence, and a quotation is a claim as well."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.letters import codes, context, traced
from tests.method.report.test_trace import accepted


def own(letter):
    return [claim for claim in letter.claims if claim.id.startswith("summary")]


SENTENCES = [
    ("One {A: of}. Two {A: of}.", ["One 18 of 20 cases.", "Two 18 of 20 cases."]),
    (
        "{fact.service-short: fact} is new. Now {fact.service-short: fact} grows.",
        ["Testshire is new.", "Now Testshire grows."],
    ),
    (
        "In {A: of}. {A: rests} And {B: of}. {B: rests}",
        ["In 18 of 20 cases."] * 2 + ["And 10 of 10 relevant cases."] * 2,
    ),
    ("So Dr. Smith said in {A: of}. And on.", ["So Dr. Smith said in 18 of 20 cases."]),
    ("Good work, e.g. Mondays, in {A: of}. And on.", ["Good work, e.g. Mondays, in 18 of 20 cases."]),
    ("“Is it?” He said {A: of}.", ["He said 18 of 20 cases."]),
    ("*Late  one.* Then {A: of}\nand  more.", ["Then 18 of 20 cases and more."]),
    ("He wrote {quote: Q1}. And {A: of}.", ["He wrote “… most of it was good”.", "And 18 of 20 cases."]),
]


@pytest.mark.parametrize(("source", "sentences"), SENTENCES)
def test_claim_has_the_sentence_it_stands_in(source, sentences):
    assert [claim.sentence for claim in own(traced(source))] == sentences


def test_phrase_behind_an_abbreviation_does_not_begin_a_sentence():
    assert traced("Good, e.g. {A: failures}.").passages[1].words == "Good, e.g. two cases."


def test_quotation_is_a_claim_without_figures():
    (claim, *_) = own(traced("He wrote {quote: Q1}. {A: rests}"))
    assert (claim.style, claim.keys, claim.values) == ("quote", (), ("excerpt:Q1",))


def test_quotation_of_several_sentences_is_shown_whole():
    excerpt = replace(context().excerpts["Q1"], text="It was good. He knew it.")
    (claim, *_) = own(traced("He wrote {quote: Q1}. {A: rests}", excerpts={"Q1": excerpt}))
    assert claim.sentence == "He wrote It was good. He knew it.."


@pytest.mark.parametrize("change", [{"text": "“… it was good”"}, {"alias": "Max"}, {"op_id": "01/A"}])
def test_changed_excerpt_makes_its_quotation_stale(change):
    source = "He wrote {quote: Q1}. {A: rests}"
    before = accepted(traced(source))
    changed = {"Q1": replace(context().excerpts["Q1"], **change)}
    assert "letter.stale" not in codes(source, accepted=before)
    assert "letter.stale" in codes(source, accepted=before, excerpts=changed)


def test_many_phrases_of_one_paragraph_are_bound_in_one_pass():
    assert len(traced("{A: of}. " * 3_000).claims) > 3_000
