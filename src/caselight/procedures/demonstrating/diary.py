"""When each case was or will be looked at: nobody twice at a time, neither the examiner nor the worker beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from caselight.procedures.demonstrating.cast import Actor
from caselight.procedures.demonstrating.rounds import Round, instant, later

STARTS = ((9, 30), (11, 30), (14, 0), (16, 0))  # far enough apart for a case, two to a half-day
RECORDED = 2  # working days from the first within which everything was recorded that was


@dataclass(frozen=True, slots=True)
class Appointment:
    """A case of somebody at an instant; ``begun`` says whether anything of it is recorded."""

    who: Actor
    case: str
    begins: datetime
    begun: bool


def diary(
    round_: Round, first: date, given: Mapping[Actor, Sequence[str]], workers: Mapping[str, str]
) -> tuple[Appointment, ...]:
    """Every case that is given to somebody, each with its time; ``workers`` are by case."""
    taken: set[tuple[object, datetime]] = set()
    made = []
    for who, case, begun in _turns(round_, given):
        begins = next(at for at in _times(first, begun=begun) if not {(who, at), (workers[case], at)} & taken)
        taken |= {(who, begins), (workers[case], begins)}
        made.append(Appointment(who, case, begins, begun))
    return tuple(made)


def _turns(round_: Round, given: Mapping[Actor, Sequence[str]]) -> Iterator[tuple[Actor, str, bool]]:
    """The first cases of all, then their second: what was begun first comes first."""
    for n in range(max(map(len, given.values()), default=0)):
        for who, cases in given.items():
            if n < len(cases):
                yield who, cases[n], bool(round_.work[who][n])


def _times(first: date, *, begun: bool) -> Iterator[datetime]:
    days = range(RECORDED) if begun else range(RECORDED, 5)
    for n, (hour, minute) in product(days, STARTS):
        yield instant(later(first, n), hour, minute)
