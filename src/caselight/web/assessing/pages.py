"""What the page of a case holds: the strip, the list on the left, the questions of one theme, who else is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.room import RECORDING
from caselight.store.assessments.steps import Step
from caselight.web.assessing.asking import sections
from caselight.web.assessing.entries import Section
from caselight.web.assessing.facts import FACTS, fact_sections, facts_of, told
from caselight.web.assessing.managed import Managed, managed
from caselight.web.assessing.opening import Opened, open_case
from caselight.web.assessing.outline import Outline, outline, theme_named, themes_of
from caselight.web.assessing.saving import Problem
from caselight.web.assessing.standing import state_of
from caselight.web.design.visits import InspectionVisit

BACKGROUND = "X-Caselight-Background"  # the header that the page's own script sends
SHARING = "caselight.sharing"  # in the session: somebody of the service is looking at the screen
PAPER = "caselight.paper"  # in the session: since when what is typed was written on paper, by case
RECENT = timedelta(minutes=30)


@dataclass(frozen=True)
class Page:
    """The page of a case. ``state`` is the words and the colour of its tag; ``paper`` when answers were written."""

    case: Opened
    theme: str
    title: str
    outline: Outline
    sections: tuple[Section, ...]
    state: tuple[str, str]
    paper: str = ""
    problem: Problem | None = None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """A few facts for the strip."""
        return told(self.case)

    @property
    def colleagues(self) -> list[str]:
        """Who else is on this case."""
        return colleagues(self.case)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What was not saved: where it stands on the page, and what to do."""
        return [(self.problem.control, self.problem.says)] if self.problem else []

    @property
    def addable(self) -> list[tuple[str, str]]:
        """What may be found in the case and is asked about in this theme: its noun, and the address of a new one."""
        framework, case, theme = self.case.framework, self.case, theme_named(self.case, self.theme)
        kinds = {framework.subject_of(question) for question in theme.questions} if theme else set()
        within = [one for one in framework.subjects if one.found_in == case.subject[0]]
        found = [one for one in within if one.id in kinds or (theme is None and facts_of(case, one.id))]
        return [
            (one.one.in_(case.language), f"{address(case)}?theme={self.theme}&row={one.id}/{_next_row(case, one.id)}")
            for one in found
            if case.may_record
        ]

    @property
    def form(self) -> str:
        """What the form is called where it is not that of a case: an interview."""
        framework = self.case.framework
        other = (tool.title for tool in framework.tools if tool.subject == self.case.subject[0])
        title = next(other, None) if self.case.subject[0] != framework.subjects[0].id else None
        return title.in_(self.case.language) if title else ""

    @property
    def managed(self) -> tuple[Managed, ...]:
        """The cases of the worker who is interviewed here."""
        return managed(self.case)

    @property
    def may_see_who(self) -> bool:
        """Whether the visitor may ask who the child is."""
        sampled = self.case.framework.subjects[0].id == self.case.subject[0]
        return sampled and self.case.may_record and (
            self.case.may(Permission.IDENTITY_READ) or self.case.may(Permission.IDENTITY_MASKED)
        )  # fmt: skip

    @property
    def may_raise(self) -> bool:
        """Whether the visitor may raise an urgent concern here."""
        return self.case.may(Permission.CONCERN_RAISE)

    @property
    def closed(self) -> str:
        """Why nothing can be answered here, where that is so."""
        if self.case.may_record or self.case.sharing:
            return ""
        if self.case.dossier.standing.step is Step.LOCKED:
            return "This case is countersigned and locked. Two people can open it again."
        if self.case.dossier.inspection.state not in RECORDING:
            return "Nothing is recorded in this state of the inspection."
        return "This case is not given to you, so you read it and change nothing."


def case_of(request: HttpRequest, visit: InspectionVisit, kind: str, subject: str, *, only: str = "") -> Opened:
    """The case that an address names, as the visitor and their screen may see it, with the row that is begun.

    With ``only`` no more of it than what was recorded of one question.
    """
    table, _, row = request.GET.get("row", "").partition("/")
    begun = (request.POST.get("table", table), request.POST.get("row", row))
    return open_case(visit, kind, subject, sharing=bool(request.session.get(SHARING)), row=begun, only=only)


def page_of(request: HttpRequest, case: Opened, name: str, *, problem: Problem | None = None) -> Page:
    """The page of one theme."""
    theme = theme_named(case, name)
    found = fact_sections(case) if theme is None else sections(case, theme)
    if problem:
        found = tuple(_with_error(section, problem) for section in found)
    current = FACTS if theme is None else theme.id
    title = "About this case" if theme is None else theme.title.in_(case.language)
    state = state_of(case.dossier.standing, begun=bool(case.dossier.events))
    return Page(
        case, current, title, outline(case, current), found, state, paper_time(request, case), problem
    )  # fmt: skip


def template(request: HttpRequest) -> str:
    """The whole page, or for its own script the part that shows what is recorded."""
    return "assessing/theme.html" if BACKGROUND in request.headers else "assessing/case.html"


def _next_row(case: Opened, kind: str) -> str:
    """The key of the next row, whoever recorded those before it."""
    rows = {event.row_key for event in case.dossier.events if event.table == kind}
    return f"r{len(rows) + 1:02}"


def _with_error(section: Section, problem: Problem) -> Section:
    entries = tuple(problem.entry if entry.id == problem.id else entry for entry in section.entries)
    return replace(section, entries=entries)


def theme_of(case: Opened, question: str) -> str:
    """The theme that a question stands in; that of the facts for a fact."""
    theme = case.framework.theme_of.get(question)
    return theme.id if theme else FACTS


def first_theme(case: Opened) -> str:
    """The first theme of the case."""
    themes = themes_of(case)
    return themes[0].id if themes else FACTS


def colleagues(case: Opened) -> list[str]:
    """Who else answered on this case lately, and when: of recent events, whoever they are."""
    last: dict[str, datetime] = {}
    for event in case.dossier.events:
        at = datetime.fromisoformat(event.server_time or event.client_time)
        if event.actor != case.visit.user and timedelta(0) <= case.visit.at - at <= RECENT:
            last[event.actor] = max(at, last.get(event.actor, at))
    return [
        f"{case.name(who)} is also on this case, last answer {case.clock(at)}"
        for who, at in sorted(last.items(), key=lambda one: one[1])
    ]


def paper_time(request: HttpRequest, case: Opened) -> str:
    """When the answers that are being typed were written on paper, as an instant; empty where nothing is typed."""
    return str(request.session.get(PAPER, {}).get(f"{case.visit.key}/{case.subject[1]}", ""))


def address(case: Opened, name: str = "case", **more: str) -> str:
    """The address of a page of this case."""
    kind, subject = case.subject
    return reverse(f"assessing:{name}", kwargs={"key": case.visit.key, "kind": kind, "subject": subject, **more})
