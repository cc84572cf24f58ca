"""What is agreed with the service before and during the fieldwork, in the words of the pages."""

from __future__ import annotations

import re

from tests.journeys.people import Person

LIST = "The list of cases"


def announces(lead: Person) -> None:
    """The announcement is made from the plan, sent by hand, and noted as sent."""
    lead.go("plan/announcement")
    lead.page.locator("#to").fill("Sami Manager, by secure mail")
    lead.press("Note that it was sent")
    lead.reads("It is noted that the inspection is announced.")


def asks_the_service(lead: Person, n: int) -> None:
    """The first things of the usual list."""
    lead.go("plan/requests/usual")
    for box in lead.page.get_by_role("checkbox").all()[n:]:
        box.uncheck()
    lead.press("Ask for these")
    lead.reads(f"The service is asked for {n} things.")


def provides_the_list_of_cases(manager: Person, words: str) -> None:
    """The service's manager finds what waits where they arrive, and answers it."""
    manager.page.goto(manager.site.url)
    manager.follow(re.compile("requests to answer$"))
    manager.follow(LIST)
    manager.page.get_by_label("Where is it, or how was it sent?").fill(words)
    manager.press("Say that it is provided")
    manager.reads("It is noted as provided.")


def accepts_what_came(lead: Person, words: str) -> None:
    """The lead finds it where they arrive, reads where it is, and accepts it."""
    lead.page.goto(lead.site.url)
    lead.follow("Received from the service, to be looked at")
    lead.follow(LIST)
    lead.reads(words)
    lead.press("Accept")
    lead.reads("It is accepted.")


def puts(lead: Person, cases: list[str], cell: str) -> None:
    """Cases to an inspector, on a half-day."""
    _tick_and_put(lead, cases, cell)
    lead.reads(re.compile("slots? put to "))


def cannot_put(lead: Person, case: str, cell: str) -> None:
    """A case to an inspector who declared a conflict of interest."""
    _tick_and_put(lead, [case], cell)
    lead.page.locator(".govuk-error-summary").get_by_text("something stands against it").first.wait_for()


def _tick_and_put(lead: Person, cases: list[str], cell: str) -> None:
    lead.go("timetable/")
    for case in cases:
        lead.page.get_by_role("checkbox", name=re.compile(rf"^{case}\b")).first.check()
    lead.press(f"Put here with {cell}")


def publishes_the_timetable(lead: Person) -> None:
    """From here on everybody who has a slot sees it."""
    lead.go("timetable/")
    lead.press("Publish slots")
    lead.reads("The timetable is published.")


def notes_who_was_present(inspector: Person, case: str, who: str) -> None:
    """The inspector finds the slot that was published, and says that it was held, and with whom."""
    inspector.go("timetable/")
    inspector.follow(re.compile(rf"^{case}\b"))
    inspector.page.get_by_label("It was held").check()
    inspector.page.get_by_label("Who was present?").fill(who)
    inspector.press("Save what became of it")
    inspector.reads("It is noted as held.")
