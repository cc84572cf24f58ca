"""The letter as its lead writes it in a browser: a wrong figure, a change behind a sentence, and all files in the end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route
from tests.factories.west_london import FOLDER
from tests.journeys.browser import axe, comes_true

pytestmark = pytest.mark.browser
SOURCE = (FOLDER / "letter.md").read_text("utf-8")
PLAN = "{P5: of} had a sufficient plan."
HERE = "/inspections/west-london/letter/"
FILES = ("Web page (HTML)", "PDF", "Word document (DOCX)", "Figures as a spreadsheet (ODS)", "Figures as a table (CSV)",
         "Figures as data (JSON)")  # fmt: skip
MADE = 120_000  # milliseconds that all files may take on a slow machine


@pytest.fixture(scope="module")
def letter(site: Any) -> str:
    """West London is in the store; the address of its letter."""
    site.do("tests.factories.west_london:west_london")
    return f"{site.url}{HERE}"


def rewritten(page: Any, text: str) -> None:
    """The whole text, typed anew."""
    with page.expect_response(lambda answer: answer.url.endswith("/look")):
        page.locator("#text").fill(text)


def found(page: Any, figure: str) -> None:
    """A figure, looked for beside the text."""
    page.get_by_role("button", name="Find a figure").click()
    wanted = page.locator("#finder input[name=q]")
    wanted.fill(figure)
    with page.expect_response(lambda answer: answer.url.endswith(f"q={figure}")):
        wanted.press("Enter")
    page.locator("#finder .cl-put").first.wait_for()


def made_and_downloaded(page: Any, title: str, folder: Path) -> None:
    """All files of a kind, made while the page says how far they are, and downloaded."""
    page.get_by_role("button", name=f"Make the files {title}").click()
    page.get_by_text("Being made:").wait_for()
    part = page.get_by_role("region", name=title)
    part.get_by_role("link", name=re.compile("^All of them")).wait_for(timeout=MADE)
    for name in FILES:
        with page.expect_download() as coming:
            part.get_by_role("link", name=name, exact=True).click()
        coming.value.save_as(folder / coming.value.suggested_filename)


def test_a_lead_writes_mends_accepts_and_publishes(site: Any, letter: str, page_as: Any, tmp_path: Path) -> None:
    page = page_as("lead")
    page.goto(letter)
    preview = page.frame_locator("#preview")
    preview.get_by_text("28 of 32 relevant cases").first.wait_for()
    assert axe(page) == []

    # A sentence with a wrong figure stands beside its line at once; the preview stays as it was.
    rewritten(page, SOURCE.replace(PLAN, "{P5: all} had a sufficient plan."))
    mistake = page.locator(".cl-mends--error .cl-mend")
    mistake.get_by_text(re.compile("“all” needs 32 of 32, but the figure is 28 of 32")).wait_for()
    line = SOURCE.split(PLAN)[0].count("\n") + 1
    assert mistake.get_by_role("link").text_content() == f"Line {line}"
    page.locator(f".cl-gutter__error[data-number='{line}']").wait_for()
    mistake.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "text"
    assert axe(page) == []

    # It is mended by finding the figure and putting it in as it will be printed.
    rewritten(page, SOURCE.replace(PLAN, "@ had a sufficient plan."))
    page.evaluate("() => { const t = document.getElementById('text'); const at = t.value.indexOf('@'); "
                  "t.focus(); t.setSelectionRange(at, at + 1); }")  # fmt: skip
    found(page, "P5")
    assert axe(page) == []
    with page.expect_response(lambda answer: answer.url.endswith("/look")):
        page.locator("#finder .cl-put", has_text=re.compile("^28 of 32 relevant cases$")).click()
    assert page.locator("#text").input_value() == SOURCE
    page.get_by_text("As you type.").wait_for()

    # What is typed is kept; left and come back to, it is there; saved, it is a version.
    changed = SOURCE.replace("in depth", "very closely")
    with page.expect_response(lambda answer: answer.url.endswith("/keep")):
        rewritten(page, changed)
    page.get_by_text(re.compile("Your words are kept on the server at")).wait_for()
    page.goto(letter)
    assert page.locator("#text").input_value() == changed
    assert axe(page, widths=(1280,)) == []
    page.get_by_role("button", name="Save as a version").click()
    page.get_by_text("Saved as version 2.").wait_for()

    # An answer changes behind a sentence: old stands beside new, and it is accepted.
    site.do("tests.factories.west_london:change_an_answer")
    tabs = page.get_by_role("navigation", name="Pages of the letter")
    tabs.get_by_role("link", name="Sentences", exact=True).click()
    row = page.locator(".cl-sentence", has_text="Where risk to others had to be managed")
    assert (row.locator("del").text_content(), row.locator("ins").text_content()) == ("28", "27")
    assert axe(page) == []
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Accept those selected").click()
    page.get_by_text(re.compile("^Accepted: 1 figure")).wait_for()
    page.get_by_role("button", name="Accept all that are shown").click()
    page.get_by_text("Nothing waits to be read.").wait_for()

    tabs.get_by_role("link", name="Files to download").click()
    for title in ("For the team", "To publish"):
        made_and_downloaded(page, title, tmp_path)
    assert axe(page) == []
    assert b"27 of 32" in (tmp_path / "west-london-open-letter.html").read_bytes()
    assert (tmp_path / "west-london-working-letter.pdf").read_bytes().startswith(b"%PDF")


def test_typing_goes_on_while_the_preview_is_renewed(letter: str, page_as: Any) -> None:
    page = page_as("lead")
    page.goto(letter)
    preview, text = page.frame_locator("#preview"), page.locator("#text")
    text.press("Control+End")
    for said in ("At first", "After that", "In the end"):
        page.keyboard.type(f"\n\n{said} a sufficient plan was there in {{P5: of}}.")
        preview.get_by_text(f"{said} a sufficient plan").first.wait_for()
        preview.locator(":target").wait_for(state="attached")
        page.locator("#text:focus").wait_for()
    assert text.input_value().count("a sufficient plan was there in {P5: of}.") == 3

    # Whoever goes into the preview by themselves stays there, as soon as it has settled.
    figure = preview.get_by_role("link", name=re.compile("of 32 relevant cases")).first
    comes_true(page, "document.activeElement.id === 'preview'", after=figure.click)


def test_what_was_looked_for_last_is_what_is_found(letter: str, page_as: Any) -> None:
    """An answer that comes late takes no place, and one that does not come leaves what was typed."""
    page = page_as("lead", allow=("Failed to load resource",))
    held: list[Route] = []
    page.goto(letter)
    page.route(re.compile("q=P5$"), lambda route: held.insert(0, route))
    page.get_by_role("button", name="Find a figure").click()
    wanted = page.locator("#finder input[name=q]")
    wanted.fill("P5")
    with page.expect_request(re.compile("q=P5$")):
        wanted.press("Enter")
    wanted.fill("C4")
    wanted.press("Enter")
    comes_true(page, "!document.querySelector('#finder .cl-put[data-put*=P5]')")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("q=P5")):
        held[0].continue_()
    page.wait_for_timeout(200)  # what comes late has been looked at by then
    assert page.locator("#finder .cl-put[data-put*=C4]").count() > 0
    assert page.locator("#finder .cl-put[data-put*=P5]").count() == 0

    page.route(re.compile("q=S1$"), lambda route: route.abort())
    wanted.fill("S1")
    wanted.press("Enter")
    page.locator("#finder").get_by_text("This could not be looked up just now. Try again.").wait_for()
    assert wanted.input_value() == "S1"
    assert page.evaluate("document.activeElement.name") == "q"


def test_words_are_kept_in_the_order_in_which_they_were_typed(letter: str, page_as: Any) -> None:
    """While some are on their way no others are sent, so that older ones never arrive last."""
    page, held, sent = page_as("lead"), list[Route](), list[str]()
    page.goto(letter)
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/keep") else None)
    text = page.locator("#text")
    page.route("**/keep*", lambda route: held.append(route) if len(held) < 1 else route.continue_())
    with page.expect_request("**/keep*"):
        text.fill("The first words.")
    text.fill("The first words, and the second.")
    page.wait_for_timeout(4_500)  # longer than it waits after the last key
    assert len(sent) == 1
    with page.expect_response("**/keep*"):
        held[0].continue_()
    with page.expect_response("**/keep*") as coming:
        pass
    assert coming.value.ok
    page.reload()
    assert text.input_value() == "The first words, and the second."


def typed_elsewhere(page: Any, text: str) -> None:
    """The whole text, changed while the cursor is somewhere else: what was typed before it went there is looked at now."""
    with page.expect_response(lambda answer: answer.url.endswith("/look")):
        page.evaluate("(text) => { const box = document.getElementById('text'); box.value = text; "
                      "box.dispatchEvent(new Event('input', { bubbles: true })); }", text)  # fmt: skip


def test_whoever_is_at_a_mistake_stays_with_it_while_the_list_is_renewed(letter: str, page_as: Any) -> None:
    page = page_as("lead")
    page.goto(letter)
    first, second = "Most plans were good.", "Most reviews were late."
    rewritten(page, f"## {{section: summary}}\n\n{first}\n\n{second}\n")
    link = page.locator(".cl-mend", has_text=second).get_by_role("link", name=re.compile("^Line"))
    link.focus()

    # Its line moves, a fault before it goes, its own line is written in: it is the same fault.
    for text, line in (
        (f"## {{section: summary}}\n\nA line.\n\n{first}\n\n{second}\n", 7),
        (f"## {{section: summary}}\n\n{second}\n", 3),
        (f"## {{section: summary}}\n\nThen: {second}\n", 3),
    ):
        typed_elsewhere(page, text)
        page.locator(f".cl-mend a[data-line='{line}']:focus").wait_for()
        assert second in page.locator(".cl-mend", has=page.locator("a:focus")).inner_text()

    # It is mended: the heading of the list takes the cursor, and the next key goes on from there.
    typed_elsewhere(page, "## {section: summary}\n\nPlans were good.\n")
    page.locator("#mending-title:focus").wait_for()
    assert axe(page, widths=(1280,)) == []

    # What was opened stays open, and whoever opened it stays at it, although there are now mistakes above.
    summary = page.locator("details[data-kind=hints] > summary")
    summary.press("Enter")
    typed_elsewhere(page, "## {section: summary}\n\n{P5: all} had a plan.\n")
    page.locator(".cl-mends--error .cl-mend").wait_for()
    page.locator("details[data-kind=hints][open] > summary:focus").wait_for()


def test_every_other_page_of_the_letter_holds(letter: str, page_as: Any) -> None:
    page = page_as("lead")
    for path in ("versions/", "versions/1", "decisions", "remarks", "figures?q=P5", "quotations"):
        page.goto(letter + path)
        assert axe(page) == [], path
    reader = page_as("i1", allow=("Failed to load resource",))  # a form that is refused answers 422
    reader.goto(letter)
    assert axe(reader) == []
    reader.goto(letter + "remarks")
    reader.get_by_role("button", name="Send").click()
    reader.get_by_role("link", name="Enter what is not right.").click()
    assert axe(reader) == []


def test_the_letter_is_written_without_scripts_too(letter: str, page_as: Any) -> None:
    page = page_as("lead", scripts=False)
    page.goto(letter)
    page.locator("#text").fill("## {section: summary}\n\nMost cases were good.\n")
    page.get_by_role("button", name="Show in the preview").click()
    page.get_by_text("“Most” states a quantity that no figure is behind.").wait_for()
    page.get_by_role("link", name="Line 3").first.click()
    assert page.url.endswith("#line-3")
    assert page.locator("#text").input_value().endswith("Most cases were good.\n")
