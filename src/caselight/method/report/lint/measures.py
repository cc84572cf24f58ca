"""Published rates of two measures beside each other: in one sentence, or in one table.

Within one phrase the wording refuses it; here is what two phrases do together. Measures of reoffending count different
things, so a reader would see a difference that nobody made (docs/explanation/comparators.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from caselight.method.faults import Fault, Place
from caselight.method.reoffending.measures import measures, title_of
from caselight.method.report.amounts import PUBLISHED
from caselight.method.report.binding import SILENT, BoundBlock
from caselight.method.report.context import Context
from caselight.method.report.traced import Claim


def mixed_measures(blocks: Sequence[BoundBlock], context: Context) -> Iterator[Fault]:
    """An error for each sentence and each table that prints figures of two measures of reoffending."""
    of = {key: figure.measure for key, figure in context.figures.items() if figure.kind in PUBLISHED and figure.measure}
    if len(set(of.values())) < 2:
        return
    known = measures()
    of = {key: id_ for key, id_ in of.items() if context.figures[key].origin == "comparators.csv" or id_ in known}
    for is_row, together in groupby(blocks, key=lambda block: block.placed.kind == "row"):
        claims = [claim for block in together for claim in block.claims if claim.style not in SILENT]
        if is_row:
            yield from _mixed("table", claims, of)
        else:
            for _, sentence in groupby(claims, key=lambda claim: (_paragraph(claim.place), claim.sentence)):
                yield from _mixed("sentence", list(sentence), of)


def _paragraph(place: Place) -> tuple[str, int | None]:
    return place.file, place.line


def _mixed(what: str, claims: Sequence[Claim], of: dict[str, str]) -> Iterator[Fault]:
    found: dict[str, Claim] = {}
    for claim in claims:
        for key in claim.keys:
            if key in of:
                found.setdefault(of[key], claim)
    if len(found) > 1:
        names = " and ".join(f"{id_} ({title_of(id_)})" for id_ in found)
        says = f"Figures of {names} stand in one {what}: they count differently, so that the same people give different rates."
        cure = f"Use figures of one measure, or write a {what} for each and say what it measures."
        second = list(found.values())[1]
        yield Fault("reoffending.measures-mixed", (second.id,), says, cure, place=second.place)
