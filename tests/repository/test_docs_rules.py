"""docs/reference/rules.md is true: every row evaluates to what it says, and no operator or comparison is left out."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from pydantic import TypeAdapter
from tests.repository.pages import code, rows, sections, text_of

from caselight.formats.located_yaml import read_yaml
from caselight.method.framework.rules import AllOf, AnyOf, Not, Rule, Test, Truth
from caselight.method.framework.truth import truth

PAGE = sections(text_of("docs/reference/rules.md"))
RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
SAID: dict[str, Truth] = {"true": True, "false": False, "unknown": None}
SIGN: dict[str, Truth] = {"T": True, "F": False, "?": None}
EXAMPLES = [row for heading in ("Operators", "Tests") for row in rows(PAGE[heading], "Rule")]


class Given:
    """The facts and answers of one row: ``psr = yes, R2 not relevant``."""

    def __init__(self, text: str) -> None:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        self.values = {name.strip(): value.strip() for name, _, value in (p.partition("=") for p in parts) if value}
        self.outside = {part.removesuffix(" not relevant") for part in parts if part.endswith(" not relevant")}

    def fact(self, name: str) -> str | int | date | tuple[str, ...] | None:
        value = self.values.get(name)
        if value is None:
            return None
        if value[:4].isdigit() and "-" in value:
            return date.fromisoformat(value)
        return int(value) if value.isdigit() else value

    def answer(self, question: str) -> str | tuple[str, ...] | None:
        value = self.values.get(question)
        return tuple(value.split("|")) if value and question == "M3.needs" else value

    def outcome(self, question: str) -> str | None:
        return self.values.get(question)

    def relevant(self, question: str) -> Truth:
        return False if question in self.outside else True if question in self.values else None


def rule_of(cell: str) -> Rule:
    return RULE.validate_python(read_yaml(code(cell).encode(), "rules.md").value)


@pytest.mark.parametrize(("written", "given", "said"), EXAMPLES)
def test_the_example_evaluates_to_what_the_page_says(written: str, given: str, said: str) -> None:
    assert truth(rule_of(written), Given(given)) is SAID[said]


def test_every_operator_has_an_example_for_each_value_it_can_have() -> None:
    shown: dict[str, set[str]] = {}
    for written, _, said in rows(PAGE["Operators"], "Rule"):
        shown.setdefault(code(written)[1:].partition(":")[0], set()).add(said)
    assert {"always", "all", "any", "not", "not_relevant", "fact", "answer", "outcome"} == set(shown)
    assert all(shown[name] == set(SAID) for name in ("all", "any", "not", "not_relevant"))


def test_every_comparison_is_explained_and_has_an_example_either_way() -> None:
    names = {field.alias or name for name, field in Test.model_fields.items()} - {"fact", "answer", "outcome"}
    explained = {name for cell, *_ in rows(PAGE["Tests"], "Comparison") for name in cell.replace("`", "").split(", ")}
    shown = {(next(iter(rule_of(written).comparisons)), said) for written, _, said in rows(PAGE["Tests"], "Rule")}
    assert explained == names
    assert {(name, said) for name in names for said in ("true", "false")} <= shown


@pytest.mark.parametrize(("table", "kind"), [("all", AllOf), ("any", AnyOf)])
def test_the_truth_tables_are_those_of_the_language(table: str, kind: type[AllOf | AnyOf]) -> None:
    signs = list(SIGN)
    for row, column in product(range(3), range(3)):
        cells = rows(PAGE["Truth tables"], table)[row]
        values = (cells[0].strip("*"), signs[column])
        given = Given(", ".join(f"f{i} = {'yes' if SIGN[v] else 'no'}" for i, v in enumerate(values) if v != "?"))
        tests = tuple(Test(fact=f"f{i}", is_="yes") for i in range(2))
        assert truth(kind(**{table: tests}), given) is SIGN[cells[column + 1]]


def test_not_turns_true_and_false_round_and_leaves_unknown() -> None:
    for value, said in rows(PAGE["Truth tables"], "not"):
        given = Given("" if value == "?" else f"f = {'yes' if SIGN[value] else 'no'}")
        assert truth(Not(not_=Test(fact="f", is_="yes")), given) is SIGN[said]
