"""Ratings in the finished letter: the table in the text, every entry of the annex, in the page, the PDF and Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html
from tests.factories.rated import figures, rated_letter
from tests.factories.traced_letter import traced_letter
from tests.formats.letter.test_html_browser import FLAGS, violations

from caselight.formats.letter.annex import annex_of
from caselight.formats.letter.docx import letter_docx
from caselight.formats.letter.html import letter_html
from caselight.formats.letter.labels import labels_of
from caselight.formats.letter.parts import Suppressed
from caselight.formats.letter.pdf import letter_pdf
from caselight.formats.tables.hiding import NUMBER, REACHED
from caselight.method.report.traced import TracedLetter

if TYPE_CHECKING:
    from caselight.formats.letter.entries import Entry

SOURCE = """The service is {OVERALL: rating}. It scored {OVERALL: score}. Assessment was [Good]{S1}, with {K3: score}.

{ratings}

More was said of it. {S1, S2: rests}"""
HIDDEN: Suppressed = {"K3": frozenset({NUMBER}), "S1": frozenset({REACHED})}


@pytest.fixture(scope="module")
def letter() -> TracedLetter:
    return rated_letter(SOURCE)


def entry(letter: TracedLetter, key: str, suppressed: Suppressed | None = None) -> Entry:
    annex = annex_of(letter, labels_of(letter), suppressed or {}, open_=bool(suppressed))
    return next(one for one in annex.ratings if one.key == key)


def test_the_entry_tells_step_by_step_how_the_grade_was_reached(letter: TracedLetter) -> None:
    found = entry(letter, "S1")
    assert found.result == "Good, decided instead of Requires improvement"
    assert [part.text for part in found.parts] == [
        "Desistance: 26 of 30 (86.7%)",
        "Keeping the child safe: 20 of 30 (66.7%)",
        "Keeping others safe: 14 of 28 (50%) (this decided)",
    ]
    assert [title for title, _ in found.steps] == [
        "What decided", "Band", "Nearest boundary", "Other boundary", "Discretion", "Decision", "Chance of another grade",
        "About this chance", "Source of the rule",
    ]  # fmt: skip
    assert dict(found.steps)["Other boundary"] == "It is 15 percentage points from Good"


@pytest.mark.parametrize(
    ("key", "result", "title", "words"),
    [
        ("S2", "Good", "Discretion", "Discretion was closed"),
        ("S3", "Not rated", "Why there is no grade", "Nothing that it counts was relevant"),
        ("S4", "Not rated yet", "So far", "The answers so far would give Good"),
        ("S5", "Judgement needed", "What decided", "No rule fits"),
        ("OVERALL", "Good", "About this chance", "No chance is given, because it rests on too many measures at once"),
    ],
)
def test_the_entry_of_every_state_says_why(letter: TracedLetter, key: str, result: str, title: str, words: str) -> None:
    found = entry(letter, key)
    assert found.result == result
    assert dict(found.steps)[title] == words


def test_a_cap_and_a_duty_have_steps_of_their_own() -> None:
    known = figures()["S2"]
    assert known.reached
    capped = replace(known.reached, reached="outstanding", caps=("A breach caps it.",), duties=("A plan is due.",))
    steps = dict(entry(rated_letter(SOURCE, {"S2": replace(known, reached=capped)}), "S2").steps)
    assert steps["Cap"] == "A cap lowers it from Outstanding to Good: A breach caps it"
    assert steps["What follows"] == "This follows whatever the grade: A plan is due"


def test_ratings_and_measures_stand_in_tables_of_their_own_and_in_no_theme(letter: TracedLetter) -> None:
    annex = annex_of(letter, labels_of(letter), {}, open_=False)
    assert [row.key for row in annex.rated] == ["S1", "S2", "S3", "S4", "S5", "D1", "OVERALL"]
    assert annex.rated[0].cells == ("Good", "Requires improvement", "14 of 28 (50%)", "open", "46%")
    assert [(row.key, row.cells) for row in annex.measures][2:6] == [
        ("K3", ("14 of 28 (50%)", "–")),
        ("K4", ("No value: nothing that it counts was relevant", "–")),
        ("POINTS", ("130 of 140", "–")),
        ("MEAN", ("1.75", "–")),
    ]
    shown = [row.key for theme in annex.themes for row in theme.rows] + [
        row.key for row in (*annex.counts, *annex.facts)
    ]
    assert not {"S1", "K3", "OVERALL"} & set(shown)


def test_what_is_held_back_of_a_measure_is_in_no_entry_of_the_open_letter(letter: TracedLetter) -> None:
    found = entry(letter, "S1", HIDDEN)
    assert "Keeping others safe: [c] (this decided)" in [part.text for part in found.parts]
    assert [title for title, _ in found.steps] == ["Decision", "Source of the rule"]
    annex = annex_of(letter, labels_of(letter), HIDDEN, open_=True)
    assert annex.rated[0].cells == ("Good", "Requires improvement", "[c]", "[c]", "[c]")


def test_every_link_of_the_page_leads_somewhere(letter: TracedLetter) -> None:
    page = html.fromstring(letter_html(letter))
    ids = [str(node.get("id")) for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {str(a.get("href"))[1:] for a in page.iter("a")} - set(ids) == set()
    assert {"figure-S1", "figure-OVERALL", "figure-K3", "figure-K1"} <= set(ids)


def test_the_table_in_the_text_has_headings_and_a_row_for_each_rating(letter: TracedLetter) -> None:
    (table,) = html.fromstring(letter_html(letter)).xpath("//table[contains(@class, 'ratings')]")
    assert [cell.text for cell in table.iter("th") if cell.get("scope") == "col"] == [
        "Rating",
        "Grade",
        "How it was reached",
    ]
    rows = [[cell.text_content().strip() for cell in row] for row in table.xpath(".//tbody/tr")]
    assert rows[1] == ["Planning", "Good", "Keeping the child safe was 20 of 30 (66.7%)."]
    assert rows[2] == ["Resettlement", "Not rated", "Nothing that it counts was relevant."]


def test_a_letter_without_ratings_says_nothing_of_them() -> None:
    page = letter_html(traced_letter())
    assert "atings" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "Only in a letter that has ratings" not in page


def test_the_pdf_is_tagged_and_its_rows_have_headings(letter: TracedLetter) -> None:
    import pikepdf

    data = letter_pdf(letter)
    assert data == letter_pdf(letter)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.Root.MarkInfo.Marked
        tags = [str(node.S) for node in _nodes(document.Root.StructTreeRoot)]
    assert tags.count("/TH") > 20


def _nodes(node: Any) -> Any:
    import pikepdf

    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _nodes(child)


def test_word_has_the_tables_with_headings_and_a_control_around_every_grade(letter: TracedLetter) -> None:
    data = letter_docx(letter)
    assert data == letter_docx(letter)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    w = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    titles = document.xpath("//w:tblCaption/@w:val", namespaces=w)
    assert titles[1:4] == [
        "Ratings: Assessment to The service as a whole",
        "Ratings and how each was reached",
        "The measures behind the ratings",
    ]
    controls = document.xpath("//w:sdt/w:sdtPr/w:tag/@w:val", namespaces=w)
    assert {"summary-S1-rating", "summary-S1-reached", "summary-OVERALL-rating", "summary-S1-checked"} <= set(controls)
    text = "".join(document.itertext())
    assert "The lead decided on Good instead of Requires improvement" in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [1100, 320])
def test_axe_finds_nothing_in_a_rated_letter(letter: TracedLetter, width: int, needs: Callable[[str], str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_content(letter_html(letter))
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        browser.close()
