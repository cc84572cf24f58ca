"""One line of work: what it is, where it is done, how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.store.accounts.permissions import Permission, Role
from caselight.store.assessments.visible import Visible
from caselight.store.assessments.workload import Examined
from caselight.store.inspections.access import may
from caselight.store.inspections.models import State
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


def own(one: Visible, case: Examined) -> Task:
    """A case that is given to the person and not complete."""
    href = address("assessing:case", key=one.key, kind=case.kind, subject=case.key)
    status, colour = ("Begun", "blue") if case.begun else ("Not begun", "grey")
    return Task(case.label, href, "", status, colour)


def waiting(one: Visible, said: Words) -> Iterator[Task]:
    """What the state of an inspection asks of this person, beside cases."""
    access, key = one.access, one.key
    if access.state is State.SETUP and may(access, Permission.INSPECTION_MOVE):
        yield Task("Prepare the fieldwork", address("planning:inspection", key=key), _from(one), "Being set up", "grey")
    if access.state is State.SETUP and Role.SERVICE_MANAGER in access.roles and may(access, Permission.CASELOAD_WRITE):
        yield Task("Send the case list", address("caseload:list", key=key), _from(one), "Before fieldwork", "yellow")
    if letter := _letter(one, said):
        yield letter


# What is asked of somebody about the letter, by the act that they may do; the first that fits.
_LETTER = (
    (Permission.PUBLICATION_APPROVE, (State.EMBARGO,), "Approve the {letter} for publication"),
    (Permission.LETTER_WRITE, (State.DRAFT,), "Write the {letter}"),
    (Permission.LETTER_WRITE, (State.FACT_CHECK,), "Decide about comments on the {letter}"),
    (Permission.LETTER_COMMENT, (State.DRAFT, State.FACT_CHECK), "Read the {letter} and comment"),
    (Permission.LETTER_SUGGEST, (State.DRAFT, State.FACT_CHECK), "Read the {letter} and suggest changes"),
)


def _letter(one: Visible, said: Words) -> Task | None:
    href = address("letter:letter", key=one.key)
    for act, states, title in _LETTER if href and may(one.access, Permission.LETTER_READ) else ():
        if one.access.state in states and may(one.access, act):
            return Task(title.format(letter=said.letter), href)
    return None


def _from(one: Visible) -> str:
    begins = one.dates.fieldwork_from
    return f"Fieldwork begins on {begins.day} {begins:%B %Y}"
