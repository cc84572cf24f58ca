"""figures.csv reads back as the figures, runs no formula, and is described column by column."""

import csv
import io
import json

from tests.factories.traced_figures import BANNER, figures, letter

from caselight.formats.tables.csvw import figures_csv, figures_csvw
from caselight.method.analysis.figure import Figure


def rows(data: bytes) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))}


def metadata(**changes: object) -> dict[str, object]:
    return dict(json.loads(figures_csvw(letter(**changes), "figures.csv")))


def test_every_figure_has_a_row_with_its_counts():
    read = rows(figures_csv(letter()))
    counted = {key: figure for key, figure in figures().items() if figure.kind in {"share", "people", "count"}}
    assert list(read) == ["M3", "P1", "P5", "P3", "P8", "CUSTODY", "rate.north", "rate.before", "fact.service"]
    assert {key: (int(read[key]["sufficient"]), int(read[key]["relevant"])) for key in counted} == {
        key: (figure.sufficient, figure.relevant) for key, figure in counted.items()
    }


def test_lines_end_with_a_line_feed_and_there_is_no_byte_order_mark():
    data = figures_csv(letter())
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")


def test_no_cell_is_empty_and_shorthand_says_why_there_is_no_number():
    read = rows(figures_csv(letter()))
    assert all(cell for row in read.values() for cell in row.values())
    assert read["rate.north"]["relevant"] == "[z]"
    assert read["rate.before"]["value"] == "[x]"
    assert read["rate.north"]["value"] == "43.60"


def test_a_hidden_part_is_printed_as_suppressed_with_all_that_gives_it_away():
    row = rows(figures_csv(letter(), {"P5": frozenset({"sufficient"})}))["P5"]
    hidden = ("sufficient", "insufficient", "phrase", "interval_low", "interval_high", "interval_why")
    assert {row[part] for part in hidden} == {"[c]"}
    assert row["relevant"] == "32"


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless():
    for sign in ("=", "+", "-", "@", "\t=", "\r=", " =", "＝"):
        figure = Figure("X", "external", f"{sign}HYPERLINK(1)", source=f"{sign}1+1")
        row = rows(figures_csv(letter(figures={"X": figure}, themes=())))["X"]
        assert row["label"].startswith("'")
        assert row["source"].startswith("'")


def test_characters_that_no_file_may_hold_are_replaced():
    figure = Figure("X", "external", "a\x00b\ud800c\nd")
    assert rows(figures_csv(letter(figures={"X": figure}, themes=())))["X"]["label"] == "a\ufffdb\ufffdc d"


def test_every_row_carries_the_notice_because_a_csv_file_travels_alone():
    assert {row["notice"] for row in rows(figures_csv(letter())).values()} == {BANNER}
    assert "notice" not in rows(figures_csv(letter(banner="")))["P5"]


def test_the_metadata_describes_the_header_of_the_file():
    header = figures_csv(letter()).decode("utf-8").splitlines()[0].split(",")
    columns = metadata()["tableSchema"]["columns"]  # type: ignore[index]
    assert [column["name"] for column in columns] == header
    assert all(column["name"] in column["titles"] for column in columns)
    assert all(column["null"] == ["[c]", "[x]", "[z]"] for column in columns)


def test_cells_are_of_the_datatype_that_the_metadata_gives():
    reads = {"integer": int, "decimal": float, "string": str}
    columns = metadata()["tableSchema"]["columns"]  # type: ignore[index]
    for row in rows(figures_csv(letter(), {"P3": frozenset({"relevant"})})).values():
        for column in columns:
            if row[column["name"]] not in column["null"]:
                reads[column["datatype"]](row[column["name"]])


def test_the_metadata_names_file_title_and_notes_and_invents_no_licence():
    found = metadata()
    assert found["url"] == "figures.csv"
    assert found["dc:title"] == "Figures: Short Quality Screening of West Example"
    assert "[c] means suppressed" in json.dumps(found["notes"])
    assert "dc:license" not in found
    assert metadata(labels={"tables.licence": "urn:licence"})["dc:license"] == "urn:licence"
