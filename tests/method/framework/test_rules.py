"""Rules have three values: what is not known is neither true nor false, and every operator passes that on as Kleene's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import product

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.factories import minimal
from tests.factories.small import HOLIDAYS, case, event, package

from caselight.method.analysis.figure import Cell
from caselight.method.analysis.figures import figures
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.rules import Rule, leaves, references
from caselight.method.framework.truth import truth

RULE = TypeAdapter(Rule)
PART = {
    True: {"fact": "true", "is": "yes"},
    False: {"fact": "false", "is": "yes"},
    None: {"fact": "unknown", "is": "yes"},
}


@dataclass
class Known:
    """One subject, as a rule sees it. Questions that are not named do not apply."""

    facts: dict = field(default_factory=lambda: {"true": "yes", "false": "no"})
    answers: dict = field(default_factory=dict)
    outcomes: dict = field(default_factory=dict)
    applies: dict = field(default_factory=dict)

    def fact(self, name):
        return self.facts.get(name)

    def answer(self, question):
        return self.answers.get(question)

    def outcome(self, question):
        return self.outcomes.get(question)

    def relevant(self, question):
        return self.applies.get(question, False)


def holds(rule, known=None):
    return truth(RULE.validate_python(rule), known or Known())


TWO = [
    # one, other, all, any
    (True, True, True, True),
    (True, False, False, True),
    (True, None, None, True),
    (False, True, False, True),
    (False, False, False, False),
    (False, None, False, None),
    (None, True, None, True),
    (None, False, False, None),
    (None, None, None, None),
]


@pytest.mark.parametrize(("one", "other", "every", "some"), TWO)
def test_all_and_any_of_two_parts(one, other, every, some):
    parts = [PART[one], PART[other]]
    assert (holds({"all": parts}), holds({"any": parts})) == (every, some)


@pytest.mark.parametrize("values", list(product([True, False, None], repeat=3)))
def test_all_and_any_of_three_parts_do_not_depend_on_their_order(values):
    parts = [PART[value] for value in values]
    assert holds({"all": parts}) is (False if False in values else None if None in values else True)
    assert holds({"any": parts}) is (True if True in values else None if None in values else False)


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_turns_round_what_is_known(value, opposite):
    assert holds({"not": PART[value]}) is opposite
    assert holds({"not": {"not": PART[value]}}) is value


def test_always_holds():
    assert holds({"always": True}) is True


@pytest.mark.parametrize(("applies", "expected"), [(True, False), (False, True), (None, None)])
def test_not_relevant_is_the_opposite_of_applying(applies, expected):
    assert holds({"not_relevant": "Q"}, Known(applies={"Q": applies})) is expected


COMPARISONS = [
    ({"is": "yes"}, "yes", True),
    ({"is": "yes"}, "no", False),
    ({"is": 15}, 15, True),
    ({"is": 15}, 16, False),
    ({"in": ["a", "b"]}, "b", True),
    ({"in": ["a", "b"]}, "c", False),
    ({"in": [15, 16]}, 16, True),
    ({"includes": "law"}, ("health", "law"), True),
    ({"includes": "law"}, ("health",), False),
    ({"includes": "law"}, ("lawful",), False),
    ({"includes": "law"}, (), False),
    ({"at_least": 16}, 15, False),
    ({"at_least": 16}, 16, True),
    ({"at_least": 16}, 17, True),
    ({"at_most": 16}, 15, True),
    ({"at_most": 16}, 16, True),
    ({"at_most": 16}, 17, False),
    ({"before": "2015-12-14"}, date(2015, 12, 13), True),
    ({"before": "2015-12-14"}, date(2015, 12, 14), False),
    ({"before": "2015-12-14"}, date(2015, 12, 15), False),
    ({"after": "2015-12-14"}, date(2015, 12, 13), False),
    ({"after": "2015-12-14"}, date(2015, 12, 14), False),
    ({"after": "2015-12-14"}, date(2015, 12, 15), True),
]


@pytest.mark.parametrize(("test", "value", "expected"), COMPARISONS)
def test_every_comparison(test, value, expected):
    assert holds({"fact": "f", **test}, Known({"f": value})) is expected
    answered = Known(answers={"Q": value}, applies={"Q": True})
    assert holds({"answer": "Q", **test}, answered) is expected


@pytest.mark.parametrize("test", [test for test, _value, expected in COMPARISONS if expected])
def test_no_comparison_with_what_is_not_known_is_false(test):
    assert holds({"fact": "f", **test}) is None
    assert holds({"answer": "Q", **test}, Known(applies={"Q": True})) is None


@pytest.mark.parametrize(
    ("value", "known", "expected"), [(0, True, True), (0, False, False), (None, True, False), (None, False, True)]
)
def test_known_asks_whether_there_is_a_value_whatever_it_is(value, known, expected):
    assert holds({"fact": "f", "known": known}, Known({"f": value})) is expected


@pytest.mark.parametrize(
    ("applies", "outcome", "expected"),
    [
        (True, "sufficient", True),
        (True, "insufficient", False),
        (True, None, None),
        (False, "sufficient", False),
        (None, "sufficient", None),
    ],
)
def test_outcome_counts_only_where_the_question_applies(applies, outcome, expected):
    known = Known(outcomes={"Q": outcome}, answers={"Q": "yes"}, applies={"Q": applies})
    assert holds({"outcome": "Q", "is": "sufficient"}, known) is expected


@pytest.mark.parametrize("how", [{"is": "yes"}, {"known": True}, {"known": False}])
def test_every_test_of_an_answer_that_cannot_be_is_false(how):
    assert holds({"answer": "Q", **how}, Known(answers={"Q": "yes"}, applies={"Q": False})) is False
    assert holds({"answer": "Q", **how}, Known(answers={"Q": "yes"}, applies={"Q": None})) is None


@pytest.mark.parametrize(
    "rule",
    [
        {"fact": "a", "answer": "b", "is": "yes"},
        {"is": "yes"},
        {"fact": "a"},
        {"fact": "a", "is": "yes", "known": True},
        {"all": []},
        {"any": []},
        {"always": False},
    ],
)
def test_rule_that_says_nothing_or_two_things_is_refused(rule):
    with pytest.raises(ValidationError):
        RULE.validate_python(rule)


NESTED = {"all": [{"fact": "a", "is": "yes"}, {"not": {"any": [{"answer": "B", "is": "no"}, {"not_relevant": "C"}]}}]}


def test_leaves_come_in_the_order_written_with_their_paths():
    paths = [path for path, _leaf in leaves(RULE.validate_python(NESTED))]
    assert paths == [("all", 0), ("all", 1, "not", "any", 0), ("all", 1, "not", "any", 1)]


def test_references_are_what_a_rule_looks_at_wherever_it_stands():
    assert references(RULE.validate_python(NESTED)) == {("fact", "a"), ("answer", "B"), ("relevant", "C")}


# Where rules decide: targets and populations ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "done", "outcome"),
    [
        ("long", date(2015, 12, 29), "sufficient"),  # 18 working days, of 20
        ("short", date(2015, 12, 29), "insufficient"),  # of 15
        (None, date(2015, 12, 29), None),
        (None, date(2015, 12, 2), None),
        (None, date(2016, 1, 29), None),
    ],
)
def test_first_target_that_may_apply_decides_even_when_nobody_knows_whether_it_does(order, done, outcome):
    facts = {"begun": date(2015, 12, 1), "done": done} | ({"order": order} if order else {})
    sheet = Sheet(minimal(), case("1", **facts), asked=frozenset({"A1t"}), holidays=HOLIDAYS)
    assert sheet.standing("A1t").outcome == outcome


def test_case_that_may_belong_to_a_population_is_unanswered_in_it():
    subjects = [case("1", custodial="yes"), case("2", custodial="no"), case("3")]
    found = figures(package(subjects, [event(key, "A", "yes") for key in "123"]))["A@custody"]
    assert found.cells == {Cell.SUFFICIENT: ("1",), Cell.UNANSWERED: ("3",)}
