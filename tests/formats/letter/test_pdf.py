"""The PDF: tagged for those who listen to it, set in the pinned fonts alone, its notice on every page."""

import io
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.factories.traced_letter import BANNER, CASES, traced_letter

from caselight.formats.letter import pdf as writer
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.pdf import letter_pdf, page_of
from caselight.method.report.traced import Span

LETTER = traced_letter()
CHART = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 60"><title>How A did</title>'
         '<text x="9" y="20" font-family="Arial">9 of 13</text></svg>')  # fmt: skip
PDF = letter_pdf(LETTER, {"A": CHART})


@pytest.fixture(scope="module")
def document() -> Iterator[pikepdf.Pdf]:
    """The letter read back."""
    with pikepdf.open(io.BytesIO(PDF)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """The structure elements under a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(found.S) for found in elements(document.Root.StructTreeRoot)]


def text_of(data: bytes, folder: Path, pdftotext: str) -> list[str]:
    """The text of each page."""
    (folder / "letter.pdf").write_bytes(data)
    made = subprocess.run([pdftotext, "-layout", str(folder / "letter.pdf"), "-"], capture_output=True, check=True)
    return made.stdout.decode().split("\f")[:-1]


def test_it_says_that_it_is_tagged_and_what_it_is(document: pikepdf.Pdf) -> None:
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo["/Title"]) == LETTER.title
    assert b"pdfuaid" in document.Root.Metadata.read_bytes()


def test_the_tags_hold_headings_lists_tables_links_and_figures(document: pikepdf.Pdf) -> None:
    found = Counter(tags(document))
    assert found["/H1"] == 1
    assert [found[name] > 1 for name in ("/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR")] == [
        True
    ] * 9
    assert [found[name] > 1 for name in ("/TH", "/TD", "/THead", "/TBody", "/Link")] == [True] * 5
    assert found["/Figure"] == 1


def test_headings_skip_no_level(document: pikepdf.Pdf) -> None:
    levels = [int(tag[2]) for tag in tags(document) if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_heading_cell_says_what_it_heads(document: pikepdf.Pdf) -> None:
    cells = [found for found in elements(document.Root.StructTreeRoot) if found.S == "/TH"]
    scopes = Counter((str(cell.A.Scope), str(cell.P.P.S)) for cell in cells)
    assert set(scopes) == {("/Column", "/THead"), ("/Row", "/TBody")}


def test_a_chart_has_words_for_those_who_cannot_see_it(document: pikepdf.Pdf) -> None:
    assert [str(found.Alt) for found in elements(document.Root.StructTreeRoot) if found.S == "/Figure"] == ["How A did"]


def test_every_link_says_where_it_leads_and_arrives(document: pikepdf.Pdf) -> None:
    links = [link for page in document.pages for link in page.get("/Annots", [])]
    places = {str(name) for name in document.Root.Names.Dests.Names if isinstance(name, pikepdf.String)}
    assert {str(link.Dest) for link in links} - places == set()
    assert "Figure A2" in {str(link.Contents) for link in links}
    assert [link for link in links if link.Contents == link.Dest or "/StructParent" not in link] == []


def fonts(data: bytes) -> set[tuple[str, bool]]:
    """Each font's name without its subset mark, and whether it is embedded."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        kinds = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        return {(str(item.FontName).partition("+")[2], "/FontFile2" in item) for item in kinds}


def test_the_only_fonts_are_the_pinned_ones_and_they_are_embedded() -> None:
    assert fonts(PDF) == {("DejaVu-Sans", True), ("DejaVu-Sans-Bold", True), ("DejaVu-Sans-Italic", True)}


def test_a_letter_that_the_pinned_fonts_lack_is_not_borrowed_from_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = writer.font_file(writer.FONTS[0]).parent  # a machine whose other fonts have 𝔄
    setting = f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    (tmp_path / "fonts.conf").write_text(setting, "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    passage = replace(LETTER.passages[0], spans=(Span("日本 𝔄 ⨌ 🙂"),))
    found = fonts(letter_pdf(replace(LETTER, passages=(passage,))))
    assert {name for name, _ in found} <= {"DejaVu-Sans", "DejaVu-Sans-Bold"}


def test_the_place_of_the_fonts_leaves_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in writer.FONTS:
        (tmp_path / name).write_bytes(writer.font_file(name).read_bytes())
    monkeypatch.setattr(writer, "font_file", lambda name: tmp_path / name)
    assert letter_pdf(LETTER, {"A": CHART}) == PDF


def test_the_machines_font_setting_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "own.conf")
    letter_pdf(replace(LETTER, passages=()))
    assert os.environ["FONTCONFIG_FILE"] == "own.conf"


def test_nothing_but_fonts_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    image = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title><image href="file:///etc/hostname"/></svg>'
    assert letter_pdf(LETTER, {"A": image}).startswith(b"%PDF-1.7")


def test_the_notice_and_the_number_stand_on_every_page(needs: Callable[[str], str], tmp_path: Path) -> None:
    pages = text_of(PDF, tmp_path, needs("pdftotext"))
    assert len(pages) > 3
    assert [page.split("\n")[0].strip() for page in pages] == [BANNER] * len(pages)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )


def test_the_notice_is_in_the_text_too_because_margins_are_not_read_aloud(document: pikepdf.Pdf) -> None:
    first = next(found for found in elements(document.Root.StructTreeRoot) if found.S == "/P")
    assert str(first.P.S) == "/Document"


def test_without_a_notice_there_is_none(needs: Callable[[str], str], tmp_path: Path) -> None:
    assert BANNER not in "".join(text_of(letter_pdf(replace(LETTER, banner="")), tmp_path, needs("pdftotext")))


def test_every_word_of_the_letter_is_there_in_order(needs: Callable[[str], str], tmp_path: Path) -> None:
    text = re.sub(r"\s+", "", " ".join(text_of(PDF, tmp_path, needs("pdftotext"))).replace(BANNER, ""))
    position = 0
    for passage in LETTER.passages:
        for span in passage.spans:
            words = re.sub(r"\s+", "", span.text)
            position = text.find(words, position)
            assert position >= 0, span.text
            position += len(words)


def test_no_case_is_named_on_paper(needs: Callable[[str], str], tmp_path: Path) -> None:
    text = "".join(text_of(PDF, tmp_path, needs("pdftotext")))
    assert [case for case in CASES if case in text] == []


@pytest.mark.parametrize(
    ("label", "css"),
    [
        ("Page {page} of {pages}", '"Page " counter(page) " of " counter(pages)'),
        ("{page}", "counter(page)"),
        ('a"b\\</style>{pages}', r'"a\000022b\00005c\00003c\00002fstyle\00003e" counter(pages)'),
    ],
)
def test_the_page_number_follows_its_label_and_cannot_break_out(label: str, css: str) -> None:
    assert page_of(Labels({"page.of": label})) == css
