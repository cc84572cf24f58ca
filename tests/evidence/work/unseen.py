"""What people of one service see before and after another service works: nothing of it may be different.

Every page that they may ask for, what the API lists, what a search finds, a file that another service sent too, and mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from tests.evidence.work.alike import Answer, answered, differences
from tests.evidence.work.looking import House, Room, open_to
from tests.evidence.work.twins import ABROAD, HOME
from tests.factories.answers import sent
from tests.factories.store import AT, inspection

from caselight.store.accounts.permissions import Role
from caselight.store.assessments.actions import raising
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.caseloads.models import CaseloadCase, Subject
from caselight.store.inspections.asking import Ask, ask
from caselight.store.inspections.memberships import Place, add_member, declare_conflict
from caselight.store.inspections.models import Inspection, Kind, Service, State
from caselight.store.reports import actions, remarks
from caselight.store.samples.models import SampledCase

HERE = (HOME, f"{HOME}-audit")
LISTS_OF = ("home:today", "home:inspections", "people:people", "people:conflicts", "planning:new")
DRAFT, LISTS = "otherham-draft", ("testshire-list", "otherham-list")
SEARCHES = ("/inspections/?inspections.title={}", "/people/?people.roles={}", "/frameworks/?frameworks.title={}")
FILE = b"Local ID,First name,Surname,Date of birth\nQ77,Zoe,Zimmer,1/2/2005\nQ78,Yan,Young,3/4/2006\n"
LINK = re.compile(r"\S*://\S+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as somebody asked for it."""

    room: Room
    path: str

    @property
    def lists(self) -> bool:
        """Whether it lists what somebody may see of several inspections."""
        return self.room.url in LISTS_OF


def unseen(house: House, devices: Mapping[str, Client], *, each: bool, only: str = "") -> tuple[int, list[str]]:
    """How many questions were asked before and after, and what was answered otherwise."""
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):  # nothing is a minute older afterwards
        seen = [Seen(room, house.address(room)) for room in _rooms(each) if only in ("", room.url)]
        seen += [Seen(room, path) for room, path in _searches() if not only]
        for who in PEOPLE:
            _listed(devices[who])  # which notes that the device was used
        before = [_settled(house, one) if one.lists else _page(house, one) for one in seen]
        listed = {who: _listed(devices[who]) for who in PEOPLE} if not only else {}
        works_abroad()
        said = [
            f"{_told(one)}: {what}" for one, was in zip(seen, before, strict=True) for what in _changed(house, one, was)
        ]
        for who, was in listed.items():
            said += [f"What the API lists for {who}: {what}" for what in differences(was, _listed(devices[who]))]
    return len(seen) + len(listed), said


PEOPLE = ("lead", "i1", "la", "qa", "cm", "sm", "an", "stranger", "ll", "au")


def _rooms(each: bool) -> Iterator[Room]:
    """Pages of one service, and those of no inspection, each with whoever may ask for it and knows nothing of the other.

    Of pages that list what somebody may see all are asked, of the others one, unless ``each``.
    """
    had: set[tuple[str, str, str]] = set()
    for room in open_to("GET", each=True, states=("fieldwork",)):
        if room.person not in PEOPLE or room.place not in ("", *HERE[: 2 if each else 1]):
            continue
        kind = (room.url, room.what, room.place)
        if each or room.url in LISTS_OF or kind not in had:
            had.add(kind)
            yield room


def _searches() -> Iterator[tuple[Room, str]]:
    for person in ("lead", "sm", "ll"):
        for word in ("Otherham", "Draft"):
            yield from ((Room("", "GET", "", person, "", "fieldwork"), path.format(word)) for path in SEARCHES)


def _page(house: House, one: Seen) -> Answer:
    return answered(house.enter(one.room), "GET", one.path)


def _settled(house: House, one: Seen) -> Answer:
    """The page when what a process keeps is kept: at the first time it asks more."""
    _page(house, one)
    return _page(house, one)


def _changed(house: House, one: Seen, was: Answer) -> list[str]:
    """What is different now, and still is when it is asked for once more."""
    found = _differences(one, was, _page(house, one))
    return found and _differences(one, was, _page(house, one))


def _differences(one: Seen, was: Answer, now: Answer) -> list[str]:
    """Statements count on pages that list; on others the first time they are asked may put more of them."""
    return differences(was, now if one.lists else replace(now, statements=was.statements))


