"""Everything printed beside figures is accepted as a whole, and words beside a phrase may not turn it round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.letters import answers, codes, context, traced
from tests.method.report.test_trace import accepted

from caselight.method.inspection.definition import Line

SOURCE = "The work is good in {A: of}.\n\nReviews are done. {B: rests}"


def test_a_changed_word_is_noticed_and_a_changed_answer_is_not_a_changed_word():
    before = accepted(traced(SOURCE))
    assert not codes(SOURCE, accepted=before)
    assert codes(SOURCE.replace("are done", "are done well"), accepted=before) == {
        "letter.words-changed",
        "letter.stale",
    }
    changed = [e._replace(value="yes") if (e.subject_key, e.question_id) == ("00", "A") else e for e in answers()]
    assert codes(SOURCE, accepted=before, events=changed) == {"letter.stale"}


def test_a_sentence_without_a_figure_cannot_be_added_unseen():
    before = accepted(traced(SOURCE))
    assert codes(SOURCE + "\n\nThe service is a model.", accepted=before) == {"letter.words-changed"}


def test_head_of_the_letter_is_part_of_what_is_accepted():
    before = accepted(traced(SOURCE))
    other = context().inspection.model_copy(update={"header": (Line(label="to", text="Somebody else"),)})
    assert codes(SOURCE, accepted=before, inspection=other) == {"letter.words-changed"}


def test_fixed_text_is_part_of_what_is_accepted():
    source = "{fixed: context}\n\n" + SOURCE
    before = accepted(traced(source))
    made = context()
    other = {**made.fixed, "context": made.fixed["title"][:0] + made.fixed["context"] * 2}
    assert "letter.words-changed" in codes(source, accepted=before, fixed=other)


def test_acceptance_by_somebody_outside_the_team_is_said():
    rows = accepted(traced(SOURCE))
    strangers = tuple(replace(row, accepted_by="nobody") for row in rows)
    assert codes(SOURCE, accepted=strangers) == {"letter.accepted-by-stranger"}


@pytest.mark.parametrize(
    "source",
    [
        "Almost {B: all; noun=review} were done.",
        "Not {B: all; noun=review} were done.",
        "More than {A: of} were good.",
        "It is not [almost all cases]{A}.",
        "{A: of}% were good.",
        "{PSR: count}teen had a report.",
        "Up to {A: of} were good.",
    ],
)
def test_word_beside_a_phrase_that_turns_it_round_is_refused(source):
    assert "letter.modified-phrase" in codes(source)


def test_punctuation_and_ordinary_words_beside_a_phrase_are_fine():
    assert "letter.modified-phrase" not in codes("Work was good ({A: of}), and {PSR: count} had a report.")
