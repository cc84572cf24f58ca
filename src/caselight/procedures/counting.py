"""The figures of an inspection folder, and what is behind one of them."""

from __future__ import annotations

from pathlib import Path

from caselight.formats.garbage import uncollected
from caselight.formats.package.reading import read_package
from caselight.method.analysis.figure import Figure, Figures
from caselight.method.analysis.figures import figures
from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.inspection.package import Package


def tallied(folder: Path, theme: str = "") -> tuple[Figure, ...]:
    """Every figure that counts subjects, in the order of the framework, or those of one theme.

    Raises :class:`Faults` for a faulty folder, or a theme that the framework does not have.
    """
    package, found = _counted(folder)
    themes = [item.id for item in package.framework.themes]
    if theme and theme not in themes:
        says = f"No theme is called {quoted(theme)}."
        stop(Fault("figure.unknown-theme", (theme,), says, did_you_mean(theme, themes)))
    counted = (figure for figure in found.values() if figure.kind in ("share", "people", "count"))
    return tuple(figure for figure in counted if theme in ("", figure.theme))


def explained(folder: Path, key: str) -> Figure:
    """One figure with its cases and reasons. Raises :class:`Faults` when there is none of that key."""
    _package, found = _counted(folder)
    if key not in found:
        stop(Fault("figure.unknown", (key,), f"No figure is called {quoted(key)}.", did_you_mean(key, found)))
    return found[key]


def _counted(folder: Path) -> tuple[Package, Figures]:
    with uncollected():
        package = read_package(folder)
        return package, figures(package)
