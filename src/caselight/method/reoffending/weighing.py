"""How probable it is that two records are of one person: what is compared, in which steps, and what each step weighs.

Each step of a comparison has two numbers: ``m``, how often pairs of one person meet it, and ``u``, how often pairs of two
persons do. They are kept as our own numbers with an id of their own, not as a saved model of any program, so that the same
model scores anywhere. No step weighs how common a name is, because that would change with every delivery.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from itertools import combinations, product
from math import isfinite

from caselight.method.faults import Fault, stop
from caselight.method.reoffending.linking import Pair, Record

SCHEMA = 1
LEAST_M = 0.001  # what no pair of one person did in training may still happen: no step alone rules a pair out
LEAST_U = 1e-6


class Purpose(StrEnum):
    """What is linked: the records of offenders with each other, or children with their social-care history."""

    RECORDS = "records"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a comparison: the column differs by at most ``edits`` bytes; None for everything else."""

    column: str
    edits: int | None
    m: float
    u: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column that is compared, and its steps from the strictest on. An empty value on either side says nothing."""

    column: str
    steps: tuple[Step, ...]

    def step(self, one: Mapping[str, str], other: Mapping[str, str]) -> Step | None:
        """The first step that two records meet; None when one of them says nothing."""
        if not one[self.column] or not other[self.column]:
            return None
        return next(s for s in self.steps if s.edits is None or edits(one[s.column], other[s.column]) <= s.edits)


@dataclass(frozen=True, slots=True)
class Model:
    """What is compared, with all numbers: ``prior`` is how probable it is that any two records are of one person.

    ``trained`` says from what and with what the numbers come.
    """

    purpose: Purpose
    comparisons: tuple[Comparison, ...]
    prior: float
    trained: str

    @property
    def id(self) -> str:
        """The model's name: a digest of all that it says."""
        return sha256(self.as_json().encode()).hexdigest()[:16]

    def as_json(self) -> str:
        """The model as text, always the same for the same numbers."""
        said = {
            "schema": SCHEMA, "purpose": self.purpose, "prior": self.prior, "trained": self.trained,
            "steps": [[c.column, s.column, s.edits, s.m, s.u] for c in self.comparisons for s in c.steps],
        }  # fmt: skip
        return json.dumps(said, sort_keys=True, indent=1) + "\n"

    def probability(self, one: Mapping[str, str], other: Mapping[str, str]) -> float:
        """How probable it is that two records, as they are compared, are of one person."""
        odds = self.prior / (1 - self.prior)
        for comparison in self.comparisons:
            step = comparison.step(one, other)
            odds *= step.m / step.u if step else 1
        return odds / (1 + odds)


def _comparison(column: str, *steps: tuple[str, int | None, float, float]) -> Comparison:
    return Comparison(column, tuple(Step(*step) for step in steps))


_NAMES = tuple(
    _comparison(name, (name, 0, 0.85, 0.01), (name, 1, 0.07, 0.005), (name, 2, 0.03, 0.015), (name, None, 0.05, 0.97))
    for name in ("forename", "surname")
)
_BOTH = (
    *_NAMES,
    _comparison("born", ("born", 0, 0.93, 0.0003), ("born", 1, 0.04, 0.005), ("born", 2, 0.02, 0.05),
                ("born", None, 0.01, 0.9447)),
    _comparison("sex", ("sex", 0, 0.99, 0.6), ("sex", None, 0.01, 0.4)),
    _comparison("postcode", ("postcode", 0, 0.6, 0.001), ("district", 0, 0.2, 0.05), ("postcode", None, 0.2, 0.949)),
)  # fmt: skip
_LOCAL = _comparison("local_id", ("local_id", 0, 0.9, 0.0001), ("local_id", None, 0.1, 0.9999))
BEGINNING = {
    Purpose.RECORDS: Model(Purpose.RECORDS, (*_BOTH, _LOCAL), 0.0001, "not trained: our own beginning"),
    Purpose.HISTORY: Model(Purpose.HISTORY, _BOTH, 0.0001, "not trained: our own beginning"),
}  # where training begins; the local ids of two agencies are not of one kind
_BLOCKS = (("forename", "surname"), ("surname", "born"), ("forename", "born"), ("postcode", "born"))
BLOCKS: Mapping[Purpose, tuple[tuple[str, ...], ...]] = {
    Purpose.RECORDS: (*_BLOCKS, ("local_id",)),
    Purpose.HISTORY: _BLOCKS,
}  # only pairs that share all columns of one of these are looked at


