"""Rules that can never hold, or always do, are found by trying what facts and answers can be."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.factories import minimal, told

from caselight.method.framework.checks.rules.references import DEEPEST_CHAIN
from caselight.method.framework.checks.worlds.search import Budget, possible
from caselight.method.framework.rules import Rule, Truth
from caselight.method.framework.truth import truth

A2_RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"
RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def rule(written: object) -> Rule:
    return RULE.validate_python(written)


NEVER = [
    "{all: [{fact: report, is: yes}, {fact: report, is: no}]}",
    "{all: [{fact: report, is: yes}, {not: {fact: report, in: [yes]}}]}",
    "{not: {always: true}}",
    "{all: [{fact: begun, after: 2016-01-01}, {fact: begun, before: 2016-01-02}]}",
    "{all: [{fact: begun, before: 2016-01-01}, {fact: begun, known: false}]}",
    "{all: [{fact: age, at_least: 17}, {fact: age, at_most: 16}]}",
    "{all: [{fact: age, at_least: 16.5}, {fact: age, at_most: 16.9}]}",
    "{all: [{fact: order, is: long}, {fact: order, is: short}]}",
    # what an earlier question's own rule excludes: A1t applies only when its dates are known
    "{all: [{outcome: A1t, is: sufficient}, {fact: begun, known: false}]}",
    "{all: [{answer: A1, is: yes}, {not_relevant: A1}]}",
    "{all: [{answer: A1, is: yes}, {outcome: A1, is: insufficient}]}",
]
ALWAYS = [
    "{any: [{fact: report, is: yes}, {fact: report, is: no}]}",
    "{fact: order, in: [short, long]}",
    "{any: [{fact: age, at_least: 10}, {fact: age, at_most: 10}]}",
    "{any: [{fact: begun, known: true}, {fact: begun, known: false}]}",
    "{any: [{answer: A1, in: [yes, no]}, {not_relevant: A1}]}",
]
SOMETIMES = [
    "{any: [{answer: A1, is: yes}, {answer: A1, is: no}]}",  # not of a case for which A1 is not relevant
    "{all: [{fact: begun, after: 2016-01-01}, {fact: begun, before: 2016-01-03}]}",
    "{all: [{fact: age, at_least: 16}, {fact: age, at_most: 16}]}",
    "{fact: begun, known: false}",
    "{answer: A2.due, known: false}",
    "{not_relevant: A1t}",
    "{not: {fact: report, is: yes}}",
    "{elapsed: {from: {fact: begun}, to: {fact: done}}, at_most: -1}",  # two days held against each other
]


@pytest.mark.parametrize("written", NEVER)
def test_a_question_that_can_never_apply_is_an_error(written: str) -> None:
    faults, place = told((A2_RULE, "«" + written))
    assert ("framework.never-applies", place) in faults


@pytest.mark.parametrize("written", ALWAYS)
def test_a_rule_that_always_holds_is_a_warning(written: str) -> None:
    faults, place = told((A2_RULE, "«" + written))
    assert faults == [("framework.always-true", place)]


@pytest.mark.parametrize("written", [*SOMETIMES, "{always: true}"])
def test_a_rule_that_sometimes_holds_is_accepted(written: str) -> None:
    assert told((A2_RULE, written))[0] == []


def test_the_chain_of_gates_is_followed() -> None:
    faults, place = told(
        ("short: plan needed", "short: x\n        when: {fact: report, is: no}"), (A2_RULE, "«" + A2_RULE)
    )
    # A2 needs the gate answered Yes, and the gate is asked only when there is no report
    assert ("framework.never-applies", place) in faults


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.never-fires", [("{all: [{outcome: A1, is: insufficient}, {outcome: A2, is: sufficient}]}",
                                    "«{all: [{answer: A2, is: yes}, {answer: A2.due, is: no}]}")]),
        ("framework.never-holds", [("where: {fact: order, is: long}", "where: «{not: {always: true}}")]),
        ("framework.never-holds", [("label: cases examined", "label: x, where: «{not: {always: true}}")]),
        ("framework.never-holds", [("also: {fact: age, at_most: 17}",
                                    "also: «{all: [{fact: age, at_most: 17}, {fact: age, at_least: 18}]}")]),
        ("framework.never-holds", [("when: {fact: order, is: long}", "when: «{not: {always: true}}")]),
        ("framework.never-holds", [("sufficient_when: {answer: W1.topics, includes: law}",
                                    "sufficient_when: «{all: [{answer: W1.topics, includes: law}, "
                                    "{not: {answer: W1.topics, includes: law}}]}")]),
    ],
)  # fmt: skip
def test_checks_and_populations_that_select_nobody_are_warnings(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert faults == [(code, place)]


def test_a_rule_with_another_fault_is_not_judged() -> None:
    faults, _ = told((A2_RULE, "{all: [{fact: reports, is: yes}, {fact: report, is: yes}, {fact: report, is: no}]}"))
    assert [code for code, _ in faults] == ["framework.unknown-id"]


def test_an_outcome_follows_the_rule_that_computes_it() -> None:
    both = {"all": [{"outcome": "W1", "is": "sufficient"}, {"not": {"answer": "W1.topics", "includes": "law"}}]}
    assert possible(minimal(), rule(both)) == {False}


def test_too_much_to_try_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caselight.method.framework.checks.worlds.search.MOST_TRIES", 2)
    assert possible(minimal(), rule({"all": [{"fact": "report", "is": "yes"}, {"fact": "report", "is": "no"}]})) is None


def test_the_whole_framework_has_one_budget() -> None:
    budget = Budget(left=1)
    assert possible(minimal(), rule({"fact": "report", "is": "yes"}), budget) is None
    assert budget.spent


GATE = "      - {{id: G{n}, kind: gate, text: x, short: x, scale: gate, provenance: own-design{when}}}\n"


def gates(*rules: str) -> tuple[str, str]:
    """A theme of gates whose rules are given; the first is asked of everybody."""
    rows = [GATE.format(n=n, when=f", when: {written}" if written else "") for n, written in enumerate(("", *rules))]
    return ("populations:\n", "  - id: G\n    title: G\n    questions:\n" + "".join(rows) + "populations:\n")


def test_each_question_of_a_chain_is_worked_out_once() -> None:
    twice = "{{all: [{{answer: G{0}, is: yes}}, {{not: {{answer: G{0}, is: no}}}}]}}"
    # 2 to the power of 40 ways to get to the first, if nothing were remembered
    assert told(gates(*(twice.format(n) for n in range(40))))[0] == []


def test_a_chain_that_nobody_could_follow_is_refused() -> None:
    faults, _ = told(gates(*(f"{{answer: G{n}, is: yes}}" for n in range(DEEPEST_CHAIN + 2))))
    assert [code for code, _ in faults] == ["framework.chain-too-long"] * 3


class Naive:
    """Facts only, each with a value."""

    def __init__(self, values: dict[str, str | int]) -> None:
        self.values = values

    def fact(self, name: str) -> str | int:
        return self.values[name]

    def answer(self, question: str) -> None:
        raise AssertionError(question)

    outcome = relevant = answer


TESTS = st.one_of(
    st.sampled_from(["yes", "no"]).map(lambda value: {"fact": "report", "is": value}),
    st.sampled_from(["short", "long"]).map(lambda value: {"fact": "order", "is": value}),
    st.integers(15, 18).map(lambda value: {"fact": "age", "at_least": value}),
    st.integers(15, 18).map(lambda value: {"fact": "age", "at_most": value}),
)
RULES = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)


@given(written=RULES)
@settings(max_examples=150, deadline=None)
def test_what_is_possible_is_what_a_naive_count_finds(written: dict[str, object]) -> None:
    tried: set[Truth] = {
        truth(rule(written), Naive({"report": report, "order": order, "age": age}))
        for report, order, age in product(("yes", "no"), ("short", "long"), range(10, 25))
    }
    assert possible(minimal(), rule(written)) == tried
