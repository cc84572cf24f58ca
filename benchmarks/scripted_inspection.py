"""The tasks of an inspection that pages.md measures, as somebody does them who types and clicks without thinking."""

from __future__ import annotations

import re
from typing import Any

from tests import cast
from tests.factories.west_london import FOLDER
from tests.journeys import story_after
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Person

from benchmarks import scripted_inside as inside
from benchmarks.scripted_hands import Desk

NOTE = "The plan names what will be done and by whom, not why, and nobody asked the child what would help or get in its way."
REASON = "The other file says so, and the plan agrees with it."
CHANGES, DAY = 20, 8 * 60
HERE = "[...document.querySelectorAll('article[id]')]"
# Whether an open question follows the one in focus; else the key leads to the next theme.
FOLLOWS = f"""() => {{
  const all = {HERE};
  const here = all.findIndex((one) => one.contains(document.activeElement));
  return all.slice(here + 1).some((one) => one.hasAttribute("data-open"));
}}"""
NEXT, FOURTH = "Alt+Shift+KeyN", 4
HAS_REASONS = "Boolean(document.activeElement.closest('form').querySelector('[data-part=reasons]'))"
QUESTION = "document.activeElement.closest('article')?.id || ''"
WEST_LONDON = "west-london"


def records_a_case(desk: Desk, case: str) -> None:
    """A case of 60 questions by keyboard: each answered, every fourth with No, a reason and a note of 25 words."""
    person = desk.person(inside.INSPECTOR, inside.INSPECTION)
    page = person.page
    with desk.timed("A case of 60 questions, recorded and completed by keyboard", 15) as task:
        person.go(f"cases/case/{case}/")
        page.wait_for_load_state("networkidle")
        page.keyboard.press(NEXT)
        answered = answers_by_keyboard(page)
        Keyboard(page).go(page.get_by_role("button", name="Complete this case"))
        person.reads("The case is complete.")
        recorded = desk.site.do("benchmarks.scripted_inside:answers", case=case)
        task.result = f"{recorded} answers on the server"
    if recorded != answered:
        raise SystemExit(f"{answered} questions were answered, {recorded} recorded.")


def answers_by_keyboard(page: Any, *, every_note: bool = False) -> int:
    """Every open question from the one in focus, to the page on which the case is completed; how many there were.

    Every fourth judgement is a No with its first reason and a note; ``every_note``: each has a note.
    """
    seen: set[str] = set()
    more = True
    while more:
        question = str(page.evaluate(QUESTION))
        if question in seen:
            raise SystemExit(f"{question} was asked for twice.")
        seen.add(question)
        _answer(page, no=len(seen) % FOURTH == 0, note=every_note)
        more = _to_the_next(page)
    return len(seen)


def _to_the_next(page: Any) -> bool:
    """By the key of the page; False where it leads to the end of the case."""
    if not page.evaluate(FOLLOWS):
        page.locator("form[data-cl-answer][data-dirty]").first.wait_for(state="detached")
    if page.evaluate(FOLLOWS):  # what was answered last may have opened more
        page.keyboard.press(NEXT)
        return True
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press(NEXT)
    if "/finish" in page.url:
        return False
    while not page.evaluate("document.activeElement.matches('article input')"):  # the question has the focus
        page.keyboard.press("Tab")
    return True


def _answer(page: Any, *, no: bool, note: bool) -> None:
    """The first answer by Space; No by the arrow with its first reason; where a note belongs to it, a note."""
    page.keyboard.press("Space")
    if page.evaluate("document.activeElement.value") == "gate:no":
        page.keyboard.press("ArrowRight")
    if no and page.evaluate(HAS_REASONS):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        note = True
    while note and page.evaluate("document.activeElement.name") != "note":
        page.keyboard.press("Tab")
    if note:
        page.keyboard.type(NOTE)


def is_cut_off(desk: Desk) -> None:
    """A theme answered while the network is gone for half a day, in which the session ends; nothing is typed again."""
    key = desk.site.do("tests.evidence.work.case_in_fieldwork:begin")
    person = desk.person("i1", key)
    page, context = person.page, person.page.context
    page.clock.install()
    person.go("cases/case/c1/")
    page.wait_for_load_state("networkidle")
    with desk.timed("A theme answered while the network is off for half a day", 0) as task:
        context.set_offline(True)
        boxes = page.locator("article[id^='q-']:has(input[type=radio])").all()
        for box in boxes:
            box.locator("[name=note]").fill(NOTE)
            box.locator("input[type=radio]").first.check(force=True)
        page.locator("[data-cl-saved]", has_text="Not saved").wait_for()
        desk.site.do("benchmarks.scripted_inside:sign_out", who="i1")
        page.clock.fast_forward("04:00:00")
        context.set_offline(False)
        _signs_in_again(desk, person)
        page.locator("form[data-cl-answer][data-dirty]").first.wait_for(state="detached")
        kept = desk.site.do("tests.evidence.work.case_in_fieldwork:answers", inspection=key, case="c1")
        notes = [row[2] for row in kept].count(NOTE)
        task.result = f"{notes} of {len(boxes)} answers with their notes on the server, none typed again"
    if notes != len(boxes):
        raise SystemExit(f"Of {len(boxes)} answers {notes} are on the server.")


