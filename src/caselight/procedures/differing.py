"""Two frameworks held against each other, from their folders or from the folders of inspections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from caselight.formats.framework_yaml import MAIN, read_framework
from caselight.formats.package.layout import FRAMEWORK
from caselight.method.framework.definition import Framework
from caselight.method.framework.differences import Differences, differences


def differing(before: Path, after: Path) -> Differences:
    """What changed. Raises :class:`Faults` with every error of the framework that cannot be read."""
    return differences(_framework(before), _framework(after))


def _framework(folder: Path) -> Framework:
    inside = not (folder / MAIN).exists() and (folder / FRAMEWORK / MAIN).exists()
    return read_framework(folder / FRAMEWORK, within=f"{FRAMEWORK}/") if inside else read_framework(folder)


def said(found: Differences) -> Iterator[tuple[str, str, str, str]]:
    """The differences as rows: what it is, which one, how it changed, and whether it stays comparable."""
    for name in found.added:
        yield "question", name, "added", "no"
    for name in found.dropped:
        yield "question", name, "dropped", "no"
    for old, new in found.replaced.items():
        yield "question", old, f"replaced by {new}", "no"
    for change in found.changed:
        yield "question", change.id, ", ".join(change.how), "yes" if change.comparable else "no"
    for part in found.parts:
        for how, names in (("added", part.added), ("dropped", part.dropped), ("changed", part.changed)):
            for name in names:
                yield part.name.replace("_", " "), name, how, ""
