"""What else must be hidden once a part of a figure is hidden, because it would give the hidden part away.

Which small numbers are hidden is decided elsewhere (letter.md, check 6); this is the last look before the bytes: sums
that would return a hidden part by subtraction, and words made from it. It only ever hides more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Hidden = Mapping[str, frozenset[str]]

COUNTS = (
    "sufficient",
    "relevant",
    "insufficient",
    "not_relevant",
    "not_relevant_by_rule",
    "not_relevant_by_inspector",
    "unanswered",
    "contested",
)
NUMBER, REACHED = "number", "reached"  # of a measure; of a rating, whatever has that number in it
PARTS = (*COUNTS, "interval", "phrase", "cases", "reasons", NUMBER, REACHED)

# Each sum, with the parts to hide beside a part that is hidden alone in it.
_SUMS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {
        "relevant": ("sufficient", "insufficient"),
        "sufficient": ("insufficient",),
        "insufficient": ("sufficient",),
    },
    {
        "not_relevant": ("not_relevant_by_rule", "not_relevant_by_inspector"),
        "not_relevant_by_rule": ("not_relevant_by_inspector",),
        "not_relevant_by_inspector": ("not_relevant_by_rule",),
    },
    # relevant + not_relevant + unanswered + contested = the sample, which is printed
    {
        "relevant": ("not_relevant",),
        "not_relevant": ("relevant",),
        "unanswered": ("not_relevant",),
        "contested": ("not_relevant",),
    },
)
_DERIVED: Mapping[str, tuple[str, ...]] = {
    "sufficient": ("phrase", "interval", "reasons", "cases"),
    "insufficient": ("phrase", "interval", "reasons", "cases"),
    "relevant": ("phrase", "interval", "reasons", "cases"),
    "not_relevant": ("cases",),
    "not_relevant_by_rule": ("cases",),
    "not_relevant_by_inspector": ("cases",),
    "unanswered": ("cases",),
    "contested": ("cases",),
    "phrase": ("sufficient", "interval"),
    "interval": (),
    "reasons": (),
    "cases": (),
    NUMBER: (),
    REACHED: (),
}


def closed(hidden: Iterable[str]) -> frozenset[str]:
    """The hidden parts with everything that would give one of them away.

    Names that are no part of a figure are kept, so that a caller's own marks survive.

    >>> sorted(closed({"insufficient"}) & set(COUNTS))
    ['insufficient', 'sufficient']
    """
    found = frozenset(hidden)
    while True:
        more = found | _given_away(found)
        if more == found:
            return found
        found = more


def _given_away(hidden: frozenset[str]) -> frozenset[str]:
    more = {name for part in hidden for name in _DERIVED.get(part, ())}
    for total in _SUMS:
        alone = hidden & total.keys()
        if len(alone) == 1:
            more.update(name for part in alone for name in total[part])
    return frozenset(more)
