"""The file itself: the same bytes each time, nothing that runs or leads outside, protected but for what is to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from tests.factories import small
from tests.factories.workbooks import NS, Office, cell, contents, forgetful, grid, grids, made_up, names, parts_of

from caselight.formats.framework_yaml import read_framework
from caselight.formats.package.reading import read_package
from caselight.formats.workbook.lists import choices
from caselight.formats.workbook.writing.cells.names import Names
from caselight.formats.workbook.writing.workbook import workbook_bytes
from caselight.method.analysis.figure import Cell
from caselight.method.analysis.figures import figures
from caselight.method.inspection.package import Package, SampledCase

ROOT = Path(__file__).parents[3]
WEST_LONDON = ROOT / "examples" / "west-london"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package(WEST_LONDON)


@pytest.fixture(scope="module", params=["sheets", "rows"])
def written(request: pytest.FixtureRequest, package: Package) -> bytes:
    """The workbook of West London."""
    made = contents(package, layout=request.param)
    return workbook_bytes(made, made.book())


def test_the_same_inspection_gives_the_same_bytes(package: Package, written: bytes) -> None:
    layout = "rows" if "Cases" in names(written) else "sheets"
    again = contents(read_package(WEST_LONDON), layout=layout)
    assert workbook_bytes(again, again.book()) == written


def test_nothing_in_it_runs_and_nothing_leads_outside(written: bytes) -> None:
    parts = parts_of(written)
    assert not [name for name in parts if "vba" in name.lower() or "externalLink" in name or "connections" in name]
    assert not [name for name in parts if name.endswith(".rels") and b'TargetMode="External"' in parts[name]]
    assert not re.search(rb"https?://(?!schemas\.|purl\.org|www\.w3\.org)", b"".join(parts.values()))


def test_its_counts_are_those_of_the_figures(package: Package, written: bytes) -> None:
    assert overview(grid(written, "Overview")) == figures_of(package)


@pytest.mark.slow
def test_its_counts_are_those_of_the_figures_when_libreoffice_works_them_out(
    package: Package, written: bytes, office: Office
) -> None:
    assert overview(grids(office.saved_as(forgetful(written), "ods", "counts"))["Overview"]) == figures_of(package)


Counts = dict[str, tuple[int, int, int, int, int, int]]


def overview(rows: list[list[object]]) -> Counts:
    """The counts of the overview by question: sufficient, relevant, by rule, by inspector, open, contested."""
    lines = [row for row in rows if len(row) > 8 and isinstance(row[2], (int, float))]
    return {str(row[0]): tuple(int(row[at]) for at in (2, 3, 5, 6, 7, 8)) for row in lines}  # type: ignore[misc, call-overload]


def figures_of(package: Package) -> Counts:
    """The same from the package; questions that only record something have no figure, and their counts are theirs."""
    found = figures(package)
    rule, inspector = Cell.NOT_RELEVANT_BY_RULE, Cell.NOT_RELEVANT_BY_INSPECTOR
    own = {
        key: (
            f.sufficient,
            f.relevant,
            f.count(rule),
            f.count(inspector),
            f.count(Cell.UNANSWERED),
            f.count(Cell.CONTESTED),
        )
        for key, f in found.items()
        if f.kind in ("share", "people") and "@" not in key
    }
    made = contents(package)
    counts = overview(grid(workbook_bytes(made, made.book()), "Overview"))
    assert set(own) <= set(counts)
    return {key: own.get(key, value) for key, value in counts.items()}


def test_everything_but_the_entry_cells_is_protected(written: bytes) -> None:
    parts = parts_of(written)
    sheets = [etree.fromstring(content) for name, content in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert all(sheet.find(f"{NS}sheetProtection") is not None for sheet in sheets)
    styles = etree.fromstring(parts["xl/styles.xml"])
    open_ = {
        str(at)
        for at, style in enumerate(styles.find(f"{NS}cellXfs"))
        if style.find(f"{NS}protection") is not None and style.find(f"{NS}protection").get("locked") == "0"
    }
    formulas = [one for sheet in sheets for one in sheet.iter(f"{NS}c") if one.find(f"{NS}f") is not None]
    assert formulas
    assert not [one.get("r") for one in formulas if one.get("s") in open_]


def test_two_sheets_are_hidden_and_can_be_shown(written: bytes) -> None:
    book = etree.fromstring(parts_of(written)["xl/workbook.xml"])
    states = {sheet.get("name"): sheet.get("state") for sheet in book.iter(f"{NS}sheet")}
    assert {name for name, state in states.items() if state} == {"Lists", "Record"}
    assert states["Lists"] == "hidden"
    assert names(written)[:2] == ["Start here", "Overview"]


def test_a_sheet_prints_across_a4_with_its_headings_on_every_page(package: Package) -> None:
    made = contents(package)
    parts = parts_of(workbook_bytes(made, made.book([package.sample[0].case_key])))
    sheet = etree.fromstring(parts["xl/worksheets/sheet3.xml"])
    setup = sheet.find(f"{NS}pageSetup")
    assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
    assert sheet.find(f"{NS}sheetViews/{NS}sheetView/{NS}pane").get("state") == "frozen"
    assert b"_xlnm.Print_Titles" in parts["xl/workbook.xml"]


def test_drop_downs_come_from_the_scale_and_follow_the_answer(package: Package) -> None:
    made = contents(package)
    data = workbook_bytes(made, made.book())
    sheet = etree.fromstring(parts_of(data)["xl/worksheets/sheet3.xml"])
    rules = {one.get("sqref"): one for one in sheet.iter(f"{NS}dataValidation")}
    answer = rules[cell(data, "Case 01", "R1", "answer")]
    lists = grid(data, "Lists")
    column = re.fullmatch(r"Lists!\$([A-Z]+)\$3:\$\1\$4", answer.find(f"{NS}formula1").text)
    assert column is not None
    assert [lists[at][_column(column[1])] for at in (2, 3)] == ["Yes", "No (not sufficient)"]
    assert "good enough for this child" in answer.get("prompt")
    why = rules[cell(data, "Case 01", "R1", "why")].find(f"{NS}formula1").text
    assert re.fullmatch(
        r"IF\(\$Q\$\d+=2,Lists!\$[A-Z$0-9:]+,IF\(\$Q\$\d+=1,Lists!\$[A-Z$0-9:]+,Lists!\$[A-Z$0-9:]+\)\)", why
    )


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def test_a_text_is_never_a_formula_a_number_or_a_link() -> None:
    nasty = ("=1+1", "+44 20", "-", "@SUM(A1)", "007", "http://example.invalid/", "line\nbreak", "_x000D_", "\x07bell")
    events = [small.event("k1", "A", "yes", note=note) for note in nasty]
    for event in events:
        package = small.package([small.case("k1")], [event])
        made = contents(package)
        data = workbook_bytes(made, made.book())
        rows = grid(data, "Case k1")
        line = next(row for row in rows if row[0] == "A")
        assert str(line[8]).replace("_x000D_", "").replace("\x07", "").replace("_x0007_", "") == event.note.replace(
            "_x000D_", ""
        ).replace("\x07", "")
        sheet = etree.fromstring(parts_of(data)["xl/worksheets/sheet3.xml"])
        assert cell(data, "Case k1", "A", "note") not in {
            one.get("r") for one in sheet.iter(f"{NS}c") if one.find(f"{NS}f") is not None
        }


def test_a_case_of_a_contested_answer_shows_neither() -> None:
    two = [small.event("k1", "A", "yes", "01"), small.event("k1", "A", "no", "02", reasons=("weak",))]
    made = contents(small.package([small.case("k1")], two))
    line = next(row for row in grid(workbook_bytes(made, made.book()), "Case k1") if row[0] == "A")
    assert (line[4], line[13]) == ("", "two answers: needs a decision")


def test_names_of_sheets_are_short_plain_and_each_there_once() -> None:
    give = Names()
    taken = [give.take(name) for name in ("Case [1]", "case 1", "x" * 40, "x" * 50, "'", "History", "a/b:c*d?")]
    assert taken == ["Case 1", "case 1 (2)", "x" * 31, "x" * 27 + " (2)", "Sheet", "History (2)", "a b c d"]


def test_labels_of_a_list_are_told_apart_and_known_whatever_their_case_and_spaces() -> None:
    found = choices([("a", "Other"), ("b", "other"), ("c", "This | that")])
    assert found.labels == ("Other", "other (b)", "This / that")
    assert [found.code(text) for text in (" OTHER ", "Other (b)", "this / that", "", "Oth")] == [
        "a",
        "b",
        "c",
        None,
        None,
    ]


def test_rows_that_were_found_have_lines_of_their_own_and_some_are_free() -> None:
    package = made_up(read_framework(ROOT / "tests" / "specimens" / "crime-files"), 2)
    made = contents(package)
    book = made.book()
    record = next(record for record in book.records if any(not row.free for row in record.found["crime"]))
    rows = grid(workbook_bytes(made, book), record.label)
    heads = [str(row[1]) for row in rows if str(row[1]).startswith("Crime ")]
    assert heads == [row.label for row in record.found["crime"]]
    assert sum(row.free for row in record.found["crime"]) >= 3


def test_a_case_that_was_not_drawn_for_a_form_is_not_asked_its_questions() -> None:
    own = "own-design"
    designs = [
        {"id": name, "title": name, "size": {"fixed": 1}, "tools": [name], "provenance": own}
        for name in ("court", "home")
    ]
    asked = [small.question("Q1", tool="court"), small.question("Q2", tool="home", when={"answer": "Q1", "is": "yes"})]
    framework = small.framework(
        tools=[{"id": name, "subject": "case", "title": name} for name in ("case", "court", "home")],
        themes=[{"id": "T", "title": "The theme", "number": 1, "questions": asked}],
        populations=[],
        counts=[],
        sample={"removal_reasons": [{"id": "gone", "label": "Gone"}], "provenance": own, "designs": designs},
    )
    inspection = small.inspection(samples=[{"design": "court", "seed": "a"}, {"design": "home", "seed": "a"}])
    drawn = [("k1", "court"), ("k1", "home"), ("k2", "court"), ("k3", "home")]
    sample = tuple(SampledCase(key, at, "all", "drawn", design=design) for at, (key, design) in enumerate(drawn, 1))
    subjects = tuple(small.case(key) for key in ("k1", "k2", "k3"))
    events = tuple(small.event(key, "Q1", "yes", tool="court") for key in ("k1", "k2"))
    package = Package(inspection, framework, subjects, sample=sample, events=events, holidays=small.HOLIDAYS)
    made = contents(package)
    data = workbook_bytes(made, made.book())
    counts = overview(grid(data, "Overview"))
    found = figures(package)
    assert {
        key: (f.sufficient, f.relevant, f.count(Cell.UNANSWERED)) for key, f in found.items() if f.kind == "share"
    } == {key: (line[0], line[1], line[4]) for key, line in counts.items()}
    line = next(row for row in grid(data, "Case k3") if row[0] == "Q1")
    assert (line[3], line[13]) == ("no", "not asked of it")
