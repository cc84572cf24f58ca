"""Check 4: a strength, an area for improvement or a headline without evidence, a theme without a finding.

The lowest figures that no sentence mentions are a hint, not a fault: selection is judgement (sqs.md, cross-check 14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.context import Context
from caselight.method.report.letter import Bound, Checked, Quoted
from caselight.method.report.traced import Claim

LISTS = ("strengths", "improvements")
LOWEST = 5


def evidence_faults(placed: Sequence[Placed], claims: Sequence[Claim], context: Context) -> Iterator[Fault]:
    """Lists without evidence, themes without a finding, no headline, and a hint at what is not mentioned."""
    yield from _unsupported_items(placed)
    yield from _empty_themes(placed, context)
    yield from _missing_themes(placed, context)
    if not any(claim.style == "headline" for claim in claims):
        yield Fault(
            "letter.headline-unbound",
            ("letter",),
            "No sentence is the headline judgement.",
            "Put {KEY, KEY: headline} behind the lead inspector's headline, naming the figures it rests on.",
            Severity.WARNING,
            next((block.place for block in placed if not block.fixed), None),
        )
    yield from _not_mentioned(context.figures.values(), {key for claim in claims for key in claim.keys})


def _is_evidence(part: object) -> bool:
    return isinstance(part, Checked | Quoted) or (isinstance(part, Bound) and part.style != "fact")


def _unsupported_items(placed: Sequence[Placed]) -> Iterator[Fault]:
    for block in placed:
        if block.kind == "item" and block.section in LISTS and not any(_is_evidence(part) for part in block.parts):
            yield Fault(
                "letter.without-evidence",
                ("letter",),
                "This point names no figure and no excerpt.",
                "Bind it: {KEY, KEY: rests} at its end, or a quotation.",
                Severity.WARNING,
                block.place,
            )


def _empty_themes(placed: Sequence[Placed], context: Context) -> Iterator[Fault]:
    numbered = [block for block in placed if block.kind == "heading" and block.number]
    for heading in numbered:
        inside = [part for block in placed if block.section == heading.section for part in block.parts]
        if not any(_is_finding(part, heading.section, context) for part in inside):
            yield Fault(
                "letter.empty-theme",
                ("letter",),
                f"Theme {heading.number} has no finding.",
                "Write at least one sentence that is bound to a figure of this theme.",
                Severity.WARNING,
                heading.place,
            )


def _is_finding(part: object, theme: str, context: Context) -> bool:
    """Whether a part is a quotation or names a figure of this theme: asked in it, or counted there as well."""
    if isinstance(part, Quoted) or not _is_evidence(part):
        return isinstance(part, Quoted)
    keys = part.keys if isinstance(part, Bound | Checked) else ()
    return any(theme in _themes_of(context.figures[key], context) for key in keys if key in context.figures)


def _themes_of(figure: Figure, context: Context) -> tuple[str, ...]:
    question = context.framework.questions.get(figure.question)
    return (figure.theme, *(question.also_in if question else ()))


def _missing_themes(placed: Sequence[Placed], context: Context) -> Iterator[Fault]:
    """A printed theme whose questions were asked may not be left out of the letter."""
    there = {block.section for block in placed if block.kind == "heading"}
    asked = {figure.theme for figure in context.figures.values()}
    for theme in context.framework.themes:
        if theme.number and theme.id in asked - there:
            yield Fault(
                "letter.theme-missing",
                (theme.id,),
                f"Theme {theme.number}, “{theme.title.in_(context.language)}”, is left out of the letter.",
                f"Add ### {{theme: {theme.id}}} with its findings.",
                Severity.WARNING,
                next((block.place for block in placed if not block.fixed), None),
            )


def _not_mentioned(figures: Iterable[Figure], named: set[str]) -> Iterator[Fault]:
    shares = [f for f in figures if f.kind == "share" and not f.adverse and not f.where and f.relevant]
    lowest = sorted(shares, key=lambda f: (Fraction(f.sufficient, f.relevant), f.key))[:LOWEST]
    for figure in lowest:
        if figure.key not in named and figure.insufficient:
            yield Fault(
                "letter.lowest-not-mentioned",
                (figure.key,),
                f"{figure.key} ({figure.label}) is among the lowest figures, "
                f"{figure.sufficient} of {figure.relevant}, and no sentence mentions it.",
                "Mention it, or leave it out knowingly.",
                Severity.HINT,
            )
