"""Check 3: arithmetic that contradicts itself, which no figure alone would show.

A complement without its figure, a date outside the inspection's plausible years
("December 2103"). What a single phrase can get wrong is refused when it is bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.context import Context
from caselight.method.report.lint.small_numbers import PRINTS_NOTHING
from caselight.method.report.traced import Claim, Passage
from caselight.method.wording.quantities import find_dates

YEARS_BEFORE, YEARS_AFTER = 10, 1


def complements_without_their_figure(
    claims_by_passage: Iterable[Sequence[Claim]], named: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """“The four which did not” is understood only after its figure, in the same paragraph."""
    for claims in claims_by_passage:
        seen: set[str] = set(named)
        for claim in claims:
            if claim.style == "complement" and claim.keys[0] not in seen:
                yield Fault(
                    "letter.complement-alone",
                    (claim.id,),
                    f"“{claim.text}” is the other side of {claim.keys[0]}, which this paragraph has not given.",
                    "Give the figure first, in the same paragraph.",
                    Severity.WARNING,
                    claim.place,
                )
            if claim.style not in PRINTS_NOTHING:
                seen.update(claim.keys)


def implausible_years(texts: Iterable[tuple[Place, str]], context: Context) -> Iterator[Fault]:
    """Years that cannot be meant, in the letter and in the notes to its published figures."""
    dates = context.inspection.dates
    first = dates.announced.year - YEARS_BEFORE
    last = (dates.published or dates.fieldwork_to).year + YEARS_AFTER
    for place, text in texts:
        for found in find_dates(text, context.words):
            if not all(first <= year <= last for year in found.years):
                yield Fault(
                    "letter.implausible-date",
                    ("letter",),
                    f"“{found.words}” is not between {first} and {last}.",
                    "Correct it, if it is a slip of the keyboard.",
                    Severity.WARNING,
                    place,
                )


def texts_with_dates(
    passages: Iterable[Passage], places: Iterable[Place], context: Context
) -> Iterator[tuple[Place, str]]:
    """What is printed and may hold a date: the author's passages, and the notes to published figures."""
    yield from ((place, passage.words) for place, passage in zip(places, passages, strict=True) if not passage.fixed)
    for figure in context.figures.values():
        if figure.kind in ("external", "stated_direction"):
            place = Place(figure.origin or "external.csv", None, figure.key)
            yield place, " ".join((figure.cohort, figure.published, figure.text.get("footnote", "")))
