"""Mistakes of real deliveries, made on purpose and each at a known rate, so that every rule of cleaning has its rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caselight.engines.reoffending.columns import KINDS
from caselight.engines.reoffending.histories import Flags, Ints
from caselight.method.reoffending.events import Kind

Columns = dict[str, Ints]
NONE = -1


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What share of rows (``moves``: of people; ``two_ids``: of people dealt with on two days or more) has which mistake.

    Rows that cannot count (not recordable, elsewhere, not proven) and breaches are added to those that can, so that the
    fitted rates stay what they are.
    """

    repeated: float = 0.01
    two_ids: float = 0.03  # about one in eighty of all people
    no_offence_date: float = 0.01
    proven_before_offence: float = 0.002
    future: float = 0.0005
    month_end: float = 0.02
    release_before_sentence: float = 0.02
    moves: float = 0.05
    not_recordable: float = 0.02
    elsewhere: float = 0.01
    not_proven: float = 0.04
    breach: float = 0.03


MISTAKES = Mistakes()
FLAWLESS = Mistakes(*([0.0] * 12))


def with_mistakes(
    rng: np.random.Generator, columns: Columns, mistakes: Mistakes, *, people: int, last: int
) -> tuple[Columns, Ints]:
    """The rows with their mistakes, unsorted, and the people who have a second id (their own plus ``people``)."""
    columns = _added(rng, columns, mistakes)
    many = len(columns["person"])

    def some(rate: float) -> Flags:
        return rng.random(many) < rate

    _to_month_ends(rng, columns, mistakes.month_end, last)
    offence, proven, release = columns["offence_date"], columns["proven_date"], columns["release_date"]
    offence = np.where(some(mistakes.no_offence_date), NONE, offence)
    offence = np.where(some(mistakes.proven_before_offence), proven + 1 + rng.integers(0, 40, many), offence)
    columns["offence_date"] = offence
    columns["proven_date"] = np.where(some(mistakes.future), last + 30 + rng.integers(0, 20_000, many), proven)
    early = (release != NONE) & some(mistakes.release_before_sentence)
    columns["release_date"] = np.where(early, proven - 1 - rng.integers(0, 60, many), release)
    return _two_ids(rng, columns, mistakes.two_ids, people=people, last=last)


def _added(rng: np.random.Generator, columns: Columns, mistakes: Mistakes) -> Columns:
    """Rows beside those that count: repeats, and offences that do not count, dealt with on the same occasion."""
    many = len(columns["person"])
    parts = [columns]
    for rate, change in (
        (mistakes.repeated, {}),
        (mistakes.not_recordable, {"recordable": 0}),
        (mistakes.elsewhere, {"in_jurisdiction": 0}),
        (mistakes.not_proven, {"kind": KINDS.index(Kind.NOT_PROVEN), "release_date": NONE}),
        (mistakes.breach, {"breach": 1}),
    ):
        rows = np.flatnonzero(rng.random(many) < rate)
        part = {name: column[rows] for name, column in columns.items()}
        for name, value in change.items():
            part[name] = np.full(len(rows), value)
        if change:
            part["offence"] = part["offence"] + 1_000 * len(parts)
        parts.append(part)
    return {name: np.concatenate([part[name] for part in parts]) for name in columns}


def _to_month_ends(rng: np.random.Generator, columns: Columns, rate: float, last: int) -> None:
    """Whole occasions on the last day of their month, 29 February among them: where month arithmetic is tested."""
    occasion, proven = columns["occasion"], columns["proven_date"]
    chosen = rng.random(int(occasion.max() - occasion.min()) + 1 if len(occasion) else 0) < rate
    month = proven.astype("datetime64[D]").astype("datetime64[M]")
    ends = ((month + 1).astype("datetime64[D]") - 1).astype(np.int64)
    release = columns["release_date"]
    moved = (release == NONE) & (ends <= last)
    if len(occasion):
        moved &= chosen[occasion - occasion.min()]
    columns["proven_date"] = np.where(moved, ends, proven)


def _two_ids(
    rng: np.random.Generator, columns: Columns, rate: float, *, people: int, last: int
) -> tuple[Columns, Ints]:
    """From a day between their first proven day and their last, some people's rows come under another id; and whose."""
    person, proven = columns["person"], np.minimum(columns["proven_date"], last)
    never = np.iinfo(np.int64).max
    first, final = np.full(people, never), np.full(people, -1)
    np.minimum.at(first, person, proven)
    np.maximum.at(final, person, proven)
    same = np.flatnonzero((final > first) & (rng.random(people) < rate))
    day = np.full(people, never)
    day[same] = first[same] + 1 + (rng.random(len(same)) * (final[same] - first[same])).astype(np.int64)
    columns["person"] = np.where(columns["proven_date"] >= day[person], person + people, person)
    return columns, same
