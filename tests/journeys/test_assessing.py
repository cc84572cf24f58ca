"""One case in a real browser: by keyboard, saved in the background, through a lost network and a conflict, to its signature."""

from __future__ import annotations

import pytest
from tests.journeys.browser import axe, comes_true

pytestmark = pytest.mark.browser
LOST = ("Failed to load resource",)
WORK = "tests.evidence.work.case_in_fieldwork"


@pytest.fixture(scope="module")
def cases(site):
    key = site.do(f"{WORK}:begin")
    return f"{site.url}/inspections/{key}/cases/"


def saved(page):
    page.locator("[data-cl-saved]", has_text="Saved on the server at").wait_for()


def answers(site, inspection="fieldwork", case="c1"):
    return site.do(f"{WORK}:answers", inspection=inspection, case=case)


def test_a_case_is_answered_by_keyboard_and_saves_itself(site, cases, page_as):
    page = page_as("i1")
    page.goto(cases)
    page.get_by_role("button", name="Open next case").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/c1/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Alt+Shift+KeyN")
    assert page.evaluate("document.activeElement.closest('article').id") == "q-R1"
    page.keyboard.press("ArrowRight")  # from Yes to No: a radio is chosen by its arrows
    page.locator("#q-R1 [data-cl-lacks]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#q-R1 [data-cl-lacks]").wait_for(state="detached")
    page.locator("#q-R1-note").focus()
    page.keyboard.type("No word about friends.")
    page.keyboard.press("Tab")
    saved(page)
    page.wait_for_timeout(1_000)
    assert answers(site)[-1] == ["R1", "no", "No word about friends.", "i1"]
    page.keyboard.press("Alt+Shift+KeyN")
    assert page.evaluate("document.activeElement.closest('article').id") == "q-R2"
    page.reload()
    assert page.locator("#q-R1-note").input_value() == "No word about friends."


def test_a_gate_that_is_answered_brings_the_questions_that_now_apply(site, cases, page_as):
    page = page_as("i1")
    page.goto(f"{cases}case/c1/?theme=facts")
    page.locator("#f-psr summary").first.click()
    page.locator("#f-psr input[value=no]").check(force=True)
    saved(page)
    page.goto(f"{cases}case/c1/")
    assert page.locator("#q-R3").count() == 0
    page.get_by_text("Why is this not asked?").click()
    assert "no pre-sentence report" in page.locator("[data-cl-hidden]").inner_text()
    assert axe(page) == []


def test_a_lost_network_loses_nothing_and_is_said(site, cases, page_as):
    page = page_as("i1", allow=LOST)
    page.goto(f"{cases}case/c2/")
    page.route("**/answer", lambda route: route.abort())
    page.locator("#q-R1 input[value=yes]").check(force=True)
    page.locator("[data-cl-saved]", has_text="Not saved: the server cannot be reached.").wait_for()
    assert page.locator("#q-R1 [data-cl-state]").inner_text() == "Not saved"
    assert axe(page, widths=(1280,)) == []
    page.locator("#q-R1-note").fill("Typed while the network was gone.")
    page.unroute("**/answer")
    saved(page)
    page.wait_for_timeout(2_500)
    assert answers(site, case="c2")[-1] == ["R1", "yes", "Typed while the network was gone.", "i1"]
    assert not [row for row in answers(site, case="c2") if row[0] != "R1"]


def test_a_note_as_long_as_may_be_in_any_script_is_saved(site, cases, page_as):
    """Twenty thousand letters that take six bytes each on their way, which is more than a browser sends once it leaves."""
    note, page = "\N{ARABIC LETTER SHEEN}" * 20_000, page_as("i1")
    page.goto(f"{cases}case/c2/")
    page.locator("#q-R2 input[type=radio]").first.check(force=True)
    page.locator("#q-R2-note").fill(note)
    page.locator("#q-R2-note").blur()
    comes_true(page, "!document.querySelector('#q-R2 form[data-dirty]')")
    saved(page)
    assert answers(site, case="c2")[-1][2] == note


def test_what_waited_while_the_session_ended_is_saved_as_soon_as_somebody_signs_in_elsewhere(site, cases, page_as):
    page = page_as("i1", allow=LOST)
    page.goto(f"{cases}case/c2/")
    [kept] = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.locator("#q-R4-note").fill("Typed after the end.")
    page.locator("#q-R4 input[value=yes]").check(force=True)
    page.locator("[data-cl-saved]", has_text="Not saved: you are signed out.").wait_for()
    page.get_by_text("You are signed out. What you typed is still on this page.").wait_for()
    assert axe(page, widths=(1280,)) == []
    fresh = {"sessionid": kept["value"], "csrftoken": "z" * 32}  # who signs in gets another sign for their forms
    page.context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in fresh.items()])
    page.context.new_page().goto(site.url)
    saved(page)
    page.locator("dialog[open]").wait_for(state="detached")
    assert answers(site, case="c2")[-1] == ["R4", "yes", "Typed after the end.", "i1"]


