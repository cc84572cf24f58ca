"""Kleene's logic over whole rules: what becomes known never turns round what was known, and counts are bounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from caselight.method.caseload.elapsed import elapsed
from caselight.method.framework.rules import Bounds, Rule, parts
from caselight.method.framework.truth import OPERATORS, Facts, truth, within

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
FACTS = ("a", "b", "c")
QUESTIONS = ("Q1", "Q2", "Q3")
DAYS = ("d", "e")
GRADES = ("low", "mid", "high")


@dataclass
class Known(Facts):
    """One case; whatever is left out is not known."""

    facts: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)  # "not_relevant", or an outcome
    found: tuple = ()
    measures: dict = field(default_factory=dict)
    grades: dict = field(default_factory=dict)

    def fact(self, name):
        return self.facts.get(name)

    def answer(self, question):
        return self.answers.get(question)

    outcome = answer

    def relevant(self, question):
        value = self.answers.get(question)
        return None if value is None else value != "not_relevant"

    def rows(self, kind):
        return self.found if kind == "thing" else ()

    def elapsed(self, start, end, unit):
        return elapsed(start, end, unit, {})

    def measure(self, name):
        return self.measures.get(name)

    def rated(self, rating):
        return None if rating not in self.grades else self.grades[rating] is not None

    def rank(self, rating):
        return None if self.grades.get(rating) is None else GRADES.index(self.grades[rating])

    def rank_of(self, rating, grade):
        return GRADES.index(grade) if rating in ("R", "S") else -1


NUMBERS = st.integers(0, 3)
BOUNDS = st.one_of(
    st.fixed_dictionaries({"at_least": NUMBERS}),
    st.fixed_dictionaries({"at_most": NUMBERS}),
    st.fixed_dictionaries({"is": NUMBERS}),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"at_least": min(ends), "at_most": max(ends)}),
)
OUTCOMES = st.sampled_from(["sufficient", "insufficient"])
GRADE = st.sampled_from(["is", "or_better", "or_worse"]).flatmap(
    lambda how: st.sampled_from(GRADES).map(lambda grade: {how: grade})
)
LEAVES = st.one_of(
    st.sampled_from(FACTS).map(lambda name: {"fact": name, "is": "yes"}),
    st.tuples(st.sampled_from(QUESTIONS), OUTCOMES).map(lambda pair: {"outcome": pair[0], "is": pair[1]}),
    st.sampled_from(QUESTIONS).map(lambda name: {"not_relevant": name}),
    st.just({"fact": "d", "before": {"fact": "e"}}),
    st.just({"fact": "d", "same_as": {"fact": "e"}}),
    st.tuples(st.sampled_from(["days", "weeks", "months"]), BOUNDS).map(
        lambda pair: {"elapsed": {"from": {"fact": "d"}, "to": {"fact": "e"}, "in": pair[0]}} | pair[1]
    ),
    st.tuples(OUTCOMES, BOUNDS).map(lambda pair: {"count": list(QUESTIONS), "outcome": pair[0]} | pair[1]),
    BOUNDS.map(lambda bounds: {"count": list(QUESTIONS), "relevant": True} | bounds),
    BOUNDS.map(lambda bounds: {"measure": "M"} | bounds),
    GRADE.map(lambda grade: {"rating": "R"} | grade),
    st.tuples(GRADE, BOUNDS).map(lambda pair: {"ratings": ["R", "S"], "times": pair[1]} | pair[0]),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda rules: {"all": rules}),
        st.lists(inner, min_size=1, max_size=3).map(lambda rules: {"any": rules}),
        inner.map(lambda rule: {"not": rule}),
        st.tuples(inner, BOUNDS).map(lambda pair: {"rows": "thing", "where": pair[0]} | pair[1]),
    ),
    max_leaves=8,
)
YES_NO = st.sampled_from(["yes", "no"])
SOME_DAYS = st.dates(date(2016, 1, 1), date(2016, 3, 31))
ANSWERS = st.sampled_from(["sufficient", "insufficient", "not_relevant"])
OWN = {
    "facts": st.fixed_dictionaries(dict.fromkeys(FACTS, YES_NO) | dict.fromkeys(DAYS, SOME_DAYS)),
    "answers": st.fixed_dictionaries(dict.fromkeys(QUESTIONS, ANSWERS)),
    "measures": st.fixed_dictionaries({"M": NUMBERS.map(Fraction)}),
    "grades": st.fixed_dictionaries(dict.fromkeys(("R", "S"), st.sampled_from([*GRADES, None]))),
}
WHOLE = st.builds(Known, **OWN, found=st.lists(st.builds(Known, **OWN), max_size=3).map(tuple))


@st.composite
def less_known(draw: st.DrawFn, known: Known) -> Known:
    """The same case with some of what is known left out."""

    def some(values: dict) -> dict:
        return {name: value for name, value in values.items() if draw(st.booleans())}

    rows = tuple(draw(less_known(row)) for row in known.found)
    return Known(some(known.facts), some(known.answers), rows, some(known.measures), some(known.grades))


@settings(max_examples=150, deadline=None)
@given(st.data(), RULES, WHOLE)
def test_making_what_is_unknown_known_never_turns_round_what_was_known(data, written, known):
    rule = RULE.validate_python(written)
    before, after = truth(rule, data.draw(less_known(known))), truth(rule, known)
    assert before is None or before is after


@settings(max_examples=60, deadline=None)
@given(RULES, WHOLE)
def test_where_everything_is_known_so_is_every_rule(written, known):
    assert truth(RULE.validate_python(written), known) is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["sufficient", "insufficient", "not_relevant", None]), min_size=3, max_size=3), BOUNDS)
def test_a_count_is_known_exactly_when_every_way_to_go_on_gives_the_same(given_answers, bounds):
    """The naive count: every open question answered in every way."""
    rule = RULE.validate_python({"count": list(QUESTIONS), "outcome": "insufficient"} | bounds)
    open_to = [[answer] if answer else ["sufficient", "insufficient", "not_relevant"] for answer in given_answers]
    limits = Bounds.model_validate(bounds)
    results = {within(limits, ways.count("insufficient"), ways.count("insufficient")) for ways in product(*open_to)}
    answers = {name: answer for name, answer in zip(QUESTIONS, given_answers, strict=True) if answer}
    assert truth(rule, Known(answers=answers)) is (results.pop() if len(results) == 1 else None)


@pytest.mark.parametrize(
    ("low", "high", "bounds", "expected"),
    [
        (0, 0, {"at_least": 1}, False), (0, 1, {"at_least": 1}, None), (1, 1, {"at_least": 1}, True),
        (1, 3, {"at_least": 1}, True), (0, 1, {"at_most": 1}, True), (1, 2, {"at_most": 1}, None),
        (2, 3, {"at_most": 1}, False), (0, 2, {"is": 1}, None), (1, 1, {"is": 1}, True), (2, 3, {"is": 1}, False),
        (0, 5, {"at_least": 1, "at_most": 3}, None), (2, 3, {"at_least": 1, "at_most": 3}, True),
        (4, 5, {"at_least": 1, "at_most": 3}, False), (0, 0, {"at_least": 0.5}, False), (1, 1, {"at_least": 0.5}, True),
    ],
)  # fmt: skip
def test_a_number_between_two_ends_is_inside_outside_or_not_known(low, high, bounds, expected):
    assert within(Bounds.model_validate(bounds), low, high) is expected


def kinds(rule: Rule) -> set[type]:
    return {type(rule)}.union(*(kinds(part) for _, part in parts(rule)))


def test_the_rules_tried_here_have_every_operator() -> None:
    met: set[type] = {type(RULE.validate_python({"always": True}))}

    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(RULES)
    def collect(written: dict) -> None:
        met.update(kinds(RULE.validate_python(written)))

    collect()
    assert met == set(OPERATORS)
