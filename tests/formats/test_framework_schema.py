"""The exported schema accepts what the reader accepts, in its written form, and refuses what it refuses."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.factories import minimal_text

from caselight.formats.framework_schema import framework_schema, part_schema
from caselight.formats.located_yaml import read_yaml

WHOLE, PART = framework_schema(), part_schema()  # made once: each takes half a second
RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(read_yaml(text.encode(), "f").value)]


@pytest.mark.parametrize("schema", [WHOLE, PART])
def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_the_minimal_framework_is_valid() -> None:
    assert complaints(WHOLE, minimal_text()) == []


@pytest.mark.parametrize(
    "changes",
    [
        ("about: Made", "abouts: Made"),
        ("kind: gate", "kind: gates"),
        ("texts_provenance: own-design", "texts_provenance: own"),
        (RULE, "{fact: report}"),
        (RULE, "{fact: report, answer: A1, is: yes}"),
        (RULE, "{fact: report, is: yes, in: [yes]}"),
        (RULE, "{fact: report, is_: yes}"),
        (RULE, "{al: []}"),
        (RULE, "{fact: report, same_as: {fact: order, answer: A1}}"),
        (RULE, "{fact: report, same_as: {}}"),
        (RULE, "{elapsed: {from: {fact: begun}, to: {fact: done}}}"),
        (RULE, "{elapsed: {from: {fact: begun}}, at_most: 1}"),
        (RULE, "{elapsed: {from: {fact: begun}, to: {fact: done}, in: years}, at_most: 1}"),
        (RULE, "{elapsed: {from: {fact: begun}, to: {fact: done}}, is: 1, at_most: 1}"),
        (RULE, "{count: [A1], at_most: 1}"),
        (RULE, "{count: [A1], outcome: sufficient, answer: yes, at_most: 1}"),
        (RULE, "{count: [], outcome: sufficient, at_most: 1}"),
        (RULE, "{count: [A1], outcome: sufficient}"),
        (RULE, "{rows: thing}"),
        (RULE, "{rating: R1}"),
        (RULE, "{rating: R1, is: good, or_better: good}"),
        (RULE, "{ratings: [R1], or_better: good, times: {}}"),
        (RULE, "{measure: M1}"),
        ("sufficient_when: {answer: W1.topics, includes: law}", "table: {lines: []}"),
        (
            "sufficient_when: {answer: W1.topics, includes: law}",
            "{table: {lines: [{value: yes, when: {always: true}}]}, points: {questions: [A1]}}",
        ),
        ("languages: [en]", "languages: []"),
        ("from: 50%, to: 100%", "from_: 50%, to: 100%"),
        ("sufficient_when: {answer: W1.topics, includes: law}", "{}"),
    ],
)
def test_what_the_reader_refuses_is_invalid(changes: tuple[str, str]) -> None:
    assert complaints(WHOLE, minimal_text(changes)) != []


@pytest.mark.parametrize(
    "written",
    ["{fact: report, is: yes}", "{not: {fact: report, in: [yes, no]}}", "{fact: begun, before: 2016-01-27}",
     "{not_relevant: A1}", "{any: [{always: true}, {fact: age, at_least: 1.5}]}",
     "{fact: begun, before: {fact: done}}", "{fact: begun, same_as: {answer: A1}}",
     "{answer: W1.topics, includes_any: [law]}", "{answer: W1.topics, includes_none: [law, health]}",
     "{elapsed: {from: {fact: begun}, to: {fact: done}, in: months}, at_least: 1, at_most: 2}",
     "{elapsed: {from: {fact: begun}, to: {fact: done}}, is: 0}",
     "{count: [A1, A2], outcome: insufficient, at_most: 1}", "{count: [A1], relevant: true, is: 1}",
     "{rows: thing, where: {fact: age, at_least: 1}, at_least: 2}", "{rows: thing, is: 0}",
     "{measure: M1, at_least: 80.5}", "{rating: R1, or_worse: good}",
     "{ratings: [R1, R2], or_better: good, times: {at_least: 2}}"],
)  # fmt: skip
def test_rules_are_valid_as_they_are_written(written: str) -> None:
    assert complaints(WHOLE, minimal_text((RULE, written))) == []


def test_a_framework_in_parts_need_not_have_every_key() -> None:
    assert complaints(WHOLE, "schema: caselight.framework/1\nparts: [a.yaml]\n") == []
    assert complaints(WHOLE, "schema: caselight.framework/1\n") != []
    assert complaints(WHOLE, "parts: [/a.yaml]\n") != []
    assert complaints(PART, "sources: {A: B}\n") == []
    assert complaints(PART, "parts: [a.yaml]\n") != []


def test_an_editor_finds_a_description_for_every_kind_of_entry() -> None:
    schema = WHOLE
    assert [name for name, entry in schema["$defs"].items() if not entry.get("description")] == []
    assert "``" not in str(schema)
