"""Every key of a framework's parts is in its document, or is named here with the reason why it is not."""

from __future__ import annotations

import pytest
from tests.factories.documents import CASE, page, with_question
from tests.factories.small import OWN

from caselight.formats.framework_document.labels import ENGLISH
from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import WAYS as MEASURES
from caselight.method.framework.questions import Question
from caselight.method.framework.ratings import WAYS as RATINGS
from caselight.method.framework.ratings import Rating

GRADES = {
    "id": "grades",
    "grades": [{"id": "weak", "label": "Weak", "score": 0}, {"id": "good", "label": "Good", "score": 1}],
}
CUTS = {"id": "cuts", "cuts": [{"grade": "weak", "below": "65%"}, {"grade": "good", "from": "65%"}], "provenance": OWN}
SHARE = {"id": "M1S", "label": "share of A", "share": {"question": "A"}, "provenance": OWN}


QUESTION = {
    "id": ({}, "Q: Q in short"),
    "kind": ({"kind": "gate", "scale": "gate"}, "It opens other questions."),
    "tool": ({"tool": "interview"}, "Form: Interview."),
    "text": ({"text": "Is this asked?"}, "Is this asked?"),
    "short": ({"short": "in few words"}, "in few words"),
    "guidance": ({"guidance": "Read it twice."}, "Read it twice."),
    "prompts": ({"prompts": ["Who was there?"]}, "Who was there?"),
    "variants": (
        {"variants": [{"when": CASE, "text": "In other words?", "guidance": "Then so."}]},
        "In other words? Then so.",
    ),
    "scale": ({}, "Yes; No"),
    "type": ({"kind": "data", "scale": None, "type": "date", "reasons": []}, "a date"),
    "reasons": ({"reasons": [{"id": "r", "label": "nobody came", "needs_note": True}]}, "nobody came (with a note)"),
    "good": ({"good": [{"id": "g", "label": "somebody came"}]}, "somebody came"),
    "when": ({"when": CASE}, "A report was prepared."),
    "not_relevant_when": ({"not_relevant_when": CASE}, "Not relevant"),
    "required_when": ({"required_when": CASE}, "An answer is needed"),
    "never_not_relevant": ({"never_not_relevant": True}, "may not say that it is not relevant"),
    "informed_by": ({"informed_by": ["A"]}, "Nothing is blocked."),
    "computed": (
        {"kind": "computed", "scale": None, "reasons": [], "computed": {"sufficient_when": CASE}},
        "Sufficient ",
    ),
    "polarity": ({"polarity": "adverse"}, "a need or a failing"),
    "points": ({"points": 2.5}, "2.5 points"),
    "critical": ({"critical": True}, "Missing it creates a duty"),
    "also_in": ({"also_in": ["T"]}, "Also shown in"),
    "replaces": ({"replaces": ["OLD7"]}, "OLD7"),
    "describes": ({"describes": True}, "It describes a child"),
    "unit": ({"unit": "visit"}, "visit"),
    "provenance": ({"provenance": {"mark": "general-knowledge", "note": "Page 7"}}, "From general knowledge. Page 7."),
}
NOT_SHOWN = {"said": "its phrases are those in which rules are put into words"}


def test_every_key_of_a_question_is_looked_at_here() -> None:
    assert {*QUESTION, *NOT_SHOWN} == set(Question.model_fields)


@pytest.mark.parametrize("key", QUESTION)
def test_key_of_a_question_is_in_the_document(key: str) -> None:
    more, shown = QUESTION[key]
    assert shown in with_question(**more)


COMPUTED = {
    "sufficient_when": ({"sufficient_when": CASE}, ["otherwise insufficient"]),
    "on_time": (
        {
            "on_time": {
                "start": "started",
                "done": "done",
                "due": "done",
                "targets": [{"working_days": 15, "provenance": OWN, "when": CASE}],
            }
        },
        ["15 working days", "replaces the target", "counted in working days from"],
    ),
    "table": (
        {"table": {"lines": [{"value": "yes", "when": CASE, "provenance": OWN}], "otherwise": "not_relevant"}},
        ["Q: decision table", "One line at most holds.", "when no line holds", "Not relevant"],
    ),
    "first match": (
        {"table": {"lines": [{"value": "yes", "when": CASE}], "first_match": True}},
        ["The first line that holds"],
    ),
    "points": ({"points": {"questions": ["A"], "as": "mean"}}, ["as a mean", "there is no score"]),
    "override": ({"sufficient_when": CASE, "may_override": True}, ["the computed one is kept"]),
}


