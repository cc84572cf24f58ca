"""The attack of S1, inside a process with Django: every address as everybody, held against the matrix.

The oracle is ``matrix.csv`` and the cast; it never asks the product who may do what.
"""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.urls import reverse
from tests import cast
from tests.evidence.matrix import STATES, Row, rows_of
from tests.evidence.work.seeding import seed
from tests.factories import small
from tests.factories.store import GIVEN

from caselight.method.answers.events import payload_digest
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.assessments.models import AnswerEvent
from caselight.store.inspections import grants
from caselight.store.inspections.models import Inspection, Kind, State

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
INSPECTIONS = ("testshire", "otherham", "testshire-audit", "otherham-audit")
NOWHERE = ("1", "2", "0" * 32, "x" * 300, "..%2Ftestshire", "%00", "testshire%20OR%201=1", "TESTSHIRE")
OF_INSPECTION = ("inspection", "figures", "package", "answers", "contested", "quarantine", "receipt")
OUTSIDE = ("inspections", "frameworks", "framework", "packages", "openapi-json")
CASES = ("C1", "C2", "C3", "C4", "C9", "x" * 200, "\u0000", "../C1")
REAL = CASES[:4]
ALLOWED, DENIED = "allowed", "denied"


@dataclass(frozen=True)
class Try:
    """One request: who, what, where, in which state; ``case`` and ``pass_`` matter where an answer is sent or read."""

    state: str
    person: str
    url: str
    method: str
    place: str
    case: str = "C1"
    pass_: str = "first"


def every() -> Iterator[Try]:
    """Every combination."""
    people = [person.key for person in cast.CAST] + [""]
    for state, person, method in itertools.product(STATES, people, METHODS):
        for url, place in itertools.product(OF_INSPECTION, INSPECTIONS + NOWHERE):
            one = Try(state, person, url, method, place)
            if url == "answers" and method == "POST":
                yield from (replace(one, case=c, pass_=p) for c, p in itertools.product(CASES, ("first", "moderated")))
            elif url == "receipt":
                yield from (replace(one, case=case) for case in CASES)
            else:
                yield one
        for url in OUTSIDE:
            yield Try(state, person, url, method, "")


def attack(*, seed_: int, trials: int, fault: bool = False) -> dict[str, Any]:
    """So many combinations, or all where there are fewer; unexpected allows and denies, and how fast it went."""
    tokens = seed()
    world = World(tokens)
    tries, total = chosen(trials, random.Random(seed_))
    found: Counter[str] = Counter()
    said: list[str] = []
    with ExitStack() as stack:
        if fault:
            stack.enter_context(one_line_removed_and_one_added())
        began, now = time.monotonic(), ""
        for one in tries:
            if one.state != now:
                now = one.state
                Inspection.objects.update(state=now)
            wrong = world.wrong(one)
            if wrong:
                found[wrong.split(":")[0]] += 1
                said.append(f"{wrong} {replace(one, place=one.place[:20], case=one.case[:20])}")
        seconds = time.monotonic() - began
    return {
        "trials": len(tries),
        "of": total,
        "found": dict(found),
        "said": said[:20],
        "requests_per_second": round(len(tries) / seconds),
    }


