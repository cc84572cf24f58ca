"""What stands against publishing is said in the words of people, and each of it can be decided on a page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.west_london import KEY
from tests.web.client import PageClient

from caselight.method.faults import Place
from caselight.method.inspection.package import Identity
from caselight.method.report.lint.names import known_names, name_faults
from caselight.store.assessments.models import AnswerEvent
from caselight.store.caseloads.models import Subject
from caselight.store.inspections.models import Inspection
from caselight.store.reports.making import begin_making, end_making
from caselight.web.letter.cases import by_label

pytestmark = pytest.mark.django_db


def at(page: str) -> str:
    return reverse(f"letter:{page}", kwargs={"key": KEY})


def test_a_word_of_ours_that_is_somebodys_name_is_said_where_files_are_made_and_decided_where_words_are(
    lead: PageClient,
) -> None:
    n = begin_making(by="lead", inspection=KEY, kind="open", versions={"en": 1}, at=timezone.now())
    (fault,) = name_faults([(Place("letter.html"), "Grey: a need.")], known_names([Identity("C1", "Ada Grey")], [], []))
    end_making(n=n, files={}, faults=[fault, fault], at=timezone.now())
    page = lead.open(at("files"))
    assert page.text.count("“Grey” is the name") == 1
    assert "accepted_words" not in page.text
    assert page.links["Decisions"] == at("decisions")
    assert "It stands in what is added to the text for its files." in lead.open(at("decisions")).text
    lead.send(at("word"), {"subject": "Grey", "reason": "The colour of a bar.", "language": "en"})
    assert "It stands in what is added" not in lead.open(at("decisions")).text
    Inspection.objects.filter(key=KEY).update(state="embargo")
    page = lead.open(at("release"))
    assert "The last time they were made" in page.text
    assert "“Grey” is the name" in page.text
    back = "gone back to the accuracy check"
    assert lead.open(at("files")).links[back] == reverse("planning:inspection", kwargs={"key": KEY})


def test_a_case_that_stands_against_publishing_is_called_as_people_call_it(lead: PageClient) -> None:
    event = AnswerEvent.objects.filter(inspection__key=KEY, subject_kind="case").values_list("subject_key", flat=True)[
        0
    ]
    label = Subject.objects.get(inspection__key=KEY, key=event).label
    told = by_label(KEY, [(f"{event} is not complete: 1 to answer.", []), ("Other words.", [3])])
    assert told == [(f"{label} is not complete: 1 to answer.", []), ("Other words.", [3])]
