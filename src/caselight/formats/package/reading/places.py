"""From the method's data paths to places: ``("answers", 12, "value")`` is a row and a column of ``answers.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caselight.formats.located_yaml import Located
from caselight.formats.package.layout import FILE_OF, letter_file
from caselight.method.faults import DataPath, Fault, Place


@dataclass(slots=True)
class Places:
    """Where the rows of each section stand, in the order of the package; where the keys of ``inspection.yaml`` do."""

    inspection: Located | None = None
    languages: tuple[str, ...] = ()
    rows: dict[str, Sequence[int]] = field(default_factory=dict)

    def located(self, fault: Fault) -> Fault:
        """The fault with its place, unless it has one."""
        return fault if fault.place or not fault.where else fault.at(self.place(fault.where))

    def place(self, where: DataPath) -> Place:
        """File, row and column of a data path, as far as it goes."""
        section, *rest = where
        if section == "inspection" and self.inspection is not None:
            return self.inspection.place(tuple(rest))
        if section == "letters" and rest and self.languages:
            return Place(letter_file(str(rest[0]), self.languages))
        file = FILE_OF.get(str(section), str(section))
        rows = self.rows.get(str(section), ())
        if not rest or not isinstance(rest[0], int) or not 0 <= rest[0] < len(rows):
            return Place(file)
        column = str(rest[1]).removesuffix("_") if len(rest) > 1 else None
        return Place(file, rows[rest[0]], column)
