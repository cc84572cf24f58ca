"""The words for shares: bands that overlap, shares without a word, and bands that can never fit.

Exact arithmetic. A band marked ``exact`` is a point (all, half, none); every other is an interval with open or closed
ends. A band limited by ``most_cases`` covers its interval although more cases have no word in it: that is its purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from caselight.method.faults import DataPath, Fault, quoted
from caselight.method.framework.definition import Framework
from caselight.method.wording.definition import Band, Scale


class End(NamedTuple):
    """An end of an interval. ``step`` orders ends at the same share: just below -1, at it 0, just above 1."""

    share: Fraction
    step: int


NOUGHT, ONE = End(Fraction(0), 0), End(Fraction(1), 0)


def band_faults(framework: Framework) -> Iterator[Fault]:
    """What is wrong with the scale of each language."""
    for language, wording in framework.wording.items():
        path = ("wording", language, "scale", "bands")
        scale = wording.scale
        alone = [fault for at, band in enumerate(scale.bands) for fault in _alone((*path, at), band)]
        yield from alone
        yield from _words(path, scale)
        if alone:
            continue
        if scale.overlaps == "refused":
            yield from _overlaps(path, scale)
        if scale.gaps == "refused":
            yield from _gaps(path, scale)


def _first(band: Band) -> End:
    """The lowest share inside the band."""
    return End(band.low, 1 if band.above and not band.exact else 0)


def _last(band: Band) -> End:
    """The highest share inside the band."""
    return End(band.high, 0 if band.exact or band.up_to_and_including else -1)


def _alone(path: DataPath, band: Band) -> Iterator[Fault]:
    word = quoted(band.words[0])
    if band.high > 1:
        says = f"The band {word} ends at {band.to}, and no share is above 100%."
        yield Fault("framework.band-outside", (*path, "to"), says, "End it at 100%.")
    if band.exact and band.low != band.high:
        says = f"The band {word} is exact, and runs from {band.from_} to {band.to}."
        yield Fault("framework.band-not-a-point", path, says, "Give both ends the same share, or remove “exact: true”.")
    elif _last(band) < _first(band):
        says = f"No share lies in the band {word}."
        cure = "Widen it, or write “exact: true” for a single share."
        yield Fault("framework.band-empty", path, says, cure)


def _words(path: DataPath, scale: Scale) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, band in enumerate(scale.bands):
        for place, word in enumerate(band.words):
            if word.casefold() in seen:
                says = f"The words {quoted(word)} stand in the scale a second time, so they would have two meanings."
                yield Fault(
                    "framework.band-word-twice", (*path, at, "words", place), says, "Keep them in one band only."
                )
            seen.add(word.casefold())


def _overlaps(path: DataPath, scale: Scale) -> Iterator[Fault]:
    """Walk upwards; a band that begins before the one reaching furthest has ended overlaps with it."""
    furthest: tuple[End, int] | None = None
    for at, band in _upwards(scale):
        if furthest is not None and _first(band) <= furthest[0]:
            first, second = sorted((at, furthest[1]))
            says = (
                f"The bands {quoted(scale.bands[first].words[0])} and {quoted(scale.bands[second].words[0])} overlap."
            )
            cure = "Move an end, or write “overlaps: allowed” in the scale."
            yield Fault("framework.band-overlap", (*path, second), says, cure)
        furthest = max(furthest or (_last(band), at), (_last(band), at))


def _upwards(scale: Scale) -> list[tuple[int, Band]]:
    return sorted(enumerate(scale.bands), key=lambda item: _first(item[1]))


def _gaps(path: DataPath, scale: Scale) -> Iterator[Fault]:
    """Walk upwards through the bands; whatever lies between what is covered and the next band has no word."""
    covered = End(NOUGHT.share, -1)
    for at, band in _upwards(scale):
        if _first(band) > _after(covered):
            yield _gap((*path, at), covered, band.from_)
        covered = max(covered, _last(band))
    if covered < ONE:
        yield _gap(path, covered, "100%")


def _after(end: End) -> End:
    """The next end above: after "just below 62%" comes 62% itself, after 62% comes "just above"."""
    return End(end.share, end.step + 1)


def _gap(path: DataPath, covered: End, to: str) -> Fault:
    says = f"Shares between {_percent(covered.share)} and {to} have no word."
    return Fault("framework.band-gap", path, says, "Move an end, add a band, or write “gaps: allowed” in the scale.")


def _percent(share: Fraction) -> str:
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(share)
