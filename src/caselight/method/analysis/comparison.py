"""Two inspections side by side, or one beside a group: the same figure of each, how far apart, and how surely.

The test is Fisher's exact one, two-sided, of two independent samples; the range of a difference is Newcombe's; over all
the figures that are compared the false-discovery rate is held by Benjamini and Hochberg. What cannot be compared is
refused with the reason, one figure at a time. Higher and lower are said, better and worse are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from caselight.method.analysis.comparable import Comparability, Inspected
from caselight.method.analysis.figure import Figure
from caselight.method.analysis.reversals import Stratum, applies_to, dividing_fact, strata, turns_round
from caselight.method.faults import Fault, quoted, refuse, stop
from caselight.method.framework.parts import Fact
from caselight.method.statistics.proportions import Bounds
from caselight.method.statistics.two_samples import Counted, benjamini_hochberg, fisher_exact, newcombe_difference

RATE = 0.05

BOTH_WHOLE = (
    "Every relevant case of both was examined, so for these cases the difference is exact; the chance says how often "
    "two services that work alike would come out at least as far apart."
)
FROM_LISTS = (
    "The cases come from lists of known length. The test takes the lists as endless, so it is cautious: it sees a "
    "difference rather too seldom than too often."
)
DRAWN = "Both are taken as independent draws from many cases."
NOT_DRAWN = (
    "Nobody drew these people; the chance says how often two services that work alike would come out so far apart."
)
OPEN = "Answers are missing or contested in {name}, so the figure may still change."


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both. ``difference`` is the first share minus the second, with its 95% range ``low`` to ``high``.

    ``chance`` is the result of the exact test, ``adjusted`` the same for how many were compared; ``stands_out`` when
    that is at most the rate. ``strata`` are the parts where a fact divides the cases, and ``reversed`` says that the
    difference turns round in them. ``assumes`` and ``notes`` are sentences for the reader.
    """

    key: str
    label: str
    theme: str
    one: Counted
    other: Counted
    difference: float
    low: float
    high: float
    chance: float
    assumes: str
    notes: tuple[str, ...] = ()
    adjusted: float = 1.0
    stands_out: bool = False
    strata: tuple[Stratum, ...] = ()
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A figure that was not compared, and why."""

    key: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One inspection beside another, or beside a group thrown together. ``by`` is the fact that divides the cases."""

    one: str
    other: tuple[str, ...]
    compared: tuple[Compared, ...]
    refused: tuple[Refused, ...]
    rate: float = RATE
    by: str = ""


def compare(one: Inspected, others: Sequence[Inspected], *, by: str = "") -> Comparison:
    """Every share of one inspection held against that of another, or of several thrown together as a group.

    ``by`` names a fact that divides the cases. Raises ``comparison.nothing-beside``, ``comparison.same-inspection``
    (the two sides must be independent) and the faults of :func:`~caselight.method.analysis.reversals.dividing_fact`.
    """
    _refuse_same(one, others)
    fact = dividing_fact([one, *others], by) if by else None
    pairs = [Comparability(one, other) for other in others]
    found: list[Compared] = []
    refused: list[Refused] = []
    for figure in one.counted():
        why = next((reason for pair in pairs if (reason := pair.refusal(figure))), "")
        if why:
            refused.append(Refused(figure.key, figure.label, why))
        else:
            found.append(_compared(pairs, figure, fact))
    refused += _only_beside(one, others)
    names = tuple(other.name for other in others)
    return Comparison(one.name, names, _adjusted(found), tuple(refused), RATE, fact.id if fact else "")


def _compared(pairs: Sequence[Comparability], figure: Figure, fact: Fact | None) -> Compared:
    one, others = pairs[0].one, [pair.other for pair in pairs]
    beside = [other.figures[figure.key] for other in others]
    here = Counted(figure.sufficient, figure.relevant)
    there = Counted(sum(item.sufficient for item in beside), sum(item.relevant for item in beside))
    chance, span = fisher_exact(here, there), newcombe_difference(here, there)
    assert isinstance(chance, float)  # noqa: S101 - without cases it was refused; this tells the type checker
    assert isinstance(span, Bounds)  # noqa: S101 - the same
    parts: tuple[Stratum, ...] = ()
    if fact is not None and applies_to(one.package.framework, fact, figure.subject):
        parts = strata([one], others, figure.key, fact)
    return Compared(
        key=figure.key,
        label=figure.label,
        theme=figure.theme,
        one=here,
        other=there,
        difference=here.sufficient / here.relevant - there.sufficient / there.relevant,
        low=span.low,
        high=span.high,
        chance=chance,
        assumes=_assumes([figure, *beside]),
        notes=tuple(_notes(pairs, figure)),
        strata=parts,
        reversed=turns_round(here, there, parts),
    )


def _adjusted(found: Sequence[Compared]) -> tuple[Compared, ...]:
    adjusted = benjamini_hochberg([item.chance for item in found])
    both = zip(found, adjusted, strict=True)
    return tuple(replace(item, adjusted=chance, stands_out=chance <= RATE) for item, chance in both)


def _assumes(figures: Sequence[Figure]) -> str:
    """What the test takes the cases to be, from how each figure's own interval was made."""
    if figures[0].kind == "people":
        return NOT_DRAWN
    methods = {figure.interval.method for figure in figures if figure.interval is not None}
    if methods == {"none"}:
        return BOTH_WHOLE
    return FROM_LISTS if methods & {"none", "hypergeometric"} else DRAWN


def _notes(pairs: Sequence[Comparability], figure: Figure) -> Iterator[str]:
    for side in (pairs[0].one, *(pair.other for pair in pairs)):
        beside = side.figures[figure.key]
        if beside.unanswered or beside.contested:
            yield OPEN.format(name=side.name)
    for pair in pairs:
        if pair.note(figure):
            yield f"{pair.other.name} asks it in other words."


def _only_beside(one: Inspected, others: Sequence[Inspected]) -> list[Refused]:
    """What the others ask and this one does not, each once."""
    found = {
        figure.key: figure.label for other in others for figure in other.counted() if figure.key not in one.figures
    }
    return [Refused(key, label, f"{one.name} does not ask it.") for key, label in found.items()]


def _refuse_same(one: Inspected, others: Sequence[Inspected]) -> None:
    if not others:
        stop(Fault("comparison.nothing-beside", (), "There is nothing to compare with.", "Name another inspection."))
    seen: set[str] = set()
    faults = []
    for side in (one, *others):
        name = side.package.inspection.id
        if name in seen:
            says = f"The inspection {quoted(name)} is on both sides or there twice, so the sides are not independent."
            faults.append(Fault("comparison.same-inspection", (name,), says, "Name each inspection once."))
        seen.add(name)
    refuse(faults)
