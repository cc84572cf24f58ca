"""Every row of the specification evaluates to what it says, nothing of the language is left out, and the page is it."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter
from tests.spec.given import Given
from tests.spec.rules import COMPARISONS, OPERATORS
from tests.spec.rules_page import PAGE, page

from caselight.formats.located_yaml import read_yaml
from caselight.method.framework import rules, truth
from caselight.method.framework.rules import Always, Rule, Test, Truth

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
SAID: dict[str, Truth] = {"true": True, "false": False, "unknown": None}
ROWS = [row for item in (*OPERATORS, *COMPARISONS) for row in item.examples]
OF_TEST = {"fact", "answer", "outcome"}


def rule_of(written: str) -> Rule:
    return RULE.validate_python(read_yaml(written.encode(), "rules.md").value)


@pytest.mark.parametrize(("written", "given", "said"), ROWS)
def test_the_row_evaluates_to_what_it_says(written: str, given: str, said: str) -> None:
    assert truth.truth(rule_of(written), Given(given)) is SAID[said]


def test_every_operator_stands_in_the_specification_under_its_own_key() -> None:
    assert {type(rule_of(operator.examples[0][0])) for operator in OPERATORS} == set(truth.OPERATORS)
    assert [operator.key for operator in OPERATORS if f"{{{operator.key}:" not in operator.examples[0][0]] == []
    assert {operator.key for operator in OPERATORS} >= OF_TEST


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.key)
def test_every_operator_is_shown_with_each_value_it_can_have(operator) -> None:
    kinds = {type(rule_of(written)) for written, _, _ in operator.examples}
    assert len(kinds) == 1
    assert kinds == {Always} or {said for _, _, said in operator.examples} == set(SAID)


def test_every_comparison_stands_in_the_specification_and_is_shown_either_way() -> None:
    assert [comparison.key for comparison in COMPARISONS] == list(rules.COMPARISONS)
    assert set(rules.COMPARISONS) == set(truth.COMPARISONS) | {"known"}
    for comparison in COMPARISONS:
        shown = {(test.comparison[0], said) for test, said in of_tests(comparison)}
        assert shown >= {(comparison.key, "true"), (comparison.key, "false")}
        assert {key for key, _ in shown} == {comparison.key}


def of_tests(comparison) -> list[tuple[Test, str]]:
    found = [(rule_of(written), said) for written, _, said in comparison.examples]
    return [(test, said) for test, said in found if isinstance(test, Test)]


def test_the_page_is_the_specification() -> None:
    assert PAGE.read_text("utf-8") == page(), "Run: python -m tests.spec.rules_page"
