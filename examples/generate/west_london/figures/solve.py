"""Finds 34 cases that meet every figure at once: a whole-number programme, solved by HiGHS.

One yes/no variable for each case and each fact, gate and failure. The figures are its constraints; among all solutions
the cheapest is taken, with a cost of chance for each failure, lower where a case is weak. The costs are generic whole
numbers, so that there is one best solution and any solver that proves it finds the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from examples.generate.chance import Chance
from examples.generate.west_london.figures import targets
from examples.generate.west_london.figures.targets import CASES, CUSTODIAL, Span
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

MOST_FAILURES = 7  # in one case; nobody fails everything
FLAWLESS = 6  # cases at least in which nothing fails


@dataclass(frozen=True)
class Solved:
    """One solved case: the facts and gates that hold, and the questions that fail. ``number`` is its place from 0."""

    number: int
    holds: frozenset[str]
    fails: frozenset[str]


@dataclass
class Programme:
    """Variables by (case, name), and rows of ``low <= sum(coefficient x variable) <= high``."""

    columns: dict[tuple[int, str], int] = field(default_factory=dict)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)

    def at(self, case: int, name: str) -> int:
        """The column of a variable, made when first asked for."""
        return self.columns.setdefault((case, name), len(self.columns))

    def require(self, terms: dict[int, int], low: float, high: float) -> None:
        """A constraint. Terms of the same column must have been added up."""
        self.rows.append((terms, low, high))

    def total(self, name: str, span: Span) -> None:
        """Over all cases, so many have it."""
        self.require({self.at(case, name): 1 for case in range(CASES)}, *span)

    def implies(self, case: int, name: str, other: str) -> None:
        """Where the one holds, the other does."""
        self.require({self.at(case, name): 1, self.at(case, other): -1}, -1, 0)

    def fixed(self, case: int, name: str, value: int) -> None:
        """A variable that is known."""
        self.require({self.at(case, name): 1}, value, value)


def solve(chance: Chance) -> tuple[Solved, ...]:
    """The cases, custodial ones first, each with what holds and what fails."""
    programme = Programme()
    for name, span in (targets.FACTS | targets.GATES).items():
        programme.total(name, span)
    for question, span in targets.FAILURES.items():
        programme.total(f"no {question}", span)
    for case in range(CASES):
        _facts(programme, case)
        _questions(programme, case)
    _words(programme)
    _spread(programme)
    return _read(programme, _best(programme, chance))


def _facts(programme: Programme, case: int) -> None:
    """Custody is a flag of the first nine cases: reports come before it, plans for vulnerability with it."""
    custodial = case < CUSTODIAL
    programme.fixed(case, "custodial", int(custodial))
    if custodial:
        programme.fixed(case, "psr", 1)
        programme.fixed(case, "panel_report", 0)
        programme.fixed(case, "C4.issues", 1)
        programme.fixed(case, "no C4", 0)
        programme.fixed(case, "no P5", 0)  # plans for risk were satisfactory in every relevant custodial case
    else:
        programme.fixed(case, "community_supervision", 1)
        programme.fixed(case, "mappa_eligible", 0)
    programme.require({programme.at(case, "psr"): 1, programme.at(case, "panel_report"): 1}, 0, 1)
    for name, other in (targets.ASKED_WHERE | targets.GOES_WITH).items():
        programme.implies(case, name, other)


def _questions(programme: Programme, case: int) -> None:
    """A question fails only where it applies, and oversight only where it left a deficit."""
    for question, opener in targets.OPENED_BY.items():
        programme.implies(case, f"no {question}", opener)
    either = {programme.at(case, name): -1 for name in ("psr", "panel_report")}
    programme.require({programme.at(case, "no R4b"): 1} | either, -1, 0)
    for oversight, work in targets.OVERSIGHT.items():
        left = {programme.at(case, f"no {question}"): -1 for question in work}
        programme.require({programme.at(case, f"no {oversight}"): 1} | left, -len(work), 0)


def _words(programme: Programme) -> None:
    """Shares that the letter gives in words only lie inside the band of the word."""
    for question, band in targets.WORDS.items():
        opener = targets.OPENED_BY.get(question)
        for (failures, relevant), low, high in ((band.at_least, 0, np.inf), (band.at_most, -np.inf, 0)):
            terms = {programme.at(case, f"no {question}"): relevant for case in range(CASES)}
            base = 0
            if opener:
                terms |= {programme.at(case, opener): -failures for case in range(CASES)}
            else:
                base = failures * CASES
            programme.require(terms, low + base, high + base)


def _spread(programme: Programme) -> None:
    """Nobody fails more than a few questions, and in some cases nothing fails (``flawless``)."""
    for case in range(CASES):
        failures = {programme.at(case, f"no {question}"): 1 for question in targets.FAILURES}
        flawless = {programme.at(case, "flawless"): MOST_FAILURES}
        programme.require(failures | flawless, 0, MOST_FAILURES)
    programme.total("flawless", Span(FLAWLESS, CASES))


def _best(programme: Programme, chance: Chance) -> list[int]:
    cells = [
        (row, column, value) for row, (terms, _, _) in enumerate(programme.rows) for column, value in terms.items()
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(programme.rows), len(programme.columns)))
    lows = [low for _, low, _ in programme.rows]
    highs = [high for _, _, high in programme.rows]
    costs = [_cost(chance, case, name) for case, name in programme.columns]
    found = milp(
        np.array(costs, dtype=float),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix.tocsr(), lows, highs),
        options={"mip_rel_gap": 0.0, "presolve": True},
    )
    if not found.success:
        raise SystemExit(f"No 34 cases meet the figures: {found.message}")
    return [round(value) for value in found.x]


def _cost(chance: Chance, case: int, name: str) -> int:
    """What it costs that something holds or fails. A weak case fails more cheaply, so that failures cluster a little."""
    if name in ("custodial", "flawless"):
        return 0
    if not name.startswith("no "):
        return chance.between(-19_999, 9_999, "cost", case, name)
    return chance.between(1, 9_999, "cost", case, name) + chance.between(0, 8_999, "strength", case)


def _read(programme: Programme, values: list[int]) -> tuple[Solved, ...]:
    held: list[set[str]] = [set() for _ in range(CASES)]
    for (case, name), column in programme.columns.items():
        if values[column] and name != "flawless":
            held[case].add(name)
    return tuple(
        Solved(
            number,
            frozenset(name for name in names if not name.startswith("no ")),
            frozenset(name.removeprefix("no ") for name in names if name.startswith("no ")),
        )
        for number, names in enumerate(held)
    )