def chosen(trials: int, draw: random.Random) -> tuple[list[Try], int]:
    """So many of all combinations, by state, and how many there are.

    Three in four are taken from those where somebody asks for something that is there, by a method that it has.
    """
    core, rest = list[Try](), list[Try]()
    for one in every():
        (core if one.place in (*INSPECTIONS, "") and one.case in REAL and row_of(one) else rest).append(one)
    total = len(core) + len(rest)
    if trials < total:
        some = min(len(core), trials * 3 // 4)
        core, rest = draw.sample(core, some), draw.sample(rest, trials - some)
    return sorted(core + rest, key=lambda one: STATES.index(one.state)), total


def row_of(one: Try) -> Row | None:
    """The row of the matrix for a request."""
    kind = ("local_audit" if one.place.endswith("-audit") else "external") if one.url in OF_INSPECTION else "-"
    rows = rows_of(kind, f"api:{one.url}", one.method)
    if one.url == "answers" and one.method == "POST":
        rows = [row for row in rows if row.what == one.pass_]
    return rows[0] if rows else None


@contextmanager
def one_line_removed_and_one_added() -> Iterator[None]:
    """The planted fault: inspectors may read no answers, and managers of inspected services may read them all."""
    added = {
        (Kind.EXTERNAL, Role.SERVICE_MANAGER, Permission.ANSWER_READ, state): [grants.Reach.ALL] for state in State
    }
    with patch.dict(grants._INDEX, added):
        for state in State:
            grants._INDEX.pop((Kind.EXTERNAL, Role.INSPECTOR, Permission.ANSWER_READ, state), None)
        yield


class World:
    """The cast with their devices, a few answers of three authors, and what the matrix expects of each request."""

    def __init__(self, tokens: dict[str, str]) -> None:
        self.people = {person.key: person for person in cast.CAST}
        self.devices = {
            key: Client(headers={"authorization": f"Bearer {token}"}, SERVER_NAME="localhost")
            for key, token in tokens.items()
        }
        self.devices[""] = Client(SERVER_NAME="localhost")
        for client in self.devices.values():
            client.raise_request_exception = False
        self.titles = dict(Inspection.objects.values_list("key", "title"))
        self.framework = Inspection.objects.values_list("framework_id", flat=True)[0]
        Inspection.objects.update(state="fieldwork")
        for person, place, case in (("i1", "testshire", "C1"), ("i2", "testshire", "C2"), ("la", "testshire", "C3"),
                                    ("lead2", "otherham", "C1"), ("ll", "testshire-audit", "C1"),
                                    ("au", "testshire-audit", "C1")):  # fmt: skip
            answer = self.send(Try("fieldwork", person, "answers", "POST", place, case))
            assert answer.status_code == 200, answer.content
            assert "chain_hash" in answer.content.decode(), answer.content

    def wrong(self, one: Try) -> str:
        """Empty when the answer is what the matrix says, else what is wrong with it."""
        answer = self.send(one)
        row = row_of(one)
        expected = self.expected(one, row)
        if answer.status_code >= 500:
            return f"error: {answer.status_code}"
        got = self.outcome(one, answer)
        if row is None:  # the description of the API is the same by any method
            bad = answer.status_code < 400 and one.url != "openapi-json"
            return "unexpected allow: a method that has no row" if bad else ""
        if not_understood(answer):
            return "" if expected == DENIED else "unexpected deny: not understood"
        if got != expected:
            return f"unexpected {'allow' if got == ALLOWED else 'deny'}: {answer.status_code}"
        return self.leaked(one, answer, expected) or self.told(one, answer, expected)

    def send(self, one: Try) -> Any:
        """The request itself."""
        client = self.devices[one.person]
        path = self.path(one)
        if one.url == "answers" and one.method == "POST":
            return client.post(path, {"events": [event(one)]}, content_type="application/json")
        if one.url == "packages" and one.method == "POST":
            from django.core.files.uploadedfile import SimpleUploadedFile

            return client.post(path, {"file": SimpleUploadedFile("p.zip", b"no zip")})
        return client.generic(one.method, path, b"{}", content_type="application/json")

    def path(self, one: Try) -> str:
        """The address."""
        base = f"/api/inspections/{one.place}"
        if one.url == "inspection":
            return base
        if one.url == "receipt":
            return f"{base}/answers/{op_id(replace(one, person=self.author(one)))}/receipt"
        if one.url == "framework":
            return reverse("api:framework", args=[self.framework])
        return f"{base}/{one.url}" if one.url in OF_INSPECTION else reverse(f"api:{one.url}")

    def author(self, one: Try) -> str:
        """Who recorded the first answer on a case in the beginning, if somebody did."""
        authors = {("testshire", "C1"): "i1", ("testshire", "C2"): "i2", ("testshire", "C3"): "la",
                   ("otherham", "C1"): "lead2", ("testshire-audit", "C1"): "ll"}  # fmt: skip
        return authors.get((one.place, one.case), "nobody")

    def expected(self, one: Try, row: Row | None) -> str:
        """What the matrix says of a request."""
        if row is None:
            return DENIED
        scope = self.scope(one, row)
        if one.url not in OF_INSPECTION:
            return ALLOWED if scope != "-" else DENIED
        if one.place not in INSPECTIONS or scope == "-":
            return DENIED
        if one.url == "receipt":
            return ALLOWED if self.author(one) != "nobody" and self.reads(one, scope, self.author(one)) else DENIED
        if one.url == "answers" and one.method == "POST":
            here = one.case in ("C1", "C2", "C3", "C4")
            return ALLOWED if here and (scope == "all" or self.given(one)) else DENIED
        return ALLOWED

    def scope(self, one: Try, row: Row) -> str:
        """The person's scope, where they belong to the inspection at all."""
        if one.person == "":
            return row.scope("PU", one.state)
        person = self.people[one.person]
        if person.role is None:
            return row.scope("ST", one.state)
        if one.url in OF_INSPECTION and not belongs(person, one.place):
            return "-"
        return row.scope(person.role.short, one.state)

    def given(self, one: Try) -> bool:
        """Whether the case is given to the person, as the factory did."""
        return one.case in GIVEN.get(one.person, ())

    def reads(self, one: Try, scope: str, author: str) -> bool:
        """Whether a first judgement on the case is read in a scope; nobody here has signed anything."""
        return scope == "all" or (self.given(one) and (scope == "assigned" or author == one.person))

    def outcome(self, one: Try, answer: Any) -> str:
        """Allowed or denied: a refusal for another reason than access is an allowed request."""
        if answer.status_code in (401, 403, 404, 405):
            return DENIED
        if one.url == "answers" and one.method == "POST" and answer.status_code == 200:
            codes = [result.get("code", "") for result in answer.json()["results"]]
            return DENIED if all(code.startswith("access.") for code in codes) else ALLOWED
        return ALLOWED

    def leaked(self, one: Try, answer: Any, expected: str) -> str:
        """Whether the body holds what the person may not read."""
        if one.method == "HEAD" or one.url not in (*OF_INSPECTION, "inspections"):
            return ""
        body = answer.content.decode("utf-8", "replace")
        if expected == DENIED:
            return "leak: a title" if any(title in body for title in self.titles.values()) else ""
        if one.url == "inspections" and one.method == "GET":
            return "" if {item["key"] for item in answer.json()["items"]} == self.listed(one) else "leak: a wrong list"
        if one.url == "answers" and one.method == "GET":
            return self.wrong_answers(one, answer.json()["items"])
        return ""

    def listed(self, one: Try) -> set[str]:
        """The inspections that the person may know of, by the matrix."""
        tries = (Try(one.state, one.person, "inspection", "GET", place) for place in INSPECTIONS)
        return {known.place for known in tries if self.expected(known, row_of(known)) == ALLOWED}

    def wrong_answers(self, one: Try, items: list[dict[str, Any]]) -> str:
        """Whether the events listed are those of the scope."""
        row = row_of(one)
        assert row is not None
        scope, mine = self.scope(one, row), set()
        stored = AnswerEvent.objects.filter(inspection__key=one.place)
        for op, case, actor, kind in stored.values_list("op_id", "subject_key", "actor", "pass_kind"):
            there = replace(one, case=case)
            if self.reads(there, scope, one.person if kind == "moderated" else actor):
                mine.add(op)
        return "" if {item["op_id"] for item in items} == mine else "leak: wrong answers"

    def told(self, one: Try, answer: Any, expected: str) -> str:
        """Whether a refusal tells that something is there to whoever may not know."""
        if expected == ALLOWED or one.url not in OF_INSPECTION or not one.person or one.method not in ("GET", "POST"):
            return ""
        look = replace(one, url="inspection", method="GET")
        if self.expected(look, row_of(look)) == ALLOWED:
            return ""
        return "" if answer.status_code in (404, 422, 400) else f"told: {answer.status_code} instead of 404"


def belongs(person: cast.Person, place: str) -> bool:
    """Whether somebody of the cast has a role in an inspection, whatever it allows."""
    service, local = place.removesuffix("-audit"), place.endswith("-audit")
    if person.role in (Role.ANALYST, Role.PUBLISHER, Role.ADMINISTRATOR):
        return True
    if person.role in (Role.CASE_MANAGER, Role.SERVICE_MANAGER):
        return person.service == service
    return person.inspects == service and local == (person.role in (Role.LOCAL_LEAD, Role.AUDITOR))


def not_understood(answer: Any) -> bool:
    """Whether the message was refused for its form, before anybody asked who sent it."""
    if answer.status_code not in (400, 422) or not answer["content-type"].startswith("application/problem"):
        return False
    return bool(answer.json()["faults"][0]["code"].startswith("api."))


def op_id(one: Try) -> str:
    """The id of the one answer of a person on a case in a pass: sent again it is the same message."""
    people = [person.key for person in cast.CAST]
    number = people.index(one.person) if one.person in people else 99
    place = INSPECTIONS.index(one.place) if one.place in INSPECTIONS else 9
    case = CASES.index(one.case) if one.case in CASES else 99
    return f"01900000-0000-7000-8000-{number:04d}{place:02d}{case:02d}{1 if one.pass_ == 'first' else 2:04d}"


def event(one: Try) -> dict[str, Any]:
    """An answer as a device sends it."""
    made = small.event(one.case, "A", "yes", op_id=op_id(one), actor=one.person or "nobody", device="laptop",
                       pass_=one.pass_)  # fmt: skip
    made = made._replace(payload_sha256=payload_digest(made))
    said = {name: list(part) if isinstance(part, tuple) else part for name, part in made._asdict().items()}
    said["pass"] = said.pop("pass_")
    del said["server_time"]
    return said
