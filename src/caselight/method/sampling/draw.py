"""The draw, reproducible in any language, for ever (architecture.md, decision 7).

1. Every eligible case belongs to one stratum, or a part of one; ``allocation_of`` says how many cases each gives.
2. Within a stratum, cases stand in the order of the lower-case hexadecimal SHA-256 digest of the UTF-8 bytes of
   ``seed``, a colon and the case key; equal digests in the order of the keys. Text is ordered by code point.
3. The first cases of each stratum are the sample. The next are its reserves, allocated over what is left.
4. Who is assessed twice is the beginning of another order of the cases drawn: of seed, colon, label, colon and key.

No state, no generator of numbers: ``docs/explanation/sampling.md`` shows a draw by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caselight.method.caseload.case import FactValue
from caselight.method.framework.measures import exact
from caselight.method.framework.sampling import AssessedTwice
from caselight.method.sampling.allocation.nested import Nested
from caselight.method.sampling.design import WITHIN, Caseload, Design, allocation_of, parts_of
from caselight.method.sampling.sizes import percentage

DRAWN, RESERVE, REMOVED, REPLACEMENT = "drawn", "reserve", "removed", "replacement"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case of a sample. ``order`` is its place in the hash order of its stratum, from 1.

    ``status`` is ``drawn``, ``reserve``, ``removed`` or ``replacement``; ``replaced_by`` is the key of the case that
    took the place of a removed one; ``note`` says what a reader should know about that; ``twice`` marks the cases
    that a second person assesses too.
    """

    case_key: str
    stratum: str
    order: int
    status: str
    removed_reason: str = ""
    replaced_by: str = ""
    note: str = ""
    twice: bool = False

    @property
    def examined(self) -> bool:
        """Whether the case is in the sample that is examined."""
        return self.status in (DRAWN, REPLACEMENT)


def digest(seed: str, case_key: str) -> str:
    """What a case is ordered by: the SHA-256 of seed, colon and key, in hexadecimal.

    >>> digest("spring", "c01")[:16]
    '2bedbb8a3149a38b'
    """
    return _sha256(f"{seed}:{case_key}")


def hash_order(strata: Mapping[str, str], seed: str) -> dict[str, list[str]]:
    """The case keys of each stratum in the order in which they would be taken, strata by name."""
    order: dict[str, list[str]] = {name: [] for name in sorted(set(strata.values()))}
    for key in sorted(strata, key=lambda key: (digest(seed, key), key)):
        order[strata[key]].append(key)
    return order


def draw(caseload: Caseload, design: Design) -> tuple[Drawn, ...]:
    """The sample and its reserves, by stratum and order.

    ``caseload`` holds the supplied facts of every eligible case by case key; the order of its rows is without effect.
    A size of the whole caseload or more is a census without reserves. Raises ``sample.…`` faults for a design that
    cannot be drawn.

    >>> [case.status for case in draw({"a": {}, "b": {}, "c": {}}, Design(size=2, seed="spring", reserves=5))]
    ['drawn', 'drawn', 'reserve']
    """
    parts = parts_of(caseload, design)
    allocation = allocation_of(parts, design)
    held = Counter(parts.values())
    left = {part: held[part] - size for part, size in allocation.sizes.items()}
    reserves = Nested(left, design.allocation, lambda *_: {}).allocate(design.reserves).sizes
    strata = {key: WITHIN.join(part) for key, part in parts.items()}
    taken = {WITHIN.join(part): size for part, size in allocation.sizes.items()}
    listed = {WITHIN.join(part): size + taken[WITHIN.join(part)] for part, size in reserves.items()}
    return tuple(
        Drawn(key, name, order, DRAWN if order <= taken[name] else RESERVE)
        for name, keys in hash_order(strata, design.seed).items()
        for order, key in enumerate(keys[: listed[name]], start=1)
    )


def marked_twice(sample: Sequence[Drawn], seed: str, marking: AssessedTwice) -> tuple[Drawn, ...]:
    """The sample with the cases that a second person assesses too: a share of those drawn, and at least so many.

    >>> three = [Drawn(key, "all", place, "drawn") for place, key in enumerate("abc", start=1)]
    >>> marking = AssessedTwice(share="20%", at_least=2, provenance="own-design")
    >>> [case.case_key for case in marked_twice(three, "spring", marking) if case.twice]
    ['a', 'c']
    """
    drawn = [case.case_key for case in sample if case.status == DRAWN]
    number = min(len(drawn), max(marking.at_least, percentage(exact(marking.share), len(drawn))))
    order = sorted(drawn, key=lambda key: (digest(f"{seed}:{marking.seed_label}", key), key))
    twice = set(order[:number])
    return tuple(replace(case, twice=True) if case.case_key in twice else case for case in sample)


def fingerprint(caseload: Caseload) -> str:
    """The SHA-256 of a caseload, to be stored with the sample that was drawn from it; row order is without effect.

    One line of JSON per case in the order of the keys, each ending in a line feed: ``[key, [[fact, value], …]]``, facts
    by name, without spaces, characters beyond ASCII as they are, dates as ISO text, facts without a value left out.

    >>> fingerprint({"a": {"sex": "male"}, "b": {}}) == fingerprint({"b": {"sex": None}, "a": {"sex": "male"}})
    True
    """
    return _sha256("".join(_canonical(key, caseload[key]) + "\n" for key in sorted(caseload)))


def _canonical(key: str, facts: Mapping[str, FactValue]) -> str:
    known = [[name, _plain(facts[name])] for name in sorted(facts) if facts[name] is not None]
    return json.dumps([key, known], ensure_ascii=False, separators=(",", ":"))


def _plain(value: FactValue) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


def _sha256(text: str) -> str:
    # Half a surrogate pair is no text, but a damaged file may hold one: it is hashed like any other key.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
