"""One figure of the annex in words: what was asked, the result, who was left out and why, and where the letter says it.

Cases and decisions are named only in the working letter; in the open one nothing here can lead to a case.
(letter.md, Trace and Outputs)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import figure_anchor, place_anchor
from caselight.formats.letter.parts import BASE, COUNTED, OUTSIDE, Parts, Suppressed
from caselight.formats.letter.rated import KINDS, Part, Rated
from caselight.method.analysis.figure import Cell, Figure
from caselight.method.report.traced import TracedLetter

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the letter that uses a figure. ``place`` is its paragraph's number or its section's title."""

    anchor: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure in words. Empty parts are not printed.

    ``outside`` are (title, explanations with their counts). ``brief`` is the range for a narrow column, ``left_out`` are
    the explanations as single lines; ``base_brief`` is empty where every case was relevant. ``steps`` (title, words) say
    how a rating was reached, ``parts`` what a rating or a measure was made from.
    """

    key: str
    anchor: str
    label: str
    question: str
    result: str
    base: str
    base_brief: str
    adverse: bool
    outside: tuple[tuple[str, Pairs], ...]
    reasons: Pairs
    left_out: tuple[str, ...]
    interval: str
    brief: str
    notes: Pairs
    said: tuple[Said, ...]
    cases: tuple[tuple[str, tuple[str, ...]], ...]
    steps: Pairs = ()
    parts: tuple[Part, ...] = ()
    made_from: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Who was left out and why, the steps to a grade, and what else is to be known, each in a line."""
        made = (f"{self.made_from}: {'; '.join(part.text for part in self.parts)}",) if self.parts else ()
        steps = (words for _, words in self.steps)
        return (*self.left_out, *made, *steps, *(f"{title}: {text}" for title, text in self.notes))


