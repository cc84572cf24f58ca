"""Invented histories of offending: who returns, when, and with how much; fitted to published tables, never to people.

Each return is drawn from a chance that rises with the offences proven so far, a gap that mixes short and long ones, and
a number of offences; the values of :data:`FITTED` come from ``fitting.py``. Nothing here was ever a person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DISPOSALS = ("caution", "first_tier", "community", "custody", "other")
CUSTODY = DISPOSALS.index("custody")
BANDS = (1, 3, 7, 11)  # previous offences 0, 1-2, 3-6, 7-10, 11 and more
MOST_OCCASIONS = 60

# By previous offences: which disposals are given, chosen so that each disposal's published rate follows from its mix.
DISPOSAL_BY_BAND = np.array([
    [0.6085, 0.3580, 0.0065, 0.0011, 0.0259],
    [0.3182, 0.5629, 0.0612, 0.0037, 0.0540],
    [0.1271, 0.5230, 0.2700, 0.0144, 0.0655],
    [0.0505, 0.3407, 0.5363, 0.0606, 0.0119],
    [0.0228, 0.1605, 0.6181, 0.1608, 0.0378],
])  # fmt: skip
# At which age the first disposal came: 10 to 17.
FIRST_AGE = np.array([0.02, 0.04, 0.09, 0.15, 0.20, 0.20, 0.16, 0.14])


@dataclass(frozen=True, slots=True)
class Model:
    """The chances. Days are days; ``…_by_previous`` is the change with ``log(1 + offences so far)``."""

    returns: float = -0.786  # log odds of ever coming back
    returns_by_previous: float = 0.685
    returns_by_square: float = 0.082
    first: float = -0.4219  # what is added after the first disposal
    girls: float = -0.52  # what is added for girls
    frailty: float = 0.3  # how far people differ beyond what can be seen, in log odds
    early: float = 0.08064  # what is added for each year that the first disposal came before 15
    short: float = -2.517  # log odds that a gap is a short one
    short_by_previous: float = 1.075
    short_first: float = -0.3995  # what is added after the first disposal
    short_days: float = 95.49
    long_days: float = 724
    offences: float = 1.71  # the mean at one occasion
    offences_by_previous: float = 0.2116
    offences_by_square: float = 0.047
    girl_share: float = 0.186
    late: float = 0.05  # occasions for an offence from before the one before
    decline: float = 0.2746  # how much fewer first disposals there are with each year
    young: float = 0.1823  # how much likelier each earlier year of age is for the first disposal


FITTED = Model()


@dataclass(frozen=True, slots=True)
class Occasions:
    """Disposal occasions by column, in no order: days since 1970, -1 for no release; ``girl`` and ``born`` per person."""

    person: Ints
    offence: Ints
    proven: Ints
    release: Ints
    disposal: Ints
    size: Ints
    girl: Flags
    born: Ints


def occasions(rng: np.random.Generator, people: int, span: tuple[int, int], model: Model = FITTED) -> Occasions:
    """Histories of ``people`` whose first disposals lie in ``span`` (first and last day).

    What is proven after the last day is a charge that was not yet proven then; nothing follows it.
    """
    proven = _first_days(rng, people, span, model.decline)
    ages = FIRST_AGE * np.exp(-model.young * np.arange(len(FIRST_AGE)))
    age = rng.choice(len(ages), people, p=ages / ages.sum()) + 10
    born = (proven - (age + rng.random(people)) * 365.2425).astype(np.int64)
    girl = rng.random(people) < model.girl_share
    likely = model.frailty * rng.standard_normal(people) + model.girls * girl + model.early * (15 - age)
    person, before = np.arange(people), np.zeros(people, dtype=np.int64)
    offence = proven - _lag(rng, people)
    parts: list[tuple[Ints, ...]] = []
    for number in range(MOST_OCCASIONS):
        if not len(person):
            break
        disposal, size, release = _dealt_with(rng, before, proven, model)
        parts += [(person, offence, proven, release, disposal, size)]
        before = before + size
        comes, gap = _return(rng, before, likely[person], model, first=number == 0)
        offence = np.where(release >= 0, release, proven) + 1 + gap
        proven = offence + _lag(rng, len(offence))
        parts += [
            _pending(rng, before, (person, offence, proven), comes & (offence <= span[1]) & (proven > span[1]), model)
        ]
        stays = comes & (proven <= span[1])
        person, before, offence, proven = person[stays], before[stays], offence[stays], proven[stays]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return _with_late(rng, columns, model, (girl, born, span[1]))


def _first_days(rng: np.random.Generator, people: int, span: tuple[int, int], decline: float) -> Ints:
    """Days of first disposals, fewer with each year: how the numbers fell in the years that were published."""
    long, rate = span[1] - span[0], decline / 365.2425
    if rate < 1e-9:
        evenly: Ints = rng.integers(span[0], span[1] + 1, people)
        return evenly
    drawn = -np.log1p(-rng.random(people) * -np.expm1(-rate * long)) / rate
    days: Ints = span[0] + drawn.astype(np.int64)
    return days


def _lag(rng: np.random.Generator, many: int) -> Ints:
    """Days from offence to disposal: a tenth on the day, otherwise log-normal with a median of 49."""
    days = np.exp(np.log(49) + 0.8 * rng.standard_normal(many))
    whole: Ints = np.where(rng.random(many) < 0.1, 0, np.minimum(days, 900)).astype(np.int64)
    return whole


def _dealt_with(rng: np.random.Generator, before: Ints, proven: Ints, model: Model) -> tuple[Ints, Ints, Ints]:
    """The disposal, how many offences, and the release of those in custody."""
    chances = np.cumsum(DISPOSAL_BY_BAND, axis=1)[np.digitize(before, BANDS)]
    drawn = rng.random(len(before))[:, None] * chances[:, -1:]
    disposal = (drawn >= chances[:, :-1]).sum(axis=1).astype(np.int64)
    grown = np.log1p(before)
    mean = model.offences + model.offences_by_previous * grown + model.offences_by_square * grown**2
    mean = np.clip(mean, 1.01, 8)
    size = np.minimum(rng.geometric(1 / mean), 30).astype(np.int64)
    inside = np.minimum(np.exp(np.log(90) + 0.6 * rng.standard_normal(len(before))), 730).astype(np.int64)
    return disposal, size, np.where(disposal == CUSTODY, proven + inside, -1)


def _pending(
    rng: np.random.Generator, before: Ints, days: tuple[Ints, Ints, Ints], pending: Flags, model: Model
) -> tuple[Ints, ...]:
    person, offence, proven = (column[pending] for column in days)
    disposal, size, release = _dealt_with(rng, before[pending], proven, model)
    return person, offence, proven, release, disposal, size


def _return(rng: np.random.Generator, before: Ints, likely: Floats, model: Model, *, first: bool) -> tuple[Flags, Ints]:
    grown = np.log1p(before)
    odds = model.returns + model.returns_by_previous * grown + model.returns_by_square * grown**2 + likely
    comes = rng.random(len(before)) < _chance(odds + model.first * first)
    quick = model.short + model.short_by_previous * grown + model.short_first * first
    short = rng.random(len(before)) < _chance(quick)
    gap = rng.exponential(1.0, len(before)) * np.where(short, model.short_days, model.long_days)
    return comes, np.minimum(gap, 6_000).astype(np.int64)


def _chance(log_odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-log_odds))
    return chance


def _with_late(
    rng: np.random.Generator, columns: list[Ints], model: Model, people: tuple[Flags, Ints, int]
) -> Occasions:
    """Some occasions are for an offence from before the one before: convicted later, committed earlier."""
    girl, born, last = people
    person, offence, proven, _, _, _ = columns
    late = np.flatnonzero(rng.random(len(person)) < model.late)
    when = proven[late] + 7 + rng.exponential(50, len(late)).astype(np.int64)
    late, when = late[when <= last], when[when <= last]
    earlier = offence[late] - rng.exponential(20, len(late)).astype(np.int64)
    one, none = np.ones(len(late), dtype=np.int64), np.full(len(late), -1)
    extra = [person[late], earlier, when, none, one, one]  # first tier, one offence
    person, offence, proven, release, disposal, size = (
        np.concatenate(pair) for pair in zip(columns, extra, strict=True)
    )
    return Occasions(person, offence, proven, release, disposal, size, girl, born)
