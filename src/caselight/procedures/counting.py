"""The figures of an inspection folder, and what is behind one of them."""

from __future__ import annotations

from pathlib import Path

from caselight.formats.garbage import uncollected
from caselight.formats.package.reading import read_package
from caselight.method.analysis.figure import Figure, Figures
from caselight.method.analysis.figures import figures
from caselight.method.faults import Fault, did_you_mean, refuse


def tallied(folder: Path) -> tuple[Figure, ...]:
    """Every figure that counts subjects, in the order of the framework. Raises :class:`Faults` for a faulty folder."""
    found = _figures(folder)
    return tuple(figure for figure in found.values() if figure.kind in ("share", "people", "count"))


def explained(folder: Path, key: str) -> Figure:
    """One figure with its cases and reasons. Raises :class:`Faults` when there is none of that key."""
    found = _figures(folder)
    if key not in found:
        refuse([Fault("figure.unknown", (key,), f"No figure is called “{key[:60]}”.", did_you_mean(key, found))])
    return found[key]


def _figures(folder: Path) -> Figures:
    with uncollected():
        return figures(read_package(folder))
