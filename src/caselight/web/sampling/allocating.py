"""Who examines which case: how many each has, which cases nobody has, and who may not have them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from caselight.method.inspection.package import Package
from caselight.store.samples.holding import Examiner, Given, allocations_of, examiners_of
from caselight.web.design.tables import Column, Table
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import words
from caselight.web.sampling.cases import names

FIRST = "first"


@dataclass(frozen=True)
class Board:
    """The people, the cases that are examined, and what is given."""

    visit: InspectionVisit
    package: Package
    people: tuple[Examiner, ...]
    given: tuple[Given, ...]

    @cached_property
    def called(self) -> dict[str, str]:
        """What each case is called."""
        return names(self.package)

    @cached_property
    def examined(self) -> list[str]:
        """The cases that are examined, by what they are called; where nothing was drawn, every case to examine."""
        drawn = {row.case_key for row in self.package.sample if row.examined}
        kind = self.package.framework.subjects[0].id
        keys = drawn or {one.key for one in self.package.subjects if one.kind == kind}
        return sorted(keys, key=lambda key: (self.called.get(key, key), key))

    @property
    def free(self) -> list[str]:
        """The cases that nobody has."""
        has = {one.case_key for one in self.given if one.pass_kind == FIRST}
        return [key for key in self.examined if key not in has]

    @cached_property
    def has(self) -> Counter[str]:
        """How many cases each person has to examine."""
        return Counter(one.user for one in self.given if one.pass_kind == FIRST)

    @property
    def able(self) -> list[tuple[str, str]]:
        """Those to whom cases can be given, by their keys."""
        return [(one.user, one.name) for one in self.people if not one.barred]

    @property
    def others(self) -> list[str]:
        """Those whom cases are shared out among where nothing else is said: the team without whoever shares out."""
        able = [user for user, _ in self.able]
        return [user for user in able if user != self.visit.user] or able

    @property
    def table(self) -> Table:
        """Who has how many."""
        said, has = words(self.visit), self.has
        columns = (Column("name", said.cap(said.inspector)), Column("role", "Role"),
                   Column("cases", "Cases", "number"), Column("bar", "Conflict of interest"))  # fmt: skip
        rows = [
            {"name": one.name, "role": one.role, "cases": has[one.user], "bar": self._bar(one)} for one in self.people
        ]
        return Table(
            "Who has how many", columns, rows, name="people", tools=False, empty="Nobody can examine cases yet."
        )

    @property
    def held(self) -> list[tuple[Given, str]]:
        """What is given, with what the case is called, by person."""
        ranked = sorted(self.given, key=lambda one: (one.name, self.called.get(one.case_key, "")))
        return [(one, self.called.get(one.case_key, one.case_key)) for one in ranked]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Whom cases can be given to, with how many they have."""
        return [(user, f"{name} ({self.has[user]})") for user, name in self.able]

    @property
    def offered(self) -> list[tuple[str, str, str]]:
        """The cases with who has them: those that nobody has first."""
        free, who = set(self.free), {one.case_key: one.name for one in self.given if one.pass_kind == FIRST}
        ranked = sorted(self.examined, key=lambda key: key not in free)
        return [(key, self.called.get(key, key), who.get(key, "")) for key in ranked]

    def _bar(self, one: Examiner) -> str:
        if one.barred:
            return "With this service: no case can be given"
        return ", ".join(sorted(self.called.get(key, key) for key in one.cases))


def board(visit: InspectionVisit, package: Package) -> Board:
    """Everything as it stands."""
    return Board(visit, package, examiners_of(visit.key, visit.at), allocations_of(visit.key))
