"""The ten core tasks by keyboard alone: Tab, Enter, Space, arrows, what is typed, and the keys that the product names."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests import cast
from tests.journeys.browser import PATIENCE
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser
WORK = "tests.evidence.work"
CASE = "case/c1/"
LOST = ("Failed to load resource",)  # a form that is refused answers 422


@pytest.fixture(scope="module")
def cases(site: Any) -> str:
    """A case with the questions of the Short Quality Screening waits; where the cases are."""
    key = site.do(f"{WORK}.case_in_fieldwork:begin")
    return f"{site.url}/inspections/{key}/cases/"


@pytest.fixture(scope="module")
def west_london(site: Any, cases: str) -> str:
    """West London before its answers were moderated; where it is."""
    site.do("tests.factories.west_london:west_london", state="moderation")
    return f"{site.url}/inspections/west-london/"


@pytest.fixture
def renewed(site: Any) -> None:
    """Sessions for all: a new role ends those that there were."""
    site.sessions = site.do(f"{WORK}.sessions:sessions")


def saved(page: Any, question: str) -> None:
    """Everything of a question is on the server."""
    page.locator(f"#q-{question} form[data-cl-answer]:not([data-dirty]) .cl-question__saved").wait_for()


def recorded(site: Any, case: str) -> list[list[str]]:
    """What the server holds of a case."""
    return list(site.do(f"{WORK}.case_in_fieldwork:answers", inspection="fieldwork", case=case))


def test_one_signs_in_and_opens_todays_task(site: Any, cases: str, page_as: Any) -> None:
    page = page_as("")
    keys = Keyboard(page)
    page.goto(f"{site.url}/accounts/login/")
    keys.to(page.get_by_label("E-mail address"))
    keys.type("i1@example.org")
    keys.to(page.get_by_label("Password", exact=True))
    keys.type(cast.PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")
    code, today = page.get_by_label("Code", exact=True), page.get_by_role("heading", name="Today", exact=True)
    while not today.count():  # a code that ran out on the way is refused, and the next one asked for
        code.wait_for()
        keys.to(code)
        keys.type(site.do(f"{WORK}.sessions:code", who="i1"))
        with page.expect_navigation():
            keys.press("Enter")
    keys.go(page.get_by_role("button", name=re.compile("^Open next case")))
    page.locator("[data-cl-case]").wait_for()


def test_one_answers_a_question_and_goes_to_the_next_without_an_answer(cases: str, renewed: None, page_as: Any) -> None:
    page = page_as("i1")
    keys = Keyboard(page)
    page.goto(cases + CASE)
    page.wait_for_load_state("networkidle")
    keys.to(page.locator("#q-R1 input[type=radio]"))
    keys.press("Space")
    saved(page, "R1")
    assert keys.on(page.locator("#q-R1 input[type=radio]"))
    keys.press("Alt+Shift+KeyN")
    assert page.evaluate("document.activeElement.closest('article').id") == "q-R2"
    keys.is_seen()
    keys.to(page.locator("#q-R1 input[type=radio]"), back=True)
    keys.to(page.locator("#q-R1 button", has_text="Save and next"))
    keys.press("Enter")
    page.locator("#q-R2 :focus").wait_for()
    keys.is_seen()


def test_one_adds_a_note_and_says_where_in_the_file(site: Any, cases: str, renewed: None, page_as: Any) -> None:
    page = page_as("i1")
    keys = Keyboard(page)
    page.goto(cases + CASE)
    page.wait_for_load_state("networkidle")
    keys.to(page.locator("#q-R2 input[type=radio]"))
    keys.press("ArrowDown")  # from "Not due" to "Due and sufficient"
    assert page.evaluate("document.activeElement.value") == "yes"
    keys.to(page.locator("#q-R2-note"))
    keys.type("She says so herself.")
    keys.to(page.locator("#q-R2 .cl-evidence summary"))
    keys.press("Enter")
    keys.to(page.locator("#q-R2-document"))
    keys.type("Assessment")
    keys.to(page.locator("#q-R2-where"))
    keys.type("section 4")
    keys.to(page.locator("#q-R2 button", has_text="Save and next"))
    keys.press("Enter")
    saved(page, "R2")
    keys.is_seen()
    assert recorded(site, "c1")[-1] == ["R2", "yes", "She says so herself.", "i1"]
    page.reload()
    assert "Assessment, section 4" in page.locator("#q-R2 .cl-evidence").text_content()


def test_one_says_that_a_question_is_not_relevant(site: Any, cases: str, renewed: None, page_as: Any) -> None:
    page = page_as("i1")
    keys = Keyboard(page)
    page.goto(cases + CASE)
    page.wait_for_load_state("networkidle")
    answers = page.locator("#q-R3 input[type=radio]")
    keys.to(answers)
    keys.press(*["ArrowDown"] * (answers.count() - 1))
    keys.to(page.locator("#q-R3 [data-part=aside] input"))
    keys.press("Space")
    saved(page, "R3")
    keys.is_seen()
    assert recorded(site, "c1")[-1][:2] == ["R3", "not_relevant"]


def test_one_signs_a_case(site: Any, renewed: None, page_as: Any) -> None:
    page = page_as("i1", allow=LOST)
    keys = Keyboard(page)
    page.goto(f"{site.url}/inspections/testshire/cases/case/C1/")
    page.wait_for_load_state("networkidle")
    for question in ("A", "B", "C"):
        keys.to(page.locator(f"#q-{question} input[type=radio]"))
        keys.press("Space")
        saved(page, question)
    keys.press("Control+Home")
    keys.to(page.get_by_role("link", name="Check and complete"), back=True)
    with page.expect_navigation():
        keys.press("Enter")
    keys.go(page.get_by_role("button", name="Complete this case"))
    site.do(f"{WORK}.case_in_fieldwork:moderated", inspection="testshire", case="C1", by="i2")
    page.reload()
    keys.go(page.get_by_role("button", name="Sign this case"), "Space")
    keys.to(page.locator("input[type=password]"))
    keys.type(cast.PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")
    keys.go(page.get_by_role("button", name="Sign this case"), "Space")
    page.get_by_text("You have signed the case.").wait_for()


def test_one_filters_and_sorts_a_table(cases: str, renewed: None, page_as: Any) -> None:
    page = page_as("i1")
    keys = Keyboard(page)
    page.goto(cases)
    keys.to(page.locator(".cl-filter summary"))
    keys.press("Enter")
    keys.to(page.get_by_label("Case", exact=True))
    keys.type("02")
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_text("Showing 1 of").wait_for()
    keys.go(page.get_by_role("link", name=re.compile("^Show all")))
    keys.go(page.locator("th a.cl-sort").first)
    page.locator("th[aria-sort=ascending], th[aria-sort=descending]").first.wait_for()


def test_one_takes_a_case_out_of_the_sample(site: Any, page_as: Any, cases: str) -> None:
    key = site.do(f"{WORK}.drawn_sample:begin")
    site.sessions = site.do(f"{WORK}.sessions:sessions")
    page = page_as("lead")
    keys = Keyboard(page)
    page.goto(f"{site.url}/inspections/{key}/sample/")
    keys.go(page.get_by_role("link", name=re.compile("^Remove")).first)
    keys.to(page.get_by_role("radio"))
    keys.press("Space")
    keys.go(page.get_by_role("button", name="Take it out"))
    page.get_by_text("Case 11 takes its place.").wait_for()


def test_one_decides_a_row_of_moderation(west_london: str, renewed: None, page_as: Any) -> None:
    page = page_as("lead")
    keys = Keyboard(page)
    page.goto(f"{west_london}moderation/question/P5/")
    row = page.locator(".cl-row").first
    keys.to(row.locator("input[type=radio]"))
    value = page.evaluate("document.activeElement.value")
    keys.press("ArrowRight" if value == "yes" else "ArrowLeft")
    keys.to(row.get_by_label("Coded reason"))
    keys.press("ArrowDown")
    keys.to(row.get_by_label("Reason for a change"))
    keys.type("The other file says so.")
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_text(re.compile("^Saved on the server: ")).wait_for()
    assert page.evaluate("document.activeElement.name") == "value"
    keys.is_seen()


def test_one_puts_a_figure_into_the_letter(west_london: str, renewed: None, page_as: Any) -> None:
    page = page_as("lead")
    page.set_default_timeout(2 * PATIENCE)
    keys = Keyboard(page)
    page.goto(f"{west_london}letter/")
    text = page.locator("#text")
    keys.to(text)
    keys.press("Control+End")
    page.keyboard.type("\n\nThere was a sufficient plan in ")
    keys.to(page.locator("#find-figure"))
    keys.press("Enter")
    wanted = page.locator("#finder input[name=q]")
    wanted.wait_for()
    page.locator("input[name=q]:focus").wait_for()
    keys.is_seen()
    keys.type("P5")
    keys.press("Enter")
    figure = page.locator("#finder .cl-put[data-put*='P5']").first
    figure.wait_for()
    page.locator("input[name=q]:focus").wait_for()
    keys.to(figure)
    keys.press("Enter")
    assert keys.on(text)
    assert re.search(r"There was a sufficient plan in \{P5: [^}]+\}$", text.input_value())
    page.keyboard.type(".")
    keys.to(page.get_by_role("button", name="Save as a version"))
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_text("Saved as version 2.").wait_for()
