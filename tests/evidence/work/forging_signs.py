"""Every address that changes something, without the sign of the session, with another's, or from another site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, resolve, reverse
from tests.evidence.matrix import matrix
from tests.evidence.work.looking import House, Room, open_to
from tests.evidence.work.places import SIGNING_IN, address, good, least, pages, rows
from tests.evidence.work.watching_writes import writes

from caselight.config.pages import FORGED as REFUSED

ELSEWHERE = "http://evil.example"
OPEN = "design:csp"  # takes a browser's report, which carries no sign, and changes nothing
FORGED = REFUSED.title
SAFE = ("GET", "HEAD", "OPTIONS")
KINDS = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


def attack(house: House, found: Any, *, every: bool, only: str = "") -> None:
    """Each address in each way, or in three and one of the others in turn; then as it should be, which must go through.

    ``only`` keeps to addresses that begin so.
    """
    for n, (room, path) in enumerate(_unsafe(house)):
        if not room.url.startswith(only):
            continue
        ways = list(_ways(house, room.person))
        for way, headers, form in ways if every else [*ways[:3], ways[3 + n % 4]]:
            wrong = _sent(house, room, path, headers, {**least(pages()[room.url], room.place), **form})
            found.try_("without its sign", wrong and f"{room.method} {room.url}, {way}: {wrong}")
        if room.url not in ("account_logout", OPEN):
            found.try_("with its sign", _honest(house, room, path))
    for method, path in _of_the_api():
        for kind in KINDS:
            found.try_("to the API by a session", _to_the_api(house, method, path, kind))


def _of_the_api() -> Iterator[tuple[str, str]]:
    """Each method and address of the API that changes something."""
    unsafe = {(row.method, row.url) for row in matrix() if row.url.startswith("api:") and row.method not in SAFE}
    for method, url in sorted(unsafe):
        try:
            yield method, reverse(url)
        except NoReverseMatch:
            yield method, reverse(url, args=["testshire"])


def _unsafe(house: House) -> Iterator[tuple[Room, str]]:
    """Each address of a page with each method that changes something, as whoever may ask for it."""
    named: dict[tuple[str, str, str], Room] = {}
    for method in sorted({row.method for row in rows()} - set(SAFE)):
        for room in open_to(method):
            named.setdefault((room.url, method, room.what), room)
    for row in rows():
        if row.method not in SAFE and row.url in pages():
            named.setdefault(
                (row.url, row.method, row.what), Room(row.url, row.method, row.what, "lead", "", "fieldwork")
            )
    for room in named.values():
        if room.url.startswith(SIGNING_IN):
            yield room, address(pages()[room.url], good(pages()[room.url], "testshire", "lead"))
        else:
            yield room, house.address(room)


def _ways(house: House, person: str) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """What another site can make a browser send: its headers, and the sign in the form."""
    own, other = sign(house, person), sign(house, "stranger" if person != "stranger" else "lead")
    yield "no sign", {}, {}
    yield "another's sign", {}, {"csrfmiddlewaretoken": other}
    yield "from another site", {"origin": ELSEWHERE}, {"csrfmiddlewaretoken": own}
    yield "a made-up sign", {}, {"csrfmiddlewaretoken": "a" * 64}
    yield "from nowhere", {"origin": "null"}, {"csrfmiddlewaretoken": own}
    yield "from our name elsewhere", {"origin": "http://localhost.evil.example"}, {"csrfmiddlewaretoken": own}
    yield "by another method", {"x-http-method-override": "GET", "x-method-override": "GET"}, {"_method": "GET"}


def sign(house: House, person: str) -> str:
    """The sign of a person's forms, as a page of theirs gives it."""
    if person not in house.signs:
        house.clients[person].get("/design/here")
        house.signs[person] = str(house.clients[person].get("/design/here").json()["token"])
    return house.signs[person]


def _sent(house: House, room: Room, path: str, headers: Mapping[str, str], form: Mapping[str, object]) -> str:
    client = house.enter(room)
    session = client.cookies["sessionid"].value
    with writes() as written:
        answer = client.generic(room.method, path, _encoded(form), content_type=FORM, headers=headers)
    if written:
        return f"it changed {sorted({one.table for one in written})}"
    if client.cookies["sessionid"].value != session:
        client.cookies["sessionid"] = session
        return "it ended the session"
    if room.url == OPEN:
        return "" if answer.status_code == 204 else f"answered {answer.status_code}"
    return "" if answer.status_code == 403 and FORGED in answer.content.decode() else f"answered {answer.status_code}"


def _honest(house: House, room: Room, path: str) -> str:
    """The same with its sign: an address that refuses this too would prove nothing."""
    form = {**least(pages()[room.url], room.place), "csrfmiddlewaretoken": sign(house, room.person)}
    client = house.enter(room)
    answer = client.generic(room.method, path, _encoded(form), content_type=FORM)
    refused = answer.status_code == 403 and FORGED in answer.content.decode()
    return f"{room.url} refuses its own sign" if refused or resolve(path).view_name != room.url else ""


def _to_the_api(house: House, method: str, path: str, kind: str) -> str:
    body = b"--x--\r\n" if kind.startswith("multipart") else b'{"events": []}'
    with writes() as written:
        answer = house.clients["lead"].generic(method, path, body, content_type=kind)
    refused = answer.status_code in (401, 403) and not written
    return "" if refused else f"{method} {path}: {answer.status_code}, {len(written)} writes"


FORM = "application/x-www-form-urlencoded"


def _encoded(form: Mapping[str, object]) -> bytes:
    return urlencode(form).encode()
