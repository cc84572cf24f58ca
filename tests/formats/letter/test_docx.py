"""The Word document: styles, real footnotes, a control around every claim, and claims that survive editing."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.traced_letter import BANNER, CASES, traced_letter

from caselight.formats.letter.docx import letter_docx, read_docx_claims
from caselight.formats.letter.docx.claims import LIMIT
from caselight.method.faults import Faults
from caselight.method.report.traced import Span

LETTER = traced_letter()
DOCX = letter_docx(LETTER)
READ = Document(io.BytesIO(DOCX))


def part(name: str, data: bytes = DOCX) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def changed(old: str, new: str) -> bytes:
    """The document as somebody might send it back: its text changed, the rest as it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode()) if name == "word/document.xml" else text)
    return made.getvalue()


def test_the_styles_are_words_own() -> None:
    styles = [(paragraph.style.name, paragraph.text) for paragraph in READ.paragraphs if paragraph.text]
    assert styles[0] == ("Title", LETTER.title)
    assert ("Heading 1", "Summary") in styles
    assert ("Heading 2", "1. Understanding offending") in styles
    assert [name for name, _ in styles].count("List Bullet") == 3
    numbered = [paragraph for paragraph in READ.paragraphs if paragraph.style.name == "Numbered Paragraph"]
    assert [paragraph._p.xpath("w:r[1]/w:t/text()") for paragraph in numbered] == [["1.1"], ["1.2"], ["2.1"]]
    assert numbered[0].style.paragraph_format.first_line_indent < 0


def test_every_word_of_the_letter_is_there_in_order() -> None:
    text = re.sub(r"\s+", "", READ.element.body.xpath("string()"))
    position = 0
    for passage in LETTER.passages:
        for span in passage.spans:
            words = re.sub(r"\s+", "", span.text)
            position = text.find(words, position)
            assert position >= 0, span.text
            position += len(words)


def test_footnotes_are_real_and_one_cited_twice_stands_once() -> None:
    notes = part("word/footnotes.xml")
    assert re.findall(r'w:id="(-?\d+)"', notes) == ["-1", "0", "1"]
    assert LETTER.footnotes[0].text in notes
    body = part("word/document.xml")
    assert body.count("<w:footnoteReference") == 1
    assert len(re.findall(r'w:instr=" NOTEREF \w+ \\f \\h "', body)) == 1
    assert re.findall(r'<w:footnote w:id="(-?\d+)"', part("word/settings.xml")) == ["-1", "0"]
    assert {"FootnoteText", "FootnoteReference"} <= {style.style_id for style in READ.styles}


def test_the_notice_is_in_the_header_and_the_number_in_the_footer() -> None:
    section = READ.sections[0]
    assert section.header.paragraphs[0].text == BANNER
    footer = section.footer.paragraphs[0]._p
    assert footer.xpath("w:fldSimple/@w:instr") == [" PAGE ", " NUMPAGES "]
    assert footer.xpath("string()") == "Page 1 of 1"
    assert Document(io.BytesIO(letter_docx(replace(LETTER, banner="")))).sections[0].header.paragraphs[0].text == ""


