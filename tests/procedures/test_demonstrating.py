"""The demonstration: something waits for everybody, in each state, on whichever day it is made; nothing else is touched."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from caselight.method.faults import Faults, Severity
from caselight.procedures import demonstration_folder as place
from caselight.procedures.demonstrating import cast
from caselight.procedures.demonstrating.making import demonstrate, stands
from caselight.procedures.demonstrating.programme import ASHENBY, NORTHMERE, PROGRAMME, TIDEWELL, WYKEHOLM
from caselight.procedures.doctor import records
from caselight.procedures.lettering import letter_package, look
from caselight.procedures.serving.starting import keys_wrong
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.assessments.concerns import open_concerns
from caselight.store.assessments.queries import contested
from caselight.store.assessments.visible import visible
from caselight.store.assessments.workload import workload
from caselight.store.audit.actions import as_text
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.access import may, scope
from caselight.store.inspections.contacts import contacts_of
from caselight.store.inspections.models import Inspection, State
from caselight.store.inspections.requests import Step, requests_of
from caselight.store.inspections.team import conflicts_of
from caselight.store.reports.queries import newest_of
from caselight.store.reports.remarks import remarks_of
from caselight.store.samples.queries import sample_of
from caselight.store.samples.timetable.reading import timetable_of
from caselight.web.home.today import Today, today

EXAMPLES = Path("examples")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
AFTER_NEW_YEAR = datetime(2027, 1, 3, 23, 30, tzinfo=UTC)  # a Sunday, behind days on which nobody works


def as_(actor: cast.Actor, at: datetime) -> Today:
    """What stands on the page of Today of somebody."""
    user = User.objects.get(email=actor.email).key
    return today(user, visible(user, at), at, sharing=False)


def waiting(page: Today) -> set[str]:
    """What waits, by its first words."""
    return {task.title for _, tasks in page.waiting for task in tasks}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", [MONDAY, AFTER_NEW_YEAR], ids=["a Monday", "a Sunday after the new year"])
def test_there_is_something_to_do_for_everybody_whichever_day_it_is_made(at: datetime) -> None:
    last = demonstrate(EXAMPLES, at=at)
    assert stands()
    assert last >= at.date()
    assert not AuditRow.objects.filter(at__gt=as_text(at)).exists(), "something was recorded that is still to come"
    assert examine_quietly(at) == []
    the_states_are_as_they_should_be()
    northmere_is_in_the_middle_of_its_fieldwork(at)
    tidewell_waits_to_be_moderated()
    wykeholm_has_a_letter_that_can_be_read()
    assert not sample_of(ASHENBY.key)
    everybody_finds_something(at)


def examine_quietly(at: datetime) -> list[str]:
    """Chains and keys that do not hold, by what the doctor calls them."""
    found = [*records.examine(at), *keys_wrong()]
    return [one.code for one in found if one.severity is Severity.ERROR]


def the_states_are_as_they_should_be() -> None:
    states = dict(Inspection.objects.values_list("key", "state"))
    assert states == {one.key: one.state for one in PROGRAMME} | {
        "west-london": State.PUBLISHED,
        "local-audit": State.PUBLISHED,
    }
    lead = User.objects.get(email=cast.LEAD.email).key
    access = scope(lead, "west-london", MONDAY)
    writing = (Permission.ANSWER_RECORD, Permission.ANSWER_MODERATE, Permission.LETTER_WRITE, Permission.CASELOAD_WRITE)
    assert may(access, Permission.FIGURES_READ)
    assert not any(may(access, one) for one in writing), "what is published can be written"


def northmere_is_in_the_middle_of_its_fieldwork(at: datetime) -> None:
    key = NORTHMERE.key
    cases = [one for one in workload(key) if one.kind == "case"]
    assert len(cases) == 20
    assert {(one.complete, one.begun) for one in cases} == {(True, True), (False, True), (False, False)}
    assert len(contested(key)) == 1
    assert [bool(one.told) for one in open_concerns([key])] == [True]
    assert {one.state for one in requests_of(key)} == {Step.ACCEPTED, Step.RECEIVED, Step.RETURNED, Step.ASKED}
    assert any(one.overdue(at.date()) for one in requests_of(key))
    assert len(contacts_of(key)) == 2
    (against,) = conflicts_of(key)
    assert against.user == User.objects.get(email=cast.SECOND.email).key
    slots = timetable_of(key)
    assert not slots.changes
    assert {one.slot in slots.settled for one in slots.published} == {True, False}
    assert all(one.place.day <= at.date() for one in slots.published if one.slot in slots.settled)
    assert {one.interview for one in slots.unplaced} == {True, False}


def tidewell_waits_to_be_moderated() -> None:
    cases = [one for one in workload(TIDEWELL.key) if one.kind == "case"]
    assert len(cases) == 8
    assert all(one.complete and not one.signed for one in cases)


def wykeholm_has_a_letter_that_can_be_read() -> None:
    n, text = newest_of(WYKEHOLM.key, "en")
    assert n == 1
    assert "TO WRITE" not in text
    looked = look(letter_package(WYKEHOLM.key), "en", text)
    assert looked.letter is not None, [fault.says for fault in looked.faults]
    assert {one.kind for one in remarks_of(WYKEHOLM.key)} == {"comment", "suggestion"}


FINDS = {
    cast.LEAD: {"Prepare the fieldwork", "Overdue from the service", "Two answers: needs a decision", "Not signed yet",
                "Decide about comments on the letter"},
    cast.INSPECTOR: {"Read the letter and suggest changes"},
    cast.SECOND: {"Read the letter and suggest changes"},
    cast.QUALITY: {"Read the letter and comment"},
    cast.MANAGER: {"Read the letter and comment", "4 requests to answer"},
    cast.WORKER: {"1 request to answer"},
    cast.AUDIT_LEAD: {"Cases and interviews complete"},
}  # fmt: skip
EXAMINERS = (cast.LEAD, cast.INSPECTOR, cast.SECOND, cast.ASSESSOR, cast.AUDIT_LEAD, cast.AUDITOR, cast.SECOND_AUDITOR)


def everybody_finds_something(at: datetime) -> None:
    pages = {one: as_(one, at) for one in cast.CAST}
    for one, titles in FINDS.items():
        assert titles <= waiting(pages[one]), one.key
    for one in EXAMINERS:
        assert any(work.next for work in pages[one].work), one.key
    for one in (cast.LEAD, cast.INSPECTOR, cast.SECOND, cast.ASSESSOR):
        assert pages[one].slots, one.key
    assert pages[cast.LEAD].urgent
    assert pages[cast.AUDIT_LEAD].urgent
    for one in (cast.PUBLISHER, cast.ANALYST):
        user = User.objects.get(email=one.email).key
        assert {one.key for one in visible(user, at)} >= {"west-london"}


def test_the_cast_plays_every_role_that_an_account_can_have() -> None:
    assert {one.role for one in cast.CAST} == set(Role) - {Role.PUBLIC}
    assert len({one.key for one in cast.CAST}) == len({one.name for one in cast.CAST}) == len(cast.CAST)


def test_a_folder_that_holds_anything_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(Faults) as refused:
        place.claim(tmp_path)
    assert [one.code for one in refused.value.faults] == ["demo.other-folder"]
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("said", ["", "{", "[]", '{"what": "something else"}'])
def test_a_mark_that_does_not_say_so_makes_no_demonstration(tmp_path: Path, said: str) -> None:
    (tmp_path / place.MARK).write_text(said, "utf-8")
    assert not place.is_one(tmp_path)
    with pytest.raises(Faults, match=r"demo\.other-folder|no demonstration"):
        place.claim(tmp_path)
    with pytest.raises(AssertionError):
        place.clear(tmp_path)


def test_it_is_whole_only_once_it_was_made_and_is_used_by_one_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "demonstration"
    lock = place.claim(folder)
    assert place.is_one(folder)
    assert place.until(folder) is None
    (folder / "store.sqlite3").write_text("half", "utf-8")
    place.clear(folder)
    assert {one.name for one in folder.iterdir()} == {place.MARK, place.LOCK}
    place.made(folder, date(2026, 11, 25))
    assert place.until(folder) == date(2026, 11, 25)
    with pytest.raises(Faults) as refused:
        place.claim(folder)
    assert [one.code for one in refused.value.faults] == ["demo.running"]
    os.close(lock)
    os.close(place.claim(folder))
