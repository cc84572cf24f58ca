"""The exported schema accepts what the reader accepts, in its written form, and refuses what it refuses."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.factories import minimal_text

from caselight.formats.framework_schema import framework_schema, part_schema
from caselight.formats.located_yaml import read_yaml

RULE = "{all: [{answer: A2.due, is: yes}, {fact: report, is: yes}]}"


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(read_yaml(text.encode(), "f").value)]


@pytest.mark.parametrize("schema", [framework_schema(), part_schema()])
def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_the_minimal_framework_is_valid() -> None:
    assert complaints(framework_schema(), minimal_text()) == []


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
        ("languages: [en]", "languages: []"),
        ("from: 50%, to: 100%", "from_: 50%, to: 100%"),
        ("sufficient_when: {answer: W1.topics, includes: law}", "{}"),
    ],
)
def test_what_the_reader_refuses_is_invalid(changes: tuple[str, str]) -> None:
    assert complaints(framework_schema(), minimal_text(changes)) != []


@pytest.mark.parametrize(
    "written",
    ["{fact: report, is: yes}", "{not: {fact: report, in: [yes, no]}}", "{fact: begun, before: 2016-01-27}",
     "{not_relevant: A1}", "{any: [{always: true}, {fact: age, at_least: 1.5}]}"],
)  # fmt: skip
def test_rules_are_valid_as_they_are_written(written: str) -> None:
    assert complaints(framework_schema(), minimal_text((RULE, written))) == []


def test_a_framework_in_parts_need_not_have_every_key() -> None:
    assert complaints(framework_schema(), "schema: caselight.framework/1\nparts: [a.yaml]\n") == []
    assert complaints(framework_schema(), "schema: caselight.framework/1\n") != []
    assert complaints(framework_schema(), "parts: [/a.yaml]\n") != []
    assert complaints(part_schema(), "sources: {A: B}\n") == []
    assert complaints(part_schema(), "parts: [a.yaml]\n") != []


def test_an_editor_finds_a_description_for_every_kind_of_entry() -> None:
    schema = framework_schema()
    assert [name for name, entry in schema["$defs"].items() if not entry.get("description")] == []
    assert "``" not in str(schema)
