"""The attack of S3, inside a process with Django: twins with one answer, nothing that comes through, equal times."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any

from django.test import Client
from tests import cast
from tests.evidence.matrix import STATES
from tests.evidence.work import existence_faults, twins
from tests.evidence.work.alike import answered, differences
from tests.evidence.work.furnished import furnish
from tests.evidence.work.looking import House
from tests.evidence.work.seeding import seed
from tests.evidence.work.timing import Measured, distinguishable
from tests.evidence.work.twins import Twin
from tests.evidence.work.unseen import sent_twice, told_by_mail, unseen

from caselight.store.inspections.models import Inspection
from caselight.store.inspections.roles import standing_at

Timed = tuple[str, str, str, bool]
# Whose time is taken: by page, by form and by device, each by somebody of a service, from the other inspection, of none.
TIMED = (
    ("planning:inspection", "GET", "sm", False), ("letter:letter", "GET", "cm", False),
    ("assessing:answer", "POST", "i1", False), ("api:inspection", "GET", "stranger", True),
    ("api:answers", "POST", "lead", True),
)  # fmt: skip


def attack(*, seed_: int, pairs: int, each: bool = False, fault: bool = False) -> dict[str, Any]:
    """All of it; or the faults one after the other, each looked for by the part that is about it."""
    house, devices = world()
    draw = random.Random(seed_)
    if fault:
        return _faults(house, devices, draw, pairs)
    trials, said = uniform(house, devices, chain.from_iterable(_twins(house, each=each)))
    figures: dict[str, Any] = {"pairs_of_addresses": trials}
    timed, slower, finest = times(house, devices, draw, pairs, of=TIMED if each else TIMED[::2])
    more, changed = unseen(house, devices, each=each)
    twice, again = sent_twice(house)
    said += [*slower, *changed, *told_by_mail(house.clients[""]), *again]
    figures |= {"pairs_timed": timed, "finest_microseconds": finest, "pages_before_and_after": more}
    return {"trials": trials + timed + more + twice, "said": said[:40], "figures": figures}


def world() -> tuple[House, Mapping[str, Client]]:
    """The cast and all that they write, signed in and with their devices."""
    tokens = seed()
    furnish(lambda name: name.replace(".", " "))
    devices = {
        key: Client(
            headers={"authorization": f"Bearer {token}"}, SERVER_NAME="localhost", raise_request_exception=False
        )
        for key, token in tokens.items()
    }
    house = House()
    for person in cast.CAST:
        house.clients[person.key].get("/me")  # the sign of their forms, and that they were here
    return house, devices


def _twins(house: House, *, each: bool) -> Iterator[Iterable[Twin]]:
    for state in STATES if each else ("fieldwork",):
        Inspection.objects.update(state=state)
        house.state = state
        yield twins.of_inspections(state, each=each)
        yield twins.of_the_api(state, each=each)
    Inspection.objects.update(state="fieldwork")
    house.state = "fieldwork"
    yield twins.of_things()
    yield twins.of_what_is_shared()


def uniform(house: House, devices: Mapping[str, Client], questions: Iterable[Twin]) -> tuple[int, list[str]]:
    """How many twins were asked, and what told the two of each apart: twice, for once a minute a session is noted."""
    said, asked = list[str](), 0
    for twin in questions:
        asked += 1
        ask = _asker(house, devices, twin)
        if differences(ask(twin.there), ask(twin.nowhere)):
            nowhere = ask(twin.nowhere)
            found = differences(ask(twin.there), nowhere)
            said += [f"{twin.name} {twin.method} as {twin.person}: {one}" for one in found]
    return asked, said


def _asker(house: House, devices: Mapping[str, Client], twin: Twin) -> Callable[[str], Any]:
    client = (devices if twin.device else house.clients)[twin.person]

    def ask(path: str) -> Any:
        standing_at.cache_clear()  # whoever asks first after a start is told no more than the others
        return answered(client, twin.method, path, twin.names, **twin.sent)

    return ask


def times(
    house: House, devices: Mapping[str, Client], draw: random.Random, pairs: int, *, of: Sequence[Timed]
) -> tuple[int, list[str], float]:
    """How many pairs were timed (at least), which addresses take longer for what is there, and how finely that was seen."""
    found = [_timed(*one) for one in of]
    said, finest = list[str](), 0.0
    for twin in found:
        client = (devices if twin.device else house.clients)[twin.person]

        def call(path: str, twin: Twin = twin, client: Client = client) -> Callable[[], object]:
            return lambda: client.generic(twin.method, path, **twin.sent)

        there, nowhere = call(twin.there), call(twin.nowhere)
        for _ in range(5):
            there(), nowhere()
        differ, last = distinguishable(there, nowhere, pairs, len(found), draw)
        finest = max(finest, last.finest)
        said += [_says(twin, last)] if differ else []
    return pairs * len(found), said, round(finest, 1)


def _says(twin: Twin, last: Measured) -> str:
    return f"{twin.name} {twin.method} takes {last.longer:+.1f} microseconds for what is there (p {last.p:.1e})"


def _timed(name: str, method: str, person: str, device: bool) -> Twin:
    made = twins.of_the_api if device else twins.of_inspections
    found = (
        one for one in made("fieldwork", each=True) if (one.name, one.method, one.person) == (name, method, person)
    )
    return next(one for one in found if one.names[0] == twins.ABROAD)


def _faults(house: House, devices: Mapping[str, Client], draw: random.Random, pairs: int) -> dict[str, Any]:
    """Each fault planted alone, and what the attack then says."""
    page = [_timed("planning:inspection", "GET", "sm", False)]
    parts: list[tuple[AbstractContextManager[object], Callable[[], list[str]]]] = [
        (existence_faults.tells(), lambda: _of("status", uniform(house, devices, page)[1])),
        (existence_faults.asks_more(), lambda: _of("statements", uniform(house, devices, page)[1])),
        (existence_faults.takes_longer(), lambda: times(house, devices, draw, pairs, of=TIMED[:1])[1]),
        (
            existence_faults.counts_all(),
            lambda: _of("body", unseen(house, devices, each=False, only="home:inspections")[1]),
        ),
    ]
    said: list[str] = []
    caught = 0
    for planted, looked in parts:
        with planted:
            found = looked()
        caught += bool(found)
        said += found[:3]
    return {"trials": len(parts), "said": said, "caught": caught, "planted": len(parts)}


def _of(kind: str, said: list[str]) -> list[str]:
    return [one for one in said if f": {kind}" in one]
