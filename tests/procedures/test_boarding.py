"""The report to a board: two pages, the judged grade with who gave it, figures held back, nothing that leads to a case."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from caselight.formats.board.fit import SIZES
from caselight.formats.letter.docx import read_docx_claims
from caselight.formats.package.seal import seal
from caselight.method.faults import Faults
from caselight.procedures.boarding import Reported, write_board_report

AUDIT = Path(__file__).parents[2] / "examples" / "local-audit"
MORE = (
    "- **More.** Where a manager could have seen a gap, it was found and closed in {O3: of}. Where concern was high, a "
    "manager looked closely enough in {O4: of}.\n"
)


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(AUDIT, tmp_path / "audit"))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    return write_board_report(AUDIT, tmp_path_factory.mktemp("board"))


def page_of(reported: Reported) -> str:
    (html,) = [path for path in reported.files if path.suffix == ".html"]
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.read_text("utf-8"), flags=re.DOTALL))


def changed(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    seal(folder)


def test_the_report_of_the_example_is_ready_and_nothing_is_wrong(reported: Reported) -> None:
    assert reported.ready
    assert reported.faults == ()
    assert [path.name for path in reported.files] == ["board-report.docx", "board-report.html"]
    assert "Draft" not in page_of(reported)


def test_it_says_who_judged_the_overall_grade_and_when(reported: Reported) -> None:
    page = page_of(reported)
    assert "Overall: Mixed" in page
    assert "Judged as a whole by Philippa Okonjo-Reeve, audit lead, on 20 February 2026." in page


def test_it_shows_the_grade_and_score_of_each_theme(reported: Reported) -> None:
    page = page_of(reported)
    for grade, score in (("Good", "36 of 49"), ("Mixed", "29 of 44"), ("Weak", "10 of 21"), ("Strong", "44 of 48")):
        assert f"{grade} {score} answers good enough" in page


def test_a_framework_of_its_own_says_in_its_own_words_that_nobody_checked_its_grades(reported: Reported) -> None:
    page = page_of(reported)
    assert "The grades and the rules behind them are of our own design" in page
    assert "not checked against the text of its source" not in page


def test_a_figure_about_few_children_is_held_back_with_its_marks(reported: Reported) -> None:
    page = page_of(reported)
    assert "Response to signs of exploitation [c] Agencies act together" in page
    assert "Plan for the safety of others 3 of 7 ●●●○○○○" in page


def test_the_sentence_on_what_was_read_says_when_and_has_one_style_of_numbers(reported: Reported) -> None:
    said = "read 10 cases of its own between 9 and 20 February 2026: 6 cases from a court and 4 cases dealt with out of court"
    assert said in page_of(reported)


def test_the_tables_of_the_word_document_reach_both_margins(reported: Reported) -> None:
    document = opened(reported)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert abs(sum(column.width for column in table.columns) - room) < 3600  # a tenth of a millimetre


def test_a_footnote_ends_the_page_with_the_mark_that_it_is_cited_by(reported: Reported) -> None:
    raised = [
        (paragraph.text, run.text)
        for paragraph in opened(reported).paragraphs
        for run in paragraph.runs
        if run.style.style_id == "FootnoteReference"
    ]
    cited, note = raised[0], raised[-1]
    assert cited[1] == note[1]
    assert note[0].startswith(f"{note[1]} The grades and the rules behind them")


def opened(reported: Reported) -> Any:
    (path,) = [path for path in reported.files if path.suffix == ".docx"]
    return docx.Document(str(path))


def test_a_score_from_which_a_held_back_figure_follows_is_held_back_too(audit: Path, tmp_path: Path) -> None:
    changed(audit, "framework/ratings.yaml", "[S1, S2, S3, S4, S6]", "[S1, S2, S3, S4, S5, S6]")
    page = page_of(write_board_report(audit, tmp_path / "out"))
    assert "Good 36 of 49 answers good enough Mixed Weak 10 of 21 answers good enough" in page
    assert "31 of 47" not in page


def test_no_case_can_be_found_in_it(reported: Reported) -> None:
    keys = set(re.findall(r"^(c-\w+)", (AUDIT / "caseload.csv").read_text("utf-8"), re.MULTILINE))
    labels = {f"Case {n:02}" for n in range(1, 11)}
    for path in reported.files:
        data = path.read_bytes()
        texts = [data.decode("utf-8")] if path.suffix == ".html" else [
            zipfile.ZipFile(path).read(name).decode("utf-8", "replace") for name in zipfile.ZipFile(path).namelist()
        ]  # fmt: skip
        assert not [key for key in keys | labels for text in texts if key in text]


def test_actions_about_the_service_are_shown_and_the_others_counted(reported: Reported) -> None:
    page = page_of(reported)
    assert "no caution is given before an assessment. Head of service 29 May 2026 open" in page
    assert "9 actions about single cases (2 late, 3 open, 3 done, 1 dropped)" in page
    assert "shopkeeper" not in page


def test_actions_are_seen_from_the_day_that_is_given(audit: Path, tmp_path: Path) -> None:
    page = page_of(write_board_report(audit, tmp_path / "out", on="2026-02-20"))
    assert "State on 20 February 2026." in page
    assert "0 late" not in page
    assert "late" not in page.partition("What we will do")[2].partition("Figures by theme")[0]


def test_a_day_that_cannot_be_is_refused(audit: Path, tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        write_board_report(audit, tmp_path / "out", on="soon")
    assert [fault.code for fault in refused.value] == ["cli.day"]


def test_a_letter_with_anything_against_it_gives_a_draft_that_says_so(audit: Path, tmp_path: Path) -> None:
    changed(audit, "letter.md", "Children are heard here,", "Most children are heard here,")
    reported = write_board_report(audit, tmp_path / "out")
    assert not reported.ready
    assert "letter.unbound-quantity" in {fault.code for fault in reported.faults}
    assert "Draft: not yet accepted and checked" in page_of(reported)


def test_words_that_outrun_a_figure_are_refused_and_nothing_is_written(audit: Path, tmp_path: Path) -> None:
    changed(audit, "letter.md", "{C2: all but; numbers=words}", "{C2: all}")
    with pytest.raises(Faults) as refused:
        write_board_report(audit, tmp_path / "out")
    assert "letter.all-with-exceptions" in {fault.code for fault in refused.value}
    assert not (tmp_path / "out").exists()


def test_a_known_name_in_an_action_is_refused(audit: Path, tmp_path: Path) -> None:
    name = (audit / "private" / "identities.csv").read_text("utf-8").splitlines()[1].split(",")[1]
    changed(audit, "actions.csv", "Agree with the police", f"Agree with {name} and the police")
    with pytest.raises(Faults) as refused:
        write_board_report(audit, tmp_path / "out")
    assert {fault.code.partition(".")[0] for fault in refused.value} == {"letter"}


def test_the_same_audit_gives_the_same_bytes(reported: Reported, tmp_path: Path) -> None:
    again = write_board_report(AUDIT, tmp_path)
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in reported.files]


def test_bound_words_can_be_read_back_from_the_document(reported: Reported) -> None:
    claims = read_docx_claims(reported.files[0].read_bytes())
    assert claims["improvements-S4-of"] == "3 of 7 relevant cases"
    assert claims["V-V3-of"] == "3 of 7 relevant cases"


def test_a_letter_that_no_size_can_take_is_said_to_be_too_long(audit: Path, tmp_path: Path) -> None:
    changed(audit, "letter.md", "- **Reviews.**", MORE * 12 + "- **Reviews.**")
    found = [fault for fault in write_board_report(audit, tmp_path / "out").faults if fault.code == "board.too-long"]
    assert [fault.where for fault in found] == [("page 1",)]


@pytest.mark.parametrize("more", [0, 1, 3])
def test_an_office_program_sets_it_on_exactly_two_pages(
    more: int, audit: Path, tmp_path: Path, needs: Callable[[str], str]
) -> None:
    soffice, pdfinfo = needs("soffice"), needs("pdftotext").replace("pdftotext", "pdfinfo")
    changed(audit, "letter.md", "- **Reviews.**", MORE * more + "- **Reviews.**")
    reported = write_board_report(audit, tmp_path / "out")
    assert "board.too-long" not in {fault.code for fault in reported.faults}
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(reported.files[0])],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    told = subprocess.run([pdfinfo, str(tmp_path / "board-report.pdf")], check=True, capture_output=True, text=True)
    assert re.search(r"^Pages:\s+2$", told.stdout, re.MULTILINE)
    assert re.search(r"^Page size:.*A4", told.stdout, re.MULTILINE)


def test_the_letters_never_get_smaller_than_can_be_read() -> None:
    assert min(SIZES) >= 8
