"""Any rule as a part of a sentence, in the words of the language, or in symbols where it has none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.english import english
from tests.factories.found import RULE, found_data
from tests.factories.small import OWN, framework, question

from caselight.formats.framework_yaml import digest
from caselight.method.framework import rules, truth
from caselight.method.framework.in_words import CLAUSES, in_words
from caselight.method.framework.rule_words import SYMBOLS
from caselight.method.wording.numbers import holes

SCALE = {"id": "grades", "grades": [{"id": "low", "label": "Low"}, {"id": "good", "label": "Good"}]}
TOPICS = {"id": "topics", "data_only": True, "multiple": True,
          "options": [{"value": "law", "label": "Law"}, {"value": "health", "label": "Health"}]}  # fmt: skip
RATED = {
    "measures": [{"id": "M", "label": "Share of plans", "share": {"question": "A"}, "provenance": OWN}],
    "rating_scales": [SCALE],
    "ratings": [
        {"id": name, "label": label, "scale": "grades", "lowest": {"of": ["SAFE"]}, "provenance": OWN}
        for name, label in (("SAFE", "Safety"), ("CARING", "Care"))
    ],
}


def made(**changes: object) -> Any:
    data = found_data(**RATED)
    data["scales"] = [*data["scales"], TOPICS]
    asked = question("W", kind="data", scale="topics", reasons=[])
    gate = question(
        "due", kind="gate", scale="gate", reasons=[], said={"yes": "a review was due", "no": "no review was due"}
    )
    data["themes"] = [*data["themes"], {"id": "U", "title": "U", "questions": [asked, gate]}]
    return framework(**data | changes)


ENGLISH = made(wording={"en": english().model_dump(by_alias=True)})
NEUTRAL = made()

HOME = {"fact": "foster", "is": "no"}
OLD = {"fact": "age", "at_least": 16}
DUE = {"answer": "due", "is": "yes"}
SPAN = {"from": {"fact": "entered"}, "to": {"fact": "reviewed"}, "in": "working_days"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"always": True}, "always"),
        (HOME, "when the child lived at home"),
        ({"not": HOME}, "when the child was in foster care"),
        ({"fact": "foster", "in": ["yes", "no"]}, "when the child was in foster care or the child lived at home"),
        (OLD, "when “Age” is at least 16"),
        ({"not": OLD}, "when “Age” is less than 16"),
        ({"fact": "age", "at_most": 16.5}, "when “Age” is at most 16.5"),
        ({"all": [HOME, OLD, DUE]}, "when the child lived at home, “Age” is at least 16 and a review was due"),
        ({"any": [HOME, {"all": [OLD, DUE]}]},
         "when the child lived at home or (“Age” is at least 16 and a review was due)"),
        ({"all": [HOME, {"any": [OLD]}]}, "when the child lived at home and “Age” is at least 16"),
        ({"not": {"any": [HOME, OLD]}}, "when it is not so that (the child lived at home or “Age” is at least 16)"),
        ({"not": DUE}, "when “due in short” (due) is not Yes"),
        ({"not": {"not": DUE}}, "when a review was due"),
        ({"not_relevant": "A"}, "when “A in short” (A) does not apply"),
        ({"not": {"not_relevant": "A"}}, "when “A in short” (A) applies"),
        ({"outcome": "I", "is": "insufficient"}, "when “I in short” (I) is insufficient"),
        ({"answer": "I", "in": ["strength", "ani"]}, "when “I in short” (I) is Strength or Area needing improvement"),
        ({"not": {"answer": "I", "in": ["strength", "ani"]}},
         "when “I in short” (I) is not Strength or Area needing improvement"),
        ({"answer": "W", "includes": "law"}, "when “W in short” (W) includes Law"),
        ({"answer": "W", "includes_any": ["law", "health"]}, "when “W in short” (W) includes Law or Health"),
        ({"answer": "W", "includes_all": ["law", "health"]}, "when “W in short” (W) includes Law and Health"),
        ({"answer": "W", "includes_none": ["law", "health"]}, "when “W in short” (W) does not include Law or Health"),
        ({"fact": "entered", "before": "2016-01-27"}, "when “Entered care” is before 27 January 2016"),
        ({"fact": "entered", "after": {"fact": "reviewed"}}, "when “Entered care” is after “Reviewed”"),
        ({"answer": "day", "same_as": {"fact": "entered"}}, "when “day in short” (day) is the same as “Entered care”"),
        ({"fact": "entered", "known": True}, "when “Entered care” is known"),
        ({"not": {"fact": "entered", "known": True}}, "when “Entered care” is not known"),
        ({"fact": "entered", "known": False}, "when “Entered care” is not known"),
        ({"elapsed": SPAN, "at_most": 15}, "when at most 15 working days passed from “Entered care” to “Reviewed”"),
        ({"elapsed": SPAN, "at_least": 1}, "when at least one working day passed from “Entered care” to “Reviewed”"),
        ({"not": {"elapsed": SPAN, "at_most": 3}},
         "when more than three working days passed from “Entered care” to “Reviewed”"),
        ({"elapsed": SPAN, "at_least": 2, "at_most": 4},
         "when two to four working days passed from “Entered care” to “Reviewed”"),
        ({"count": ["A", "I"], "outcome": "insufficient", "at_most": 1},
         "when at most one of “A in short” (A) and “I in short” (I) came out insufficient"),
        ({"count": ["A", "I"], "outcome": "insufficient", "is": 0},
         "when none of “A in short” (A) and “I in short” (I) came out insufficient"),
        ({"count": ["A", "B"], "answer": "yes", "at_least": 1},
         "when at least one of “A in short” (A) and “B in short” (B) got the answer Yes"),
        ({"count": ["A", "B"], "relevant": True, "is": 2},
         "when exactly two of “A in short” (A) and “B in short” (B) applied"),
        ({"rows": "placement", "at_least": 2}, "when at least two placements were found"),
        ({"rows": "placement", "at_least": 1}, "when at least one placement was found"),
        ({"rows": "placement", "at_most": 0}, "when no placements were found"),
        ({"not": {"rows": "placement", "at_least": 2}}, "when fewer than two placements were found"),
        ({"rows": "placement", "where": {"all": [{"fact": "ended", "is": "yes"}, OLD]}, "at_least": 2},
         "when at least two placements were found where “Ended in the period” is Yes and “Age” is at least 16"),
        ({"measure": "M", "at_least": 80}, "when “Share of plans” is at least 80"),
        ({"rating": "SAFE", "is": "good"}, "when “Safety” is Good"),
        ({"rating": "SAFE", "or_better": "good"}, "when “Safety” is Good or better"),
        ({"not": {"rating": "SAFE", "or_worse": "low"}}, "when it is not so that “Safety” is Low or worse"),
        ({"ratings": ["SAFE", "CARING"], "or_better": "good", "times": {"at_least": 2}},
         "when at least two of “Safety” and “Care” came out Good or better"),
    ],
)  # fmt: skip
def test_a_rule_in_english(rule, words):
    assert in_words(RULE.validate_python(rule), ENGLISH, "en") == words


@pytest.mark.parametrize(
    ("rule", "symbols"),
    [
        ({"all": [OLD, {"any": [HOME, DUE]}]}, "Age ≥ 16 ∧ (the child lived at home ∨ a review was due)"),
        ({"elapsed": SPAN, "at_most": 15}, "Entered care → Reviewed ≤ 15 wd"),
        ({"count": ["A", "I"], "outcome": "insufficient", "at_most": 1}, "#(A, I = ✗) ≤ 1"),
        ({"rows": "placement", "where": OLD, "at_least": 2}, "#placements(Age ≥ 16) ≥ 2"),
        ({"fact": "entered", "before": "2016-01-27"}, "Entered care < 2016-01-27"),
    ],
)
def test_a_language_without_texts_for_rules_gets_symbols(rule, symbols):
    said = in_words(RULE.validate_python(rule), NEUTRAL, "en")
    assert said.replace("A ∧ I", "A, I") == symbols


def test_every_operator_has_its_words() -> None:
    assert set(CLAUSES) == set(truth.OPERATORS)
    assert {key for key in rules.COMPARISONS if key in SYMBOLS and f"{key}.not" in SYMBOLS} == set(rules.COMPARISONS)


def test_english_says_every_text_with_the_holes_of_its_symbol() -> None:
    texts = english().rules
    assert set(SYMBOLS) == set(texts)
    assert {key: holes(text) - {"label"} for key, text in texts.items()} == {
        key: holes(text) - {"label"} for key, text in SYMBOLS.items()
    }


def test_words_for_rules_are_no_part_of_the_address_of_a_framework() -> None:
    silent = english().model_copy(update={"rules": {}})
    without = ENGLISH.model_copy(update={"wording": {"en": silent}})
    assert digest(ENGLISH) == digest(without)
    assert digest(ENGLISH) != digest(NEUTRAL)
