"""What S16 does inside Django: requests that another site makes a browser send, and names that nobody may send.

Every address that changes something is asked without the sign of its session; every page is asked with a host, a way back
and a method that somebody else wrote; every form is sent with names that are not its own.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

from tests.evidence.matrix import STATES
from tests.evidence.work import forging_fields, forging_pages, forging_signs
from tests.evidence.work.forging_faults import SPOILT, planted
from tests.evidence.work.furnished import furnish
from tests.evidence.work.looking import House
from tests.evidence.work.places import unfilled
from tests.evidence.work.seeding import seed
from tests.factories.store import AT

from caselight.procedures.doctor import examine
from caselight.web.home import views as home

MANY = 500  # pages; from so many on, forms are looked for in every state
FEW = ("fieldwork", "setup")
ABOUT = ("home:", "design:")


@dataclass
class Found:
    """What came of the tries, by kind."""

    tried: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    def try_(self, kind: str, wrong: str) -> None:
        """Count one try; ``wrong`` is empty where it was refused as it should be."""
        self.tried[kind] += 1
        if wrong:
            self.bad[kind] += 1
            self.said.append(f"{kind}: {wrong}")


def attack(seed_: int, trials: int, *, fault: bool = False) -> dict[str, Any]:
    """All of it; ``trials`` bounds how many pages are asked, each address once at least. With a fault, what it is about."""
    seed()
    furnish(lambda name: f"What was said of {name}")
    found, many = Found(), trials >= MANY
    for one in unfilled():
        found.try_("address", one)
    examined = cache(examine)  # two seconds each time, and not what is asked about
    with patch.object(home, "examine", lambda **_: examined(at=AT)), planted(fault):
        house = House(checked=True)
        forging_signs.attack(house, found, every=many, only=SPOILT if fault else "")
        forging_pages.attack(house, found, random.Random(seed_), trials, only=ABOUT if fault else "")
        forging_pages.sign_in(found, 3 if fault else None)
        forging_fields.attack(
            House(), found, STATES if many else FEW, only=("assessing:case", "assessing:urgent") if fault else ""
        )
    return {"tried": dict(found.tried), "bad": dict(found.bad), "said": found.said}
