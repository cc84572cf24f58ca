"""What a letter may say: phrases from figures, words that agree with them, and everything that is refused."""

from __future__ import annotations

import pytest
from tests.factories.letters import answers, codes, context, found, traced, words

from caselight.method.faults import Faults
from caselight.method.inspection.definition import AcceptedWord, Decision
from caselight.method.inspection.package import Accepted

REFUSED = [
    ("It was sufficient in {A: all}.", "letter.all-with-exceptions"),
    ("It was sufficient in [every case]{A}.", "letter.word-outside-band"),
    ("It was sufficient in [the large majority of cases]{A}.", "letter.word-outside-band"),
    ("It was sufficient in {AA: of}.", "letter.unknown-figure"),
    ("It was sufficient in {A: off}.", "letter.unknown-style"),
    ("It was sufficient in 28 of 31 cases.", "letter.unbound-quantity"),
    ("It was sufficient in most cases.", "letter.unbound-quantity"),
    ("It was generally sufficient.", "letter.unbound-quantity"),
    ("Ada was {A: of}.", "letter.known-name"),
    ("The work with LOVELACE was good in {A: of}.", "letter.known-name"),
    ("The work with Adi\u200be was good in {A: of}.", "letter.known-name"),
    ("{quote: Q2} {A: of}", "letter.unknown-excerpt"),
    ("{if: NONE} In {A: of}.", "letter.unknown-condition"),
    ("{A: of} in December 2103.", "letter.implausible-date"),
    ("In {A: complement} it was not.", "letter.complement-alone"),
    ("In {CUSTODY: count} it was.", "letter.small-number-undecided"),
    ("Rates were {rate.a, share.a: rates}.", "letter.rates-across-measures"),
    ("Rates were {rate.a, share.a: direction}.", "letter.direction-across-measures"),
    ("{fact.service: of}", "letter.fact-is-no-number"),
    ("{fact.service: fact; as=when}", "letter.option-not-for-style"),
    ("{fact.published: fact; as=then}", "letter.option-value"),
    ("{fact.published: fact; noun=day}", "letter.unknown-option"),
    ("[all 20]{A; colour=red}", "letter.checked-option"),
    ("{fixed: nothing}", "letter.unknown-fixed-text"),
    ("## {section: nowhere}", "letter.unknown-section"),
]


@pytest.mark.parametrize(("source", "code"), REFUSED, ids=[f"{code}: {source[:30]}" for source, code in REFUSED])
def test_refused_with_its_code_and_a_place(source, code):
    faults = [fault for fault in found(source) if fault.code == code]
    assert faults
    assert all(fault.place and fault.says and fault.cure for fault in faults)


SAID = [
    ("It was sufficient in {A: of}.", "It was sufficient in 18 of 20 cases."),
    ("Reviews were done in {B: all}.", "Reviews were done in all 10 relevant cases."),
    ("Reviews were done in {B: all; numbers=words}.", "Reviews were done in all ten relevant cases."),
    ("{A: failures; noun=case} fell short.", "Two cases fell short."),
    ("[Almost all]{A} were sufficient.", "Almost all were sufficient."),
    ("Rates were {rate.a, rate.b: rates}.", "Rates were 43.6% and 49.6%."),
    ("They were {rate.a, rate.b, rate.ew: direction}.", "They were above the England and Wales average."),
    ("It was {A: of}. {A: rests} And more.", "It was 18 of 20 cases. And more."),
    ("The visit was on {fact.fieldwork: fact}.", "The visit was on 14 to 16 December 2015."),
    ("{fact.fieldwork: fact; as=when} we came.", "Between 14 and 16 December 2015 we came."),
    ("We came {fact.fieldwork: fact; as=when}.", "We came between 14 and 16 December 2015."),
    ("It came out {fact.published: fact; as=when}.", "It came out on 27 January 2016."),
    ("He said {quote: Q1}, in {A: of}.", "He said “… most of it was good”, in 18 of 20 cases."),
    ("Under the Crime and Disorder Act 1998, in {A: of}.", "Under the Crime and Disorder Act 1998, in 18 of 20 cases."),
]


@pytest.mark.parametrize(("source", "said"), SAID)
def test_said_as_its_figures_allow(source, said):
    assert words(source) == said
    assert not codes(source)


def test_fixed_text_and_quotations_may_carry_quantities():
    letter = traced("{fixed: context}\n\nHe wrote {quote: Q1}. {A: rests}")
    assert letter.passages[1].words == "We examined 20 cases. Most children do well."
    assert "letter.unbound-quantity" not in {fault.code for fault in letter.faults}


