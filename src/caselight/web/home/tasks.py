"""One line of work: what it is, where it is done, how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caselight.store.accounts.permissions import SERVICE, Permission, Role
from caselight.store.assessments.visible import Visible
from caselight.store.assessments.workload import Examined
from caselight.store.caseloads.queries import has_caseload
from caselight.store.inspections.access import may
from caselight.store.inspections.models import State
from caselight.store.inspections.requests import Step, requests_for
from caselight.store.reports.releases import PROPOSED, RETURNED, releases_of
from caselight.store.samples.queries import sample_of
from caselight.web.design.words import Words
from caselight.web.home.places import address


@dataclass(frozen=True, slots=True)
class Task:
    """See the module; ``href`` is empty where there is no page for it."""

    title: str
    href: str = ""
    hint: str = ""
    status: str = ""
    colour: str = ""


def own(one: Visible, case: Examined, form: str = "") -> Task:
    """A case that is given to the person and not complete; ``form`` says what it is where it is no case."""
    href = address("assessing:case", key=one.key, kind=case.kind, subject=case.key)
    status, colour = ("Begun", "blue") if case.begun else ("Not begun", "grey")
    return Task(case.label, href, form, status, colour)


def waiting(one: Visible, said: Words) -> Iterator[Task]:
    """What the state of an inspection asks of this person, beside cases."""
    access, key = one.access, one.key
    if access.state is State.SETUP and may(access, Permission.INSPECTION_MOVE):
        yield Task("Prepare the fieldwork", address("planning:inspection", key=key), _from(one), "Being set up", "grey")
        if may(access, Permission.SAMPLE_DRAW) and has_caseload(key) and not sample_of(key):
            href = address("sampling:designs", key=key)
            yield Task(said.cap(said.select), href, "The case list is there.", "Not begun", "grey")
    sends = Role.SERVICE_MANAGER in access.roles and may(access, Permission.CASELOAD_WRITE)
    if access.state is State.SETUP and sends and not has_caseload(key):
        yield Task("Send the case list", address("caseload:list", key=key), _from(one), "Before fieldwork", "yellow")
    if letter := _publication(one, said) if access.state is State.EMBARGO else _letter(one, said):
        yield letter


def asked(one: Visible, today: date) -> Iterator[Task]:
    """What waits for the service, for whoever answers it; for whoever asked, what is late and what has come."""
    mine, href = requests_for(one.access), address("planning:requests", key=one.key)
    waiting = [each for each in mine if each.waits]
    late = sum(each.overdue(today) for each in waiting)
    if may(one.access, Permission.REQUEST_ASK):
        if late:
            yield Task("Overdue from the service", href, "", _requests(late), "red")
        if come := sum(each.state is Step.RECEIVED for each in mine):
            yield Task("Received from the service, to be looked at", href, "", _requests(come), "purple")
    elif waiting and one.access.roles & SERVICE:
        status = f"{late} overdue" if late else f"due {_day(waiting[0].due)}"
        yield Task(f"{_requests(len(waiting))} to answer", href, "", status, "red" if late else "yellow")


def _requests(n: int) -> str:
    return f"{n} request{'s' * (n != 1)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


# What is asked of somebody about the letter, by the act that they may do, and its page; the first that fits.
_LETTER = (
    (Permission.LETTER_WRITE, (State.DRAFT,), "Write the {letter}", "letter:letter"),
    (Permission.LETTER_WRITE, (State.FACT_CHECK,), "Decide about comments on the {letter}", "letter:remarks"),
    (Permission.LETTER_COMMENT, (State.DRAFT, State.FACT_CHECK), "Read the {letter} and comment", "letter:letter"),
    (
        Permission.LETTER_SUGGEST,
        (State.DRAFT, State.FACT_CHECK),
        "Read the {letter} and suggest changes",
        "letter:letter",
    ),
)


def _letter(one: Visible, said: Words) -> Task | None:
    for act, states, title, page in _LETTER if may(one.access, Permission.LETTER_READ) else ():
        if one.access.state in states and may(one.access, act):
            return Task(title.format(letter=said.letter), address(page, key=one.key))
    return None


def _publication(one: Visible, said: Words) -> Task | None:
    """What is proposed, for whoever may approve it; what is not proposed yet or was sent back, for whoever proposes."""
    newest = next(iter(releases_of(one.key)), None)
    step, href = newest.step if newest else "", address("letter:release", key=one.key)
    if step == PROPOSED and may(one.access, Permission.PUBLICATION_APPROVE, author=newest.by_key if newest else ""):
        return Task(f"Approve the {said.letter} for publication", href, "", "Proposed", "purple")
    if step == PROPOSED or not may(one.access, Permission.PUBLICATION_PROPOSE):
        return None
    status, colour = ("Sent back", "red") if step == RETURNED else ("", "")
    return Task(f"Propose the {said.letter} for publication", href, "", status, colour)


def _from(one: Visible) -> str:
    begins = one.dates.fieldwork_from
    return f"Fieldwork begins on {begins.day} {begins:%B %Y}"
