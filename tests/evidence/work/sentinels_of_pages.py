"""S2 over the pages: a word of its own in every field, and who may read which, by reliability.md section 7.

A page may show a person only what its own line allows them, whichever page it is and whatever else they may do there.
Whoever is refused a page is S1's matter, which looks for the same words in its refusals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from tests.evidence.matrix import STATES, between
from tests.evidence.work.furnished import PLACES, furnish
from tests.evidence.work.looking import PEOPLE, House, Room, open_to
from tests.evidence.work.roles import belongs
from tests.evidence.work.seeding import seed
from tests.evidence.work.sentinels import texts, word
from tests.factories.store import GIVEN, MANAGED_BY

from caselight.store.inspections.models import Inspection
from caselight.store.reports.queries import newest_of
from caselight.web.home import views as home

NUMBERED = "?numbers=1"  # with record numbers, where a page offers to show them
WORD = re.compile(r"Zq[0-9a-f]{14}x")
ALWAYS, WORKING, JUDGED = "setup..closed", "fieldwork..moderation", "fieldwork..embargo"
DRAFTED, LATE = "draft..embargo", "fact_check..embargo"
LEADS = {"LI": f"all@{ALWAYS}", "LL": f"all@{ALWAYS}"}
LETTER = {**LEADS, "IN": f"all@{DRAFTED}", "QA": f"all@{DRAFTED}", "SM": f"all@{LATE}", "PB": "all@embargo..embargo"}
# What each role may read of a field: everywhere, of ``case``s that are given to them, of cases they ``manage``, what is
# their own (``mine``); and in which states. Longer beginnings come first.
READS: Mapping[str, Mapping[str, str]] = {
    "identity": {**LEADS, "IN": f"case@{JUDGED}", "LA": f"case@{WORKING}", "AU": f"case@{ALWAYS}",
                 "CM": "manage@setup..fieldwork", "SM": "all@setup..fieldwork"},
    "words": {**LEADS, "IN": f"mine@{JUDGED}", "LA": f"mine@{WORKING}", "QA": f"case@{JUDGED}", "AU": f"mine@{ALWAYS}"},
    "aside": LEADS,
    "presence": {**LEADS, "IN": f"case@{JUDGED}", "LA": f"case@{WORKING}", "QA": f"case@{JUDGED}", "AU": f"case@{ALWAYS}"},
    "concern": {**LEADS, "IN": f"case@{WORKING}", "LA": f"case@{WORKING}", "AU": f"case@{WORKING}"},
    "unsaved": LEADS,
    "decision": LEADS,
    "letter": {**LETTER, "AU": f"all@{DRAFTED}"},
    "remark": {**LETTER, "SM": f"all@{LATE}", "AU": f"all@{DRAFTED}"},
    "sheet": {**LEADS, "IN": "all@draft..published", "AU": "all@draft..published"},
    "release": {**LEADS, "PB": "all@embargo..closed"},
    "action": {**LEADS, "SM": "all@published..closed"},
    "sample": LEADS,
    "conflict": LEADS,  # and whoever it is declared of
    "request": {**LEADS, "IN": f"all@{ALWAYS}", "LA": f"case@{WORKING}", "CM": "manage@setup..fieldwork",
                "SM": "all@setup..fact_check"},
    "contact": {**LEADS, "IN": f"all@{ALWAYS}", "LA": f"all@{WORKING}", "SM": "all@setup..fact_check"},
    "announcement": {**LEADS, "IN": f"all@{ALWAYS}", "LA": f"all@{WORKING}", "SM": "all@setup..fact_check"},
    "slot": {**LEADS, "IN": f"all@{ALWAYS}", "LA": f"case@{WORKING}", "CM": "manage@setup..fieldwork",
             "SM": "all@setup..fact_check", "AU": f"case@{WORKING}"},
    "fact": {**LEADS, "IN": f"case@{WORKING}", "LA": f"case@{WORKING}", "SM": "all@setup..fieldwork",
             "AU": f"case@{WORKING}"},
    "title": dict.fromkeys(("LI", "IN", "LA", "QA", "CM", "SM", "AD", "LL", "AU"), f"all@{ALWAYS}")
    | {"AN": "all@published..closed", "PB": "all@embargo..closed"},
}  # fmt: skip
SHOWN = {"words", "presence", "concern", "letter", "remark", "sheet", "request", "contact", "announcement", "slot", "fact",
         "title", "identity"}  # fmt: skip
CONFLICTED = {"testshire": "i2"}  # of whom a conflict is declared in an inspection; in the others of lead2
# Both gave an answer to the same question: neither answers it blind any more, and each must know what they agree on.
AUTHORS, BETWEEN = {"i1", "i2"}, ("testshire", "C2")
OF_CASE = {"presence": "C1", "concern": "C1", "slot": "C1", "fact": "C2"}


def leaked(trials: int, *, fault: bool = False) -> dict[str, Any]:
    """Every page as everybody who may see it, in so many states; which words came that they may not read."""
    seed()
    names: dict[str, str] = {}

    def sentinel(name: str) -> str:
        names[word(name)] = name
        return word(name)

    furnish(sentinel)
    for place in PLACES:
        Inspection.objects.filter(key=place).update(title=sentinel(f"title.{place}"))
    said, looked, seen = [], 0, set[str]()
    with planted(fault):
        house = House()
        for room in _rooms(trials, fault=fault):
            answer = house.get(room, NUMBERED)
            looked += len(names)
            there = {names[found] for text in texts(answer) for found in WORD.findall(text) if found in names}
            seen |= {name.partition(".")[0] for name in there}
            wrong = [name for name in sorted(there) if not may_read(name, room)]
            said += [f"{room.person} read {name} at {room.url} of {room.place} in {room.state}." for name in wrong]
    if not fault:
        said += [f"Nobody could read anything of {family}, so nothing was shown." for family in sorted(SHOWN - seen)]
    return {"looked": looked, "said": said, "fields": len(names)}


def _rooms(trials: int, *, fault: bool) -> Iterator[Room]:
    for state in ("fieldwork", "fact_check", *STATES)[:trials]:
        for room in open_to("GET", each=True, states=(state,)):
            if not fault or room.url in ("home:today", "home:inspections"):
                yield room


def may_read(name: str, room: Room) -> bool:
    """Whether a person may read a field, by the table above."""
    family, place, *more = name.split(".")
    person = PEOPLE[room.person]
    if _own(family, place, more, room):
        return True
    if person.role is None or not belongs(person, place):
        return False
    scope, _, states = READS[family].get(person.role.short, "").partition("@")
    if not states or room.state not in between(states):
        return False
    if scope == "mine":
        return room.person == more[0]
    if scope == "all":
        return True
    case = _case(family, more)
    if not case:
        return family in ("request", "contact", "announcement") and more[0] == "0"
    return MANAGED_BY[case] == person.worker if scope == "manage" else case in GIVEN.get(room.person, ())


def _own(family: str, place: str, more: list[str], room: Room) -> bool:
    """Whether it is read as one's own: a conflict of oneself, or an answer that stands against one's own."""
    if family == "conflict":
        return more == ["reason"] and room.person == CONFLICTED.get(place, "lead2")
    asked = room.url == "assessing:decisions" and family == "words" and room.state in between(WORKING)
    return asked and {room.person, more[0]} <= AUTHORS and (place, more[1]) == BETWEEN


def _case(family: str, more: list[str]) -> str:
    """The case that a field is about; empty where it is about none."""
    if family == "identity":
        return more[0]
    if family == "words":
        return more[1]
    return "C1" if family == "request" and more[0] == "1" else OF_CASE.get(family, "")


@contextmanager
def planted(fault: bool) -> Iterator[None]:
    """Nothing; or a list of inspections that carries the first words of each one's letter."""
    if not fault:
        yield
        return
    table = home.table

    def careless(mine: Any, said: Any) -> Any:
        rows = [replace(one, title=f"{one.title}: {newest_of(one.key, 'en')[1]}") for one in mine]
        return table(rows, said)

    with patch.object(home, "table", careless):
        yield
