"""The attack of S1 on the pages, after that on the API: every address as everybody, held against the matrix."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.test import Client
from tests import cast
from tests.evidence.matrix import Row
from tests.evidence.work.combinations import INSPECTIONS
from tests.evidence.work.furnished import furnish
from tests.evidence.work.page_tries import Look, about, chosen, row_of
from tests.evidence.work.places import SIGNING_IN, address, good, least, pages, unfilled, wrong
from tests.evidence.work.roles import ALLOWED, DENIED, belongs
from tests.evidence.work.sentinels import word
from tests.evidence.work.sessions import sessions
from tests.factories.store import GIVEN

from caselight.store.inspections.models import Inspection

EITHER = "either"  # somebody who may, asking with an argument that is not there: any refusal, or the page again
TO_SIGN_IN = "/accounts/login/"


def attack(*, seed_: int, trials: int, people: dict[str, cast.Person], only: str = "") -> dict[str, Any]:
    """So many requests to pages, or those that read ``only`` one; unexpected allows and denies, and what was said."""
    names: dict[str, str] = {}

    def sentinel(name: str) -> str:
        names[word(name)] = name
        return word(name)

    Inspection.objects.update(state="fieldwork")
    furnish(sentinel)
    rooms = Rooms(people, [*names, *Inspection.objects.values_list("title", flat=True)])
    looks, total, pairs = (about(only), 0, 0) if only else chosen(trials, random.Random(seed_))
    found: Counter[str] = Counter()
    said = unfilled()
    found.update(["address without a row or an argument"] * len(said))
    with patch("caselight.web.letter.views_files.make_files", lambda *_, **__: 1):  # no file is drawn
        for look in looks:
            if bad := rooms.wrong(look):
                found[f"{bad.split(':')[0]} of a page"] += 1
                said.append(f"{bad} {replace(look, place=look.place[:20])}")
    return {"trials": len(looks), "of": total, "pairs": pairs, "found": dict(found), "said": said}


class Rooms:
    """The cast, signed in, and what the matrix expects of each of their requests."""

    def __init__(self, people: dict[str, cast.Person], secrets: list[str]) -> None:
        self.people, self.secrets, self.now = people, secrets, ""
        self.browsers = {"": Client(SERVER_NAME="localhost")}
        for key, session in sessions().items():
            self.browsers[key] = Client(SERVER_NAME="localhost")
            self.browsers[key].cookies["sessionid"] = session
        for client in self.browsers.values():
            client.raise_request_exception = False

    def wrong(self, look: Look) -> str:
        """Empty when the answer is what the matrix says, else what is wrong with it."""
        Inspection.objects.exclude(state=look.state).update(state=look.state)
        page = pages()[look.url]
        arguments = good(page, look.place, look.person, look.what) | self._case(look)
        if look.wrong >= 0:
            name, value = wrong(page, look.wrong)
            arguments[name] = value
        form = urlencode(least(page, look.place) if look.method == "POST" else {}).encode()
        answer = self.browsers[look.person].generic(look.method, address(page, arguments), form, content_type=FORM)
        if answer.status_code >= 500:
            return f"error: {answer.status_code}"
        return self._held(look, answer)

    def _held(self, look: Look, answer: Any) -> str:
        row, got = row_of(look), outcome(answer)
        expected = self.expected(look, row)
        if expected not in (EITHER, got):
            return f"unexpected {'allow' if got == ALLOWED else 'deny'}: {answer.status_code}"
        if DENIED in (got, expected):
            body = str(dict(answer.items())) + answer.content.decode("utf-8", "replace")
            if any(secret in body for secret in self.secrets):
                return "leak: a refusal holds what somebody wrote"
            return self._told(look, answer)
        return ""

    def _told(self, look: Look, answer: Any) -> str:
        """Whether a refusal tells that an inspection is there to whoever may not know."""
        if not look.person or not pages()[look.url].inside or row_of(look) is None or look.url.startswith(SIGNING_IN):
            return ""
        at = replace(look, url="planning:inspection", method="GET", what="", wrong=-1)
        if self.expected(at, row_of(at)) == ALLOWED:
            return ""
        return "" if answer.status_code == 404 else f"told: {answer.status_code} instead of 404"

    def expected(self, look: Look, row: Row | None) -> str:
        """What the matrix says of a request."""
        scope = self._scope(look, row) if row else "-"
        if scope == "-" or row is None:
            return DENIED
        if look.url.startswith(SIGNING_IN):
            return EITHER
        there = look.place in INSPECTIONS and (scope == "all" or self._given(look))
        if pages()[look.url].inside and not there:
            return DENIED
        if look.wrong >= 0:
            return DENIED if look.method == "GET" else EITHER
        return ALLOWED

    def _scope(self, look: Look, row: Row) -> str:
        if look.person == "":
            return row.scope("PU", look.state)
        person = self.people[look.person]
        if person.role is None:
            return row.scope("ST", look.state)
        if row.kind != "-" and not belongs(person, look.place):
            return "-"
        return row.scope(person.role.short, look.state)

    def _given(self, look: Look) -> bool:
        """Whether the case that a page is about is given to the person; of a page about several, whether any is."""
        given = GIVEN.get(look.person, ())
        if not self._case(look):
            return bool(given)
        return look.case in given

    def _case(self, look: Look) -> dict[str, str]:
        named = set(pages()[look.url].beyond)
        return {name: look.case for name in ("subject", "case") if name in named}


FORM = "application/x-www-form-urlencoded"


def outcome(answer: Any) -> str:
    """Allowed or denied: a refusal for another reason than access is an allowed request."""
    if answer.status_code in (401, 403, 404, 405):
        return DENIED
    if answer.status_code == 302 and answer.headers["Location"].startswith(TO_SIGN_IN):
        return DENIED
    return ALLOWED