class Entries:
    """Puts the figures of one letter into words."""

    def __init__(self, letter: TracedLetter, labels: Labels, suppressed: Suppressed, *, open_: bool) -> None:
        self._letter = letter
        self._labels = labels
        self._suppressed = suppressed
        self._open = open_
        self.rated = Rated(letter, labels)
        self.places = dict(_places(letter))

    def parts(self, figure: Figure) -> Parts:
        """The parts of a figure as text, with what is hidden."""
        return Parts(figure, self._labels, self._suppressed.get(figure.key, frozenset()))

    def entry(self, figure: Figure) -> Entry:
        """One figure in words."""
        parts = self.parts(figure)
        counted = figure.kind in COUNTED
        outside = tuple(self._outside(parts)) if counted else ()
        base = self._base(parts) if counted else ""
        reasons = self._reasons(parts)
        return Entry(
            key=figure.key,
            anchor=figure_anchor(figure.key),
            label=capital(figure.label),
            question=figure.definition if figure.definition not in {figure.label, figure.measure} else "",
            result=self.result(figure),
            base=base,
            base_brief="" if parts.shows("relevant") and parts.value("relevant") == parts.total else base,
            adverse=figure.adverse,
            outside=tuple((self._labels(f"figure.{name}", n=number), why) for name, number, why in outside),
            reasons=reasons,
            left_out=tuple(self._left_out(outside, reasons)),
            interval=parts.interval(),
            brief=parts.interval_brief(),
            notes=tuple(self._notes(figure)),
            said=self._said(figure.key),
            cases=tuple(self._cases(parts)) if not self._open else (),
            steps=tuple(self.rated.steps(figure, self.hidden(figure.key))),
            parts=self.rated.parts(figure, self._suppressed),
            made_from=self._labels("step.parts"),
        )

    def hidden(self, key: str) -> frozenset[str]:
        """The parts of a figure that are held back."""
        return self._suppressed.get(key, frozenset())

    def result(self, figure: Figure) -> str:
        """The figure's value in words."""
        if figure.kind in KINDS:
            return self.rated.result(figure, self.hidden(figure.key))
        return self.parts(figure).result()

    def short(self, figure: Figure) -> str:
        """``28 of 32``, or the whole value where there is no base."""
        return self.result(figure) if figure.kind in KINDS else self.parts(figure).short() or self.result(figure)

    def _base(self, parts: Parts) -> str:
        counted = [part for part in BASE if part == "relevant" or not parts.shows(part) or parts.value(part)]
        words = [
            self._labels("figure.counted", n=parts.number(part), text=self._labels(f"part.{part}")) for part in counted
        ]
        key = "figure.divides_people" if parts.figure.kind == "people" else "figure.divides"
        if parts.figure.where:
            key = "figure.divides_group"
        listed = self._labels("figure.join").join(words)
        return self._labels(key, total=parts.total, unit=parts.unit(parts.total), parts=listed)

    def _outside(self, parts: Parts) -> Iterator[tuple[str, int, Pairs]]:
        for part, name in zip(OUTSIDE, ("by_rule", "by_inspector"), strict=True):
            if parts.shows(part, "not_relevant") and parts.value(part):
                yield name, parts.value(part), self._explained(parts, Cell(part)) if parts.shows("why", "cases") else ()

    def _explained(self, parts: Parts, cell: Cell) -> Pairs:
        found = Counter(parts.figure.why.get(key, "") for key in parts.figure.cells.get(cell, ()))
        found.pop("", None)
        commonest = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple((str(count), text) for text, count in commonest)

    def _reasons(self, parts: Parts) -> Pairs:
        if not parts.shows("reasons", "insufficient", "sufficient"):
            return ()
        return tuple((str(count), text) for _, text, count in parts.figure.reasons)

    def _left_out(self, outside: tuple[tuple[str, int, Pairs], ...], reasons: Pairs) -> Iterator[str]:
        for name, number, why in outside:
            if not why:
                yield self._labels(f"figure.{name}", n=number)
            yield from (self._labels(f"brief.{name}", n=count, text=text) for count, text in why)
        yield from (self._labels("brief.reason", n=count, text=text) for count, text in reasons)

    def _notes(self, figure: Figure) -> Iterator[tuple[str, str]]:
        rows = (("where" if figure.kind in {*COUNTED, *KINDS} else "area", figure.where), ("measure", figure.measure), ("cohort", figure.cohort), ("source", figure.source),
                ("published", figure.published), ("direction", figure.direction))  # fmt: skip
        yield from ((self._labels(f"figure.{name}"), value) for name, value in rows if value)
        # Decisions name a person; only the team needs that.
        if not self._open and figure.key in self._letter.decisions:
            yield self._labels("figure.decision"), self._letter.decisions[figure.key]

    def _said(self, key: str) -> tuple[Said, ...]:
        """The sentences of the letter that use this figure, in order, each once."""
        seen: dict[str, Said] = {}
        for claim in self._letter.claims:
            if key in claim.keys and claim.id in self.places:
                seen.setdefault(claim.sentence, Said(place_anchor(claim.id), claim.sentence, self.places[claim.id]))
        return tuple(seen.values())

    def _cases(self, parts: Parts) -> Iterator[tuple[str, tuple[str, ...]]]:
        names = {"sufficient": "with", "insufficient": "without"} if parts.figure.kind == "count" else {}
        for cell in Cell:
            keys = parts.figure.cells.get(cell, ())
            if keys:
                yield self._labels(f"part.{names.get(cell.value, cell.value)}"), tuple(sorted(keys))


def capital(label: str) -> str:
    """A label that stands by itself begins with a capital."""
    return label[:1].upper() + label[1:]


def _places(letter: TracedLetter) -> Iterator[tuple[str, str]]:
    """Each claim with its paragraph's number, or the title of its section where paragraphs have none."""
    title = ""
    for passage in letter.passages:
        if passage.kind == "heading":
            title = passage.words
        yield from ((span.claim, passage.number or title) for span in passage.spans if span.claim)
