"""Forms say what to do, keep what was typed, and make one thing however often they are sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from time import sleep

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict
from tests.factories.store import seeded

from caselight.method.faults import Fault, Faults
from caselight.store.accounts.models import User
from caselight.web.design import bound
from caselight.web.design.forms import DayField, Form, Once, named, once
from caselight.web.design.visits import Visit

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Asked(Form):
    title = forms.CharField(label="Title", max_length=10)
    lead = forms.ChoiceField(label="Who leads?", choices=(("ll", "Leila"),))
    starts = DayField(label="Start")
    cases = forms.IntegerField(label="Number of cases", required=False)


def asked(**given: str) -> Asked:
    return Asked(QueryDict("&".join(f"{name.replace('_', '-')}={value}" for name, value in given.items())))


def test_every_message_says_what_to_do_and_links_to_its_control() -> None:
    assert bound.errors(asked(cases="x")) == [
        ("title", "Enter the title."),
        ("lead", "Select who leads."),
        ("starts-day", "Enter the start."),
        ("cases", "Number of cases must be a whole number, like 12."),
    ]


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("1", "", "2027", "Start must include a month."),
        ("", "", "2027", "Start must include a day and month."),
        ("31", "2", "2027", "Start must be a real date."),
        ("one", "2", "2027", "Start must be a real date."),
        ("1", "2", "99999", "Start must be a real date."),
    ],
)
def test_a_day_that_is_none_is_said_to_be_so_and_stays_as_it_was_typed(
    day: str, month: str, year: str, says: str
) -> None:
    form = asked(title="a", lead="ll", starts_day=day, starts_month=month, starts_year=year)
    assert bound.errors(form) == [("starts-day", says)]
    assert list(bound.control(form["starts"], {})[1].value.values()) == [day, month, year]


def test_a_day_is_a_day() -> None:
    form = asked(title="a", lead="ll", starts_day="5", starts_month="03", starts_year="2027")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts"] == date(2027, 3, 5)


def test_a_refusal_stands_at_the_field_that_it_is_about_else_above_all() -> None:
    form = asked(title="a", lead="ll", starts_day="5", starts_month="3", starts_year="2027")
    assert form.is_valid()
    form.refuse(
        [Fault("x.a", ("title",), "There is one of this title.", "Choose another."), Fault("x.b", (), "Closed.", "")]
    )
    assert bound.errors(form) == [("", "Closed."), ("title", "There is one of this title. Choose another.")]


def test_a_refusal_about_access_goes_on_and_any_other_becomes_an_error() -> None:
    form = asked(title="a", lead="ll", starts_day="5", starts_month="3", starts_year="2027")
    with form.refusing():
        raise Faults([Fault("inspection.no", (), "No.", "Wait.")])
    assert form.non_field_errors() == ["No. Wait."]
    with pytest.raises(Faults), form.refusing():
        raise Faults([Fault("access.forbidden", (), "No.", "")])


@pytest.mark.parametrize(
    ("label", "words"),
    [("Title", "the title"), ("Who leads?", "who leads"), ("GSS code", "the GSS code"), ("The day", "the day")],
)
def test_a_label_fits_into_a_sentence(label: str, words: str) -> None:
    assert named(label) == words


class Made(Once):
    title = forms.CharField()


def sent(key: str) -> Made:
    form = Made({"title": "a", "once": key})
    assert form.is_valid()
    return form


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_thing_and_leads_to_it_both_times() -> None:
    seeded()
    visit, made = Visit(User.objects.get(key="lead"), AT), []

    def make() -> str:
        made.append(1)
        return f"/made/{len(made)}"

    assert [once(visit, sent("k1"), make), once(visit, sent("k1"), make)] == ["/made/1", "/made/1"]
    assert once(visit, sent("k2"), make) == "/made/2"
    other = Visit(User.objects.get(key="i1"), AT)
    assert once(other, sent("k1"), make) == "/made/3", "a key of somebody else's form is none of mine"


@pytest.mark.django_db
def test_a_form_that_was_refused_can_be_sent_again() -> None:
    seeded()
    visit = Visit(User.objects.get(key="lead"), AT)

    def refuse() -> str:
        raise Faults([Fault("inspection.no", (), "No.", "")])

    with pytest.raises(Faults):
        once(visit, sent("k1"), refuse)
    assert once(visit, sent("k1"), lambda: "/made") == "/made"


def test_every_form_has_a_key_of_its_own() -> None:
    assert Made()["once"].value() != Made()["once"].value()


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_one_moment_make_one_thing() -> None:
    seeded()
    visit, made, led = Visit(User.objects.get(key="lead"), AT), [], []
    both = Barrier(2)

    def make() -> str:
        made.append(1)
        sleep(0.2)
        return "/made"

    def send() -> None:
        both.wait()
        led.append(once(visit, sent("k1"), make))
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, led) == ([1], ["/made", "/made"])