@pytest.mark.parametrize("way", COMPUTED)
def test_each_way_to_compute_a_question_is_in_words(way: str) -> None:
    computed, shown = COMPUTED[way]
    said = with_question(kind="computed", reasons=[], computed=computed)
    assert [text for text in shown if text not in said] == []


MEASURE = {
    "share": ({"question": "A", "where": CASE}, "One counts only "),
    "mean": ({"question": "A", "values": {"yes": 1, "no": 0}}, "yes = 1, no = 0"),
    "points": ({"themes": ["T"]}, "over the points possible"),
    "weighted": ({"question": "A", "strata": ["psr"]}, "weighs what it holds there"),
    "pooled": ({"of": ["M1S", "M1S"]}, "their cases, not their shares"),
    "steps": ({"of": "M1S", "steps": [{"at_least": "80%", "gives": 2}]}, "from 80%: 2"),
    "lookup": ({"subject": "case", "rows": [{"when": CASE, "gives": 3}]}, "Looked up for each case"),
    "sum": ({"of": ["M1S"], "skip_missing": True}, "Those without a value are left out."),
    "external": ("national", "A published figure"),
}


@pytest.mark.parametrize("way", MEASURES)
def test_each_way_of_a_measure_is_in_words(way: str) -> None:
    needs, shown = MEASURE[way]
    measure = {"id": "NEW", "label": "new", way: needs, "provenance": OWN}
    assert shown in page(measures=[SHARE, measure])


RATING = {
    "cut": ({"measures": ["M1S"], "table": "cuts"}, "looked up in the table"),
    "lowest": ({"of": ["BASE"]}, "The lowest grade among"),
    "sum": ({"of": ["BASE"], "tables": [{"maximum": 1, "table": "cuts"}]}, "a judgement is needed"),
    "first_match": ({"lines": [{"grade": "weak", "when": {"rating": "BASE", "is": "weak"}}]}, "NEW: lines"),
    "matrix": (
        {
            "rows": "BASE",
            "columns": "BASE",
            "cells": {"weak": {"weak": "weak", "good": "good"}, "good": {"weak": "weak", "good": "good"}},
        },
        "down, the base across",
    ),
    "judged": ("A", "Judged: the answer to"),
}
BASE = {
    "id": "BASE",
    "label": "the base",
    "scale": "grades",
    "cut": {"measures": ["M1S"], "table": "cuts"},
    "provenance": OWN,
}


def with_rating(**more: object) -> str:
    rating = {"id": "NEW", "label": "new", "scale": "grades", "judged": "A", "provenance": OWN} | more
    return page(measures=[SHARE], rating_scales=[GRADES], cut_tables=[CUTS], ratings=[BASE, rating])


@pytest.mark.parametrize("way", RATINGS)
def test_each_way_of_a_rating_is_in_words(way: str) -> None:
    needs, shown = RATING[way]
    assert shown in with_rating(judged=None, **{way: needs}) if way != "judged" else with_rating()


RATED = {
    "theme": ({"theme": "T"}, 'href="#theme-T"'),
    "caps": ({"caps": [{"when": CASE, "at_most": "weak", "says": "a breach", "provenance": OWN}]}, "NEW: caps"),
    "duties": ({"duties": [{"when": CASE, "says": "a plan", "provenance": OWN}]}, "NEW: what must follow"),
    "discretion": (
        {"discretion": {"within_points": 5, "one_case": True, "base_at_most": 5, "provenance": OWN}},
        "within 5 points of a boundary, or exactly so far from it",
    ),
    "minimum": ({"minimum": 11}, "With fewer than 11 relevant"),
    "not_rated_when": ({"not_rated_when": CASE}, "Nothing is rated "),
    "carried_from": ({"carried_from": "A"}, "Without a base of its own"),
    "may_decide": ({"may_decide": False}, "Nobody may decide otherwise."),
    "headline": ({"headline": True}, "It stands first in the report."),
    "id": ({}, "NEW: new"),
    "label": ({}, "NEW: new"),
    "scale": ({}, "Weak, Good"),
    "provenance": ({}, "Our own design"),
}


def test_every_key_of_a_rating_is_looked_at_here() -> None:
    assert {*RATED, *RATINGS} == set(Rating.model_fields)