def _signs_in_again(desk: Desk, person: Person) -> None:
    """On another tab, as the page says; then back on this one."""
    page = person.page
    page.get_by_text("You are signed out. What you typed is still on this page.").wait_for()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name=re.compile("^Sign in again")).click()
    tab = opening.value
    tab.get_by_label("E-mail address").fill(f"{person.key}@example.org")
    tab.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    code, today = tab.get_by_label("Code", exact=True), tab.get_by_role("heading", name="Today", exact=True)
    code.wait_for()
    while code.count():  # a code that ran out on the way is refused, and the next one asked for
        code.fill(desk.site.do("tests.evidence.work.sessions:code", who=person.key))
        with tab.expect_navigation():
            tab.get_by_role("button", name="Continue").click()
    today.wait_for()
    tab.close()
    page.locator("dialog[open]").wait_for(state="detached")  # the other tab says so


def finds_what_is_late(desk: Desk, late: str) -> None:
    """From the day's page to the one case of 34 that is not complete after the last day of fieldwork."""
    person = desk.person(inside.LEAD, inside.INSPECTION)
    page = person.page
    page.goto(desk.site.url)
    with desk.timed("The case of an inspector who is late, found among 34", 0) as task:
        person.follow("A large inspection, made for measuring")
        person.follow("Moderation")
        page.get_by_text("1 case late:").wait_for()
        page.get_by_role("row").filter(has_text="Late").get_by_role("link").last.click()
        page.wait_for_url(f"**/case/{late}/")
        page.locator("h1").wait_for()
        task.result = "found"


def drafts_the_letter(desk: Desk) -> None:
    """A letter of ten paragraphs and all its figures typed anew, saved, each sentence with a figure accepted."""
    desk.site.do("tests.factories.west_london:west_london")
    person, source = desk.person("lead", WEST_LONDON), (FOLDER / "letter.md").read_text("utf-8")
    page, text = person.page, source.replace("in depth", "very closely")
    person.go("letter/")
    with desk.timed(f"A letter of {len(source.split()):,} words with its figures, drafted", DAY) as task:
        with page.expect_response(lambda answer: answer.url.endswith("/look")):
            page.locator("#text").fill(text)
        wrong = page.locator(".cl-mends--error .cl-mend").count()
        person.press("Save as a version")
        person.reads("Saved as version 2.")
        person.follow("Sentences")
        person.press("Accept all that are shown")
        person.reads("Nothing waits to be read.")
        task.result = f"{source.count('{')} figures and bound words, {wrong} to put right"


def puts_a_stale_figure_right(desk: Desk) -> None:
    """An answer changes behind a sentence that was accepted: found, read old against new, accepted."""
    desk.site.do("tests.factories.west_london:change_an_answer")
    person = desk.person("lead", WEST_LONDON)
    with desk.timed("A figure in the letter that changed, found and put right", 0) as task:
        person.go("letter/")
        person.follow("Sentences")
        row = person.page.locator(".cl-sentence", has_text="Where risk to others had to be managed")
        before, after = row.locator("del").text_content(), row.locator("ins").text_content()
        row.get_by_role("checkbox").check()
        person.press("Accept those selected")
        person.reads(re.compile("^Accepted: "))
        task.result = f"{before} is now {after}"


def moderates(desk: Desk) -> None:
    """Twenty answers to one question turned over across cases, each with a reason, by keyboard."""
    desk.site.do("benchmarks.scripted_inside:to_state", inspection=WEST_LONDON, state="moderation")
    person = desk.person("lead", WEST_LONDON)
    page, changed = person.page, 0
    person.go("moderation/question/P5/")
    page.locator("form.cl-row__form input[type=radio][checked]").first.focus()
    with desk.timed("Twenty moderated changes by keyboard", 40) as task:
        while changed < CHANGES:
            changed += _turned_over(page)
        task.result = f"{page.locator('.cl-row', has_text='Changed').count()} changed, the first answers beside them"


def _turned_over(page: Any) -> bool:
    """The answer in focus, with a reason, and on to the next; one that is not relevant is agreed as it is."""
    value = page.evaluate("document.activeElement.value")
    if changes := value in ("yes", "no"):
        page.keyboard.press("ArrowRight" if value == "yes" else "ArrowLeft")
        page.keyboard.press("Tab")
        if value == "yes":
            page.keyboard.press("ArrowDown")  # the first coded reason
        page.keyboard.press("Tab")
        page.keyboard.type(REASON)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text(re.compile("^Saved on the server: ")).wait_for()
    return bool(changes)


def makes_the_sheet(desk: Desk) -> None:
    """One page that can be spoken, from the findings as they stand."""
    person = desk.person("lead", WEST_LONDON)
    with desk.timed("The feedback sheet, made and put into own words", 15) as task:
        story_after.makes_the_feedback_sheet(person, "You know the children you work with, and it shows in every plan.")
        task.result = "one page"
