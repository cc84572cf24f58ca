"""Every request of S1 to a page: who asks for which address, how, where, for what, in which state; and a sample of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests import cast
from tests.evidence.matrix import STATES, Row, between
from tests.evidence.work.combinations import INSPECTIONS, METHODS, NOWHERE, PEOPLE, REAL
from tests.evidence.work.places import NEVER, SIGNING_IN, WRONG_NUMBERS, WRONG_WORDS, Page, pages, rows

WRONG = max(len(WRONG_WORDS), len(WRONG_NUMBERS))
CASES = ("subject", "case")  # arguments that name a case


@dataclass(frozen=True, slots=True)
class Look:
    """One request to a page. ``wrong`` is the number of what is not there in one of its arguments, -1 for none."""

    state: str
    person: str
    url: str
    method: str
    what: str
    place: str
    case: str = "C1"
    wrong: int = -1


def every() -> Iterator[Look]:
    """Every combination; a method that an address does not have is tried at two places in every state."""
    for state, person, (name, method, what) in itertools.product(STATES, PEOPLE, (*OWN, *OTHERS)):
        look, page = Look(state, person, name, method, what, ""), pages()[name]
        yield from (replace(look, place=place, case=case, wrong=wrong) for place, case, wrong in _ways(page, look))


def _own() -> tuple[tuple[str, str, str], ...]:
    """Each address and method that has a row, with what the row is about."""
    there = ((row.url, row.method, row.what) for row in rows() if row.url in pages() and row.url not in NEVER)
    return tuple(dict.fromkeys(there))


def _others() -> tuple[tuple[str, str, str], ...]:
    """Each address of our own pages with the methods that it has no row for."""
    ours = [name for name in pages() if not name.startswith((*SIGNING_IN, "health"))]
    had = {(url, method) for url, method, _ in _own()}
    return tuple((name, method, "") for name in ours for method in METHODS if (name, method) not in had)


OWN, OTHERS = _own(), _others()


def _ways(page: Page, look: Look) -> list[tuple[str, str, int]]:
    """The places, cases and wrong arguments that an address is asked with."""
    if not page.inside or page.name.startswith(SIGNING_IN):
        return [("", "C1", -1), *(("", "C1", n) for n in range(WRONG * len(page.beyond)))]
    if (look.url, look.method, look.what) in OTHERS:
        return [("testshire", "C1", -1), ("testshire-audit", "C1", -1)]
    cases = REAL if any(name in CASES for name in page.beyond) else ("C1",)
    found = [(place, case, -1) for place in INSPECTIONS for case in cases]
    found += [(place, "C1", -1) for place in NOWHERE]
    return found + [(INSPECTIONS[n % 4], "C1", n) for n in range(WRONG * len(page.beyond))]


def row_of(look: Look, kind: str = "") -> Row | None:
    """The row of the matrix for a request."""
    page = pages()[look.url]
    outside = not page.inside or look.url.startswith(SIGNING_IN)
    kind = "-" if outside else kind or ("local_audit" if look.place.endswith("-audit") else "external")
    return _ROWS.get((kind, look.url, look.method, look.what))


_ROWS = {(row.kind, row.url, row.method, row.what): row for row in rows()}


def about(url: str) -> list[Look]:
    """Everybody who reads one address, of every inspection in every state: none of it is left to chance."""
    readings = itertools.product(STATES, PEOPLE, INSPECTIONS)
    return [Look(state, person, url, "GET", "", place) for state, person, place in readings]


def chosen(trials: int, draw: random.Random) -> tuple[list[Look], int, int]:
    """So many of all, by state; how many there are, and how many pairs of values those chosen hold between them.

    First come, for each address and method, everybody once, with states, places and arguments dealt out in turn; then
    whoever a row allows, once in its states and once in any; then any.
    """
    total = _total()
    if trials >= total:
        return list(every()), total, 0
    found = list(dict.fromkeys((*_dealt(draw), *_allowed(draw))))
    draw.shuffle(found)
    while len(found) < trials:
        look = Look(draw.choice(STATES), draw.choice(PEOPLE), *draw.choice(OWN), "")
        found.append(_placed(look, draw.choice(_ways(pages()[look.url], look))))
    found = sorted(found[:trials], key=lambda look: STATES.index(look.state))
    return found, total, len({pair for look in found for pair in _pairs(look)})


def _dealt(draw: random.Random) -> Iterator[Look]:
    for url in OWN:
        people = draw.sample(PEOPLE, len(PEOPLE))
        if url[0].startswith(SIGNING_IN):  # which know no roles
            people = ["", *people[:3]]
        states = itertools.cycle(draw.sample(STATES, len(STATES)))
        look = Look("", "", *url, "")
        ways = _ways(pages()[look.url], look)
        deck = itertools.cycle(draw.sample(ways, len(ways)))
        for person in people:
            yield _placed(replace(look, state=next(states), person=person), next(deck))
    for url in OTHERS:
        look = Look(draw.choice(STATES), draw.choice(PEOPLE), *url, "")
        yield _placed(look, draw.choice(_ways(pages()[look.url], look)))


def _allowed(draw: random.Random) -> Iterator[Look]:
    for row in rows():
        if row.url in NEVER or row.url not in pages():
            continue
        for person in cast.CAST:
            cell = row.cells[person.role.short if person.role else "ST"]
            states = between(cell.partition("@")[2]) if "@" in cell else STATES
            if cell == "-":
                continue
            for state in (draw.choice(states), draw.choice(STATES)):
                look = Look(state, person.key, row.url, row.method, row.what, "")
                there = [what for what in _ways(pages()[row.url], look) if what[2] < 0 and _there(what[0], row, person)]
                yield from (_placed(look, what) for what in draw.sample(there, min(1, len(there))))


def _there(place: str, row: Row, person: cast.Person) -> bool:
    if row.kind == "-":
        return True
    service = place.removesuffix("-audit")
    local = place.endswith("-audit") == (row.kind == "local_audit")
    return place in INSPECTIONS and local and service in (person.inspects or person.service or service)


def _placed(look: Look, what: tuple[str, str, int]) -> Look:
    place, case, wrong = what
    return replace(look, place=place, case=case, wrong=wrong)


def _pairs(look: Look) -> Iterator[tuple[int, object, object]]:
    parts = (look.state, look.person, (look.url, look.method, look.what), look.place, (look.case, look.wrong))
    yield from ((n, *pair) for n, pair in enumerate(itertools.combinations(parts, 2)))


def _total() -> int:
    ways = (len(_ways(pages()[url], Look("", "", url, method, what, ""))) for url, method, what in (*OWN, *OTHERS))
    return len(STATES) * len(PEOPLE) * sum(ways)
