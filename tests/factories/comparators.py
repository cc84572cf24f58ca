"""Published figures of an invented area, as a letter may quote them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from caselight.method.reoffending.cited import Comparator
from caselight.method.reoffending.published import (
    Area,
    Cohort,
    Count,
    People,
    PrintedRate,
    Provenance,
    Published,
    RateName,
    State,
)

YEAR = Cohort("Apr 2019-Mar 2020", date(2019, 4, 1), date(2020, 3, 31))
RELEASE = Provenance(
    "geography.xlsx", "f" * 64, "Data", "Ministry of Justice", "January 2022", "", "Open Government Licence v3.0"
)


def comparator(
    key: str = "rate.testshire", rate: str = "43.0", measure: str = "EW-3M", **changes: object
) -> Comparator:
    """A rate of Testshire with its counts, cells and states; ``changes`` are fields of the comparator."""
    cell = Published(
        measure,
        YEAR,
        Area("Testshire", "E06000099"),
        People.CHILDREN,
        ("Sex", "Boys"),
        Count(100, cell="G2"),
        Count(43, State.REVISED, "H2"),
        Count(None, State.WITHHELD, "I2"),
        {RateName.BINARY: PrintedRate(Decimal(rate), cell="J2")},
        RELEASE,
    )
    return Comparator(key, "Testshire", cell, **changes)  # type: ignore[arg-type]


def told(key: str = "direction.testshire", direction: str = "worse") -> Comparator:
    """A comparison with the year before that its source states in words."""
    cell = Published("EW-3M", YEAR, Area("Testshire"), People.CHILDREN, provenance=RELEASE)
    return Comparator(
        key, "Testshire beside the year before", cell, direction, ("rate.testshire",), "As they reported it."
    )
