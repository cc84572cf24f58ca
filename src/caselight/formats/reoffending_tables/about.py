"""What a file does not say of itself, and whoever imports it has to: the measure, when and by whom it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caselight.formats.reoffending_tables.dashes import Dash, Rule
from caselight.method.faults import Fault, Faults
from caselight.method.reoffending.published import People, Provenance

LICENCE = "Open Government Licence v3.0"
RECAST = date(2017, 10, 26)  # the day from which every table is of three-month cohorts, the back series included
FIRST, LAST = date(2011, 10, 27), date(2017, 7, 28)  # releases by the twelve-month measure, the end not included


@dataclass(frozen=True, slots=True)
class About:
    """Of one release. ``measure`` may be left empty where the day of publication decides it.

    ``people`` are those of a table that does not say whom it counts, ``dash`` is what ``-`` stands for in one whose
    notes do not say it.
    """

    published: date | None = None
    measure: str = ""
    publisher: str = "Ministry of Justice"
    licence: str = LICENCE
    source: str = ""
    people: People = People.CHILDREN
    area: str = "England and Wales"
    dash: Dash | None = None

    @property
    def dashes(self) -> tuple[Rule, ...]:
        """The rule for dashes, if whoever imports the file gave one."""
        return (Rule(self.dash, "as said at the import"),) if self.dash else ()

    @property
    def measure_id(self) -> str:
        """The measure as said, else by the day of publication. Raises ``reoffending.measure-unsaid``.

        >>> About(date(2022, 1, 27)).measure_id, About(date(2015, 10, 29)).measure_id
        ('EW-3M', 'EW-12M')
        """
        of_the_day = "EW-3M" if self._from(RECAST) else "EW-12M" if self._from(FIRST) and not self._from(LAST) else ""
        if self.measure or of_the_day:
            return self.measure or of_the_day
        says = "Nobody said by which measure these figures are, and the day of publication does not decide it."
        cure = "Give the day of publication (--published 2022-01-27), or the measure (--measure EW-3M)."
        raise Faults([Fault("reoffending.measure-unsaid", ("measure",), says, cure)])

    def _from(self, day: date) -> bool:
        """Whether the release is of this day or later."""
        return self.published is not None and self.published >= day

    def provenance(self, file: str, sha256: str, sheet: str = "") -> Provenance:
        """The provenance of what was read from a file."""
        published = self.published.isoformat() if self.published else ""
        return Provenance(file, sha256, sheet, self.publisher, published, self.source, self.licence)
