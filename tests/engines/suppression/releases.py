"""A release of the size that a service makes: quarters and their year, ten areas, two sexes, every total of them."""

from itertools import product

import numpy as np

from caselight.engines.suppression.table import NoMoreThan, Rule, Table
from caselight.method.reoffending.margins import ALL, Released, margins

QUARTERS = tuple(f"2019-Q{n}" for n in range(1, 5))
POOLED = {"2019": QUARTERS}
SEXES = (("male", 0.84), ("female", 0.16))


def release(seed: int = 1, *, areas: int = 10, mean: int = 14, reoffences: bool = False) -> list[Released]:
    """165 lines for ten areas, with about ``mean`` entries an area and quarter."""
    draw = np.random.default_rng(seed)
    names = [f"A{n}" for n in range(areas)]
    sizes = {name: mean * (0.4 + 1.6 * draw.random()) for name in names}
    cells: dict[tuple[str, str, str], tuple[int, int, int]] = {}
    for quarter, name, (sex, share) in product(QUARTERS, names, SEXES):
        entries = sum(draw.random() < share for _ in range(round(sizes[name] * (0.8 + 0.4 * draw.random()))))
        reoffenders = sum(draw.random() < 0.36 for _ in range(entries))
        cells[quarter, name, sex] = (entries, reoffenders, sum(1 + int(draw.integers(4)) for _ in range(reoffenders)))
    found = []
    for period, name, sex in product([*QUARTERS, "2019"], [*names, ALL], [*(one for one, _ in SEXES), ALL]):
        inside = [
            counts
            for (quarter, area, of), counts in cells.items()
            if period in {quarter, "2019"} and name in {area, ALL} and sex in {of, ALL}
        ]
        entries, reoffenders, many = (sum(column) for column in zip(*inside, strict=True))
        found.append(Released((period, name, sex), entries, reoffenders, many if reoffences else None))
    return found


def earlier(rows: list[Released], quarters: int = 2) -> list[Released]:
    """What an earlier release printed of the first quarters: areas together, by sex, counted before a late conviction."""
    return [
        Released(row.at, row.entries, max(0, (row.reoffenders or 0) - 12))
        for row in rows
        if row.at[0] in QUARTERS[:quarters] and row.at[1] == ALL and row.at[2] == ALL
    ]


def table(rows: list[Released], before: list[Released] | None = None, rule: Rule | None = None) -> Table:
    """All that is known together once they are released."""
    found = margins(rows, pooled=POOLED, earlier=before or [])
    orders = tuple(NoMoreThan(lesser, greater) for lesser, greater in found.at_most)
    return Table(tuple(found.numbers.values()), tuple(found.sums), orders, rule or Rule())
