"""Inspection folders held against each other; and the same as data for a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from caselight.formats.garbage import uncollected
from caselight.formats.package.reading import read_package
from caselight.method.analysis.comparable import Inspected
from caselight.method.analysis.comparison import Compared, Comparison, compare
from caselight.method.analysis.figures import figures
from caselight.method.analysis.reversals import Stratum
from caselight.method.statistics.two_samples import Counted

PLACES = 6


def compared(folder: Path, others: Sequence[Path], *, by: str = "") -> Comparison:
    """One inspection beside another, or beside several as a group. Raises :class:`Faults` for a faulty folder."""
    with uncollected():
        return compare(_inspected(folder), [_inspected(other) for other in others], by=by)


def _inspected(folder: Path) -> Inspected:
    package = read_package(folder)
    return Inspected(package, figures(package))


def compared_as_data(found: Comparison) -> Mapping[str, Any]:
    """The comparison for a program. Shares and chances are rounded, so that no machine's last digit changes the bytes."""
    return {
        "one": found.one,
        "other": list(found.other),
        "false_discovery_rate": found.rate,
        "by": found.by,
        "compared": [_compared_as_data(item) for item in found.compared],
        "refused": [{"key": item.key, "label": item.label, "why": item.why} for item in found.refused],
    }


def _compared_as_data(item: Compared) -> Mapping[str, Any]:
    return {
        "key": item.key,
        "label": item.label,
        "theme": item.theme,
        "one": _counted(item.one),
        "other": _counted(item.other),
        "difference": {name: round(getattr(item, name), PLACES) for name in ("difference", "low", "high")},
        "chance": round(item.chance, PLACES),
        "adjusted": round(item.adjusted, PLACES),
        "stands_out": item.stands_out,
        "assumes": item.assumes,
        "notes": list(item.notes),
        "parts": [_stratum(part) for part in item.strata],
        "turns_round": item.reversed,
    }


def _stratum(part: Stratum) -> Mapping[str, Any]:
    return {"value": part.value, "label": part.label, "one": _counted(part.one), "other": _counted(part.other)}


def _counted(side: Counted) -> Mapping[str, int]:
    return {"sufficient": side.sufficient, "relevant": side.relevant}
