"""Footnotes: behind the first phrase that prints a published figure, what it measures and where it comes from.

And behind the first grade whose rule was not checked against its source, that it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from caselight.method.analysis.figure import Figure
from caselight.method.report.context import Context
from caselight.method.report.traced import Claim, Footnote, Passage, Span


def footnoted(
    passages: Iterable[Passage], claims: Iterable[Claim], context: Context
) -> tuple[tuple[Passage, ...], tuple[Footnote, ...]]:
    """The passages with footnote references put in, and the notes in order. Each note's text appears once."""
    by_id = {claim.id: claim for claim in claims}
    notes: dict[str, Footnote] = {}
    marked = tuple(replace(passage, spans=tuple(_marked(passage.spans, by_id, notes, context))) for passage in passages)
    return marked, tuple(notes.values())


def _marked(
    spans: Sequence[Span], claims: dict[str, Claim], notes: dict[str, Footnote], context: Context
) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        out.append(span)
        if span.claim and span.kind != "evidence":
            out += [Span("", kind="note", note=note.id) for note in _new_notes(claims[span.claim], notes, context)]
    return out


def _new_notes(claim: Claim, notes: dict[str, Footnote], context: Context) -> list[Footnote]:
    """The notes that this claim is the first to need."""
    texts = dict.fromkeys(_text(context.figures[key], claim.style, context) for key in claim.keys)
    fresh = [text for text in texts if text and text not in notes]
    for text in fresh:
        number = len(notes) + 1
        notes[text] = Footnote(f"note-{number}", str(number), text)
    return [notes[text] for text in fresh]


def _text(figure: Figure, style: str, context: Context) -> str:
    if figure.reached is None or style not in ("rating", "checked"):
        return figure.text.get(f"footnote.{context.language}") or figure.text.get("footnote", "")
    if not figure.reached.unchecked:
        return ""
    # A framework without any outside source says so in its own words.
    own = context.framework.letter.labels.get("rating.unchecked")
    return own.in_(context.language) if own else context.words.templates.get("rating.unchecked", "")
