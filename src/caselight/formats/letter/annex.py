"""The annex as values: an entry per figure that the letter uses, tables of all figures, and how to read them.

Writers lay these values out and add no word. Cases are named only in the working letter; in the open one nothing here
can lead to a case. (letter.md, Trace and Outputs)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import claim_anchor, figure_anchor, place_anchor
from caselight.formats.letter.parts import BASE, OUTSIDE, Parts, Suppressed
from caselight.method.analysis.figure import Cell, Figure
from caselight.method.report.traced import Claim, TracedLetter

COUNTED = {"share", "people", "count"}
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the letter that uses a figure. ``place`` is its paragraph's number or its section's title."""

    anchor: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure in words. Empty parts are not printed. ``outside`` are (title, explanations with their counts)."""

    key: str
    anchor: str
    label: str
    question: str
    result: str
    base: str
    adverse: bool
    outside: tuple[tuple[str, Pairs], ...]
    reasons: Pairs
    interval: str
    notes: Pairs
    said: tuple[Said, ...]
    cases: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of all figures: its cells in the order of the columns."""

    key: str
    label: str
    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the entries that the letter uses and the rows of its table."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A claim that rests on several figures: its sentence and its figures with their results."""

    anchor: str
    place: str
    text: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Everything behind the letter."""

    examined: tuple[str, ...]
    themes: tuple[Theme, ...]
    other: tuple[Entry, ...]
    counts: tuple[Row, ...]
    facts: tuple[Row, ...]
    several: tuple[Several, ...]


class Annexing:
    """Puts one letter's annex together."""

    def __init__(self, letter: TracedLetter, labels: Labels, suppressed: Suppressed, *, open_: bool) -> None:
        self.letter = letter
        self.labels = labels
        self.suppressed = suppressed
        self.open = open_
        self._places = dict(_places(letter))
        self._used = frozenset(letter.used)

    def annex(self) -> Annex:
        """The whole annex."""
        themes = tuple(self._theme(*theme) for theme in self.letter.themes)
        themed = {key for _, _, keys in self.letter.themes for key in keys}
        rest = [figure for key, figure in self.letter.figures.items() if key not in themed]
        used = [
            self.letter.figures[key] for key in self.letter.used if key in self.letter.figures and key not in themed
        ]
        return Annex(
            examined=tuple(self._examined()),
            themes=themes,
            other=tuple(self.entry(figure) for figure in used),
            counts=tuple(self._row(figure) for figure in rest if figure.kind in COUNTED),
            facts=tuple(self._fact(figure) for figure in rest if figure.kind not in COUNTED),
            several=tuple(self._several(claim) for claim in self.letter.claims if len(claim.keys) > 1),
        )

    def _examined(self) -> Iterator[str]:
        sizes = {"case": 0, "case_manager": 0}
        for figure in self.letter.figures.values():
            if figure.subject in sizes and figure.kind in COUNTED:
                sizes[figure.subject] = max(sizes[figure.subject], figure.sample_size)
        cases, people = sizes["case"], sizes["case_manager"]
        if cases:
            unit = self.labels.unit("case", cases)
            yield self.labels("annex.examined", cases=cases, unit=unit, service=self.letter.service)
        if people:
            yield self.labels("annex.interviewed", people=people, unit=self.labels.unit("case_manager", people))

    def _theme(self, theme_id: str, title: str, keys: Iterable[str]) -> Theme:
        figures = [self.letter.figures[key] for key in keys if key in self.letter.figures]
        entries = tuple(self.entry(figure) for figure in figures if figure.key in self._used)
        return Theme(theme_id, title, entries, tuple(self._row(figure) for figure in figures))

    def _parts(self, figure: Figure) -> Parts:
        return Parts(figure, self.labels, self.suppressed.get(figure.key, frozenset()))

    def entry(self, figure: Figure) -> Entry:
        """One figure in words."""
        parts = self._parts(figure)
        counted = figure.kind in COUNTED
        return Entry(
            key=figure.key,
            anchor=figure_anchor(figure.key),
            label=figure.label,
            question=figure.definition,
            result=parts.result() if figure.kind != "fact" else self._text(figure),
            base=self._base(parts) if counted else "",
            adverse=figure.adverse,
            outside=tuple(self._outside(parts)) if counted else (),
            reasons=self._reasons(parts),
            interval=parts.interval(),
            notes=tuple(self._notes(figure)),
            said=self.said(figure.key),
            cases=tuple(self._cases(parts)) if not self.open else (),
        )

    def _text(self, figure: Figure) -> str:
        return figure.text.get(self.letter.language) or next(iter(figure.text.values()), "")

    def _base(self, parts: Parts) -> str:
        counted = [part for part in BASE if part == "relevant" or not parts.shows(part) or parts.value(part)]
        words = [self.labels("figure.counted", n=parts.number(part), text=self._part_name(part)) for part in counted]
        key = "figure.divides_people" if parts.figure.kind == "people" else "figure.divides"
        if parts.figure.where:
            key = "figure.divides_group"
        listed = self.labels("figure.join").join(words)
        return self.labels(key, total=parts.total, unit=parts.unit(parts.total), parts=listed)

    def _part_name(self, part: str) -> str:
        return self.labels(f"part.{part}")

    def _outside(self, parts: Parts) -> Iterator[tuple[str, Pairs]]:
        for part, title in zip(OUTSIDE, ("figure.by_rule", "figure.by_inspector"), strict=True):
            if not parts.shows(part) or not parts.shows("not_relevant"):
                continue
            if parts.value(part):
                why = self._explained(parts, Cell(part)) if parts.shows("why", "cases") else ()
                yield self.labels(title) + f" ({parts.value(part)})", why

    def _explained(self, parts: Parts, cell: Cell) -> Pairs:
        found = Counter(parts.figure.why.get(key, "") for key in parts.figure.cells.get(cell, ()))
        found.pop("", None)
        commonest = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple((str(count), text) for text, count in commonest)

    def _reasons(self, parts: Parts) -> Pairs:
        if not parts.shows("reasons", "insufficient", "sufficient"):
            return ()
        return tuple((str(count), text) for _, text, count in parts.figure.reasons)

    def _notes(self, figure: Figure) -> Iterator[tuple[str, str]]:
        rows = (("where", figure.where), ("measure", figure.measure), ("cohort", figure.cohort), ("source", figure.source),
                ("published", figure.published), ("direction", figure.direction))  # fmt: skip
        yield from ((self.labels(f"figure.{name}"), value) for name, value in rows if value)
        # Decisions name a person; only the team needs that.
        if not self.open and figure.key in self.letter.decisions:
            yield self.labels("figure.decision"), self.letter.decisions[figure.key]

    def said(self, key: str) -> tuple[Said, ...]:
        """The sentences of the letter that use this figure, in order, each once."""
        seen: dict[str, Said] = {}
        for claim in self.letter.claims:
            if key in claim.keys and claim.id in self._places:
                said = Said(place_anchor(claim.id), claim.sentence, self._places[claim.id])
                seen.setdefault(claim.sentence, said)
        return tuple(seen.values())

    def _cases(self, parts: Parts) -> Iterator[tuple[str, tuple[str, ...]]]:
        plain = parts.figure.kind == "count"
        names = {"sufficient": "with", "insufficient": "without"} if plain else {}
        for cell in Cell:
            keys = parts.figure.cells.get(cell, ())
            if keys:
                yield self.labels(f"part.{names.get(cell.value, cell.value)}"), tuple(sorted(keys))

    def _row(self, figure: Figure) -> Row:
        parts = self._parts(figure)
        mark = f" {self.labels('figure.adverse_mark')}" if figure.adverse else ""
        columns = ("sufficient", "relevant", "not_relevant", "unanswered", "contested")
        cells = (*(parts.number(part) for part in columns), parts.interval_short())
        return Row(figure.key, figure.label + mark, self._href(figure.key), cells)

    def _fact(self, figure: Figure) -> Row:
        value = self._text(figure) if figure.kind == "fact" else self._parts(figure).result()
        source = self.labels("figure.join").join(part for part in (figure.source, figure.cohort) if part)
        return Row(figure.key, figure.label, self._href(figure.key), (value, source))

    def _href(self, key: str) -> str:
        return figure_anchor(key) if key in self._used else ""

    def _several(self, claim: Claim) -> Several:
        known = [self.letter.figures[key] for key in claim.keys if key in self.letter.figures]
        figures = tuple((figure_anchor(f.key), f.label, self._parts(f).result() or self._text(f)) for f in known)
        place = place_anchor(claim.id) if claim.id in self._places else ""
        return Several(claim_anchor(claim.id), place, claim.sentence, figures)


def _places(letter: TracedLetter) -> Iterator[tuple[str, str]]:
    """Each claim with its paragraph's number, or the title of its section where paragraphs have none."""
    title = ""
    for passage in letter.passages:
        if passage.kind == "heading":
            title = passage.words
        yield from ((span.claim, passage.number or title) for span in passage.spans if span.claim)


def annex_of(letter: TracedLetter, labels: Labels, suppressed: Suppressed, *, open_: bool) -> Annex:
    """The annex of this letter. ``suppressed`` maps a figure's key to the names of its hidden parts."""
    return Annexing(letter, labels, suppressed, open_=open_).annex()
