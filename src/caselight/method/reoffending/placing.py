"""New records beside persons that are known: who joins whom, who is new, and what a person must decide.

Nobody known is ever changed: no record moves, and two persons never become one. The order in which new records come does
not matter, because the rule is asked of all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from caselight.method.reoffending.events import id_order
from caselight.method.reoffending.linking import Pair, Thresholds, clusters


class Why(StrEnum):
    """Why a person has to decide about a record."""

    BETWEEN = "between the thresholds"
    SEVERAL = "matches several persons"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A new record in the grey band, why, and whom it may be: persons, or other new records where none is known."""

    record: str
    why: Why
    persons: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The person of each new record that joined one, of each that begins one, and those that a person must decide."""

    joined: Mapping[str, str]
    begun: Mapping[str, str]
    undecided: tuple[Undecided, ...]


def place(new: Iterable[str], pairs: Iterable[Pair], known: Mapping[str, str], thresholds: Thresholds) -> Placed:
    """Place new records by their scores against known records and against each other.

    New records that match each other above the upper threshold stay together. Together they join the one known person
    that any of them matches above it; matching several, or none and somebody between the thresholds, they wait for a
    person's decision; otherwise they begin a person. A record that is known already is left as it is.

    >>> found = place(["c"], [Pair("a", "c", 0.99), Pair("b", "c", 0.7)], {"a": "p1", "b": "p2"}, Thresholds())
    >>> found.joined
    {'c': 'p1'}
    """
    fresh = {record for record in new if record not in known}
    near = [pair for pair in pairs if pair.probability >= thresholds.lower and {pair.one, pair.other} & fresh]
    groups: dict[str, list[str]] = {}
    inside = [pair for pair in near if {pair.one, pair.other} <= fresh]
    for record, first in clusters(fresh, inside, thresholds.upper).items():
        groups.setdefault(first, []).append(record)
    names = _names(groups, known)
    joined, begun, undecided = {}, {}, []
    for first, records in groups.items():
        above, between = _matched(set(records), near, known, thresholds.upper)
        if len(above) == 1:
            joined.update(dict.fromkeys(records, next(iter(above))))
        elif above or between:
            why = Why.SEVERAL if above else Why.BETWEEN
            whom = above or between
            persons = tuple(sorted(whom, key=id_order))
            undecided += [Undecided(record, why, persons, max(whom.values())) for record in records]
        else:
            begun.update(dict.fromkeys(records, names[first]))
    return Placed(joined, begun, tuple(undecided))


def _matched(
    records: set[str], near: Iterable[Pair], known: Mapping[str, str], upper: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Whom a group matches above the upper threshold, and below it, each with the best score."""
    above: dict[str, float] = {}
    between: dict[str, float] = {}
    for pair in near:
        outside = {pair.one, pair.other} - records
        if len(outside) == 1:
            other = outside.pop()
            of = above if pair.probability >= upper and other in known else between
            person = known.get(other, other)
            of[person] = max(pair.probability, of.get(person, 0.0))
    return above, between


def _names(groups: Mapping[str, Iterable[str]], known: Mapping[str, str]) -> dict[str, str]:
    """The id of each new person: that of the first record, lengthened where a person who is known has it already."""
    persons = set(known.values())
    taken = {*persons, *known, *(record for records in groups.values() for record in records)}
    names = {}
    for first in groups:
        name = first
        while first in persons and name in taken:
            name += "+"
        names[first] = name
    return names
