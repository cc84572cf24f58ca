"""Invented records of invented people, some with a slip of the pen; always the same ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from caselight.method.reoffending.linking import Record

FORENAMES = [
    "amy",
    "ben",
    "cara",
    "dev",
    "ella",
    "finn",
    "gita",
    "hugh",
    "isla",
    "jack",
    "kezia",
    "liam",
    "mona",
    "noah",
]
SURNAMES = [
    "abbott",
    "baines",
    "carey",
    "dutton",
    "ellis",
    "farrow",
    "gwynne",
    "hassan",
    "idris",
    "jarvis",
    "khan",
    "lowe",
]


def drawn(*of: object) -> int:
    """A number that follows from a name."""
    return int.from_bytes(sha256("/".join(map(str, of)).encode()).digest()[:6], "big")


def person(n: int) -> Record:
    """The first record of one person."""
    return Record(
        id=f"r{n:05d}",
        forename=FORENAMES[drawn(n, "forename") % len(FORENAMES)],
        surname=SURNAMES[drawn(n, "surname") % len(SURNAMES)] + SURNAMES[drawn(n, "second") % len(SURNAMES)],
        born=date(2000, 1, 1) + timedelta(days=drawn(n, "born") % 2500),
        sex="fm"[drawn(n, "sex") % 2],
        postcode=f"W{drawn(n, 'district') % 14 + 1} {drawn(n, 'unit') % 9}AB",
        local_id=f"{drawn(n, 'local')}" if drawn(n, "has") % 3 else "",
    )


def again(record: Record, n: int) -> Record:
    """Another record of the same person, with one thing in it wrong or missing."""
    slips = (
        {},
        {"forename": record.forename[:-1] + "x"},
        {"surname": record.surname[0] + record.surname},
        {"postcode": f"N{n % 20} 1ZZ"},
        {"born": None, "local_id": ""},
    )
    return replace(record, id=f"s{n:05d}", **slips[drawn(n, "slip") % len(slips)])  # type: ignore[arg-type]


def records(people: int) -> list[Record]:
    """The records of that many people; every third has two."""
    firsts = [person(n) for n in range(people)]
    return [*firsts, *(again(one, n) for n, one in enumerate(firsts) if n % 3 == 0)]
