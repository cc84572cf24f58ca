"""The figures of an inspection folder, and what is behind one of them: its cases, or the chain of a rating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.garbage import uncollected
from caselight.formats.package.reading import read_package
from caselight.method.analysis.figure import Figure, Figures
from caselight.method.analysis.figures import figures
from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.inspection.package import Package
from caselight.method.report.context import Context
from caselight.method.report.graded import KINDS
from caselight.method.report.reached import reached_steps
from caselight.method.report.scores import number_words
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.numbers import capitalised
from caselight.procedures.drafting import context_for


@dataclass(frozen=True, slots=True)
class Link:
    """One figure of the chain to a rating: how deep, what came out, how, and whether it decided what stands above."""

    depth: int
    figure: Figure
    result: str
    steps: tuple[str, ...]
    decides: bool = False


def tallied(folder: Path, theme: str = "") -> tuple[Figure, ...]:
    """Every figure that counts subjects, every measure and rating, in the order of the framework, or of one theme.

    Raises :class:`Faults` for a faulty folder, or a theme that the framework does not have.
    """
    package, found = _counted(folder)
    themes = [item.id for item in package.framework.themes]
    if theme and theme not in themes:
        says = f"No theme is called {quoted(theme)}."
        stop(Fault("figure.unknown-theme", (theme,), says, did_you_mean(theme, themes)))
    counted = (figure for figure in found.values() if figure.kind in ("share", "people", "count", *KINDS))
    return tuple(figure for figure in counted if theme in ("", figure.theme))


def explained(folder: Path, key: str) -> tuple[Figure, tuple[Link, ...]]:
    """One figure with its cases and reasons, and the chain to it if it is a measure or a rating.

    Raises :class:`Faults` when there is none of that key.
    """
    package, found = _counted(folder)
    if key not in found:
        stop(Fault("figure.unknown", (key,), f"No figure is called {quoted(key)}.", did_you_mean(key, found)))
    figure = found[key]
    if figure.kind not in KINDS:
        return figure, ()
    return figure, tuple(_chain(figure, context_for(package, package.inspection.languages[0])))


def _chain(figure: Figure, context: Context, depth: int = 0, *, decides: bool = False) -> Iterator[Link]:
    """A measure or rating and everything it was made from. The framework has no circles, so this ends."""
    reached = figure.reached
    if reached is None:
        parts = figure.number.of if figure.number else ()
        yield Link(depth, figure, number_words(figure, context), (), decides)
    else:
        parts, steps = reached.parts, reached_steps(figure, context)
        said = () if isinstance(steps, Refusal) else tuple(capitalised(step.words) for step in steps[1:])
        yield Link(depth, figure, reached.label(reached.grade) or reached.state.replace("_", " "), said, decides)
    deciding = reached.deciding if reached is not None and len(reached.deciding) < len(parts) else ()
    for key in parts:
        part = context.figures.get(key)
        if part is not None and part.kind in KINDS:
            yield from _chain(part, context, depth + 1, decides=key in deciding)


def _counted(folder: Path) -> tuple[Package, Figures]:
    with uncollected():
        package = read_package(folder)
        return package, figures(package)
