"""116 cases that a service might have listed: 92 within the window of start dates, 24 outside it or of another kind.

Keys, strata and dates come first, because the draw depends on nothing else; the facts of the examined cases follow from
the solved figures, those of the others from chance (``facts.py``).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from examples.generate.chance import Chance

ELIGIBLE = {("yes", "male"): 21, ("yes", "female"): 3, ("no", "male"): 54, ("no", "female"): 14}
TOO_EARLY, TOO_LATE, OUT_OF_COURT = 10, 8, 6
FIRST, LAST = date(2015, 9, 14), date(2015, 10, 30)
DAY = timedelta(days=1)
SATURDAY = 5


class Listed(NamedTuple):
    """A case as it is listed, before anything else is known of it. ``kind`` says why it is not eligible, if so."""

    key: str
    custodial: str
    sex: str
    started: date
    kind: str = "eligible"


def listed(chance: Chance) -> tuple[Listed, ...]:
    """The whole list, in the order of the keys."""
    rows = [
        _listed(chance, f"{custodial}-{sex}-{place}", custodial, sex)
        for (custodial, sex), size in ELIGIBLE.items()
        for place in range(size)
    ]
    for kind, size in (("too_early", TOO_EARLY), ("too_late", TOO_LATE), ("out_of_court", OUT_OF_COURT)):
        rows += [_outside(chance, f"{kind}-{place}", kind) for place in range(size)]
    return tuple(sorted(rows))


def _listed(chance: Chance, name: str, custodial: str, sex: str) -> Listed:
    return Listed(_key(chance, name), custodial, sex, court_day(chance, name, FIRST, LAST))


def _outside(chance: Chance, name: str, kind: str) -> Listed:
    """A case that is not eligible: of the right kind and the wrong date, or an out-of-court disposal of a right date."""
    spans = {"too_early": (date(2015, 7, 20), FIRST - DAY), "too_late": (LAST + DAY, date(2015, 11, 26))}
    first, last = spans.get(kind, (FIRST, LAST))
    custodial = "no" if kind == "out_of_court" or chance.below(4, "custodial", name) else "yes"
    sex = chance.weighted({"male": 4, "female": 1}, "sex", name)
    return Listed(_key(chance, name), custodial, sex, court_day(chance, name, first, last), kind)


def _key(chance: Chance, name: str) -> str:
    return "c-" + chance.key("key", name)


def court_day(chance: Chance, name: str, first: date, last: date) -> date:
    """A weekday from ``first`` to ``last``: courts sentence children from Monday to Friday."""
    days = [first + DAY * step for step in range((last - first).days + 1)]
    return chance.pick([day for day in days if day.weekday() < SATURDAY], "started", name)
