"""Columns of the workbook that say in words what CSV and JSON hold as codes: how, why, discretion, the chance.

A person reads the workbook. What a rating was reached by is told by the letter's own steps, in its language; the words
for measures and ways are labels. What is held back is held back here as well. (figures.md)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from caselight.formats.tables.columns import Column
from caselight.formats.tables.entries import NOT_APPLICABLE, NOT_AVAILABLE, SUPPRESSED, Entry, Value, tidy
from caselight.formats.tables.hiding import REACHED
from caselight.method.report.traced import TracedLetter

Step = Callable[[Entry, str], str]


def worded(letter: TracedLetter) -> Mapping[str, Column]:
    """The columns in words that stand in the workbook in place of those with codes, by the same names."""
    steps = {key: dict(told) for key, told in letter.reached.items()}

    def step(entry: Entry, about: str) -> str:
        words = tidy(steps.get(entry.figure.key, {}).get(about, ""))
        return words[:1].upper() + words[1:]

    filling: dict[str, Callable[[Entry], Value]] = {
        "way": _way,
        "discretion": lambda entry: _discretion(entry, step),
        "chance_why": lambda entry: step(entry, "how_chance") or NOT_APPLICABLE,
        "no_value_why": lambda entry: _no_value_why(entry, step),
    }
    return {name: Column(name, "string", fill) for name, fill in filling.items()}


def _way(entry: Entry) -> Value:
    made = entry.figure.reached or entry.figure.number
    return tidy(entry.words[f"tables.way.{made.way}"]) if made else NOT_APPLICABLE


def _discretion(entry: Entry, step: Step) -> Value:
    if entry.figure.reached is None or entry.figure.reached.discretion is None:
        return NOT_APPLICABLE
    return SUPPRESSED if REACHED in entry.hidden else step(entry, "discretion") or NOT_APPLICABLE


def _no_value_why(entry: Entry, step: Step) -> Value:
    """Why there is no value. Where a rule gave no grade, the step about the way says only that."""
    reached, number = entry.figure.reached, entry.figure.number
    if reached is not None and reached.why:
        return step(entry, "why") or ("" if reached.reached else step(entry, "way")) or NOT_AVAILABLE
    if number is not None and number.why:
        return tidy(entry.words[f"tables.why.{number.why}"])
    return NOT_APPLICABLE
