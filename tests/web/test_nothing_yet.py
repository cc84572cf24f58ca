"""What somebody sees where nothing is there yet: one sentence of what comes here, and the next thing to do, if they may."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from tests.factories.store import emptied, planner, seeded
from tests.web.client import PageClient

from caselight.store.accounts.models import User
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection, Membership, State
from caselight.store.samples.models import Allocation, SampledCase

pytestmark = pytest.mark.django_db
HERE = "/inspections/testshire/"
ROUND = "/inspections/testshire-audit/"


class Nothing(NamedTuple):
    """Who opens which page in which state; what it says, and the link that stands with it (none: empty)."""

    who: str
    path: str
    says: str
    link: str = ""
    to: str = ""
    state: State = State.FIELDWORK


STEPS = re.compile(r"/case-list/upload$|/sample/designs$|/sample/allocation$")
LIST = ("Bring in the case list", f"{HERE}case-list/upload")
OF_AN_INSPECTION = (
    Nothing("lead", f"{HERE}case-list/", "The cases of the service stand here", "Bring in cases", LIST[1], State.SETUP),
    Nothing("sm", f"{HERE}case-list/", "The cases of the service stand here", "Bring in cases", LIST[1], State.SETUP),
    Nothing("lead", f"{HERE}case-list/", "The cases of the service stand here", state=State.DRAFT),
    Nothing("lead", f"{HERE}sample/designs", "The cases that are selected stand here", *LIST, State.SETUP),
    Nothing("lead", f"{HERE}sample/", "The cases that are selected stand here", state=State.DRAFT),
    Nothing("lead", f"{HERE}timetable/", "Cases and interviews are given their half-days here", *LIST, State.SETUP),
    Nothing("i1", f"{HERE}timetable/", "Your slots stand here when it is.", state=State.SETUP),
    Nothing("lead", f"{HERE}cases/", "The cases that are examined stand here", *LIST),
    Nothing("i1", f"{HERE}cases/", "The cases that are given to you stand here"),
    Nothing("lead", f"{HERE}moderation/", "The answers of all cases stand here side by side", *LIST),
    Nothing("lead", f"{HERE}findings/", "The figures stand here", *LIST),
    Nothing("lead", f"{HERE}letter/", "Nothing is written yet."),
    Nothing("i1", f"{HERE}letter/", "The letter stands here when its first version is saved.", state=State.DRAFT),
    Nothing("ll", f"{ROUND}findings/", "The figures stand here", "Bring in the case list", f"{ROUND}case-list/upload"),
    Nothing(
        "ll", f"{ROUND}cases/", "The cases that are examined", "Bring in the case list", f"{ROUND}case-list/upload"
    ),
)


@pytest.mark.parametrize("one", OF_AN_INSPECTION, ids=lambda one: f"{one.who} {one.path} {one.state}")
def test_a_page_of_an_empty_inspection_says_what_comes_and_leads_on(one: Nothing) -> None:
    seeded(state=one.state)
    emptied()
    page = PageClient(one.who).open(one.path)
    assert one.says in page.text
    leads = {link.get("href") for link in page.find("//main//a") if STEPS.search(link.get("href"))}
    assert leads == ({one.to} if one.link else set())
    assert one.link in page.links or not one.link
    assert not page.find("//main//table")  # one of nothing says nothing


def _only_administrator() -> None:
    """As after the system was set up."""
    Allocation.objects.all().delete()
    Membership.objects.all().delete()
    User.objects.exclude(key="ad").delete()


def _no_case_manager() -> None:
    Membership.objects.filter(role="case_manager").delete()


def _no_question_set() -> None:
    emptied()
    Membership.objects.exclude(inspection=None).update(inspection=None)
    Inspection.objects.all().delete()
    FrameworkVersion.objects.all().delete()


INVITE, NEW = "/people/invite", "/inspections/new"
OUTSIDE: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
    ("stranger", "/", "No inspection is open to you.", "", lambda: None),
    ("stranger", "/", "What needs you today stands here once there is an inspection.", NEW, planner),
    ("stranger", "/inspections/", "No inspection is open to you.", "", lambda: None),
    ("stranger", "/inspections/", "Inspections stand here once one is planned.", NEW, planner),
    ("ad", "/", "Nobody else has an account yet.", INVITE, _only_administrator),
    ("ad", "/people/", "Nobody else has an account yet.", INVITE, _only_administrator),
    ("sm", "/people/", "No case manager of your service has an account yet.", INVITE, _no_case_manager),
    ("stranger", "/people/", "The people of what you lead stand here, once something is planned.", "", planner),
    ("lead", "/frameworks/", "No question set is adopted yet.", "", _no_question_set),
)


@pytest.mark.parametrize(("who", "path", "says", "to", "before"), OUTSIDE)
def test_a_page_of_an_empty_installation_says_what_comes_and_leads_on(
    who: str, path: str, says: str, to: str, before: Callable[[], object]
) -> None:
    seeded()
    before()
    page = PageClient(who).open(path)
    assert says in page.text
    assert {INVITE, NEW} & {*page.links.values()} == ({to} if to else set())


@pytest.mark.parametrize(
    ("missing", "link"),
    [
        ((Allocation, SampledCase, CaseloadCase, Subject), "Bring in the case list"),
        ((Allocation, SampledCase, Subject), "Select the sample"),
        ((Allocation, Subject), "Give cases to inspectors"),
    ],
)
def test_the_next_thing_is_the_first_that_is_missing(missing: tuple[Any, ...], link: str) -> None:
    seeded(state=State.SETUP)
    for rows in missing:
        rows.objects.all().delete()
    page = PageClient("lead").open(f"{HERE}timetable/")
    assert page.texts("//p[contains(@class, 'cl-nothing')]//a") == [link]
