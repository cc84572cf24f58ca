"""Shares of a population from a census table, each with its ages and its definition.

"Black and minority ethnic" has no one meaning: not White, and not White British, differ by up to thirty points in one
borough; and a share of all ages is no share of children. So a share is never a number alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.reoffending.published import Area, half_up

# The groups that each definition leaves out; everybody else is in its numerator.
DEFINITIONS: Mapping[str, tuple[str, ...]] = {
    "not White": ("White",),
    "not White British": ("White: English/Welsh/Scottish/Northern Irish/British",),
}


@dataclass(frozen=True, slots=True)
class Population:
    """One area of a census table: everybody, and each group by the name that the census gives it."""

    area: Area
    table: str
    year: int
    ages: str
    everybody: int
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a population in per cent, with what it is a share of."""

    value: Decimal
    people: int
    everybody: int
    definition: str
    ages: str
    area: Area
    table: str
    year: int

    @property
    def says(self) -> str:
        """The share's footnote."""
        return (
            f"Share of residents of {self.ages} who are {self.definition}: {self.people:,} of {self.everybody:,} in "
            f"{self.area.name}. Census {self.year}, table {self.table}."
        )


def share(population: Population, definition: str) -> Share:
    """The share of a population by one of :data:`DEFINITIONS`, to one place.

    Raises ``reoffending.unknown-definition``, and ``reoffending.census-group-missing`` where the table lacks the group.
    """
    if definition not in DEFINITIONS:
        says = f"{quoted(definition)} is no definition of a share of a population."
        stop(Fault("reoffending.unknown-definition", ("definition",), says, did_you_mean(definition, DEFINITIONS)))
    missing = [group for group in DEFINITIONS[definition] if group not in population.groups]
    if missing or population.everybody <= 0:
        says = f"The census table has no number for {quoted(missing[0] if missing else 'everybody')} in {quoted(population.area.name)}."
        stop(Fault("reoffending.census-group-missing", ("groups",), says, "Use a census table with that group."))
    people = population.everybody - sum(population.groups[group] for group in DEFINITIONS[definition])
    value = half_up(people * 100, population.everybody, 1)
    return Share(
        value,
        people,
        population.everybody,
        definition,
        population.ages,
        population.area,
        population.table,
        population.year,
    )
