"""Differences that turn round when the cases are divided: higher in every part, and yet lower as a whole.

It happens when one side has more cases of the kind that everybody finds hard (Simpson 1951). The whole and the parts
are both true; which of them answers a question is for people to say, so it is pointed out and nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caselight.method.analysis.comparable import Inspected
from caselight.method.analysis.figure import Cell
from caselight.method.caseload.case import FactValue
from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.statistics.two_samples import Counted

DIVIDING = ("yes_no", "choice", "key", "integer")


@dataclass(frozen=True, slots=True)
class Stratum:
    """One part of the cases: those with this value of a fact, on both sides. ``value`` is empty where it is not known."""

    value: str
    label: str
    one: Counted
    other: Counted


def direction(one: Counted, other: Counted) -> int:
    """1 when the first share is higher, -1 when it is lower, 0 when both are the same. Exact.

    >>> direction(Counted(1, 3), Counted(2, 6)), direction(Counted(2, 3), Counted(1, 2))
    (0, 1)
    """
    left, right = one.sufficient * other.relevant, other.sufficient * one.relevant
    return (left > right) - (left < right)


def turns_round(one: Counted, other: Counted, strata: Sequence[Stratum]) -> bool:
    """Whether a difference has no part that goes its way, and at least one that goes the other.

    Only parts with cases on both sides can be compared, and there must be two of them.

    >>> parts = [Stratum("s", "small", Counted(81, 87), Counted(234, 270)),
    ...          Stratum("l", "large", Counted(192, 263), Counted(55, 80))]
    >>> turns_round(Counted(273, 350), Counted(289, 350), parts)
    True
    """
    whole = direction(one, other)
    parts = [direction(part.one, part.other) for part in strata if part.one.relevant and part.other.relevant]
    return whole != 0 and len(parts) > 1 and whole not in parts and -whole in parts


def dividing_fact(sides: Sequence[Inspected], name: str) -> Fact:
    """The fact to divide by, which every inspection must have with the same meaning.

    Raises ``comparison.unknown-fact``, ``comparison.fact-has-no-parts`` (dates and texts) and
    ``comparison.fact-differs``.
    """
    first = sides[0].package.framework
    fact = first.fact_by_id.get(name)
    if fact is None:
        known = [item.id for item in first.facts if item.type in DIVIDING]
        stop(Fault("comparison.unknown-fact", (name,), f"No fact is called {quoted(name)}.", did_you_mean(name, known)))
    if fact.type not in DIVIDING:
        says = f"The fact {quoted(name)} is a {fact.type}, so it does not divide the cases into parts."
        stop(Fault("comparison.fact-has-no-parts", (name,), says, "Name a fact with a few values."))
    for side in sides[1:]:
        beside = side.package.framework.fact_by_id.get(name)
        if beside is None or (beside.type, beside.values()) != (fact.type, fact.values()):
            says = f"{side.name} has no fact {quoted(name)} with the same values."
            stop(
                Fault("comparison.fact-differs", (name,), says, "Name a fact that all of the inspections record alike.")
            )
    return fact


def strata(one: Sequence[Inspected], other: Sequence[Inspected], key: str, fact: Fact) -> tuple[Stratum, ...]:
    """The counts of a figure on both sides, part by part, in the order of the fact's values; not known comes last."""
    counted = [_counted(side, key, fact) for side in (one, other)]
    listed = fact.values() or ()
    found = sorted({value for side in counted for value in side} - {*listed, ""}, key=lambda value: (len(value), value))
    values = [value for value in (*listed, *found, "") if any(value in side for side in counted)]
    language = one[0].package.inspection.languages[0]
    nothing = Counted(0, 0)
    return tuple(
        Stratum(value, _label(fact, value, language), *(side.get(value, nothing) for side in counted))
        for value in values
    )


def _label(fact: Fact, value: str, language: str) -> str:
    labels = {option.value: option.label.in_(language) for option in fact.options}
    return labels.get(value, value) or "not known"


def _counted(sides: Iterable[Inspected], key: str, fact: Fact) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    for side in sides:
        figure = side.figures[key]
        facts = _facts(side, fact)
        for cell, worth in ((Cell.SUFFICIENT, 1), (Cell.INSUFFICIENT, 0)):
            for subject in figure.cells.get(cell, ()):
                value = facts.get(subject, facts.get(subject.rpartition("/")[0], ""))
                before = found.get(value, Counted(0, 0))
                found[value] = Counted(before.sufficient + worth, before.relevant + 1)
    return found


def _facts(side: Inspected, fact: Fact) -> Mapping[str, str]:
    return {subject.key: _text(subject.facts.get(fact.id)) for subject in side.package.subjects}


def _text(value: FactValue | None) -> str:
    return "" if value is None else str(value)


def applies_to(framework: Framework, fact: Fact, subject: str) -> bool:
    """Whether a fact is known of subjects of this kind: its own, or that of what they were found in."""
    kind = framework.subject_by_id[subject]
    return fact.subject in (subject, kind.found_in)
