"""Shares of a population from a census table, kept with an inspection as figures from elsewhere.

Each says its definition, its ages, its table and its year in its note, and its measure holds definition and ages: so two
definitions, or two ranges of ages, are two measures, and no phrase sets them beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.layout import EXTERNAL
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.formats.reoffending_tables.census import read_census
from caselight.method.faults import Fault, did_you_mean, quoted, refuse, stop
from caselight.method.inspection.checks import check
from caselight.method.inspection.package import External
from caselight.method.reoffending.naming import short
from caselight.method.reoffending.population import Share, share

PUBLISHER = "Office for National Statistics"


def shares_of(path: Path, areas: Sequence[str], definition: str, *, table: str, ages: str) -> list[Share]:
    """The shares of some areas of a census table. Raises ``reoffending.nothing-chosen`` for an area that it has not."""
    known = {one.area.name.casefold(): one for one in read_census(path, table=table, ages=ages)}
    for area in areas:
        if area.casefold() not in known:
            says = f"The census table has no area {quoted(area)}."
            names = [one.area.name for one in known.values()]
            stop(Fault("reoffending.nothing-chosen", ("areas",), says, did_you_mean(area, names)))
    return [share(known[area.casefold()], definition) for area in areas]


def as_external(one: Share) -> External:
    """A share as a figure that a letter may quote."""
    return External(
        key=f"share.{short(one.area.name)}.{one.year}.{short(one.definition)}.{short(one.ages)}",
        kind="external",
        label=one.area.name,
        value=one.value,
        measure=f"share of residents of {one.ages} who are {one.definition}",
        area=one.area.name,
        cohort=f"census {one.year}",
        published=str(one.year),
        source=f"{PUBLISHER}, census {one.year}, table {one.table}",
        footnote=one.says,
    )


def keep_shares(folder: Path, shares: Sequence[Share]) -> int:
    """Add shares to ``external.csv`` of an inspection folder, and give how many were new.

    Raises ``store.external-exists`` where a key has another content, and what is wrong with the table then.
    """
    with locked(folder):
        package = read_package(folder)
        there = {row.key: row for row in package.external}
        rows = [as_external(one) for one in shares]
        differing = [row.key for row in rows if there.get(row.key, row) != row]
        if differing:
            says = f"There is a figure {quoted(differing[0])} from elsewhere already."
            stop(
                Fault(
                    "store.external-exists",
                    ("external", differing[0]),
                    says,
                    "Take the other one out first, if it is wrong.",
                )
            )
        new = [row for row in rows if row.key not in there]
        grown = replace(package, external=tuple(sorted((*package.external, *new), key=lambda row: row.key)))
        refuse(fault for fault in check(grown) if fault.where[:1] == ("external",))
        if new:
            write_tables(folder, grown, EXTERNAL)
    return len(new)
