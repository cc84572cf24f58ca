"""What the letter on West London of 27 January 2016 claims, as numbers that a solver can meet.

Exact figures are stated or follow by arithmetic; what the letter says in words only lies inside its band of the SQS
pack's scale of quantity words (``packs/english/wording.yaml``). Where the letter gives no base, the base is free between
two bounds of our own. The figures themselves are facts; see ``tests/reference/README.md``.
"""

from __future__ import annotations

from typing import NamedTuple

CASES = 34
CUSTODIAL = 9
CASE_MANAGERS = 16


class Span(NamedTuple):
    """A whole number from ``low`` to ``high``, both included."""

    low: int
    high: int


class Band(NamedTuple):
    """Failures as a share of the relevant cases: at least and at most, as (failures, of relevant)."""

    at_least: tuple[int, int]
    at_most: tuple[int, int]


def exactly(number: int) -> Span:
    """A number that the letter fixes."""
    return Span(number, number)


NOT_ONE = exactly(0)

# How many cases have a fact, or answer a gate with yes.
FACTS = {
    "community_supervision": exactly(33),
    "psr": exactly(17),
    "panel_report": Span(12, 14),
    "mappa_eligible": exactly(1),
    "looked_after": exactly(3),
}
GATES = {
    "R2.due": exactly(22),
    "R6.due": exactly(25),
    "P2.due": exactly(23),
    "P5.needed": exactly(32),
    "P7.due": exactly(24),
    "P8.victim": Span(20, 27),
    "P9.needed": exactly(30),
    "C2.due": Span(19, 25),
    "C4.issues": exactly(31),
    "C6.due": Span(20, 26),
    "C8.indicators": exactly(9),
    "C9.needed": exactly(28),
    "D2.factors": Span(20, 26),
    "E1b.relevant": Span(28, 32),
    "X1.problem": exactly(12),
}

# Which fact or gate opens a question; those that are not named are asked of every case.
OPENED_BY = {
    "R2": "R2.due", "R3": "psr", "R4": "psr", "R5": "community_supervision", "R6": "R6.due", "R7": "custodial",
    "P2": "P2.due", "P3": "mappa_eligible", "P4": "psr", "P5": "P5.needed", "P7": "P7.due", "P8": "P8.victim",
    "P9": "P9.needed", "C2": "C2.due", "C3": "psr", "C4": "C4.issues", "C6": "C6.due", "C7": "looked_after",
    "C8": "C8.indicators", "C9": "C9.needed", "D2": "D2.factors", "E1b": "E1b.relevant", "E2": "psr",
    "X1": "X1.problem",
}  # fmt: skip

# How many cases fail each question. R4b is opened by either report, P6 by custody and P5.needed (see solve.py).
FAILURES = {
    "R1": NOT_ONE,
    "R1t": Span(3, 4),  # late, in "a small number of cases"
    "R2": exactly(3),
    "R3": NOT_ONE,
    "R4": NOT_ONE,
    "R4b": Span(1, 2),  # "of a good standard"
    "R5": exactly(1),
    "R6": exactly(2),
    "R7": exactly(2),
    "P1": exactly(3),
    "P2": exactly(3),
    "P3": NOT_ONE,
    "P4": exactly(3),
    "P5": exactly(4),
    "P6": NOT_ONE,
    "P7": exactly(2),
    "P8": Span(1, 2),
    "P9": exactly(5),
    "C1": exactly(5),
    "C2": Span(2, 6),
    "C3": exactly(1),
    "C4": exactly(3),
    "C6": Span(1, 2),
    "C7": NOT_ONE,
    "C8": NOT_ONE,
    "C9": exactly(5),
    "D1": Span(1, 3),
    "D2": Span(1, 2),
    "E1a": NOT_ONE,
    "E1b": NOT_ONE,
    "E2": NOT_ONE,
    "E3": Span(1, 3),
    "X1": NOT_ONE,
}

# Words without numbers: the failures that put the share inside the band of the word.
ALMOST_ALL = Band((1, CASES), (1, 10))  # 90% or more, and not every one
LARGE_MAJORITY = Band((11, 100), (1, 4))  # from 75% to below 90%
WORDS = {"P8": ALMOST_ALL, "C6": ALMOST_ALL, "D1": ALMOST_ALL, "D2": ALMOST_ALL, "C2": LARGE_MAJORITY}

# Gates that are asked only where another fact or gate holds, and facts and findings that go with one another.
ASKED_WHERE = {"R6.due": "community_supervision", "P7.due": "P5.needed", "C6.due": "C4.issues"}
GOES_WITH = {"mappa_eligible": "P5.needed", "looked_after": "C4.issues", "C8.indicators": "C4.issues"}

# Oversight fails only where it left a deficit as it was (cross-check 7).
OVERSIGHT = {"P9": ("P1", "P2", "P5", "P7"), "C9": ("C1", "C2", "C4", "C6")}

# Case managers: how many of the 16 say no, or, for M3, name communication needs.
OPINIONS = {
    "M1": exactly(2),  # "the vast majority"
    "M2": exactly(1),  # "a consensus"
    "M3": exactly(7),  # "almost half"
    "M4": exactly(1),
    "M5": exactly(1),
}
