"""The page of one inspection: its dates, its state and what follows, its team; and the step to another state."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.quarantine import messages_open
from caselight.store.assessments.stances import questions_contested
from caselight.store.assessments.unlocks import open_unlockings
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.actions import advance
from caselight.store.inspections.announcing import announcements_of
from caselight.store.inspections.models import State
from caselight.web.design.states import state_tag
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import words
from caselight.web.planning.contacts import contact_table
from caselight.web.planning.requests import asked
from caselight.web.planning.steps import page_of, steps
from caselight.web.planning.teams import team_table
from caselight.web.planning.timeline import timeline


@require_GET
@inspection_page(Permission.INSPECTION_READ)
def inspection(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """The page of one inspection."""
    return _shown(request, visit)


@require_POST
@inspection_page(Permission.INSPECTION_MOVE)
def move(request: HttpRequest, visit: InspectionVisit) -> HttpResponse:
    """To the next state, or one back."""
    try:
        wanted = State(request.POST.get("to", ""))
        if wanted is State.FACT_CHECK and (page := page_of(State(visit.inspection.state), wanted)):
            return redirect(page, key=visit.key)  # the letter is looked at first, by whatever way somebody comes
        to = advance(by=visit.user, inspection=visit.key, to=wanted, at=visit.at)
    except ValueError:
        return redirect("planning:inspection", key=visit.key)
    except Faults as refused:
        return _shown(request, visit, tuple(refused.faults))
    said = words(visit)
    messages.success(request, f"The {said.inspection} is now in the state “{state_tag(to, said)[0]}”.")
    return redirect("planning:inspection", key=visit.key)


def _shown(request: HttpRequest, visit: InspectionVisit, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    kept, said = visit.inspection, words(visit)
    definition = kept.definition
    framework = framework_of(kept.framework)
    values = {
        "visit": visit, "said": said, "faults": faults, "faults_shown": bool(faults), "title": definition.title,
        "service": definition.service.name, "state": state_tag(State(kept.state), said),
        "points": timeline(definition.dates, visit.at.date(), said), "team": team_table(visit),
        "framework": f"{framework.title.in_(framework.languages[0])}, version {framework.version}",
        "book": _book(visit), "steps": steps(visit) if visit.may(Permission.INSPECTION_MOVE) else None,
        **_of_service(visit), "gives": visit.may(Permission.PEOPLE_ASSIGN), "declares": visit.may(Permission.CONFLICT_DECLARE),
        **_waiting(visit),
    }  # fmt: skip
    return render(request, "planning/inspection.html", values, status=422 if faults else 200)


def _book(visit: InspectionVisit) -> str:
    """The address of the question set to read, for whoever may."""
    reads = visit.may_everywhere(Permission.FRAMEWORK_READ)
    return reverse("frameworks:framework", kwargs={"digest": visit.inspection.framework}) if reads else ""


def _waiting(visit: InspectionVisit) -> dict[str, int]:
    """What waits for a decision of the visitor: answers that were not accepted, questions with two."""
    return {
        "aside": messages_open([visit.key]) if visit.may(Permission.ANSWER_QUARANTINED) else 0,
        "unlock": sum(one.open for one in open_unlockings([visit.key])) if visit.may(Permission.CASE_UNLOCK) else 0,
        "two": questions_contested(visit.key) if visit.may(Permission.ANSWER_RESOLVE) else 0,
    }


def _of_service(visit: InspectionVisit) -> dict[str, object]:
    """What the page tells of the service: the announcement, requests, whom to turn to; what a person may not read is not there."""
    reads = visit.may(Permission.TIMETABLE_READ)
    sent = announcements_of(visit.key) if reads else ()
    return {
        "reads": visit.may_on_some(Permission.TIMETABLE_READ), "asked": asked(visit), "announced": sent[-1] if sent else None,
        "asks": visit.may(Permission.REQUEST_ASK), "writes": visit.may(Permission.TIMETABLE_WRITE),
        "announces": visit.may(Permission.REQUEST_ASK) and visit.inspection.state == State.SETUP,
        "contacts": contact_table(visit) if reads else None,
    }  # fmt: skip
