"""Cases as people call them, in what stands against a letter: the method knows them by their random keys alone."""

from __future__ import annotations

from collections.abc import Iterable

from caselight.store.caseloads.queries import subjects_of

LACKS = " is not complete"  # what is said of a case by its key


def by_label(inspection: str, told: Iterable[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """What stands against a letter, with its lines; a sentence about a case begins with its label in place of its key."""
    labels = {one.key: one.label for one in subjects_of(inspection)}
    return [(_labelled(says, labels), lines) for says, lines in told]


def _labelled(says: str, labels: dict[str, str]) -> str:
    key, lacks, rest = says.partition(LACKS)
    return f"{labels.get(key) or key}{lacks}{rest}"
