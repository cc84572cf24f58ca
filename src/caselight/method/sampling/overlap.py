"""Cases that serve several designs: how many sheets are filled in, and about how many people (frameworks.md, section 6).

A shared case has one sheet for each tool and counts as one person. Designs with the same seed order the cases alike and
therefore share as many as their populations allow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Overlap:
    """``sheets`` are filled in about ``cases``; ``shared`` of them are in more than one design; ``pairs`` says in which."""

    sheets: int
    cases: int
    shared: int
    pairs: Mapping[tuple[str, str], int]


def overlap(samples: Mapping[str, Collection[str]], tools: Mapping[str, Collection[str]]) -> Overlap:
    """Sheets and cases of several samples. ``tools`` are the forms of each design; one without has a form of its own.

    >>> found = overlap({"court": ["a", "b"], "community": ["b", "c"]}, {})
    >>> (found.sheets, found.cases, found.shared)
    (4, 3, 1)
    """
    sheets = {
        (tool, key) for design, keys in samples.items() for tool in tools.get(design) or [f"({design})"] for key in keys
    }
    chosen = {design: set(keys) for design, keys in samples.items()}
    everyone = set().union(*chosen.values())
    shared = sum(1 for key in everyone if sum(key in keys for keys in chosen.values()) > 1)
    pairs = {(one, other): len(chosen[one] & chosen[other]) for one, other in combinations(chosen, 2)}
    return Overlap(len(sheets), len(everyone), shared, {pair: number for pair, number in pairs.items() if number})
