"""Figures and quotations by search: those whose key or words hold all that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caselight.method.analysis.figure import Figure
from caselight.method.report.amounts import fact_in_words
from caselight.method.report.context import Context
from caselight.procedures.phrasing import Said, ways_to_say

MOST = 12  # at a time, because each is phrased in every way


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure: its key, what it asks, its value ("28 of 31"), and the ways to say it."""

    key: str
    label: str
    value: str
    ways: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Words quoted: their key, the words, the name used in them and who checked it, and whether the letter has them."""

    key: str
    text: str
    alias: str
    checked: bool
    source: str


@dataclass(frozen=True)
class Found:
    """What was found, and how many more there are."""

    items: tuple[FoundFigure | FoundQuotation, ...]
    more: int


def found_figures(context: Context, query: str) -> Found:
    """The figures that a query finds; the first ones for an empty query."""
    hits = [
        figure for figure in context.figures.values() if _holds(query, (figure.key, figure.label, figure.definition))
    ]
    exact = sorted(hits, key=lambda figure: figure.key.casefold() != query.strip().casefold())
    items = (
        FoundFigure(
            figure.key, figure.definition or figure.label, value_of(figure, context), ways_to_say(figure, context)
        )
        for figure in exact[:MOST]
    )
    return Found(tuple(items), max(len(hits) - MOST, 0))


def found_quotations(context: Context, query: str) -> Found:
    """The words quoted that a query finds."""
    hits = [one for one in context.excerpts.values() if _holds(query, (one.key, one.text, one.alias))]
    items = (
        FoundQuotation(one.key, one.text, one.alias, bool(one.alias_checked_by), f"{{quote: {one.key}}}")
        for one in hits[:MOST]
    )
    return Found(tuple(items), max(len(hits) - MOST, 0))


def value_of(figure: Figure, context: Context) -> str:
    """What a figure came to, for people."""
    if figure.kind == "fact":
        return fact_in_words(figure, context)
    if figure.kind == "count":
        return f"{figure.sufficient} of {figure.sample_size}"
    if figure.kind in ("share", "people"):
        return f"{figure.sufficient} of {figure.relevant}" if figure.relevant else "no case was relevant"
    if figure.reached is not None:
        return figure.reached.label(figure.reached.grade) or "no grade yet"
    return f"{figure.value}%" if figure.value is not None else figure.direction


def _holds(query: str, texts: Iterable[str]) -> bool:
    said = " ".join(texts).casefold()
    return all(word in said for word in query.casefold().split())