def _listed(device: Client) -> Answer:
    return answered(device, "GET", reverse("api:inspections"))


def _told(one: Seen) -> str:
    return f"{one.path} as {one.room.person}"


def works_abroad() -> None:
    """The other service and its inspectors do what they do: a new draft, its cases, answers, a letter and what is beside."""
    mail.outbox = []
    there = Inspection.objects.select_related("service", "framework").get(key=ABROAD)
    for key, kind in ((DRAFT, Kind.EXTERNAL), (f"{DRAFT}-audit", Kind.LOCAL_AUDIT)):
        inspection(key, kind, there.service, there.framework, at=AT, state=State.SETUP)
    add_member(by="ad", user="lead2", role=Role.LEAD_INSPECTOR, place=Place(DRAFT, "", "lead2"), at=AT)
    Service.objects.create(key="thirdham", name="Thirdham", short="Thirdham")
    case = {"by": "lead2", "inspection": ABROAD, "subject": ("case", "C1"), "at": AT}
    answer = sent("C1", "B", "yes", "01900000-0000-7000-8000-00000000beef", actor="lead2")
    record_answers(by="lead2", inspection=ABROAD, device="laptop", events=[answer], at=AT)
    raising.raise_concern(**case, key="c0ffee" * 5 + "00", what="A draft")  # type: ignore[arg-type]
    letter: dict[str, Any] = {"by": "lead2", "inspection": ABROAD, "at": AT}
    actions.save_letter(**letter, language="en", text="# Letter\n\nA draft.\n", base=2)
    remarks.remark(**letter, kind="comment", about=("en", 3), words=remarks.Words("1", "A draft", "", ""))
    ask(**letter, wanted=[Ask("beef" * 8, "The draft", AT.date(), "", "")])
    declare_conflict(by="lead2", user="lead2", place=Place(ABROAD), case_key="C2", reason="A draft", at=AT)


def told_by_mail(answer_of: Client) -> list[str]:
    """Nobody gets mail of what others do; and what one asks for says nothing of it."""
    said = [f"A mail to {', '.join(one.to)} was sent while the other service worked." for one in mail.outbox]
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        answer_of.post(reverse("account_reset_password"), {"email": "cm@example.org"})
    words = [LINK.sub("", f"{one.subject} {one.body}") for one in mail.outbox]
    return said + [
        f"A mail says “{one[:80]}”." for one in words if re.search("otherham|thirdham|draft", one, re.IGNORECASE)
    ]


def sent_twice(house: House) -> tuple[int, list[str]]:
    """The file of a case list is taken in the same way when another service has sent the same one before."""
    for key in LISTS:
        _without_cases(key)
    _sends(house, "sm", LISTS[0])
    first = _sends(house, "sm", LISTS[0])
    _sends(house, "sm2", LISTS[1])
    second = _sends(house, "sm", LISTS[0])
    said = [
        f"The same file again: {what}" for was, now in zip(first, second, strict=True) for what in differences(was, now)
    ]
    wrong = [] if first[0].status == 302 else [f"The file was not taken: {first[0].status} {first[0].body[-300:]}"]
    return len(first), wrong + said


def _without_cases(key: str) -> None:
    service = Service.objects.get(key=key.removesuffix("-list"))
    framework = Inspection.objects.get(key=HOME).framework
    made = inspection(key, Kind.EXTERNAL, service, framework, at=AT, state=State.SETUP)
    for rows in (SampledCase, CaseloadCase, Subject):
        rows.objects.filter(inspection=made).delete()


def _sends(house: House, who: str, key: str) -> list[Answer]:
    """The file sent, what is then guessed of it, and the file left."""
    client, names = house.clients[who], LISTS
    Inspection.objects.filter(key=key).update(state=State.SETUP)
    form = {"file": SimpleUploadedFile("cases.csv", FILE, "text/csv")}
    taken = _posted(client, reverse("caseload:upload", args=[key]), form, names)
    pages = [
        answered(client, "GET", reverse(f"caseload:{page}", args=[key]), names)
        for page in ("heading", "columns", "list")
    ]
    client.post(reverse("caseload:leave", args=[key]))
    client.get(reverse("caseload:list", args=[key]))  # which says that it was left
    return [taken, *pages]


def _posted(client: Client, path: str, form: Mapping[str, Any], names: tuple[str, ...]) -> Answer:
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    return answered(client, "POST", path, names, data=encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)
