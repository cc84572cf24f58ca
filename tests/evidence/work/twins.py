"""Questions in pairs: for what is there of another inspection, and for what is nowhere, by somebody who may know of neither.

Derived from the address list and the matrix: a page that is added later is asked for without a word here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from tests import cast
from tests.evidence.matrix import matrix
from tests.evidence.work.combinations import INSPECTIONS, Try
from tests.evidence.work.looking import PEOPLE, open_to
from tests.evidence.work.page_tries import Look, row_of
from tests.evidence.work.places import SIGNING_IN, Page, address, good, least, pages, rows
from tests.evidence.work.roles import belongs, event, op_id

from caselight.store.accounts.models import SignedIn, Token
from caselight.store.accounts.sessions import number_of
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Conflict, Membership

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
HOME, ABROAD = "testshire", "otherham"
NOT_ASKED = ("clear", "kind")  # a link that whoever has it may open; a word of our own


@dataclass(frozen=True, slots=True)
class Twin:
    """Two questions of one person that must have one answer; ``names`` are what they ask for."""

    name: str
    person: str
    method: str
    there: str
    nowhere: str
    names: tuple[str, ...]
    device: bool = False
    sent: Mapping[str, Any] = field(default_factory=dict)


def knows(person: str, place: str, state: str) -> bool:
    """Whether somebody may know that an inspection is there, by the matrix."""
    one = PEOPLE[person]
    row = row_of(Look(state, person, "planning:inspection", "GET", "", place))
    return bool(row and one.role and belongs(one, place) and row.scope(one.role.short, state) != "-")


def of_inspections(state: str, *, each: bool) -> Iterator[Twin]:
    """Every address inside an inspection by each of its methods; by everybody who may not know it, or by one in turn."""
    turn = 0
    for page, method, what in _inside():
        people = [(one.key, place) for one in cast.CAST for place in INSPECTIONS if not knows(one.key, place, state)]
        for person, place in people if each else [people[turn % len(people)]]:
            sent = {"data": urlencode(least(page, place)).encode(), "content_type": FORM} if method == "POST" else {}
            arguments = good(page, place, person, what)
            yield _twin(page.name, person, method, (page, arguments, "key", absent(place)), sent)
        turn += 7  # has no factor in common with how many they are


def of_the_api(state: str, *, each: bool) -> Iterator[Twin]:
    """The same of the API, by devices."""
    names = sorted({(row.url, row.method) for row in matrix() if row.url.startswith("api:") and row.kind != "-"})
    for n, (url, method) in enumerate(one for one in names if one[0] != "api:packages"):
        people = [(one.key, place) for one in cast.CAST for place in INSPECTIONS if not knows(one.key, place, state)]
        for person, place in people if each else people[n % 5 :: 5]:
            one = Try(state, person, url.removeprefix("api:"), method, place)
            more = {"op_id": op_id(one)} if url == "api:receipt" else {}
            there, nowhere = (reverse(url, kwargs={"key": key, **more}) for key in (place, absent(place)))
            sent = {"data": json.dumps({"events": [event(one)]}), "content_type": JSON} if method == "POST" else {}
            yield Twin(url, person, method, there, nowhere, (place, absent(place)), device=True, sent=sent)


def of_things() -> Iterator[Twin]:
    """Every address with an argument beside the inspection, asked at home for what is there abroad."""
    for method in ("GET", "POST"):
        for room in open_to(method, each=False, states=("fieldwork",)):
            page = pages()[room.url]
            if room.place not in ("", HOME):
                continue
            arguments = good(page, HOME, room.person, room.what)
            for name in page.beyond:
                value = _abroad(page, name, room.person)
                if value is not None and value != arguments[name] and name not in NOT_ASKED:
                    sent = (
                        {"data": urlencode(least(page, HOME)).encode(), "content_type": FORM}
                        if method == "POST"
                        else {}
                    )
                    given = arguments | {name: value} | ({"key": HOME} if page.inside else {})
                    yield _twin(f"{page.name} {name}", room.person, method, (page, given, name, absent(value)), sent)


def of_what_is_shared() -> Iterator[Twin]:
    """What belongs to no inspection and is not for everybody: adopted frameworks, and accounts."""
    digest = FrameworkVersion.objects.values_list("digest", flat=True)[0]
    for person in ("cm", "stranger"):
        for page in (one for one in pages().values() if "digest" in one.beyond):
            given = good(page, HOME, person)
            yield _twin(page.name, person, "GET", (page, given, "digest", absent(digest)), {})
    for person in ("sm", "lead", "cm", "stranger"):
        for page in (one for one in pages().values() if "user" in one.beyond):
            given = good(page, HOME, person) | {"user": "cm2"}
            yield _twin(page.name, person, "GET", (page, given, "user", "cm9"), {})


def absent(value: Any) -> Any:
    """Something of the same kind and length that is nowhere.

    >>> absent("otherham"), absent(12)
    ('otherhaq', 900012)
    """
    if isinstance(value, int):
        return 900_000 + value
    # A hexadecimal key stays one.
    return value[:-1] + ("e" if value[-1] != "e" else "d") if len(value) > 20 else value[:-1] + "q"


def _twin(name: str, person: str, method: str, about: tuple[Page, Mapping[str, Any], str, Any], sent: Any) -> Twin:
    page, arguments, which, nowhere = about
    there, other = (address(page, {**arguments, which: value}) for value in (arguments[which], nowhere))
    return Twin(name, person, method, there, other, (str(arguments[which]), str(nowhere)), sent=sent)


def _inside() -> Iterator[tuple[Page, str, str]]:
    there = dict.fromkeys((row.url, row.method, row.what) for row in rows() if row.url in pages())
    for url, method, what in there:
        if pages()[url].inside and not url.startswith(SIGNING_IN):
            yield pages()[url], method, what


def _abroad(page: Page, name: str, person: str) -> Any:
    """What stands in an argument at the other service; ``None`` where it is nobody's."""
    if f"{page.name} {name}" == "people:end_role membership":
        return Membership.objects.filter(user__key="cm2").values_list("pk", flat=True)[0]
    if name == "conflict":
        return Conflict.objects.filter(user__key="lead2").values_list("pk", flat=True)[0]
    if name == "user":
        return "cm2" if person != "ad" else None  # an administrator knows every account
    if name == "token":
        return Token.objects.filter(user__key="lead2").values_list("pk", flat=True)[0]
    if name == "session":
        return number_of(SignedIn.objects.filter(user__key="lead2").values_list("session_key", flat=True)[0])
    return good(page, ABROAD, person)[name]
