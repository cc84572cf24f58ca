"""Computed questions: decision tables with three values, points without what is not relevant, overrides, typed data."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.factories.found import all_sheets, found, found_data
from tests.factories.small import case, event, framework, question

from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.consistency import against_prompts, surplus
from caselight.method.framework.applicability import variant, why_not


def standing(name, facts=None, answers=(), of=None, **more):
    events = [event("1", asked, value, **more.get(asked, {})) for asked, value in answers]
    return all_sheets([case("1", **(facts or {}))], *events, of=of)[0].standing(name)


FOSTER, HOME = {"foster": "yes"}, {"foster": "no"}


@pytest.mark.parametrize(
    ("facts", "answers", "relevant", "value", "outcome"),
    [
        (FOSTER, [("A", "yes")], True, "strength", "sufficient"),
        (FOSTER, [("A", "no")], True, "ani", "insufficient"),
        (FOSTER, [], True, None, None),
        (HOME, [], False, None, None),
        ({}, [], True, None, None),
        ({}, [("A", "no")], True, None, None),  # it may still be not relevant
    ],
)
def test_a_table_gives_the_value_of_the_line_that_holds(facts, answers, relevant, value, outcome):
    found_standing = standing("I", facts, answers)
    assert found_standing[:1] + found_standing[2:4] == (relevant, value, outcome)


def table(first_match, *lines, otherwise=None):
    rules = [{"value": value, "when": {"fact": name, "is": "yes"}} for value, name in lines]
    spec = {"lines": rules, "first_match": first_match} | ({"otherwise": otherwise} if otherwise else {})
    facts = [{"id": n, "label": n, "type": "yes_no", "provenance": "own-design"} for n in ("a", "b")]
    questions = [question("Q", kind="computed", scale="item", computed={"table": spec})]
    return framework(**found_data(facts=facts, themes=[{"id": "T", "title": "T", "questions": questions}]))


TWO = [("strength", "a"), ("ani", "b")]


@pytest.mark.parametrize(
    ("first_match", "otherwise", "facts", "value"),
    [
        (False, None, {"a": "yes"}, "strength"),
        (False, None, {"b": "yes"}, "ani"),  # the lines exclude each other, so the other cannot hold
        (True, None, {"b": "yes"}, None),
        (True, None, {"a": "yes"}, "strength"),
        (True, None, {"a": "no", "b": "yes"}, "ani"),
        (True, "ani", {"a": "no", "b": "no"}, "ani"),
        (True, "ani", {"a": "no"}, None),
        (False, "ani", {"a": "no", "b": "no"}, "ani"),
        (False, None, {"a": "no", "b": "no"}, None),
    ],
)
def test_unknown_lines_leave_a_table_open_only_where_they_could_change_it(first_match, otherwise, facts, value):
    assert standing("Q", facts, of=table(first_match, *TWO, otherwise=otherwise)).value == value


@pytest.mark.parametrize(
    ("facts", "answers", "relevant", "score"),
    [
        (FOSTER, [("S1", "yes"), ("S2", "partly")], True, Fraction(3, 4)),
        (HOME, [("S1", "partly")], True, Fraction(1, 2)),  # S2 leaves both sides
        (FOSTER, [("S1", "yes"), ("S2", "unclear")], True, Fraction(1)),  # counts as nothing
        (FOSTER, [("S1", "yes")], True, None),
        ({}, [("S1", "yes")], True, None),
        (HOME, [("S1", "unclear")], False, None),  # nothing left is no score
    ],
)
def test_points_are_those_of_what_is_relevant(facts, answers, relevant, score):
    found_standing = standing("score", facts, answers)
    assert (found_standing.relevant, found_standing.value) == (relevant, score)


@pytest.mark.parametrize(("as_", "value"), [("sum", 3), ("mean", Fraction(3, 2)), ("share", Fraction(3, 4))])
def test_points_are_summed_or_averaged_or_a_share(as_, value):
    asked = [question(name, scale="graded") for name in ("S1", "S2")]
    asked.append(question("score", kind="computed", computed={"points": {"questions": ["S1", "S2"], "as": as_}}))
    of = framework(**found_data(themes=[{"id": "T", "title": "T", "questions": asked}]))
    assert standing("score", {}, [("S1", "yes"), ("S2", "partly")], of).value == value


@pytest.mark.parametrize("as_", ["sum", "mean", "share"])
def test_where_nothing_is_left_there_is_no_score(as_):
    asked = [question("S1", scale="graded", when={"fact": "foster", "is": "yes"})]
    asked.append(question("score", kind="computed", computed={"points": {"questions": ["S1"], "as": as_}}))
    of = framework(**found_data(themes=[{"id": "T", "title": "T", "questions": asked}]))
    assert standing("score", HOME, of=of)[:3] == (False, "rule", None)


def test_contested_answers_make_what_is_computed_from_them_contested():
    two = [event("1", "S1", "yes", "a"), event("1", "S1", "no", "b"), event("1", "S2", "yes"), event("1", "A", "yes", "c"),
           event("1", "A", "no", "d")]  # fmt: skip
    sheet = all_sheets([case("1", foster="yes")], *two)[0]
    assert sheet.standing("score").contested
    assert sheet.standing("I").contested


def test_a_score_is_compared_exactly_with_what_is_written():
    later = question("after", when={"answer": "score", "at_least": 0.9})
    asked = [
        question("S1", scale="graded", points=1),
        question("score", kind="computed", computed={"points": {"questions": ["S1"]}}),
    ]
    tenth = [{"value": "yes", "label": "Yes", "points": 0.9}, {"value": "no", "label": "No", "points": 1}]
    data = found_data(themes=[{"id": "T", "title": "T", "questions": [*asked, later]}])
    data["scales"] = [*data["scales"][:3], {"id": "graded", "options": tenth}]
    assert standing("after", {}, [("S1", "yes")], framework(**data)).relevant is True


# Overrides ---------------------------------------------------------------------------------------------------------


def test_an_override_with_a_note_counts_and_keeps_what_was_computed():
    found_standing = standing("I", FOSTER, [("A", "yes"), ("I", "ani")], I={"note": "The file says otherwise."})
    assert (found_standing.value, found_standing.outcome) == ("ani", "insufficient")
    assert (found_standing.computed_value, found_standing.event.value) == ("strength", "ani")


def test_an_override_without_a_note_or_of_no_value_changes_nothing():
    assert standing("I", FOSTER, [("A", "yes"), ("I", "ani")]).value == "strength"
    assert standing("I", FOSTER, [("A", "yes"), ("I", "great")], I={"note": "Well done."}).value == "strength"


def test_what_was_not_relevant_may_be_overridden_and_the_other_way_round():
    noted = {"note": "Looked at again."}
    assert standing("I", HOME, [("I", "ani")], I=noted)[:1] == (True,)
    assert standing("I", HOME, [("I", "ani")], I=noted).computed_value == "not_relevant"
    aside = standing("I", FOSTER, [("A", "yes"), ("I", "not_relevant")], I=noted)
    assert (aside.relevant, aside.by, aside.computed_value) == (False, "inspector", "strength")


def test_two_overrides_are_contested_and_to_be_decided():
    events = [event("1", "A", "yes"), event("1", "I", "ani", "a", note="x"), event("1", "I", "strength", "b", note="y")]
    sheet = all_sheets([case("1", foster="yes")], *events)[0]
    assert sheet.standing("I").contested
    assert ("1", "I", "contested") in missing([sheet])


# Questions set aside, required, informed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "relevant"), [([("A", "no")], False), ([("A", "yes")], True), ([], None), ([("B", "yes")], None)]
)
def test_a_question_that_must_not_be_relevant_does_not_apply(answers, relevant):
    assert standing("B", {}, answers).relevant is relevant


def test_an_answer_to_a_question_that_must_not_be_relevant_is_surplus():
    sheet = all_sheets([case("1")], event("1", "A", "no"), event("1", "B", "yes"))[0]
    assert (surplus([sheet]), not_counted([sheet])) == ((("1", "B"),), ())
    said_so = all_sheets([case("1")], event("1", "A", "no"), event("1", "B", "not_relevant"))[0]
    assert surplus([said_so]) == ()


def test_a_question_that_is_set_aside_says_why():
    sheet = all_sheets([case("1", foster="no")], event("1", "A", "no"))[0]
    assert why_not(found().questions["B"], sheet, found(), "en") == ("A in short: No",)
    assert why_not(found().questions["I"], sheet, found(), "en") == ("the child lived at home",)
    assert why_not(found().questions["A"], sheet, found(), "en") == ()


@pytest.mark.parametrize(("answers", "wanted"), [([("A", "yes")], True), ([("A", "no")], False), ([], True)])
def test_a_question_keeps_a_case_open_only_where_it_is_required(answers, wanted):
    sheet = all_sheets([case("1")], *(event("1", name, value) for name, value in answers))[0]
    assert (("1", "late", "unanswered") in missing([sheet])) is wanted


@pytest.mark.parametrize(
    ("judged", "prompts", "against"),
    [
        ("yes", {"A": "yes", "B": "no", "S1": "no"}, ("B", "S1")),
        ("yes", {"A": "yes", "B": "yes", "S1": "no"}, None),
        ("yes", {"A": "no", "S1": "no"}, ("A", "S1")),  # B does not apply
        ("no", {"A": "yes", "B": "yes", "S1": "no"}, ("A", "B")),
        ("yes", {"A": "no", "S1": "yes"}, None),  # half of the two that apply
        ("yes", {"B": "no"}, None),  # one of three, the others not answered yet
        ("yes", {"A": "yes", "S1": "unclear"}, None),
    ],
)
def test_a_judgement_against_most_of_its_prompts_is_flagged_either_way(judged, prompts, against):
    events = [event("1", name, value) for name, value in ({"J": judged} | prompts).items()]
    flags = against_prompts(all_sheets([case("1")], *events))
    assert [flag.against for flag in flags] == ([] if against is None else [against])


# Typed data and variants ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("N", "12", 12), ("N", "-3", -3), ("N", "twelve", None), ("day", "2016-02-29", date(2016, 2, 29)),
     ("day", "2015-02-29", None)],
)  # fmt: skip
def test_data_have_the_value_of_their_type(name, text, value):
    assert standing(name, {}, [(name, text)]).value == value


@pytest.mark.parametrize(("age", "text"), [(12, "a child"), (17, "a young person"), (20, None), (None, None)])
def test_the_first_variant_that_holds_gives_the_words(age, text):
    variants = [{"when": {"fact": "age", "at_most": 14}, "text": "a child"},
                {"when": {"fact": "age", "at_most": 17}, "text": "a young person"}]  # fmt: skip
    of = framework(**found_data(themes=[{"id": "T", "title": "T", "questions": [question("V", variants=variants)]}]))
    sheet = all_sheets([case("1", **({"age": age} if age else {}))], of=of)[0]
    chosen = variant(of.questions["V"], sheet)
    assert (chosen.text.root if chosen else None) == text
