"""The published West London letter itself: accessible page, tagged document, the banner everywhere, nobody's case."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.examples.conftest import WEST_LONDON
from tests.formats.letter.test_html_browser import FLAGS, RULES
from tests.formats.letter.test_pdf import elements

from caselight.method.inspection.package import Package
from caselight.procedures.publishing import write_letter

BANNER = "Reconstructed example: synthetic cases, not an HMI Probation report"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("west-london")
    written = write_letter(WEST_LONDON, folder, publish=True, step=lambda _doing: None)
    assert written.published, written.faults
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("folder", ["working", "open"])
def test_axe_finds_nothing_in_the_page(out: Path, folder: str, needs: Callable[[str], str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_content((out / folder / "letter.html").read_text("utf-8"))
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        browser.close()
    assert [fault["id"] for fault in found] == []


def test_the_document_is_tagged_with_headings_tables_charts_and_a_language(out: Path) -> None:
    with pikepdf.open(io.BytesIO((out / "open" / "letter.pdf").read_bytes())) as document:
        kinds = {str(one.S).lstrip("/") for one in elements(document.Root.StructTreeRoot)}
        assert {"H1", "H2", "H3", "L", "LI", "Table", "TH", "TD", "Link", "Figure"} <= kinds
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.MarkInfo.Marked)


@pytest.mark.parametrize("name", ["letter.html", "figures.json", "figures.csv", "charts/R.svg", "charts/P.svg"])
def test_every_file_says_that_it_is_reconstructed(out: Path, name: str) -> None:
    for folder in ("working", "open"):
        assert BANNER in re.sub(r"\s+", " ", (out / folder / name).read_text("utf-8"))


def test_no_open_file_holds_a_case_key(out: Path, package: Package) -> None:
    keys = re.compile("|".join(re.escape(subject.key) for subject in package.subjects))
    files = [path for path in (out / "open").rglob("*") if path.suffix in (".html", ".json", ".csv", ".svg")]
    assert files
    assert [path.name for path in files if keys.search(path.read_text("utf-8"))] == []
    assert keys.search((out / "working" / "letter.html").read_text("utf-8"))
