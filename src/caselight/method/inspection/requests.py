"""What a service is usually asked to provide before a team comes, and when: a list to begin with, never a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caselight.method.inspection.definition import Dates
from caselight.method.inspection.planning import holidays_about, working_days_before


@dataclass(frozen=True, slots=True)
class Usual:
    """One request, and by how many working days before the first day of fieldwork it is wanted."""

    what: str
    days: int


OUTSIDE = (
    Usual("The list of cases, open and closed in the period that we ask about", 8),
    Usual("Who manages each case, and on which days of the fieldwork they can be seen", 6),
    Usual("How the service is organised: teams, managers, numbers of staff, vacancies", 6),
    Usual("Who is told at once of an urgent concern about a child, at any hour: name and telephone number", 6),
    Usual("The plan of the service that is in force, and how far it is carried out", 5),
    Usual("Policies and guidance for staff on assessing, planning, reviewing and managing risk", 5),
    Usual("Minutes of the management board of the last 12 months", 5),
    Usual("Results of the service’s own audits of cases in the last 12 months, and what was done about them", 5),
    Usual("Supervision and training of staff: what is expected, and who has had it", 5),
    Usual("Agreements with partners: police, health, children’s social care, education", 5),
    Usual("Serious incidents of the last two years, and what was learned from them", 5),
    Usual("What children and their parents or carers said about the service, and complaints", 5),
    Usual("Access to the case management system, or to the files, for each of the team", 3),
    Usual("A room for the team and rooms to see people in, with a network", 3),
)
INSIDE = (
    Usual("The list of open cases", 4),
    Usual("Who manages each case, and their days of absence in the weeks of the audit", 3),
    Usual("Access to the files for each auditor", 2),
)


def usual_requests(kind: str) -> tuple[Usual, ...]:
    """The list for a kind of inspection, what is wanted first first."""
    return INSIDE if kind == "local_audit" else OUTSIDE


def wanted_on(usual: Usual, dates: Dates) -> date:
    """The day on which one of the list is due.

    >>> dates = Dates(announced=date(2026, 1, 2), fieldwork_from=date(2026, 1, 19), fieldwork_to=date(2026, 1, 23))
    >>> wanted_on(Usual("A room", 3), dates)
    datetime.date(2026, 1, 14)
    """
    first = dates.fieldwork_from
    return working_days_before(first, usual.days, holidays_about(first))
