"""How the invented histories were fitted: the published cells, the same cells of a simulation, and the search.

Run ``python -m caselight.engines.reoffending.fitting`` to fit again; it prints the model and the table that stands in
docs/explanation/reoffending-synthetic.md. Targets: England and Wales, children, year to March 2020, measure EW-3M.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from caselight.engines.reoffending.histories import (
    BANDS,
    DISPOSALS,
    FITTED,
    Flags,
    Floats,
    Ints,
    Model,
    Occasions,
    occasions,
)

PREVIOUS = ("0", "1-2", "3-6", "7-10", "11+")
ENTRIES = (9_285, 4_086, 3_461, 1_585, 2_278)
BINARY = (17.9, 34.9, 44.4, 56.8, 68.4)
PER_REOFFENDER = (2.68, 3.03, 3.49, 4.02, 5.19)
BY_MONTH = (3_236, 2_889, 2_743, 2_416, 2_289, 2_147, 2_105, 1_970, 1_746, 1_578, 1_432, 1_279)
BY_DISPOSAL = {
    "caution": (7_522, 23.4),
    "first_tier": (8_442, 32.0),
    "community": (3_488, 56.7),
    "custody": (551, 63.7),
}
BY_SEX = {"boys": (17_549, 35.8), "girls": (3_146, 25.1)}
ALL_ENTRIES = 20_695
ENTRIES_A_CHILD = 1.22
POINTS, TIMES = 2.0, 0.25  # how far a percentage and an average may be off

SPAN = (12_784, 18_992)  # 1 January 2005 to 31 December 2021
YEARS = (16_526, 18_352)  # entries from 1 April 2015 to 31 March 2020 are looked at
# The free parameters, and the unit in which each is moved.
FREE = {
    "returns": 1.0, "returns_by_previous": 0.5, "returns_by_square": 0.2, "first": 1.0, "girls": 1.0, "early": 0.2,
    "short": 1.0, "short_by_previous": 0.5, "short_first": 1.0, "short_days": 60.0, "long_days": 600.0, "offences": 1.0,
    "offences_by_previous": 0.5, "offences_by_square": 0.2, "girl_share": 0.2, "decline": 0.5, "young": 0.5,
}  # fmt: skip
STEP = 0.15


@dataclass(frozen=True, slots=True)
class Rows:
    """Offences by column, sorted by person, proven day and occasion; ``at`` is the occasion's number."""

    person: Ints
    at: Ints
    offence: Ints
    proven: Ints


def targets() -> dict[str, float]:
    """Every published cell: shares and binary rates in points, averages in times."""
    found = {f"entries {name}": 100 * n / ALL_ENTRIES for name, n in zip(PREVIOUS, ENTRIES, strict=True)}
    found |= {f"binary {name}": value for name, value in zip(PREVIOUS, BINARY, strict=True)}
    found |= {f"per reoffender {name}": value for name, value in zip(PREVIOUS, PER_REOFFENDER, strict=True)}
    found |= {f"month {n}": 100 * count / sum(BY_MONTH) for n, count in enumerate(BY_MONTH, 1)}
    for name, (count, binary) in {**BY_DISPOSAL, **BY_SEX}.items():
        found |= {f"entries {name}": 100 * count / ALL_ENTRIES, f"binary {name}": binary}
    return {**found, "entries a child": ENTRIES_A_CHILD}


def tolerance(cell: str) -> float:
    """How far a cell may be off: two points, or a quarter where it is an average."""
    return TIMES if cell.startswith("per reoffender") or cell == "entries a child" else POINTS


def spread(rng: np.random.Generator, found: Occasions) -> tuple[Occasions, Rows]:
    """The occasions in order, and a row for each of their offences, each with a day of its own before the disposal."""
    order = np.lexsort((found.offence, found.proven, found.person))
    columns = ("person", "offence", "proven", "release", "disposal", "size")
    found = replace(found, **{name: getattr(found, name)[order] for name in columns})
    at = np.repeat(np.arange(len(order)), found.size)
    room = np.minimum(found.proven - found.offence, 21)[at] + 1
    first = np.concatenate([[True], at[1:] != at[:-1]]) if len(at) else np.zeros(0, dtype=np.bool_)
    later = np.where(first, 0, (rng.random(len(at)) * room).astype(np.int64))
    return found, Rows(found.person[at], at, found.offence[at] + later, found.proven[at])


