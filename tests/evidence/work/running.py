"""What S11 does inside Django: hostile text in every field, then every page, every refusal and every form that repeats it.

Each page is read with a parser that makes of it what a browser would; some are laid aside for a real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.contrib.staticfiles.finders import get_finders
from django.utils.safestring import mark_safe
from lxml import html
from tests.evidence.work.forging_fields import shown
from tests.evidence.work.forging_pages import PARAMETERS
from tests.evidence.work.forms_shown import forms
from tests.evidence.work.hostile import hostile
from tests.evidence.work.looking import House, Room, open_to
from tests.evidence.work.vectors import saying, vectors

from caselight.web.design import grids

BAD = ("javascript:", "vbscript:", "data:text", "data:application", "data:image/svg")
LEADS = ("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "content", "srcset", "poster")
KINDS = ("text/html", "image/svg+xml", "application/xhtml+xml")


class Found:
    """What was looked at, what ran, and pages for a browser."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.looked = self.held = 0
        self.kept: dict[str, dict[str, Any]] = {}

    def look(self, where: str, answer: Any) -> None:
        """Read one answer."""
        if answer.status_code >= 500:
            self.said.append(f"{where}: answered {answer.status_code}")
            return
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if kind not in KINDS or answer.streaming:
            if kind.startswith("text/") and answer.headers.get("X-Content-Type-Options") != "nosniff":
                self.said.append(f"{where}: a browser may take {kind} for a page")
            return
        self.looked += 1
        body = answer.content.decode("utf-8")
        self.held += "zq" in body
        self.said += [f"{where}: {wrong}" for wrong in list(_alive(body))[:3]]

    def keep(self, path: str, answer: Any) -> None:
        """Lay a page aside for a browser."""
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            policy = answer.headers.get("Content-Security-Policy", "")
            self.kept[path] = {"body": answer.content.decode(), "policy": policy}


def _alive(body: str) -> Iterator[str]:
    """What of a vector has become more than text."""
    if not body.strip():
        return
    tree = html.document_fromstring(body)
    for one in tree.xpath("//*[@zq] | //zq"):
        yield f"<{one.tag}> came of what somebody wrote"
    for one in tree.xpath("//*"):
        for name, value in one.attrib.items():
            plain = "".join(value.split()).lower()
            if name.startswith("on") or (name in LEADS and plain.startswith(BAD)):
                yield f"<{one.tag} {name}> is {value[:40]!r}"
    for one in tree.xpath("//script[normalize-space() and not(contains(@type, 'json'))]"):
        yield f"there is a script in the page: {one.text[:40]!r}"


def attack(turn: int, kept: str, *, each: bool = False, fault: bool = False) -> dict[str, Any]:
    """One turn, in which every field holds two vectors of its own; its pages are written to ``kept``.

    ``each``: every page as everybody who may see it, else once.
    """
    found, every = Found(), vectors()
    hostile(saying(turn))
    with planted(fault):
        house = House()
        rooms = list(open_to("GET", each=each))
        for n, room in enumerate({(room.url, room.person if each else ""): room for room in rooms}.values()):
            path = house.address(room)
            answer, before = house.enter(room).get(path), len(found.said)
            found.look(f"{room.url} as {room.person}", answer)
            if not fault or len(found.said) > before:
                found.keep(path, answer)
            if not fault:
                _reflected(house, found, room, path, every[(n + turn) * 7 % len(every)])
        if not fault:
            _sent_back(house, found, every, turn)
    roots = sorted({storage.location for finder in get_finders() for storage in _storages(finder)})
    Path(kept).write_text(json.dumps({"pages": found.kept, "static": roots}), "utf-8")
    if not fault and found.held < found.looked // 3:
        found.said.append(f"Only {found.held} of {found.looked} pages showed a vector at all.")
    return {"looked": found.looked, "held": found.held, "said": found.said, "vectors": len(every)}


def _reflected(house: House, found: Found, room: Room, path: str, vector: str) -> None:
    """The same page with a vector in each parameter that a page might repeat."""
    names = {
        *PARAMETERS,
        "q",
        "show",
        "at",
        "row",
        "theme",
        "sheet",
        "n",
        "with",
        "language",
        "saved",
        "numbers",
        "line",
    }
    answer = house.enter(room).get(f"{path}?{urlencode(dict.fromkeys(sorted(names), vector))}")
    found.look(f"{room.url} with parameters", answer)


def _sent_back(house: House, found: Found, every: tuple[str, ...], turn: int) -> None:
    """Each form with vectors in whatever is typed into it: the page comes back with it, or goes on."""
    for n, (room, form) in enumerate(shown(house, ("fieldwork", "setup")).values()):
        vector = every[(n * 11 + turn) % len(every)]
        client = house.enter(room)
        answer = client.get(house.address(room))
        if answer.status_code != 200:
            continue
        for one in forms(answer.content, house.address(room), lambda _, typed=vector: typed):
            if one.action == form.action and one.method == "POST":
                found.look(f"{form.action} sent", client.post(one.action, one.said, follow=True))
                break


def _storages(finder: Any) -> Iterator[Any]:
    yield from getattr(finder, "storages", {}).values()


@contextmanager
def planted(fault: bool) -> Iterator[None]:
    """Nothing; or tables whose cells are not escaped."""
    if not fault:
        yield
        return
    text = grids.text
    with patch.object(grids, "text", lambda cell: mark_safe(text(cell))):  # noqa: S308 - the planted fault
        yield