def edits(one: str, other: str) -> int:
    """The fewest bytes of UTF-8 to put in, take out or change, to make one text of the other.

    Bytes, because databases count them; a letter of a script other than ours can count more than once.

    >>> edits("smith", "smyth"), edits("ann", "anne"), edits("", "x")
    (1, 1, 1)
    """
    if one == other:
        return 0
    across = other.encode()
    row = list(range(len(across) + 1))
    for place, byte in enumerate(one.encode(), start=1):
        before, row[0] = row[0], place
        for n, against in enumerate(across, start=1):
            before, row[n] = row[n], min(row[n] + 1, row[n - 1] + 1, before + (byte != against))
    return row[-1]


def score(model: Model, records: Sequence[Record]) -> list[Pair]:
    """Every pair of records that is looked at, scored, in the order of ids."""
    return _scored(model, {record.id: record.compared() for record in records}, lambda block: combinations(block, 2))


def score_between(model: Model, left: Sequence[Record], right: Sequence[Record]) -> list[Pair]:
    """Every pair that is looked at of a record on the left and one on the right; their ids must differ."""
    ours = {record.id for record in left}

    def apart(block: Sequence[str]) -> Iterable[tuple[str, str]]:
        return product((one for one in block if one in ours), (one for one in block if one not in ours))

    return _scored(model, {record.id: record.compared() for record in (*left, *right)}, apart)


def _scored(
    model: Model,
    compared: Mapping[str, Mapping[str, str]],
    pairing: Callable[[Sequence[str]], Iterable[tuple[str, str]]],
) -> list[Pair]:
    blocks: dict[tuple[object, ...], list[str]] = {}
    for name, of in compared.items():
        for block in BLOCKS[model.purpose]:
            if all(of[column] for column in block):
                blocks.setdefault((block, *(of[column] for column in block)), []).append(name)
    found = {(min(pair), max(pair)) for names in blocks.values() for pair in pairing(names)}
    return in_order(Pair.of(a, b, model.probability(compared[a], compared[b])) for a, b in found)


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs in an order that does not depend on how they were found."""
    return sorted(pairs, key=lambda pair: (pair.one, pair.other))


def with_numbers(model: Model, prior: float, numbers: Sequence[Sequence[tuple[float | None, float | None]]],
                 trained: str) -> Model:  # fmt: skip
    """The model with trained numbers; a step that was never seen in training keeps the number that it began with."""
    comparisons = tuple(
        replace(c, steps=tuple(
            replace(s, m=_rounded(m, s.m, LEAST_M), u=_rounded(u, s.u, LEAST_U)) for s, (m, u) in zip(c.steps, of, strict=True)
        ))
        for c, of in zip(model.comparisons, numbers, strict=True)
    )  # fmt: skip
    return replace(model, prior=_rounded(prior, model.prior, LEAST_U), comparisons=comparisons, trained=trained)


def _rounded(number: float | None, begun: float, least: float) -> float:
    return begun if number is None else min(max(round(number, 6), least), 1 - LEAST_U)


def model_from(text: str, name: str) -> Model:
    """A model that was kept as text. Raises ``reoffending.bad-model`` for anything else."""
    try:
        said = json.loads(text)
        began = BEGINNING[Purpose(said["purpose"])]
        steps = [tuple(step) for step in said["steps"]]
        if said["schema"] != SCHEMA or [s[:3] for s in steps] != [
            (c.column, s.column, s.edits) for c in began.comparisons for s in c.steps
        ]:
            raise ValueError
        numbers = iter([(float(m), float(u)) for *_, m, u in steps])
        found = replace(
            began,
            prior=float(said["prior"]),
            trained=str(said["trained"]),
            comparisons=tuple(
                replace(c, steps=tuple(Step(s.column, s.edits, *next(numbers)) for s in c.steps))
                for c in began.comparisons
            ),
        )
        if (
            not all(_possible(n) for c in found.comparisons for s in c.steps for n in (s.m, s.u))
            or not 0 < found.prior < 1
        ):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        says = "This is not a model of linkage that this version of Caselight can use."
        stop(Fault("reoffending.bad-model", (name,), says, "Give the file that was written, or train again."))
    return found


def _possible(number: float) -> bool:
    return isfinite(number) and 0 < number <= 1