def test_it_says_what_it_is_in_which_language_and_names_no_maker() -> None:
    properties = READ.core_properties
    assert (properties.title, properties.language, properties.author) == (LETTER.title, "en-GB", "")
    assert {properties.created.isoformat(), properties.modified.isoformat()} == {"2016-04-20T00:00:00+00:00"}
    assert set(re.findall(r'<w:lang w:val="([^"]+)"', part("word/styles.xml"))) == {"en-GB"}
    welsh = letter_docx(replace(LETTER, language="cy"))
    assert set(re.findall(r'<w:lang w:val="([^"]+)"', part("word/styles.xml", welsh))) == {"cy-GB"}
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        assert [name for name in archive.namelist() if re.search("thumbnail|customXml|Effects", name)] == []
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_tables_repeat_their_headings_and_have_titles() -> None:
    heads = [table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader") for table in READ.tables]
    assert [bool(head) for head in heads] == [False] + [True] * (len(READ.tables) - 1)
    assert [table for table in READ.tables if not table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")] == []
    captions = [paragraph._p.xpath("string()") for paragraph in READ.paragraphs if paragraph.style.name == "Caption"]
    assert captions[0] == "Table 1: Understanding offending"


def test_every_claim_is_a_control_with_its_id_and_its_figures() -> None:
    controls = {
        sdt.find(f"*/{qn('w:tag')}").get(qn("w:val")): sdt.find(f"*/{qn('w:alias')}").get(qn("w:val"))
        for sdt in READ.element.body.iter(qn("w:sdt"))
    }
    assert controls == {claim.id: ", ".join(claim.keys) for claim in LETTER.claims}
    numbers = READ.element.body.xpath("//w:sdtPr/w:id/@w:val")
    assert len(set(numbers)) == len(numbers)


def test_claims_come_back_as_they_were_written() -> None:
    spoken = {claim.id: claim.text or "evidence" for claim in LETTER.claims}
    assert read_docx_claims(DOCX) == spoken


def test_a_claim_whose_emphasis_changes_comes_back_whole() -> None:
    spans = (Span("all ", "phrase", "1.1-1"), Span("twenty", "phrase", "1.1-1", emphasis="strong"))
    letter = replace(LETTER, passages=(replace(LETTER.passages[0], spans=spans),))
    assert read_docx_claims(letter_docx(letter)) == {"1.1-1": "all twenty"}


def test_an_edit_inside_a_control_comes_back_changed() -> None:
    assert (
        read_docx_claims(changed("9 of 13 relevant cases", "10 of 13 relevant cases"))["1.1-2"]
        == "10 of 13 relevant cases"
    )


def test_tracked_deletions_do_not_count_and_insertions_do() -> None:
    old = '<w:t xml:space="preserve">three of four cases</w:t></w:r>'
    new = (
        '<w:t xml:space="preserve">three </w:t></w:r><w:del w:id="900" w:author="x"><w:r><w:delText>of four</w:delText></w:r></w:del>'
        '<w:ins w:id="901" w:author="x"><w:r><w:t>of five</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> cases</w:t></w:r>'
    )
    assert read_docx_claims(changed(old, new))["1.2-1"] == "three of five cases"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("nothing", b"", "letter.docx-unreadable"),
        ("text", b"Dear chair", "letter.docx-unreadable"),
        ("half a document", DOCX[: len(DOCX) // 2], "letter.docx-unreadable"),
        ("another archive", b"PK\x05\x06" + b"\0" * 18, "letter.docx-unreadable"),
        ("broken text", changed("<w:body>", "<w:body"), "letter.docx-unreadable"),
        ("an entity that grows", changed("<w:document ", "<!DOCTYPE w [<!ENTITY a 'b'>]><w:document "), "letter.docx-unreadable"),
        ("an immense text", changed("<w:body>", "<w:body>" + " " * LIMIT), "letter.docx-too-large"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_with_a_cure(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Faults) as caught:
        read_docx_claims(data)
    assert [fault.code for fault in caught.value] == [code]


@given(st.integers(0, len(DOCX) - 1), st.binary(min_size=1, max_size=40))
def test_whatever_the_bytes_the_answer_is_claims_or_faults(position: int, noise: bytes) -> None:
    damaged = DOCX[:position] + noise + DOCX[position + len(noise) :]
    try:
        assert isinstance(read_docx_claims(damaged), dict)
    except Faults as refused:
        said = [fault.code for fault in refused]
        assert said == ["letter.docx-unreadable"]


def test_characters_that_a_document_cannot_hold_are_left_out() -> None:
    passage = replace(LETTER.passages[0], spans=(Span("a\x0bb\tc\ud800"),))
    data = letter_docx(replace(LETTER, passages=(passage,), title="T\x00", banner="B\x01"))
    assert "ab\tc" in [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def test_no_case_is_named_in_the_document() -> None:
    text = READ.element.body.xpath("string()")
    assert [case for case in CASES if case in text] == []


def test_an_office_program_opens_it_with_its_notice_on_every_page(needs: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(DOCX)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [needs("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "letter.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=180)
    made = subprocess.run([needs("pdftotext"), str(tmp_path / "letter.pdf"), "-"], capture_output=True, check=True)
    pages = made.stdout.decode().split("\f")[:-1]
    assert len(pages) > 3
    assert [BANNER in page for page in pages] == [True] * len(pages)
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert LETTER.footnotes[0].text in pages[0]
