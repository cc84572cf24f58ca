"""The workbook reads back as the figures, keeps to the rules for spreadsheets, and comes out the same every time."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import python_calamine
from lxml import etree
from tests.factories.traced_figures import BANNER, figures, letter

from caselight.formats.tables.ods import figures_ods
from caselight.formats.tables.sheets import FIGURES

NAMES = ["Cover", "Contents", "Notes", "Figures", "Not relevant", "Reasons", "External", "Quantity words"]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read(data: bytes) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(rows: list[list[Any]], first: str) -> list[list[Any]]:
    """The table of a sheet: from the row whose first cell is this heading."""
    start = next(number for number, row in enumerate(rows) if row[0].startswith(first))
    return rows[start:]


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_there_is_a_sheet_for_each_table_and_its_title_is_in_the_first_cell():
    sheets = read(figures_ods(letter()))
    assert list(sheets) == NAMES
    assert [sheets[name][0][0] for name in NAMES] == [
        "Figures: Short Quality Screening of West Example", "Contents", "Notes", "Figures by theme",
        "Why cases were not relevant", "Reasons why work was not sufficient",
        "Published statistics that the letter quotes", "Quantity words and the shares they stand for",
    ]  # fmt: skip


def test_a_table_without_rows_has_no_sheet_and_is_not_in_the_contents():
    sheets = read(figures_ods(letter(scale=())))
    assert list(sheets) == NAMES[:-1]
    assert [row[0] for row in table(sheets["Contents"], "Sheet")[1:]] == NAMES[2:-1]


def test_the_figures_read_back_as_they_are():
    rows = table(read(figures_ods(letter()))["Figures"], "Key")[1:]
    counted = {key: figure for key, figure in figures().items() if figure.kind in {"share", "people", "count"}}
    by_key = {row[0]: dict(zip(FIGURES, row, strict=True)) for row in rows}
    assert list(by_key) == ["M3", "P1", "P5", "P3", "P8", "CUSTODY"]
    for key, figure in counted.items():
        row = by_key[key]
        assert (row["label"], row["sufficient"], row["relevant"]) == (figure.label, figure.sufficient, figure.relevant)
        assert (row["unanswered"], row["contested"]) == (figure.unanswered, figure.contested)
    assert (by_key["P5"]["interval_low"], by_key["P5"]["interval_high"]) == (0.719, 0.95)
    assert by_key["M3"]["counts"] == "with the need or failing"


def test_reasons_and_cases_left_out_read_back_with_their_numbers():
    sheets = read(figures_ods(letter()))
    assert table(sheets["Not relevant"], "Key")[1] == [
        "P5", "plan to manage risk of harm", "by rule", "no plan was needed", 2,
    ]  # fmt: skip
    assert table(sheets["Reasons"], "Key")[1:] == [
        ["P5", "plan to manage risk of harm", "contingency deficient", 3],
        ["P5", "plan to manage risk of harm", "planned responses deficient", 2],
    ]
    assert table(sheets["External"], "Key")[1][3] == 43.6
    assert table(sheets["Quantity words"], "Words")[1] == ["all", "every case"]


def test_no_cell_of_a_table_is_blank_and_none_is_merged():
    data = figures_ods(letter())
    heads = {"Contents": "Sheet", "Notes": "Note number", "Quantity words": "Words"}
    for name, rows in list(read(data).items())[1:]:
        assert all(cell != "" for row in table(rows, heads.get(name, "Key")) for cell in row)
    assert b"spanned" not in part(data, "content.xml")


def test_a_hidden_part_is_printed_as_suppressed_on_every_sheet():
    data = figures_ods(letter(), {"P5": frozenset({"sufficient"}), "P3": frozenset({"relevant"})})
    sheets = read(data)
    rows = {row[0]: dict(zip(FIGURES, row, strict=True)) for row in table(sheets["Figures"], "Key")[1:]}
    assert {rows["P5"][name] for name in ("sufficient", "insufficient", "phrase", "interval_low")} == {"[c]"}
    assert rows["P3"]["relevant"] == rows["P3"]["not_relevant"] == "[c]"
    assert [row[2:] for row in sheets["Reasons"] if row[0] == "P5"] == [["[c]", "[c]"]]
    assert [row[2:] for row in sheets["Not relevant"] if row[0] == "P3"] == [["[c]", "[c]", "[c]"]]


def test_every_table_is_marked_with_its_header_row():
    root = etree.fromstring(part(figures_ods(letter()), "content.xml"))
    ranges = {item.get(f"{TABLE}name"): item for item in root.iter(f"{TABLE}database-range")}
    assert list(ranges) == [
        "contents", "notes", "figures", "not_relevant", "reasons", "external", "quantity_words",
    ]  # fmt: skip
    assert {item.get(f"{TABLE}contains-header") for item in ranges.values()} == {"true"}
    # title, three lines about the table, then header and six figures
    assert ranges["figures"].get(f"{TABLE}target-range-address") == "'Figures'.A5:'Figures'.Q11"
    heads = list(root.iter(f"{TABLE}table-header-rows"))
    assert len(heads) == len(ranges)


def test_the_contents_link_to_the_sheets():
    content = part(figures_ods(letter()), "content.xml").decode()
    assert re.findall(r'xlink:href="#([^"]+)"', content) == [f"'{name}'.A1" for name in NAMES[2:]]


def test_a_text_that_looks_like_a_formula_is_text():
    content = part(figures_ods(letter()), "content.xml").decode()
    assert "table:formula" not in content
    root = etree.fromstring(content.encode())
    texts = {"".join(cell.itertext()): cell for cell in root.iter(f"{TABLE}table-cell")}
    cell = texts["=needs in speech and language"]
    assert cell.get("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type") == "string"


def test_markup_and_forbidden_characters_in_a_text_do_no_harm():
    sheets = read(figures_ods(letter(title='<a> & "b" \x0c \x00')))
    assert sheets["Cover"][0][0] == 'Figures: <a> & "b" \ufffd \ufffd'


def test_every_sheet_carries_the_banner():
    assert all(any(BANNER in row for row in rows) for rows in read(figures_ods(letter())).values())


def test_the_package_says_its_type_first_and_holds_nothing_of_the_template():
    data = figures_ods(letter())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
    assert [member.filename for member in members] == [
        "mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml",
    ]  # fmt: skip
    assert members[0].compress_type == zipfile.ZIP_STORED
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    manifest = part(data, "META-INF/manifest.xml").decode()
    assert re.findall(r'full-path="([^"]+)"', manifest) == ["/", "content.xml", "styles.xml", "meta.xml"]


def test_the_language_is_british_english_unless_the_letter_says_otherwise():
    for changes, locale in (
        ({}, "en-GB"),
        ({"language": "cy"}, "cy"),
        ({"language": "cy", "labels": {"tables.locale": "cy-GB"}}, "cy-GB"),
    ):
        data = figures_ods(letter(**changes))
        assert f"<dc:language>{locale}</dc:language>" in part(data, "meta.xml").decode()
    styles = part(figures_ods(letter()), "styles.xml").decode()
    assert 'fo:language="en" fo:country="GB"' in styles  # codespell:ignore fo
    assert 'fo:language="fr"' not in styles


def test_the_metadata_has_the_title_and_no_time():
    meta = part(figures_ods(letter()), "meta.xml").decode()
    assert "<dc:title>Figures: Short Quality Screening of West Example</dc:title>" in meta
    assert not re.search(r"date|20\d\d-", meta)


def test_the_bytes_depend_on_no_clock_zone_or_hash_seed():
    program = (
        "import hashlib; from caselight.formats.tables.ods import figures_ods;"
        "from caselight.formats.tables.csvw import figures_csv; from caselight.formats.tables.json import figures_json;"
        "from tests.factories.traced_figures import letter; x = letter();"
        "print([hashlib.sha256(f(x)).hexdigest() for f in (figures_ods, figures_csv, figures_json)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        ).stdout
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    }  # fmt: skip
    assert len(said) == 1


def test_an_office_program_opens_it_and_saves_the_same_cells(needs: Callable[[str], str], tmp_path: Path):
    (tmp_path / "figures.ods").write_bytes(figures_ods(letter()))
    subprocess.run(
        [
            needs("soffice"), "--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "figures.ods"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    theirs, ours = read((tmp_path / "figures.xlsx").read_bytes()), read((tmp_path / "figures.ods").read_bytes())
    assert theirs == ours
