"""Every theme whose questions were asked has a finding of its own in the letter."""

from __future__ import annotations

import pytest
from tests.factories.letters import codes, context, found

FINDINGS = [
    ("Good. {A: rests}", True),
    ("Good in {A@custody: of}.", True),
    ("Good in [almost all]{A}.", True),
    ("He wrote {quote: Q1}.", True),
    ("Good.", False),
    ("{CASE-COUNT: count}.", False),
    ("By {fact.service-short: fact}.", False),
    ("Managers agree. {M1: rests}", False),
]


@pytest.mark.parametrize(("text", "enough"), FINDINGS)
def test_a_theme_needs_a_finding_of_its_own(text, enough):
    assert ("letter.empty-theme" not in codes(f"### {{theme: T}}\n\n{text}")) is enough


def test_a_question_is_a_finding_of_the_theme_that_it_also_counts_in():
    made = context()
    elsewhere = type(made.figures["A"])
    figure = made.figures["A"]
    moved = elsewhere(**{name: getattr(figure, name) for name in figure.__slots__} | {"theme": "M"})
    assert "letter.empty-theme" in codes("### {theme: T}\n\nGood. {A: rests}", figures={**made.figures, "A": moved})
    themes = [
        theme.model_copy(
            update={
                "questions": tuple(
                    q.model_copy(update={"also_in": ("T",)} if q.id == "A" else {}) for q in theme.questions
                )
            }
        )
        for theme in made.framework.themes
    ]
    framework = made.framework.model_copy(update={"themes": tuple(themes)})
    framework.__dict__.pop("questions", None)
    assert "letter.empty-theme" not in codes(
        "### {theme: T}\n\nGood. {A: rests}", figures={**made.figures, "A": moved}, framework=framework
    )


def test_a_theme_that_was_asked_about_is_not_left_out():
    def missing(source):
        return [fault.where for fault in found(source) if fault.code == "letter.theme-missing"]

    assert missing("Good. {A: rests}") == [("T",)]
    assert not missing("Good. {A: rests}\n\n### {theme: T}\n\nGood. {A: rests}")


def test_a_complement_needs_its_figure_in_words_before_it():
    assert "letter.complement-alone" in codes("Good. {A: rests} Of {A: complement} more.")
    assert "letter.complement-alone" not in codes("In {A: of}. Of {A: complement} more.")