def test_an_optional_paragraph_appears_only_when_its_cases_exist():
    nobody = [event._replace(value="no") if event.question_id == "B.due" else event for event in answers()]
    source = "{if: B} Reviews: {B: of}.\n\nAll: {A: of}."
    assert len(traced(source).passages) == 3
    assert len(traced(source, events=nobody).passages) == 2


def test_a_strength_without_evidence_is_a_fault():
    assert "letter.without-evidence" in codes("## {section: strengths}\n\n- Good reports.\n- Good plans. {A: rests}")


def test_all_that_cannot_be_bound_is_raised_at_once():
    with pytest.raises(Faults) as raised:
        traced("In {X: of} and {A: all} and {Y: of}.")
    assert [fault.code for fault in raised.value.faults][:3] == [
        "letter.unknown-figure",
        "letter.all-with-exceptions",
        "letter.unknown-figure",
    ]


def test_footnote_of_a_published_figure_appears_once_behind_its_first_phrase():
    letter = traced("Rates were {rate.a: rates} and {rate.b: rates}.")
    assert [note.mark for note in letter.footnotes] == ["1"]
    assert [span.kind for span in letter.passages[1].spans].count("note") == 1


SOURCE = "A: {A: of}. B: {B: of}. Both: {A, B: rests}\n\n[Almost all]{A} were good. Rates: {rate.a: rates}."


def accepted(letter):
    return tuple(Accepted(c.id, c.sentence, c.keys, c.values, c.snapshot, "lead", "2016-01-20") for c in letter.claims)


def test_an_accepted_letter_is_not_stale():
    letter = traced(SOURCE, accepted=accepted(traced(SOURCE)))
    assert all(claim.accepted for claim in letter.claims)
    assert not {fault.code for fault in letter.faults} & {"letter.stale", "letter.not-accepted"}


def test_changing_one_answer_makes_exactly_its_claims_stale_and_shows_both_sentences():
    before = accepted(traced(SOURCE))
    changed = [e._replace(value="yes") if (e.subject_key, e.question_id) == ("00", "A") else e for e in answers()]
    letter = traced(SOURCE, events=changed, accepted=before)
    stale = [fault for fault in letter.faults if fault.code == "letter.stale"]
    assert {fault.where[0] for fault in stale} == {"summary-A-of", "summary-A-rests", "summary-A-checked"}
    assert "18 of 20 cases" in stale[0].says
    assert "19 of 20 cases" in stale[0].says


def test_two_cases_changing_places_is_stale_although_the_number_is_the_same():
    before = accepted(traced(SOURCE))
    swapped = {("00", "A"): "yes", ("05", "A"): "no"}
    changed = [e._replace(value=swapped.get((e.subject_key, e.question_id), e.value)) for e in answers()]
    letter = traced(SOURCE, events=changed, accepted=before)
    assert any(f.code == "letter.stale" and "cases behind the figures changed" in f.says for f in letter.faults)


def test_claim_ids_survive_a_new_paragraph_before_them():
    def ids(letter):
        return {claim.id for claim in letter.claims}

    assert ids(traced(SOURCE)) < ids(traced("New: {C: of}.\n\n" + SOURCE))


def test_only_the_lead_inspector_signs_the_headline():
    source = "The work was good. {A: headline}"
    by_other = tuple(
        Accepted(c.id, c.sentence, c.keys, c.values, c.snapshot, "other", "2016-01-20") for c in traced(source).claims
    )
    assert "letter.headline-not-signed" in codes(source, accepted=by_other)
    assert "letter.headline-not-signed" not in codes(source, accepted=accepted(traced(source)))


def test_a_word_that_looks_like_a_name_can_be_accepted_once_with_a_reason():
    word = AcceptedWord(word="Ada", by="lead", reason="the name of the centre")
    allowed = context().inspection.model_copy(update={"accepted_words": (word,)})
    assert "letter.known-name" in codes("Ada House is a place. {A: of}")
    assert "letter.known-name" not in codes("Ada House is a place. {A: of}", inspection=allowed)


def test_a_small_number_may_be_printed_by_a_recorded_decision():
    decision = Decision(figure="CUSTODY", by="lead", on="2016-01-20", reason="needed to understand theme 1")
    decided = context().inspection.model_copy(update={"decisions": (decision,)})
    assert "letter.small-number-undecided" not in codes("In {CUSTODY: count} it was. {A: rests}", inspection=decided)
