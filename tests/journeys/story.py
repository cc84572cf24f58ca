"""What is done in one inspection up to the last day of its fieldwork, in the words of the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.factories import story
from tests.journeys.people import Person

TITLE = "Short inspection of casework in Testshire"


def plans(lead: Person) -> None:
    """The inspection, from nothing."""
    lead.page.goto(f"{lead.site.url}/inspections/new")
    for name, text in (("service", story.SERVICE), ("short", "Testshire"), ("title", TITLE)):
        lead.page.locator(f"#{name}").fill(text)
    lead.page.locator("#framework").select_option(label="Short look at casework, version 1")
    for name, day in (("first", "14 12 2015"), ("last", "16 12 2015")):
        for part, typed in zip(("day", "month", "year"), day.split(), strict=True):
            lead.page.locator(f"#{name}-{part}").fill(typed)
    lead.press("Save the plan")
    lead.reads("The inspection is planned.")
    lead.here = lead.page.url


def names_the_team(lead: Person, **roles: str) -> None:
    """Each person, by key, with the beginning of what the role is called."""
    for key, role in roles.items():
        lead.go("plan/team")
        lead.page.locator("#person").fill(f"{key}@example.org")
        lead.page.get_by_role("radio", name=re.compile(f"^{role}: ")).check()
        lead.press("Add to the team")
        lead.reads("They are in the team.")


def brings_in_the_case_list(lead: Person, folder: Path) -> None:
    """Uploaded with a day that cannot be, which is fixed beside its cell."""
    file = folder / "cases.xlsx"
    file.write_bytes(story.case_list())
    lead.go("case-list/upload")
    lead.page.locator("input[type=file]").set_input_files(file)
    lead.press("Read the file")
    for _ in range(2):  # which row is the heading, which column is what
        lead.press("Continue")
    lead.press("Check the list")
    lead.reads("1 to fix")
    fault = lead.page.locator(".cl-fault", has_text="D6")
    fault.get_by_text(story.WRONG).first.wait_for()
    fault.get_by_label("What is right").fill(story.RIGHT)
    lead.press("Save what I fixed")
    lead.reads("Nothing is left to fix.")
    lead.press("Accept list")
    lead.reads("The list is accepted: 14 cases, 13 eligible.")


def draws_the_sample(lead: Person, size: int) -> None:
    """Its size and likeness are read, and only then it is drawn."""
    lead.go("sample/designs")
    lead.press(re.compile(r"\(A size of your own\)$"))
    lead.page.get_by_label("How many cases").fill(str(size))
    lead.page.get_by_label("How many in reserve").fill("2")
    lead.press("Show what this size gives")
    lead.reads(f"{size} of 13")
    lead.reads("19 times out of 20")
    lead.page.get_by_role("heading", name="How like the case list it would be").wait_for()
    lead.press("Select the sample")
    lead.reads(re.compile(f"{size} cases were drawn and 2 in reserve, with the seed [0-9a-f]{{32}}"))


def replaces_a_case(lead: Person) -> None:
    """The first case is taken out with a reason, and the first reserve takes its place."""
    lead.follow(re.compile("^Remove"))
    lead.page.get_by_role("radio", name="The file cannot be had during the fieldwork").check()
    lead.press("Take it out")
    lead.reads(re.compile(r"Case \d+ takes its place\."))


def cases_of_the_sample(lead: Person) -> list[str]:
    """What the sampled cases are called, in the order of the draw."""
    lead.go("sample/allocation")
    labels = lead.page.locator("input[name=case] + label").all_inner_texts()
    return [label.partition(" (")[0].strip() for label in labels]


def gives(lead: Person, to: str, cases: list[str]) -> None:
    """Cases to somebody."""
    lead.go("sample/allocation")
    for case in cases:
        lead.page.get_by_role("checkbox", name=re.compile(rf"^{case}\b")).check()
    lead.page.get_by_label("Give them to").select_option(to)
    lead.press("Give them")


def declares_a_conflict(inspector: Person, case: str) -> None:
    """An inspector knows the family: the case is closed to them from then on."""
    inspector.go("plan/conflict")
    inspector.page.get_by_label("What is it about?").select_option(label=case)
    inspector.page.get_by_label("Reason").fill("I know the family.")
    inspector.press("Declare")
    inspector.reads("The conflict of interest is noted.")


def goes_on(lead: Person, button: str, state: str) -> None:
    """The inspection goes to its next state."""
    lead.page.goto(lead.here)
    lead.press(button)
    lead.reads(f"is now in the state “{state}”")


def opens(inspector: Person, case: str) -> str:
    """A case, from the list of cases; its address within the inspection."""
    inspector.go("cases/")
    inspector.page.get_by_role("table").get_by_role("link", name=case, exact=True).click()
    inspector.page.get_by_role("heading", name=re.compile(rf"^{case}\b")).wait_for()
    return str(inspector.page.url.removeprefix(inspector.here))


def answers(inspector: Person, question: str, value: str, **more: str) -> None:
    """One question, saved by itself; ``why``, ``good`` and ``aside`` are ticks, the others are typed."""
    page = inspector.page
    box = page.locator(f"#q-{question}")
    if not box.count():
        turn_to_its_theme(page, question)
    for place in ("document", "where", "quote"):
        if place in more and not box.locator(f"[name={place}]").is_visible():
            box.locator(".cl-evidence summary").click()
        if place in more:
            box.locator(f"[name={place}]").fill(more[place])
    if "note" in more:
        box.locator("[name=note]").fill(more["note"])
    box.get_by_role("radio", name=value, exact=True).check(force=True)
    for part in ("why", "good", "aside"):
        if part in more:
            box.get_by_role("checkbox", name=more[part]).check()
    box.locator("form[data-cl-answer]:not([data-dirty]) .cl-question__saved").wait_for()


def corrects_a_fact(inspector: Person, case: str, fact: str, value: str) -> None:
    """What the service supplied is put right; both values are kept."""
    opens(inspector, case)
    inspector.page.locator(".cl-themes a[href*='theme=facts']").click()
    box = inspector.page.locator(f"#f-{fact}")
    box.locator("summary").first.click()
    box.get_by_role("radio", name=value, exact=True).check(force=True)
    inspector.page.locator("[data-cl-saved]", has_text="Saved on the server at").wait_for()


def turn_to_its_theme(page: Any, question: str) -> None:
    """The theme whose questions begin with the same letter."""
    theme = question[0]
    page.locator(f".cl-themes a[href*='theme={theme}']").click()
    page.locator(f"#q-{question}").wait_for()


def raises_an_urgent_concern(inspector: Person, case: str, what: str) -> None:
    """A concern about the child of a case, and who was told of it."""
    opens(inspector, case)
    inspector.press("Urgent concern")
    inspector.page.get_by_label("What have you seen or heard?").fill(what)
    inspector.press("Save the concern")
    inspector.page.get_by_label("Who was told?").fill("Sami Manager")
    inspector.page.get_by_label("When, and how?").fill("At once, by telephone")
    inspector.press("Save who was told")
    inspector.reads("Told: Sami Manager, At once, by telephone")


def closes_the_concern(lead: Person) -> None:
    """It stands on top of the lead's day until it is answered and closed."""
    lead.page.goto(lead.site.url)
    lead.page.locator(".cl-urgent, .cl-concerns, main").get_by_role("link", name=re.compile("^Case")).first.click()
    lead.page.locator("summary", has_text="Note their answer").click()
    lead.page.get_by_label("What did they answer?").fill("A strategy meeting was held the same day.")
    lead.press("Save their answer")
    lead.page.locator("summary", has_text="Close this concern").click()
    lead.page.get_by_label("Why is it closed?").fill("The child is safe.")
    lead.press("Close the concern")
    lead.page.locator(".cl-concern").get_by_text("Closed", exact=True).first.wait_for()


def sees_that_another_answered(inspector: Person, case: str, question: str, other: str) -> None:
    """That a colleague answered is said, and not what."""
    opens(inspector, case)
    said = inspector.page.locator(f"#q-{question}").inner_text()
    assert f"{other} has answered this too" in said, said


def decides_between_two(lead: Person, case: str, question: str, stands: str, why: str) -> None:
    """Both answers stand side by side, and one of them is chosen with a reason."""
    opens(lead, case)
    conflict = lead.page.locator(f"#q-{question} .cl-conflict")
    assert conflict.locator(".cl-conflict__head").count() == 2
    for name in ("Inga Inspector", "Ivo Inspector"):
        conflict.get_by_text(name).first.wait_for()
    conflict.get_by_role("radio", name=stands).check()
    conflict.get_by_label("Why does this answer stand?").fill(why)
    lead.press(f"Decide {question}")
    conflict.wait_for(state="detached")


def completes(inspector: Person, *cases: str) -> None:
    """Cases in which nothing is left."""
    for case in cases:
        opens(inspector, case)
        inspector.follow("Check and complete")
        inspector.press("Complete this case")
        inspector.reads("The case is complete.")