@pytest.mark.parametrize("key", RATED)
def test_key_of_a_rating_is_in_the_document(key: str) -> None:
    more, shown = RATED[key]
    assert shown in with_rating(**more)


@pytest.mark.parametrize(
    ("cut", "shown"),
    [
        ({"from": "50%", "below": "65%"}, "50% or more, below 65%"),
        ({"above": "6", "to": "18"}, "more than 6, up to 18"),
        ({"to": "6"}, "up to 6"),
        ({}, "any value"),
    ],
)
def test_ends_of_a_cut_say_what_is_inside(cut: dict[str, str], shown: str) -> None:
    table = CUTS | {"cuts": [{"grade": "weak"} | cut]}
    assert f"<td>{shown}</td>" in page(measures=[SHARE], rating_scales=[GRADES], cut_tables=[table], ratings=[BASE])


def test_label_of_the_framework_replaces_a_heading() -> None:
    letter = {"title": "Report", "sections": {}, "labels": {"question.when": "Wann"}}
    assert "<dt>Wann</dt>" in page(letter=letter)


def test_no_label_is_left_over() -> None:
    """Every label is asked for by name somewhere, or made of a key of the framework."""
    from importlib.resources import files

    source = files("caselight.formats.framework_document")
    building = source / "building"
    folders = (source, building, building / "choosing", building / "ratings")
    text = "".join(
        path.read_text("utf-8")
        for folder in folders
        for path in folder.iterdir()
        if path.name.endswith(".py") and path.name != "labels.py"
    )
    made = ("mark.", "type.", "kind.", "outcome.", "document.rounding.", "rounding.", "keep.", "question.points_as.",
            "measure.points.", "cut.", "size.at", "question.computed", "question.judgement", "question.gate",
            "question.data", "document.service", "document.inspector", "document.error", "document.warning",
            "document.data_only", "document.several", "document.adverse", "statistic.", "distance.")  # fmt: skip
    assert [key for key in ENGLISH if key not in text and not key.startswith(made)] == []


SHOWN = {
    "id": "digest", "version": "digest", "title": "h1", "valid_from": "front", "languages": "front", "about": "front",
    "texts_provenance": "front", "sources": "sources", "bank": "front", "screenings": "looked-at",
    "subjects": "looked-at", "tools": "looked-at", "scales": "answers", "facts": "looked-at",
    "reason_lists": "with the questions that use them", "not_relevant_reasons": "answers", "themes": "themes",
    "populations": "counts", "counts": "counts", "measures": "measures", "rating_scales": "ratings",
    "cut_tables": "ratings", "ratings": "ratings", "rated": "looked-at", "consistency": "checks",
    "double_marking": "agreement", "eligibility": "choosing", "sample": "choosing", "small_number": "counts",
    "percentages": "counts",
}  # fmt: skip
ELSEWHERE = {"schema_": "the format of the file", "wording": "the words of letters", "letter": "the text of letters"}


def test_every_part_of_a_framework_has_its_place_in_the_document() -> None:
    assert {*SHOWN, *ELSEWHERE} == set(Framework.model_fields)


def test_agreement_says_how_it_is_measured() -> None:
    rules = [
        {"questions": ["A"], "statistic": "alpha", "metric": "ordinal", "flag_below": 0.6, "provenance": OWN},
        {"weights": "linear", "minimum_units": 12, "provenance": OWN},
    ]
    said = page(double_marking=rules)
    shown = [
        "alpha, with kappa beside it",
        "<td>ordinal</td>",
        "<td>0.6</td>",
        "all the others",
        "linear weights",
        "12; with",
    ]
    assert [text for text in shown if text not in said] == []


def test_what_has_no_title_of_its_own_is_named_in_words() -> None:
    check = {
        "id": "report_of-age",
        "when": CASE,
        "says": "The AGE does not fit.",
        "cure": "Mend it.",
        "provenance": OWN,
    }
    table = CUTS | {"id": "overall_36"}
    rating = BASE | {"cut": {"measures": ["M1S"], "table": "overall_36"}}
    shown = page(consistency=[check], measures=[SHARE], rating_scales=[GRADES], cut_tables=[table], ratings=[rating])
    for words in ("Report of AGE", "Cut table: Overall 36", "Grades: Grades", "Answers: Sufficiency"):
        assert f">{words}<" in shown
    assert "report_of-age<" not in shown
