"""Check 6: a count that describes children may be printed in a letter only by a recorded decision, never silently.

What is suppressed in the open data is decided elsewhere (:mod:`caselight.method.report.open_data`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Severity
from caselight.method.report.context import Context
from caselight.method.report.traced import Claim

PRINTS_NOTHING = ("rests", "headline")


def small_number_faults(claims: Iterable[Claim], context: Context) -> Iterator[Fault]:
    """One fault for each small figure about children that the letter prints without a decision."""
    decided = {decision.figure for decision in context.inspection.decisions}
    said: set[str] = set()
    for claim in claims:
        for key in _printed(claim, context):
            if (
                key not in decided
                and key not in said
                and _prints_small(claim, context.figures[key], context.framework.small_number)
            ):
                said.add(key)
                yield Fault(
                    "letter.small-number-undecided",
                    (key,),
                    f"“{claim.text}” describes a group of {context.framework.small_number} children or fewer ({key}).",
                    "Leave it out, or record under decisions in inspection.yaml who decided to print it, when and why.",
                    Severity.WARNING,
                    claim.place,
                )


def _printed(claim: Claim, context: Context) -> tuple[str, ...]:
    """The figures whose numbers a claim prints: of a rating that is explained, the measure that decided."""
    if claim.style in PRINTS_NOTHING:
        return ()
    if claim.style not in ("reached", "score"):
        return claim.keys
    reached = [figure.reached for figure in map(context.figures.__getitem__, claim.keys) if figure.reached is not None]
    return (*claim.keys, *(one.measure for one in reached if one.measure in context.figures))


def _prints_small(claim: Claim, figure: Figure, threshold: int) -> bool:
    """Whether a claim prints a small group, or what is left of a count beside it ("all but three of the sample")."""
    if figure.reached is not None:
        return False
    rest = claim.other_side and figure.describes and figure.kind == "count" and 1 <= figure.insufficient <= threshold
    return rest or is_small(figure, threshold)


def is_small(figure: Figure, threshold: int) -> bool:
    """Whether a figure describes children and its group is 1 to ``threshold`` strong."""
    if not figure.describes:
        return False
    if figure.number is not None:
        return figure.number.d is not None and 1 <= figure.number.d <= threshold
    group = figure.sufficient if figure.kind == "count" else figure.relevant
    return 1 <= group <= threshold
