"""Measures and ratings as data: CSV, its metadata, JSON and workbook tell the same, and what is held back in none."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine
from jsonschema import Draft202012Validator
from tests.factories.rated import figures, rated_letter
from tests.factories.traced_figures import letter as plain_letter

from caselight.formats.tables.csvw import figures_csv, figures_csvw
from caselight.formats.tables.hiding import NUMBER, REACHED, Hidden
from caselight.formats.tables.json import figures_json
from caselight.formats.tables.labels import Words
from caselight.formats.tables.ods import figures_ods
from caselight.formats.tables.rated import COLUMNS
from caselight.method.analysis.measures import WAYS
from caselight.method.analysis.ratings import WAYS as RATING_WAYS

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/reference/figures.schema.json").read_text("utf-8"))
PAGE = (Path(__file__).parents[3] / "docs/reference/figures.md").read_text("utf-8")
HIDDEN: Hidden = {"K3": frozenset({NUMBER}), "S1": frozenset({REACHED})}


def rows(hidden: Hidden | None = None) -> dict[str, dict[str, str]]:
    text = figures_csv(rated_letter("{S1: rating}"), hidden or {}).decode()
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text))}


def records(hidden: Hidden | None = None, *, working: bool = False) -> dict[str, dict[str, object]]:
    document = json.loads(figures_json(rated_letter("{S1: rating}"), hidden or {}, working=working))
    Draft202012Validator(SCHEMA).validate(document)
    return {record["key"]: record for record in document["figures"]}


def test_the_row_of_a_rating_tells_every_stage_of_how_it_was_reached() -> None:
    row = rows()["S1"]
    expected = {
        "kind": "rating", "phrase": "Good", "way": "cut", "number": "0.5", "is_share": "yes", "state": "rated",
        "grade": "good", "grade_by_rule": "requires", "grade_by_rule_label": "Requires improvement",
        "grade_before_caps": "requires", "made_from": "K1 | K2 | K3", "deciding": "K3", "band_from": "50%",
        "band_to": "<65%", "points_to_worse": "0", "points_to_better": "15",
        "discretion": "within_points | one_case", "decided_by": "The lead",
        "decided_why": "In two cases the judgement was a narrow one.", "chance": "0.463", "chance_why": "predictive",
        "unchecked": "yes", "caps": "[z]", "duties": "[z]", "no_value_why": "[z]", "sufficient": "[z]",
        "value": "[z]",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("K3", {"phrase": "14 of 28", "number": "0.5", "number_n": "14", "number_d": "28", "is_share": "yes", "way": "share"}),
        ("POINTS", {"phrase": "130 of 140", "number": "0.928571", "number_n": "130", "number_d": "140", "is_share": "no"}),
        ("MEAN", {"phrase": "1.75", "number": "1.75", "number_n": "7", "number_d": "4", "grade": "[z]"}),
        ("SUM", {"phrase": "19", "number": "19", "number_n": "[x]", "made_from": "POINTS | MEAN"}),
        ("K4", {"phrase": "no value", "number": "[x]", "number_d": "0", "no_value_why": "no_base"}),
        ("S2", {"discretion": "closed", "chance": "0.004", "decided_by": "[z]", "unchecked": "no"}),
        ("S3", {"phrase": "not rated", "grade": "[z]", "no_value_why": "no_base", "discretion": "[z]", "state": "not_rated"}),
        ("S5", {"phrase": "judgement needed", "no_value_why": "no_line"}),
        ("OVERALL", {"number": "19", "number_d": "36", "band_from": ">18", "band_to": "30", "chance": "[x]"}),
        ("A", {"kind": "share", "way": "[z]", "number": "[z]", "grade": "[z]", "unchecked": "[z]"}),
    ],
)  # fmt: skip
def test_the_row_says(key: str, expected: dict[str, str]) -> None:
    row = rows()[key]
    assert {name: row[name] for name in expected} == expected


def test_no_cell_is_empty() -> None:
    assert [(key, name) for key, row in rows().items() for name, cell in row.items() if cell == ""] == []


def test_columns_of_ratings_are_there_only_where_there_are_ratings() -> None:
    assert not set(COLUMNS) & set(figures_csv(plain_letter()).decode().splitlines()[0].split(","))
    names = [
        column["name"] for column in json.loads(figures_csvw(rated_letter("{S1: rating}")))["tableSchema"]["columns"]
    ]
    assert names == list(rows()["S1"])


def test_every_column_of_ratings_is_documented() -> None:
    assert [name for name in COLUMNS if f"| `{name}` |" not in PAGE] == []


def test_what_is_held_back_stands_nowhere() -> None:
    shown = rows(HIDDEN)
    assert {shown["K3"][name] for name in ("phrase", "number", "number_n", "number_d")} == {"[c]"}
    hidden = ("number", "number_d", "points_to_worse", "points_to_better", "discretion", "chance")
    assert {shown["S1"][name] for name in hidden} == {"[c]"}
    assert shown["S1"]["phrase"] == "Good"
    record = records(HIDDEN)
    assert (record["K3"]["number"], record["K3"]["phrase"], record["K3"]["suppressed"]) == (
        None,
        None,
        ["number"],
    )
    reached = record["S1"]["reached"]
    assert isinstance(reached, dict)
    assert {
        reached[name] for name in ("value", "exact", "points_to_worse", "points_to_better", "discretion", "chance")
    } == {None}
    assert reached["grade"] == "good"


def test_json_has_the_exact_fraction_beside_the_decimal() -> None:
    assert records()["S2"]["reached"]["exact"] == "2/3"  # type: ignore[index]
    assert records()["S2"]["reached"]["value"] == "0.666667"  # type: ignore[index]
    assert records(working=True)["POINTS"]["number"] == {
        "value": "0.928571", "exact": "13/14", "n": "130", "d": "140", "share": False, "way": "points", "made_from": [], "why": "",
    }  # fmt: skip


def sheet(name: str, hidden: Hidden | None = None) -> dict[str, dict[str, object]]:
    """The rows of a sheet of the workbook by key, under their headings."""
    data = io.BytesIO(figures_ods(rated_letter("{S1: rating}"), hidden or {}))
    rows = python_calamine.CalamineWorkbook.from_filelike(data).get_sheet_by_name(name).to_python()
    start = next(at for at, row in enumerate(rows) if row[0] == "Key")
    return {str(row[0]): dict(zip(map(str, rows[start]), row, strict=True)) for row in rows[start + 1 :]}


@pytest.mark.parametrize(
    ("name", "key", "heading", "words"),
    [
        ("Ratings", "S1", "Discretion", "Discretion was open, because the result is near a boundary and another judgement "
         "in one case would change the grade"),
        ("Ratings", "S2", "Discretion", "Discretion was closed"),
        ("Ratings", "S1", "How that chance was computed", "Computed as for a large caseload"),
        ("Ratings", "OVERALL", "How that chance was computed",
         "No chance is given, because it rests on too many measures at once"),
        ("Ratings", "S1", "Reached by", "a table of bands"),
        ("Ratings", "S3", "Why there is no value", "Nothing that it counts was relevant"),
        ("Ratings", "S5", "Why there is no value", "No rule fits"),
        ("Ratings", "S2", "Why there is no value", "[z]"),
        ("Measures", "K4", "Why there is no value", "nothing that it counts was relevant"),
        ("Measures", "MEAN", "Reached by", "a mean"),
    ],
)  # fmt: skip
def test_the_workbook_says_in_words_what_the_data_hold_as_codes(name: str, key: str, heading: str, words: str) -> None:
    assert sheet(name)[key][heading] == words


def test_discretion_that_gives_a_held_back_number_away_is_in_no_workbook() -> None:
    assert sheet("Ratings", HIDDEN)["S1"]["Discretion"] == "[c]"


@pytest.mark.parametrize("way", [*WAYS, *RATING_WAYS, "carried"])
def test_every_way_has_words(way: str) -> None:
    assert Words({})[f"tables.way.{way}"]


def test_other_figures_have_no_such_record() -> None:
    assert not {"number", "reached"} & records()["A"].keys()


def test_the_workbook_has_a_sheet_for_ratings_and_one_for_measures() -> None:
    with zipfile.ZipFile(io.BytesIO(figures_ods(rated_letter("{S1: rating}")))) as book:
        content = book.read("content.xml").decode()
    for words in ('table:name="Ratings"', 'table:name="Measures"', "In two cases the judgement was a narrow one.",
                  "Grade by the rule [note 7]"):  # fmt: skip
        assert words in content
    with zipfile.ZipFile(io.BytesIO(figures_ods(plain_letter()))) as book:
        assert 'table:name="Ratings"' not in book.read("content.xml").decode()


def test_the_key_of_who_decided_is_in_no_data() -> None:
    key = "zz-actor-9"
    known = figures()["S1"]
    assert known.reached
    made = rated_letter("{S1: rating}", {"S1": replace(known, reached=replace(known.reached, decided_by=key))})
    assert key not in (figures_csv(made) + figures_json(made, working=True)).decode()


def test_formula_signs_in_a_reason_do_no_harm() -> None:
    known = figures()["S1"]
    assert known.reached
    made = rated_letter("{S1: rating}", {"S1": replace(known, reached=replace(known.reached, decided_why="=1+1"))})
    assert ",'=1+1," in figures_csv(made).decode()


def test_the_same_letter_gives_the_same_bytes() -> None:
    one, other = rated_letter("{ratings}"), rated_letter("{ratings}")
    assert figures_csv(one) == figures_csv(other)
    assert figures_json(one) == figures_json(other)
    assert figures_ods(one) == figures_ods(other)
