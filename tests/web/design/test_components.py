"""Components escape what they show and tie labels, hints and errors together; words and links are those of the mode."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from lxml import html
from tests import cast
from tests.factories.store import seeded
from tests.web.client import BACKEND

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.access import scope
from caselight.store.inspections.models import State
from caselight.web.design import navigation
from caselight.web.design.controls import Choice
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit, inspection_page
from caselight.web.design.words import AUDIT, INSPECTION, words

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVIL = "<script>alert('x')</script>\"&"


def shown(template: str, **values: Any) -> Any:
    request = RequestFactory().get("/")
    made = Template("{% load ui %}" + template).render(Context({"evil": EVIL, "request": request, **values}))
    return html.fragment_fromstring(f"<div>{made}</div>")


@pytest.mark.parametrize(
    "template",
    [
        "{% tag evil %}",
        "{% chip evil evil %}",
        "{% warning evil %}",
        "{% button evil name=evil value=evil about=evil %}",
        "{% button evil href=evil %}",
        "{% details evil %}{{ evil }}{% enddetails %}",
        "{% inset %}{{ evil }}{% endinset %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
        "{% notification evil %}{{ evil }}{% endnotification %}",
        "{% back_link evil evil %}",
        "{% save_state 'not' evil %}",
        "{% summary_list rows %}",
        "{% task_list tasks %}",
        "{% radios name='n' legend=evil choices=choices value=evil hint=evil error=evil %}",
        "{% checkboxes name='n' legend=evil choices=choices value=evil hint=evil error=evil %}",
        "{% select name='n' label=evil choices=choices value=evil hint=evil error=evil %}",
        "{% text_input name='n' label=evil value=evil hint=evil error=evil prefix=evil suffix=evil %}",
        "{% textarea name='n' label=evil value=evil hint=evil error=evil %}",
        "{% date_input name='n' legend=evil value=three hint=evil error=evil %}",
        "{% file_upload name='n' label=evil hint=evil error=evil %}",
        "{% password_input name='n' label=evil hint=evil error=evil %}",
        "{% error_summary faults=faults %}",
        "{% data_table table %}",
        "{% breadcrumbs rows %}",
        "{% tabs rows %}",
        "{% accordion rows %}",
        "{% pagination 2 3 evil %}",
        "{% language_switch languages 'en' %}",
    ],
)
def test_whatever_is_shown_is_escaped(template: str) -> None:
    made = shown(
        template,
        rows=[(EVIL, EVIL)],
        tasks=[{"title": EVIL, "href": EVIL, "hint": EVIL, "status": EVIL, "colour": "red"}],
        choices=[(EVIL, EVIL, EVIL), "b"],
        three=(EVIL, "", ""),
        faults=[Fault("x.y", (), EVIL, EVIL)],
        table=Table(EVIL, (Column("a", EVIL),), [{"a": EVIL}, {"a": Link(EVIL, EVIL)}, {"a": Tag(EVIL)}]),
        languages=[("cy", EVIL, EVIL)],
    )
    assert made.xpath(".//script") == []
    assert "alert" in html.tostring(made).decode(), "it is shown all the same"


def test_hint_and_error_are_read_with_the_control() -> None:
    [box] = shown("{% text_input name='n' label='N' hint='H' error='E' %}").xpath(".//input")
    assert box.get("aria-describedby") == "n-hint n-error"
    [group] = shown("{% radios name='n' legend='N' choices=c hint='H' %}", c=["a"]).xpath(".//fieldset")
    assert group.get("aria-describedby") == "n-hint"


def test_the_first_option_has_the_name_as_its_id_so_that_an_error_leads_there() -> None:
    choices = [Choice("a", "A"), Choice("", divider="or"), Choice("b", "B", exclusive=True)]
    boxes = shown("{% checkboxes name='n' legend='N' choices=c value=v %}", c=choices, v=["b"]).xpath(".//input")
    assert [(box.get("id"), box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("n", "a", False),
        ("n-3", "b", True),
    ]
    assert boxes[1].get("data-behaviour") == "exclusive"


def test_a_legend_can_be_the_heading_of_the_page() -> None:
    assert len(shown("{% radios name='n' legend='N' choices='ab' size='l' heading=True %}").xpath(".//legend/h1")) == 1


def visit(key: str, inspection: str) -> InspectionVisit:
    return InspectionVisit(User.objects.get(key=key), AT, inspection, scope(key, inspection, AT))


@pytest.mark.django_db
def test_words_are_those_of_the_mode() -> None:
    seeded()
    assert words(visit("lead", "testshire")) is INSPECTION
    assert words(visit("ll", "testshire-audit")) is AUDIT
    assert (AUDIT.inspection, AUDIT.inspector, AUDIT.select) == ("audit round", "auditor", "choose cases")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "inspection", "state", "pages"),
    [
        ("lead", "testshire", State.SETUP, "planning caseload sampling timetable"),
        (
            "lead",
            "testshire",
            State.FIELDWORK,
            "planning caseload sampling timetable assessing moderation findings letter",
        ),
        ("lead", "testshire", State.PUBLISHED, "planning caseload sampling timetable assessing findings letter"),
        ("i1", "testshire", State.FIELDWORK, "planning caseload timetable assessing"),
        ("i1", "testshire", State.DRAFT, "planning sampling timetable assessing findings letter"),
        ("sm", "testshire", State.SETUP, "planning caseload timetable"),
        ("sm", "testshire", State.FACT_CHECK, "planning timetable letter"),
        ("cm", "testshire", State.EMBARGO, "planning"),
        ("au", "testshire-audit", State.FIELDWORK, "planning caseload assessing"),
        ("pb", "testshire", State.EMBARGO, "planning letter"),
    ],
)
def test_only_links_that_lead_somewhere_are_shown(
    key: str, inspection: str, state: State, pages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "_address", lambda name, key: f"/{name.partition(':')[0]}/{key}")
    seeded(state=state)
    links = navigation.links(visit(key, inspection), "planning")
    assert [link.href.split("/")[1] for link in links] == pages.split()
    assert [link.current for link in links] == [True, *([False] * (len(links) - 1))]


def answered(key: str, inspection: str, fault: str = "") -> HttpResponse:
    def view(request: Any, visit: InspectionVisit) -> HttpResponse:
        if fault:
            raise Faults([Fault(fault, (), EVIL, "Do this instead.")])
        return HttpResponse(visit.inspection.definition.title)

    request = RequestFactory().get("/")
    request.user = User.objects.get(key=key)
    return inspection_page(Permission.INSPECTION_READ)(view)(request, inspection)


@pytest.mark.django_db
def test_a_visit_knows_its_inspection_and_a_refusal_is_a_page_that_says_what_to_do() -> None:
    seeded()
    assert answered("lead", "testshire").content.decode() == visit("lead", "testshire").inspection.definition.title
    refused = answered("lead", "testshire", "inspection.no-such-state")
    assert refused.status_code == 422
    assert "Do this instead." in refused.content.decode()
    assert EVIL not in refused.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "inspection", "fault", "error"),
    [
        ("stranger", "testshire", "", Http404),
        ("lead", "otherham", "", Http404),
        ("lead", "no-such-inspection", "", Http404),
        ("lead", "testshire", "access.not-found", Http404),
        ("lead", "testshire", "access.forbidden", PermissionDenied),
    ],
)
def test_what_a_person_may_not_know_is_not_there_and_what_they_may_not_do_is_refused(
    key: str, inspection: str, fault: str, error: type[Exception]
) -> None:
    seeded()
    with pytest.raises((Http404, PermissionDenied)) as refused:
        answered(key, inspection, fault)
    assert type(refused.value) is error


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.SETUP, State.FIELDWORK, State.DRAFT, State.PUBLISHED])
def test_every_link_of_an_inspection_leads_to_a_page(state: State) -> None:
    seeded(state=state)
    for person in cast.CAST:
        for key in ("testshire", "testshire-audit"):
            for link in navigation.links(visit(person.key, key), ""):
                client = Client()
                client.force_login(User.objects.get(key=person.key), backend=BACKEND)
                page = client.get(link.href, follow=True)  # the sample leads to its designs until it is drawn
                assert page.status_code == 200, (person.key, link)
                assert page.request["PATH_INFO"].startswith(f"/inspections/{key}/"), (person.key, link)
                here = html.fromstring(page.content).xpath("//nav[@aria-label='Menu']//a[@aria-current='page']/@href")
                assert here == ([link.href] if page.request["PATH_INFO"] == link.href else []), (person.key, link)
