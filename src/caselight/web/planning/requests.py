"""Requests to the service as a page shows them: the list, what is overdue, what may be done with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.requests import Request, Step, requests_for
from caselight.store.inspections.team import staff_of
from caselight.web.design.tables import Column, Link, Table, Tag, text
from caselight.web.design.visits import InspectionVisit

TAGS = {
    Step.ASKED: ("Asked", "blue"),
    Step.RECEIVED: ("Received", "purple"),
    Step.ACCEPTED: ("Accepted", "green"),
    Step.RETURNED: ("Sent back", "orange"),
    Step.WITHDRAWN: ("Withdrawn", "grey"),
}
DID = {
    Step.ASKED: "Asked",
    Step.CHANGED: "Changed",
    Step.RECEIVED: "Received",
    Step.ACCEPTED: "Accepted",
    Step.RETURNED: "Sent back",
    Step.WITHDRAWN: "Withdrawn",
}
COLUMNS = (
    Column("what", "Request", "link"),
    Column("state", "State", "tag"),
    Column("due", "Due", "date"),
    Column("whom", "Asked of"),
    Column("last", "Last change"),
)
MANAGERS = "Managers of the service"


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the inspection's own page: what waits for the service, and how far the rest is."""

    everything: int
    accepted: int
    received: int
    waiting: Sequence[Mapping[str, str]]  # for a list of tasks

    @property
    def settled(self) -> str:
        """How many are done, with their base."""
        return f"{self.accepted} of {self.everything}"


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a request's history."""

    did: str
    who: str
    when: str
    words: str
    due: str


def asked(visit: InspectionVisit) -> Asked:
    """The requests as the inspection's own page tells of them; only those that the person may read count."""
    mine = [one for one in requests_for(visit.access) if one.state is not Step.WITHDRAWN]
    staff, today = staff_of(visit.key), visit.at.date()
    waiting = tuple(_task(visit, one, staff, today) for one in mine if one.waits)
    states = [one.state for one in mine]
    return Asked(len(mine), states.count(Step.ACCEPTED), states.count(Step.RECEIVED), waiting)


def _task(visit: InspectionVisit, one: Request, staff: dict[str, str], today: date) -> Mapping[str, str]:
    status, colour = state_of(one, today)
    href = reverse("planning:request", args=[visit.key, one.key])
    hint = f"{whom(one, staff)}, due {text(one.due)}"
    return {"title": one.what, "href": href, "hint": hint, "status": status, "colour": colour}


def request_table(visit: InspectionVisit) -> Table:
    """Every request that the person may read."""
    requests = requests_for(visit.access)
    who, staff = names_of(step.by for one in requests for step in one.steps), staff_of(visit.key)
    today = visit.at.date()
    rows = [
        {
            "what": Link(one.what, reverse("planning:request", args=[visit.key, one.key])),
            "whom": whom(one, staff),
            "due": one.due,
            "state": Tag(*state_of(one, today)),
            "last": _last(one, who),
        }
        for one in requests
    ]
    return Table("Requests", COLUMNS, rows, "requests", empty="Nothing is asked of the service yet.", titled=False)


def whom(one: Request, staff: dict[str, str]) -> str:
    """Of whom something is asked."""
    return staff.get(one.worker, one.worker) or MANAGERS


def state_of(one: Request, today: date) -> tuple[str, str]:
    """The words of a state and the colour of its tag; late with by how much."""
    if one.overdue(today):
        days = (today - one.due).days
        return f"Overdue by {days} day{'s' * (days != 1)}", "red"
    return TAGS[one.state]


def _last(one: Request, who: dict[str, str]) -> str:
    step = one.steps[-1]
    return f"{DID[step.step]} by {who.get(step.by, step.by)}, {text(step.at.date())}"


def history(one: Request) -> list[Line]:
    """Every step, the first one first."""
    who = names_of(step.by for step in one.steps)
    lines, due = [], None
    for step in one.steps:
        told = text(step.due) if step.due != due else ""
        when = f"{text(step.at.date())}, {step.at:%H:%M} UTC"
        lines.append(Line(DID[step.step], who.get(step.by, step.by), when, step.words, told))
        due = step.due
    return lines


def facts(visit: InspectionVisit, one: Request) -> list[tuple[str, str]]:
    """What is known of one request, for a summary list."""
    rows = [("Asked of", whom(one, staff_of(visit.key))), ("Due", text(one.due))]
    if one.case_key:
        labels = {subject.key: subject.label for subject in subjects_of(visit.key)}
        rows.append(("About", labels.get(one.case_key) or one.case_key))
    return rows


def offered(visit: InspectionVisit, one: Request) -> Iterable[Step]:
    """The steps that this person may take now, what is likeliest first."""
    if one.waits and visit.may(Permission.TIMETABLE_WRITE):
        yield Step.RECEIVED
    if not visit.may(Permission.REQUEST_ASK):
        return
    if one.state is Step.RECEIVED:
        yield Step.ACCEPTED
    if one.state in (Step.RECEIVED, Step.ACCEPTED):
        yield Step.RETURNED
    if one.waits:
        yield Step.CHANGED
        yield Step.WITHDRAWN
