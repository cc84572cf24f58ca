"""The steps that an inspection may take from its state, and what is missing for the one that leads on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from caselight.store.accounts.permissions import EXAMINERS
from caselight.store.assessments.concerns import open_concerns
from caselight.store.assessments.queries import messages_open
from caselight.store.assessments.stances import questions_contested
from caselight.store.assessments.workload import workload
from caselight.store.caseloads.models import CaseloadCase
from caselight.store.inspections.announcing import announcements_of
from caselight.store.inspections.models import Kind, State
from caselight.store.inspections.requests import requests_of
from caselight.store.inspections.states import next_states
from caselight.store.inspections.team import team_of
from caselight.store.reports.queries import letters_of
from caselight.store.reports.remarks import remarks_of
from caselight.store.samples.holding import allocations_of
from caselight.store.samples.models import SampledCase
from caselight.web.design.states import step_words
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import Words, words


@dataclass(frozen=True, slots=True)
class Steps:
    """The step on and the step back, each as state and words (empty where there is none); what is missing to go on.

    Where the letter leaves the team, the step on is taken on a page of its own, which looks at the letter first:
    ``page`` is its address, ``leads`` what the link to it says.
    """

    on: tuple[str, str]
    back: tuple[str, str]
    missing: Sequence[Lack]
    page: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing for the step that leads on, and the page on which it is done.

    There is no page where there is none, or where the strip above leads to it already.
    """

    says: str
    href: str = ""

    def __str__(self) -> str:
        return self.says


NONE = ("", "")
BEFORE_PUBLISHED = (State.FIELDWORK, State.MODERATION, State.DRAFT, State.FACT_CHECK, State.EMBARGO)
PAGES = {State.FACT_CHECK: "letter:send", State.PUBLISHED: "letter:release"}  # of steps on, never of steps back


def steps(visit: InspectionVisit) -> Steps:
    """What may follow."""
    state, said = State(visit.inspection.state), words(visit)
    order = [*State]
    found = {order.index(to) > order.index(state): to for to in next_states(visit.access.kind, state)}
    on, back = found.get(True), found.get(False)
    page = page_of(state, on)
    leads = step_words(state, on, said) if on else ""
    return Steps(
        (on.value, leads) if on and not page else NONE,
        (back.value, step_words(state, back, said)) if back else NONE,
        tuple(_missing(visit, state, said)),
        address(page, visit.key) if page else "",
        leads if page else "",
    )


def page_of(state: State, to: State | None) -> str:
    """The page, by its name, on which the step from a state to another is taken; empty where the step is a button."""
    order = [*State]
    return PAGES.get(to, "") if to and order.index(to) > order.index(state) else ""


def _missing(visit: InspectionVisit, state: State, said: Words) -> Iterator[Lack]:
    key = visit.key
    if state is State.SETUP:
        yield from _of_service(visit)
        yield from _before_fieldwork(key, said)
    elif state in BEFORE_PUBLISHED:
        yield from _unsettled(visit, state)
    if state is State.DRAFT and visit.access.kind is Kind.EXTERNAL and not letters_of(key):
        yield Lack(f"There is no {said.letter} yet.", address("letter:letter", key))
    if state is State.FACT_CHECK and (open_ := sum(not one.decision for one in remarks_of(key))):
        yield Lack(f"{_count(open_, 'comment')} not decided.", address("letter:remarks", key))


def _of_service(visit: InspectionVisit) -> Iterator[Lack]:
    if visit.access.kind is Kind.EXTERNAL and not announcements_of(visit.key):
        yield Lack("It is not noted that the announcement was sent.")
    if late := sum(one.overdue(visit.at.date()) for one in requests_of(visit.key)):
        says = f"{late} request{'s' * (late != 1)} to the service {'are' if late != 1 else 'is'} overdue."
        yield Lack(says, address("planning:requests", visit.key))


def _before_fieldwork(key: str, said: Words) -> Iterator[Lack]:
    if not any(one.role in EXAMINERS for one in team_of(key)[1:]):
        yield Lack(f"The team has no {said.inspector} beside the lead.")
    if not CaseloadCase.objects.filter(inspection__key=key).exists():
        yield Lack("There is no case list yet.", address("caseload:list", key))
        return
    drawn = set(SampledCase.objects.filter(inspection__key=key).values_list("case_key", flat=True))
    if not drawn:
        yield Lack(f"No cases are {said.selected} yet.", address("sampling:designs", key))
        return
    given = {one.case_key for one in allocations_of(key)}
    open_ = [one for one in workload(key) if one.key in drawn and one.key not in given]
    if open_:
        yield Lack(f"{_count(len(open_), 'case')} not given to anybody.", address("sampling:allocation", key))


def _unsettled(visit: InspectionVisit, state: State) -> Iterator[Lack]:
    """What the cases lack. It is said until the letter is published, which it keeps from being published."""
    key = visit.key
    examined, board = workload(key), address("moderation:cases", key)
    if open_ := sum(not one.complete for one in examined):
        yield Lack(
            f"{open_} of {len(examined)} cases and interviews are not complete.", address("assessing:cases", key)
        )
    if state is State.MODERATION and (unsigned := sum(not one.signed for one in examined)):
        yield Lack(f"{unsigned} of {len(examined)} cases and interviews are not signed.", board)
    if two := questions_contested(key):
        yield Lack(f"{_count(two, 'question')} answered twice: a decision is needed.")
    if aside := messages_open([key]):
        yield Lack(f"{aside} answer{'s were' if aside != 1 else ' was'} not accepted: a decision is needed.")
    if urgent := len(open_concerns([key])):
        yield Lack(f"{urgent} open urgent concern{'s' * (urgent != 1)}.", address("assessing:cases", key))


def address(name: str, key: str) -> str:
    """A page of the inspection."""
    return reverse(name, kwargs={"key": key})


def _count(n: int, noun: str) -> str:
    return f"{n} {noun} is" if n == 1 else f"{n} {noun}s are"
