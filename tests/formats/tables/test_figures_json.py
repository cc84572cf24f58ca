"""figures.json keeps to its published schema, hides what is hidden, and names cases only in a working file."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.factories.traced_figures import BANNER, letter

from caselight.formats.tables.json import figures_json

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/reference/figures.schema.json").read_text("utf-8"))


def written(suppressed: dict[str, frozenset[str]] | None = None, **options: bool) -> dict[str, Any]:
    document = json.loads(figures_json(letter(), suppressed or {}, **options))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return {"document": document} | {figure["key"]: figure for figure in document["figures"]}


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_figures_stand_by_theme_in_the_letters_order_and_then_the_others():
    assert [figure["key"] for figure in written()["document"]["figures"]] == [
        "M3", "P1", "P5", "P3", "P8", "CUSTODY", "rate.north", "rate.before", "fact.service",
    ]  # fmt: skip


def test_the_head_says_what_it_is_about_and_carries_the_banner():
    document = written()["document"]
    assert document["basis"] == "sqs 1.0"
    assert document["banner"] == BANNER
    assert document["inspection"]["title"] == "Short Quality Screening of West Example"


def test_a_share_is_written_with_every_part():
    figure = written()["P5"]
    assert {part: figure[part] for part in ("sufficient", "relevant", "insufficient", "not_relevant", "sample")} == {
        "sufficient": 28, "relevant": 32, "insufficient": 4, "not_relevant": 2, "sample": 34,
    }  # fmt: skip
    assert figure["phrase"] == "28 of 32"
    assert figure["interval"]["low"] == 0.7193
    assert figure["reasons"][0] == {"id": "contingency", "label": "contingency deficient", "count": 3}
    assert figure["suppressed"] == []


@pytest.mark.parametrize(
    ("key", "phrase"),
    [
        ("P8", "no case was relevant"),
        ("M3", "11 of 16"),
        ("CUSTODY", "9 of 34"),
        ("rate.north", "43.60%"),
        ("rate.before", "worse"),
        ("fact.service", "West Example"),
    ],
)
def test_each_kind_has_its_phrase(key: str, phrase: str):
    assert written()[key]["phrase"] == phrase


def test_a_published_value_keeps_its_digits():
    assert written()["rate.north"]["value"] == "43.60"


def test_a_figure_that_is_not_counted_has_no_counts():
    assert written()["rate.north"]["relevant"] is None


def test_hidden_parts_are_null_and_named_and_what_gives_them_away_goes_too():
    figure = written({"P5": frozenset({"insufficient"})})["P5"]
    assert figure["suppressed"] == ["sufficient", "insufficient", "interval", "phrase", "reasons"]
    assert [figure[part] for part in figure["suppressed"]] == [None] * 5
    assert figure["relevant"] == 32
    assert figure["sample"] is None


def test_hiding_one_figure_leaves_the_others():
    assert written({"P5": frozenset({"insufficient"})})["P1"] == written()["P1"]


def test_a_published_file_names_no_case_even_when_nothing_needs_hiding():
    assert "case-0" not in figures_json(letter(), {}).decode()
    assert "snapshot" not in figures_json(letter(), {}).decode()


def test_a_working_file_names_the_cases_of_each_cell_and_why():
    figure = written(working=True)["P5"]
    assert figure["cases"]["not_relevant_by_rule"] == ["case-033", "case-034"]
    assert figure["why"] == {"case-033": "no plan was needed", "case-034": "no plan was needed"}


def test_a_label_of_the_letter_replaces_the_english_one():
    document = json.loads(figures_json(letter(labels={"tables.of": "{n} o {d}"})))
    assert "28 o 32" in [figure["phrase"] for figure in document["figures"]]


def test_the_same_letter_gives_the_same_bytes():
    assert figures_json(letter()) == figures_json(letter())
    assert figures_json(letter()).endswith(b"}\n")