def test_whoever_is_quicker_than_the_scripts_is_not_forgotten(site, cases, page_as):
    page, held = page_as("i1"), []
    page.route("**/autosave*.js", lambda route: held.append(route))  # noqa: PLW0108 - a method of a list is no handler
    with page.expect_request("**/autosave*.js"):
        page.goto(f"{cases}case/c2/", wait_until="commit")
    page.locator("#q-R3 input[value=no]").check(force=True)
    page.locator("#q-R3-note").fill("Typed at once.")
    held[0].continue_()
    saved(page)
    assert answers(site, case="c2")[-1] == ["R3", "no", "Typed at once.", "i1"]


def test_a_second_page_makes_a_conflict_that_both_see_and_nothing_is_overwritten(site, cases, page_as):
    first, second = page_as("i1"), page_as("i1")
    for page in (first, second):
        page.goto(f"{cases}case/c2/")
    first.locator("#q-R5 input[value=yes]").check(force=True)
    saved(first)
    second.locator("#q-R5 input[value=no]").check(force=True)
    saved(second)
    second.reload()
    assert "Two answers: needs a decision" in second.locator("#q-R5").inner_text()
    assert axe(second) == []
    lead = page_as("lead")
    lead.goto(f"{cases}case/c2/")
    lead.locator("#q-R5 input[name=chosen]").first.check(force=True)
    lead.locator("#q-R5-why").fill("Seen in the plan.")
    lead.get_by_role("button", name="Decide R5").click()
    assert "Two answers" not in lead.locator("main").inner_text()


def test_two_people_on_one_case_see_each_other(site, cases, page_as):
    site.do(f"{WORK}:answer_elsewhere", who="i2", question="R5", value="yes")
    page = page_as("i1")
    page.goto(f"{cases}case/c1/")
    assert "Ivo Inspector is also on this case, last answer" in page.locator("[data-cl-here]").inner_text()
    assert "Ivo Inspector has answered this too" in page.locator("#q-R5").inner_text()


def test_a_case_is_completed_and_signed_by_who_proves_themselves(site, page_as):
    page = page_as("i1", allow=LOST)
    cases = f"{site.url}/inspections/testshire/cases/"
    page.goto(f"{cases}case/C1/")
    for question, value in (("A", "yes"), ("B", "gate:no"), ("C", "yes")):
        page.locator(f"#q-{question} input[value='{value}']").check(force=True)
        saved(page)
        page.wait_for_timeout(900)
    page.get_by_role("link", name="Check and complete").click()
    assert axe(page) == []
    page.get_by_role("button", name="Complete this case").click()
    site.do(f"{WORK}:moderated", inspection="testshire", case="C1", by="i2")
    page.reload()
    page.get_by_role("button", name="Sign this case").click()
    assert "/accounts/reauthenticate/" in page.url
    page.locator("input[type=password]").fill("seven blue lanterns in the fog")
    page.locator("main button[type=submit], form button").last.click()
    page.get_by_role("button", name="Sign this case").click()
    assert "You have signed the case." in page.locator("main").inner_text()


@pytest.mark.parametrize("path", ["", "case/c1/", "case/c1/?theme=facts", "case/c1/finish", "case/c1/urgent",
                                  "case/c1/print", "case/c1/typing", "case/c1/present", "case_manager/w1/"])  # fmt: skip
def test_every_page_is_for_everybody(cases, page_as, path):
    page = page_as("i1")
    page.goto(cases + path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert axe(page) == []


def test_errors_and_shared_screens_are_for_everybody_and_work_without_scripts(cases, page_as):
    page = page_as("i1", allow=LOST, scripts=False)
    page.goto(f"{cases}case/c2/")
    choice = "input[type=radio]"
    page.locator(f"[data-cl-answer]:has({choice}):not(:has({choice}:checked)) button").first.click()
    assert page.locator(".govuk-error-summary").inner_text().count("Select an answer") == 1
    page.goto(f"{cases}case/c2/")
    page.get_by_role("button", name="I am sharing my screen").click()
    assert page.locator("main input[type=radio]").count() == 0
