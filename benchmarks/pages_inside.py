"""What :mod:`benchmarks.pages` runs where Django is: an inspection of 100 cases in fieldwork, and the page of one case."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.large_inspection import write_large_inspection

INSPECTION, PERSON, LEAD = "large", "i1", "lead"
CASES, THEMES, EACH = 100, 3, 20
TURNS, UNCOUNTED = 40, 5
Took = tuple[float, float]


def write(folder: Path) -> None:
    """Write the inspection: 100 cases of 60 questions, all answered."""
    write_large_inspection(folder, CASES, THEMES, EACH)


def begin(folder: str) -> dict[str, str]:
    """The inspection in fieldwork, all its cases given to an inspector; the sessions of all people."""
    from tests.evidence.work.sessions import sessions
    from tests.factories.store import AT

    from caselight.procedures.importing import import_package
    from caselight.store.accounts.models import User
    from caselight.store.accounts.permissions import Role
    from caselight.store.inspections.models import Inspection, Membership, State
    from caselight.store.samples.models import Allocation, SampledCase

    import_package(Path(folder), by="lead", at=AT)
    inspection = Inspection.objects.get(key=INSPECTION)
    inspection.state = State.FIELDWORK
    inspection.save()
    for key, role in ((PERSON, Role.INSPECTOR), (LEAD, Role.LEAD_INSPECTOR)):
        user = User.objects.get(key=key)
        Membership.objects.create(user=user, role=role, inspection=inspection, member_key=f"{key}-here")
    given = SampledCase.objects.filter(inspection=inspection).values_list("case_key", flat=True)
    user = User.objects.get(key=PERSON)
    Allocation.objects.bulk_create(
        Allocation(inspection=inspection, case_key=case, user=user, from_at=AT) for case in given
    )
    return sessions()


def begin_crowd(folder: str, inspectors: int, readers: int) -> dict[str, Any]:
    """The same inspection with so many inspectors, each with a case, and readers; the session and the case of each."""
    from tests.factories.store import AT

    from caselight.store.accounts.models import User
    from caselight.store.accounts.permissions import Role
    from caselight.store.inspections.models import Inspection, Membership
    from caselight.store.samples.models import Allocation

    begin(folder)
    inspection, given = Inspection.objects.get(key=INSPECTION), cases()
    people: dict[str, str] = {}
    for number in range(inspectors + readers):
        role = Role.INSPECTOR if number < inspectors else Role.LEAD_INSPECTOR
        user = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}", key=f"p{number}")
        Membership.objects.create(user=user, role=role, inspection=inspection, member_key=user.key)
        if number < inspectors:
            Allocation.objects.create(inspection=inspection, case_key=given[number], user=user, from_at=AT)
        people[user.key] = given[number]
    from tests.evidence.work.sessions import sessions

    opened = sessions()
    places = [[opened[key], case] for key, case in people.items()]
    return {"inspection": INSPECTION, "inspectors": places[:inspectors], "readers": places[inspectors:]}


def case_page() -> dict[str, Any]:
    """The page of a case and its template from values that are ready, in turns; its queries; what it weighs."""
    from django.conf import settings
    from django.db import connection
    from django.shortcuts import render
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from caselight.store.accounts.models import User
    from caselight.web.assessing import views

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(key=PERSON), "caselight.config.signing_in.Backend")
    _with_second_step(client)
    address = f"/inspections/{INSPECTION}/cases/case/{cases()[0]}/"
    kept: dict[str, Any] = {}

    def keeping(request: Any, template: str, values: Any = None, **more: Any) -> Any:
        kept.update(request=request, template=template, values=values)
        return render(request, template, values, **more)

    with patch.object(views, "render", keeping):
        answered = client.get(address)
    if answered.status_code != 200:
        raise SystemExit(f"The case answered {answered.status_code}.")
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    sides: dict[str, Callable[[], object]] = {
        "page": lambda: client.get(address),
        "html": lambda: render(kept["request"], kept["template"], kept["values"]),
    }
    return {"queries": len(seen), "bytes": len(gzip.compress(answered.content)), **_in_turns(sides)}


def cases() -> list[str]:
    """The keys of the cases in their order."""
    from caselight.store.samples.models import SampledCase

    found = SampledCase.objects.filter(inspection__key=INSPECTION).order_by("position")
    return list(found.values_list("case_key", flat=True))


def _with_second_step(client: Any) -> None:
    """As after a sign-in with both factors."""
    from tests.evidence.work.sessions import sessions

    client.cookies["sessionid"] = sessions()[PERSON]


def _in_turns(sides: dict[str, Callable[[], object]]) -> dict[str, list[Took]]:
    taken: dict[str, list[Took]] = {name: [] for name in sides}
    for turn in range(TURNS + UNCOUNTED):
        for name, work in sides.items():
            wall, processor = time.perf_counter(), time.process_time()
            work()
            if turn >= UNCOUNTED:
                taken[name].append((time.perf_counter() - wall, time.process_time() - processor))
    return taken
