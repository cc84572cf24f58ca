"""How many cases each stratum gives: proportional allocation by largest remainder, in whole numbers.

The method is named ``proportional-largest-remainder`` in the framework, because another method gives other numbers. No
quota is documented for this kind of inspection, so proportional is our default (sqs.md, section 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caselight.method.caseload.case import FactValue
from caselight.method.faults import Fault, Faults

Caseload = Mapping[str, Mapping[str, FactValue]]

WHOLE_CASELOAD = "all"
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Design:
    """What fixes a draw: how many cases, the seed, the facts that make the strata, how many reserves are listed."""

    size: int
    seed: str
    strata: tuple[str, ...] = ()
    reserves: int = 0


def stratum_of(facts: Mapping[str, FactValue], strata: Sequence[str]) -> str:
    """The name of the stratum of a case: its values of the stratum facts, in the order of the design.

    A fact that nobody supplied makes a stratum of its own; no case falls out.

    >>> stratum_of({"custodial": "yes", "sex": "female"}, ("sex", "custodial"))
    'sex=female; custodial=yes'
    """
    named = ((fact, facts.get(fact)) for fact in strata)
    return "; ".join(f"{fact}={NOT_KNOWN if value is None else value}" for fact, value in named) or WHOLE_CASELOAD


def strata_of(caseload: Caseload, design: Design) -> dict[str, str]:
    """The stratum of every case of the caseload, by case key, in the order of the keys.

    Raises all that is wrong with the design at once: ``sample.size-below-one``, ``sample.reserves-below-nought``,
    ``sample.no-seed``, ``sample.unknown-stratum-fact``, ``sample.empty-caseload``.
    """
    faults = _design_faults(design)
    if not caseload:
        faults.append(
            Fault(
                "sample.empty-caseload",
                ("caseload",),
                "There is no eligible case to draw from.",
                "Check the dates of the window and the caseload's list.",
            )
        )
    for fact in design.strata:
        if caseload and all(fact not in facts for facts in caseload.values()):
            faults.append(
                Fault(
                    "sample.unknown-stratum-fact",
                    ("sample", "strata"),
                    f"No case has a fact called “{fact[:60]}”.",
                    "Name a fact that the caseload supplies, or take it out of the strata.",
                )
            )
    if faults:
        raise Faults(faults)
    return {key: stratum_of(caseload[key], design.strata) for key in sorted(caseload)}


def _design_faults(design: Design) -> list[Fault]:
    faults = []
    if design.size < 1:
        faults.append(
            Fault(
                "sample.size-below-one",
                ("sample", "size"),
                f"A sample of {design.size} cases cannot be drawn.",
                "Give a size of 1 or more.",
            )
        )
    if design.reserves < 0:
        faults.append(
            Fault(
                "sample.reserves-below-nought",
                ("sample", "reserves"),
                f"The design asks for {design.reserves} reserves.",
                "Give 0 or more reserves.",
            )
        )
    if not design.seed:
        faults.append(
            Fault(
                "sample.no-seed",
                ("sample", "seed"),
                "The design has no seed, so nobody could draw the sample again.",
                "Give any text as the seed, for example the inspection's id, before the caseload is seen.",
            )
        )
    return faults


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of ``n`` cases each stratum gives, in proportion to its size: largest remainder, exactly.

    Each stratum first gives the whole part of n × its size ÷ the caseload; the cases still missing come one each from
    the strata with the largest remainders, ties in the order of their names. Never more than a stratum holds; ``n`` of
    the whole caseload or more is a census. Names are ordered by code point.

    >>> allocate({"A": 65, "B": 55, "C": 86, "D": 24}, 30)
    {'A': 9, 'B': 7, 'C': 11, 'D': 3}
    """
    names = sorted(sizes)
    total = sum(sizes.values())
    if n >= total:
        return {name: sizes[name] for name in names}
    given = {name: n * sizes[name] // total for name in names}
    missing = n - sum(given.values())
    by_remainder = sorted(names, key=lambda name: (-(n * sizes[name] % total), name))
    for name in by_remainder[:missing]:
        given[name] += 1
    return given


def sizes_of(strata: Mapping[str, str]) -> Counter[str]:
    """How many cases each stratum holds, from the stratum of every case."""
    return Counter(strata.values())
