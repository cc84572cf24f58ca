"""Every page that somebody may see, asked for as they would: derived from the address list and the matrix.

    house = House()
    for look in shown():
        answer = house.get(look)

A page that is added later is asked for without a word here (its arguments: ``places.GOOD``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.test import Client
from tests import cast
from tests.evidence.matrix import STATES, Row, between
from tests.evidence.work.combinations import INSPECTIONS
from tests.evidence.work.places import NEVER, SIGNING_IN, address, good, pages, rows
from tests.evidence.work.roles import belongs
from tests.evidence.work.sessions import sessions
from tests.factories.store import GIVEN

from caselight.store.inspections.models import Inspection
from caselight.store.inspections.states import ORDER

PEOPLE = {person.key: person for person in cast.CAST}


@dataclass(frozen=True, slots=True)
class Room:
    """One page as one person may ask for it, in one state of the inspections."""

    url: str
    method: str
    what: str
    person: str
    place: str
    state: str
    case: str = "C1"


def open_to(method: str = "GET", *, each: bool = False, states: tuple[str, ...] = STATES) -> Iterator[Room]:
    """Each page of our own with whoever may ask for it so, at each of their places; everybody when ``each``, else one.

    The state is the first of ``states`` that the matrix allows it in.
    """
    had: set[tuple[str, str, str, str]] = set()
    for row in rows():
        if row.method != method or row.url not in pages() or row.url in NEVER or row.url.startswith(SIGNING_IN):
            continue
        for person in cast.CAST:
            for place, state in _where(row, person, states):
                kind = (row.url, row.what, place, "" if not each else person.key)
                if kind not in had:
                    had.add(kind)
                    yield Room(row.url, method, row.what, person.key, place, state, GIVEN.get(person.key, ("C1",))[0])


def _where(row: Row, person: cast.Person, states: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    cell = row.cells[person.role.short if person.role else "ST"]
    if cell == "-":
        return
    there = between(cell.partition("@")[2]) if "@" in cell else STATES
    order = ORDER.get(row.kind, STATES)  # a local audit is never in some
    state = next((one for one in states if one in there and one in order), "")
    if row.kind == "-" and state:
        yield "", state
    for place in INSPECTIONS if state and row.kind != "-" else ():
        if place.endswith("-audit") == (row.kind == "local_audit") and belongs(person, place):
            yield place, state


class House:
    """The cast, signed in, at the pages of a store that is seeded already. ``checked`` clients look at CSRF signs."""

    def __init__(self, *, checked: bool = False) -> None:
        keys = sessions()
        self.clients = {key: _client(checked, session) for key, session in keys.items()}
        self.clients[""] = _client(checked, "")
        self.state = ""
        self.signs: dict[str, str] = {}  # of the forms of each person, once asked for

    def address(self, room: Room) -> str:
        """The address of a page in one place."""
        page = pages()[room.url]
        arguments = good(page, room.place, room.person, room.what)
        arguments |= {name: room.case for name in ("subject", "case") if name in page.beyond}
        return address(page, arguments)

    def enter(self, room: Room) -> Client:
        """The person's browser, with all inspections in the state of the room."""
        if self.state != room.state:
            Inspection.objects.exclude(state=room.state).update(state=room.state)
            self.state = room.state
        return self.clients[room.person]

    def get(self, room: Room, query: str = "", **headers: str) -> Any:
        """The page itself."""
        client = self.enter(room)
        return client.get(self.address(room) + query, headers=headers or None)


def _client(checked: bool, session: str) -> Client:
    client = Client(enforce_csrf_checks=checked, SERVER_NAME="localhost", raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    return client


@cache
def unsafe() -> tuple[tuple[str, str], ...]:
    """Each address of the pages, ours and those of signing in, and each method of it that may change something."""
    return tuple(dict.fromkeys((row.url, row.method) for row in rows() if row.method not in ("GET", "HEAD")))
