"""``inspection.yaml`` read into an :class:`Inspection`; every fault with its line and column."""

from __future__ import annotations

from pathlib import Path

from caselight.formats.files import read_bytes
from caselight.formats.located_yaml import Located, read_yaml
from caselight.formats.package.layout import INSPECTION
from caselight.formats.typed_yaml import read_as
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, Findings, quoted
from caselight.method.inspection.definition import Inspection


def read_inspection(folder: Path, found: Findings) -> tuple[Inspection | None, Located]:
    """The inspection as far as it could be read, and where its parts stand. Raises Faults when it is no YAML."""
    located = read_yaml(read_bytes(folder / INSPECTION, INSPECTION), INSPECTION)
    value, faults = read_as(Inspection, located.value, located)
    found.extend(faults)
    wrong = _dates(located)
    found.extend(wrong)
    return (None if wrong else value), located


def _dates(located: Located) -> list[Fault]:
    """Dates that are numbers: read as seconds since 1970 they would be dates that nobody wrote."""
    dates = located.value.get("dates") if isinstance(located.value, dict) else None
    return [
        Fault(
            "package.bad-date",
            ("inspection", "dates", name),
            f"{quoted(text)} is not a date that can be.",
            "Write dates as 2015-12-14.",
            place=located.place(("dates", name)),
        )
        for name, text in (dates.items() if isinstance(dates, dict) else ())
        if text is not None and not (isinstance(text, str) and day(text))
    ]