def plus_months(days: Ints, months: int) -> Ints:
    """The same day of the month so many months on, or the last day of a month that is shorter."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    into = day - month.astype("datetime64[D]")
    begins = (month + months).astype("datetime64[D]")
    ends = (month + months + 1).astype("datetime64[D]") - 1
    reached: Ints = np.minimum(begins + into, ends).astype(np.int64)
    return reached


def cells(found: Occasions, rows: Rows, years: tuple[int, int] = YEARS) -> dict[str, float]:
    """The same cells from invented histories, by the definition of EW-3M."""
    index = np.where(found.release >= 0, found.release, found.proven)
    entry = _entries(found, index, years)
    count, month = _after(found, rows, index, entry)
    again = count > 0
    before = np.digitize(_previous(found, index)[entry], BANDS)
    groups: dict[str, Flags] = {name: before == n for n, name in enumerate(PREVIOUS)}
    groups |= {name: found.disposal[entry] == n for n, name in enumerate(DISPOSALS[:4])}
    girl = found.girl[found.person[entry]]
    groups |= {"boys": ~girl, "girls": girl}
    made = {f"entries {name}": 100 * float(group.mean()) for name, group in groups.items()}
    made |= {f"binary {name}": 100 * float(again[group].mean()) for name, group in groups.items()}
    for name in PREVIOUS:
        made[f"per reoffender {name}"] = float(count[groups[name] & again].mean())
    made |= {f"month {n}": 100 * float((month == n).mean()) for n in range(1, 13)}
    return {**made, "entries a child": _entries_a_child(found.person[entry], index[entry])}


def _entries(found: Occasions, index: Ints, years: tuple[int, int]) -> Ints:
    """The first occasion of each child in each quarter."""
    age = (index - found.born[found.person]) / 365.2425
    inside = (index >= years[0]) & (index <= years[1]) & (age >= 10) & (age < 18)
    order = np.lexsort((index, found.person))
    order = order[inside[order]]
    quarter = index[order].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3
    person = found.person[order]
    new = np.concatenate([[True], (person[1:] != person[:-1]) | (quarter[1:] != quarter[:-1])])
    entered: Ints = order[new]
    return entered


def _previous(found: Occasions, index: Ints) -> Ints:
    """Offences proven before the index day on other occasions."""
    total = np.concatenate([[0], np.cumsum(found.size)])
    begins = np.searchsorted(found.person, found.person)
    key = found.person * 100_000 + found.proven
    ends = np.searchsorted(key, found.person * 100_000 + index)
    own = found.proven < index
    previous: Ints = total[ends] - total[begins] - np.where(own, found.size, 0)
    return previous


def _after(found: Occasions, rows: Rows, index: Ints, entry: Ints) -> tuple[Ints, Ints]:
    """How many reoffences followed each entry, and the month of each of them."""
    begins = np.searchsorted(rows.person, found.person[entry])
    many = np.searchsorted(rows.person, found.person[entry], side="right") - begins
    whose = np.repeat(np.arange(len(entry)), many)
    row = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begins, many)
    day, committed = index[entry][whose], rows.offence[row]
    counts = (
        (rows.at[row] != entry[whose]) & (committed > day) & (committed <= plus_months(index[entry], 12)[whose])
        & (rows.proven[row] <= plus_months(index[entry], 18)[whose])
    )  # fmt: skip
    month = 1 + sum((committed[counts] > plus_months(day[counts], n)).astype(np.int64) for n in range(1, 12))
    return np.bincount(whose[counts], minlength=len(entry)), np.asarray(month)


def _entries_a_child(person: Ints, index: Ints) -> float:
    year = (index - YEARS[0]) // 366
    return len(person) / len(np.unique(person * 100 + year))


def simulated(model: Model, people: int, seed: int) -> dict[str, float]:
    """The cells of so many invented children."""
    rng = np.random.default_rng(seed)
    return cells(*spread(rng, occasions(rng, people, SPAN, model)))


def far_off(made: Mapping[str, float]) -> dict[str, float]:
    """The cells that are further from the published ones than they may be, and by how much."""
    off = {cell: made[cell] - value for cell, value in targets().items()}
    return {cell: by for cell, by in off.items() if abs(by) > tolerance(cell)}


def fit(model: Model = FITTED, *, people: int = 120_000, seed: int = 1, steps: int = 10) -> Model:
    """Simulated moments: the free parameters with which the cells come nearest, each in units of what it may be off.

    The cells of a simulation are not smooth in small steps, so that slopes are taken over large ones.
    """
    from scipy.optimize import least_squares

    start = np.array([getattr(model, name) for name in FREE])
    unit = np.array(list(FREE.values()))

    def off(moved: Floats) -> Floats:
        made = simulated(_with(model, start + unit * moved), people, seed)
        by = np.array([(made[cell] - value) / tolerance(cell) for cell, value in targets().items()])
        weighed: Floats = np.sign(by) * np.abs(by) ** 1.5  # the furthest cells count most
        return weighed

    def slopes(moved: Floats) -> Floats:
        here, steps = off(moved), np.eye(len(moved)) * STEP
        return np.stack([(off(moved + step) - here) / STEP for step in steps], axis=1)

    found = least_squares(off, np.zeros(len(FREE)), jac=slopes, max_nfev=steps, method="trf")
    return _with(model, start + unit * found.x)


def _with(model: Model, values: Floats) -> Model:
    return replace(model, **{name: float(value) for name, value in zip(FREE, values, strict=True)})


def table(made: Mapping[str, float]) -> list[str]:
    """The cells beside the published ones, as Markdown."""
    lines = ["| Cell | Published | Invented | May be off by |", "|---|---:|---:|---:|"]
    return lines + [
        f"| {cell} | {value:.2f} | {made[cell]:.2f} | {tolerance(cell)} |" for cell, value in targets().items()
    ]


if __name__ == "__main__":
    import sys

    found = fit(steps=int(sys.argv[1]) if sys.argv[1:] else 10)
    sys.stdout.write("\n".join([str(found), *table(simulated(found, 1_500_000, 2)), ""]))
