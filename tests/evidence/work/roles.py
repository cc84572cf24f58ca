"""The attack of S1, inside a process with Django: every address as everybody, held against the matrix.

The oracle is ``matrix.csv`` and the cast; it never asks the product who may do what.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.urls import reverse
from tests import cast
from tests.evidence.matrix import Row
from tests.evidence.work.combinations import CASES, INSPECTIONS, OF_INSPECTION, PEOPLE, Try, about, chosen, row_of
from tests.evidence.work.seeding import seed
from tests.factories import small
from tests.factories.store import AT, GIVEN, token

from caselight.api.app import api
from caselight.method.answers.events import payload_digest
from caselight.procedures.exporting import export_package
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Permission, Role
from caselight.store.assessments.models import AnswerEvent
from caselight.store.caseloads.models import Subject
from caselight.store.inspections import grants
from caselight.store.inspections.models import Inspection, Kind, Membership, Service, State

ALLOWED, DENIED = "allowed", "denied"
PASSES = {"first": 1, "moderated": 2, "second": 3}
PAST, COMING = {"valid_to": date(2020, 1, 1)}, {"valid_from": date(2990, 1, 1)}
WERE = (
    ("i0", Role.INSPECTOR, "testshire", PAST),
    ("lead0", Role.LEAD_INSPECTOR, "testshire", PAST),
    ("sm0", Role.SERVICE_MANAGER, "testshire", PAST),
    ("i9", Role.INSPECTOR, "testshire", COMING),
)


OF_PAGES = 0.215  # of all requests; the others go to the API
SPOILT, SPOILT_PAGE = "answers", "assessing:case"  # what the planted fault is about


def attack(*, seed_: int, trials: int, fault: bool = False) -> dict[str, Any]:
    """So many combinations, or all where there are fewer; unexpected allows and denies, and how fast it went.

    First the API is asked, then the pages. Where a fault is planted everybody reads what it is about, and nothing else.
    """
    from tests.evidence.work import page_roles

    with patch.object(small, "framework", _whole_framework):
        tokens = seed()
    world = World(tokens)
    for_pages = round(trials * OF_PAGES)
    tries, total, pairs = (about(SPOILT), 0, 0) if fault else chosen(trials - for_pages, random.Random(seed_))
    found: Counter[str] = Counter()
    said: list[str] = []
    with ExitStack() as stack:
        if fault:
            stack.enter_context(one_line_removed_and_one_added())
        described = api.get_openapi_schema()  # a fifth of a second, and the same each time
        stack.enter_context(patch.object(api, "get_openapi_schema", lambda *_, **__: described))
        began, now = time.monotonic(), ""
        for one in tries:
            if one.state != now:
                now = one.state
                Inspection.objects.update(state=now)
            wrong = world.wrong(one)
            if wrong:
                found[wrong.split(":")[0]] += 1
                said.append(f"{wrong} {replace(one, place=one.place[:20], case=one.case[:20])}")
        at_pages = page_roles.attack(
            seed_=seed_, trials=for_pages, people=world.people, only=SPOILT_PAGE if fault else ""
        )
        seconds = time.monotonic() - began
    asked = len(tries) + at_pages["trials"]
    return {
        "trials": asked,
        "of": total,
        "pairs": pairs,
        "of_pages": at_pages["of"],
        "asked_of_pages": at_pages["trials"],
        "pairs_of_pages": at_pages["pairs"],
        "found": dict(found + Counter(at_pages["found"])),
        "said": [*said[:10], *at_pages["said"][:10]],
        "requests_per_second": round(asked / seconds),
    }


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
        for key, role, place, days in WERE:
            person = User.objects.create_user(f"{key}@example.org", None, key=key, name=key)
            of = {"inspection": Inspection.objects.get(key=place)} if role is not Role.SERVICE_MANAGER else {}
            service = None if of else Service.objects.get(key=place)
            Membership.objects.create(user=person, role=role, service=service, member_key=key, **of, **days)
            self.people[key] = cast.Person(key, key, None)
            headers = {"authorization": f"Bearer {token(person)}"}
            self.devices[key] = Client(headers=headers, SERVER_NAME="localhost")
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
        for place in Inspection.objects.all():  # a package names whoever manages a case
            for n, key in enumerate(("w1", "w2", "w3"), 10):
                Subject.objects.create(inspection=place, position=n, kind="case_manager", key=key, label=key)
        self.packages = {place: _package(place) for place in INSPECTIONS}

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
            said = f"{answer.status_code} {answer.content[:200]!r}" if one.more else answer.status_code
            return f"unexpected {'allow' if got == ALLOWED else 'deny'}: {said}"
        return self.leaked(one, answer, expected) or self.told(one, answer, expected)

    def send(self, one: Try) -> Any:
        """The request itself."""
        client = self.devices[one.person]
        path = self.path(one)
        if one.url == "answers" and one.method == "POST":
            return client.post(path, {"events": [event(one)]}, content_type="application/json")
        if one.url == "packages" and one.method == "POST":
            from django.core.files.uploadedfile import SimpleUploadedFile

            content = self.packages[one.place] if one.more else b"no zip"
            return client.post(path, {"file": SimpleUploadedFile("p.zip", content)})
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
        if one.url not in OF_INSPECTION or one.more:
            return ALLOWED if scope != "-" else DENIED
        if one.place not in INSPECTIONS or scope == "-":
            return DENIED
        if one.url == "receipt":
            return ALLOWED if self.author(one) != "nobody" and self.reads(one, scope, self.author(one)) else DENIED
        if one.url == "answers" and one.method == "POST":
            here = one.case in ("C1", "C2", "C3", "C4")
            mine = self.given(one) and one.pass_ == "first"  # nobody of the cast has a case in the second pass
            return ALLOWED if here and (scope == "all" or mine) else DENIED
        return ALLOWED

    def scope(self, one: Try, row: Row) -> str:
        """The person's scope, where they belong to the inspection at all."""
        if one.person == "":
            return row.scope("PU", one.state)
        person = self.people[one.person]
        if person.role is None:
            return row.scope("ST", one.state)
        if (one.url in OF_INSPECTION or one.more) and not belongs(person, one.place):
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


FRAMEWORK = small.framework


def _whole_framework(**more: Any) -> Any:
    """The small framework, with the reason it lacks for being brought in from a package."""
    reasons = [{"id": "elsewhere", "label": "elsewhere"}, {"id": "other", "label": "other", "needs_note": True}]
    return FRAMEWORK(**{"not_relevant_reasons": reasons} | more)


def _package(place: str) -> bytes:
    """What is there of an inspection, as a package: to bring it in again is to bring in more of it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "package.zip"
        export_package(place, file, by="lead", at=AT)
        return file.read_bytes()


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
    number = PEOPLE.index(one.person) if one.person in PEOPLE[:-1] else 99
    place = INSPECTIONS.index(one.place) if one.place in INSPECTIONS else 9
    case = CASES.index(one.case) if one.case in CASES else 99
    return f"01900000-0000-7000-8000-{number:04d}{place:02d}{case:02d}{PASSES[one.pass_]:04d}"


def event(one: Try) -> dict[str, Any]:
    """An answer as a device sends it."""
    made = small.event(one.case, "A", "yes", op_id=op_id(one), actor=one.person or "nobody", device="laptop",
                       pass_=one.pass_)  # fmt: skip
    made = made._replace(payload_sha256=payload_digest(made))
    said = {name: list(part) if isinstance(part, tuple) else part for name, part in made._asdict().items()}
    said["pass"] = said.pop("pass_")
    del said["server_time"]
    return said
