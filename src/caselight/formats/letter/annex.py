"""The annex as values: entries for the figures that the letter uses, tables of all figures, and what was examined.

Writers lay these values out and add no word. (letter.md, Trace and Outputs)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caselight.formats.letter.entries import Entries, Entry, capital
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import claim_anchor, figure_anchor, place_anchor
from caselight.formats.letter.parts import COUNTED, Suppressed
from caselight.formats.letter.rated import KINDS
from caselight.method.analysis.figure import Figure
from caselight.method.report.traced import Claim, TracedLetter

COLUMNS = ("sufficient", "relevant", "not_relevant", "unanswered", "contested")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of all figures: its cells in the order of the columns. ``anchor`` is its own id, or empty."""

    key: str
    label: str
    href: str
    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the entries that the letter uses and the rows of its table."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A claim that rests on several figures: its sentence and, for each figure, its anchor, label and result."""

    anchor: str
    place: str
    text: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Everything behind the letter. ``ratings`` are the entries of all ratings, ``rated`` their rows in a table."""

    examined: tuple[str, ...]
    themes: tuple[Theme, ...]
    other: tuple[Entry, ...]
    counts: tuple[Row, ...]
    facts: tuple[Row, ...]
    several: tuple[Several, ...]
    ratings: tuple[Entry, ...] = ()
    rated: tuple[Row, ...] = ()
    measures: tuple[Row, ...] = ()


class Annexing:
    """Puts one letter's annex together."""

    def __init__(self, letter: TracedLetter, labels: Labels, entries: Entries) -> None:
        self._letter = letter
        self._labels = labels
        self._entries = entries
        self._used = frozenset(letter.used)

    def annex(self) -> Annex:
        """The whole annex."""
        letter, themed = self._letter, {key for _, _, keys in self._letter.themes for key in keys}
        # A fact (the dates, the service) is said in full where it stands; it has nothing to look up.
        others = [figure for key, figure in letter.figures.items() if key not in themed and figure.kind != "fact"]
        rest = [figure for figure in others if figure.kind not in KINDS]
        used = [figure for figure in others if figure.key in self._used and figure.kind != "rating"]
        ratings = [figure for figure in letter.figures.values() if figure.kind == "rating"]
        return Annex(
            examined=tuple(self._examined()),
            themes=tuple(self._theme(*theme) for theme in letter.themes),
            other=tuple(self._entries.entry(figure) for figure in used),
            counts=tuple(self._row(figure) for figure in rest if figure.kind in COUNTED),
            facts=tuple(self._fact(figure) for figure in rest if figure.kind not in COUNTED),
            several=tuple(self._several(claim) for claim in letter.claims if len(claim.keys) > 1),
            ratings=tuple(self._entries.entry(figure) for figure in ratings),
            rated=tuple(self._rating(figure) for figure in ratings),
            measures=tuple(self._measure(figure) for figure in letter.figures.values() if figure.kind == "score"),
        )

    def _examined(self) -> Iterator[str]:
        sizes = {"case": 0, "case_manager": 0}
        for figure in self._letter.figures.values():
            if figure.subject in sizes and figure.kind in COUNTED:
                sizes[figure.subject] = max(sizes[figure.subject], figure.sample_size)
        cases, people = sizes["case"], sizes["case_manager"]
        if cases:
            unit = self._labels.unit("case", cases)
            yield self._labels("annex.examined", cases=cases, unit=unit, service=self._letter.service)
        if people:
            yield self._labels("annex.interviewed", people=people, unit=self._labels.unit("case_manager", people))

    def _theme(self, theme_id: str, title: str, keys: Iterable[str]) -> Theme:
        figures = [self._letter.figures[key] for key in keys if key in self._letter.figures]
        used = [figure for figure in figures if figure.key in self._used and figure.kind != "rating"]
        entries = tuple(self._entries.entry(figure) for figure in used)
        return Theme(theme_id, title, entries, tuple(self._row(f) for f in figures if f.kind not in KINDS))

    def _row(self, figure: Figure) -> Row:
        parts = self._entries.parts(figure)
        mark = f" {self._labels('figure.adverse_mark')}" if figure.adverse else ""
        cells = (*(parts.number(part) for part in COLUMNS), parts.interval_short())
        return Row(figure.key, capital(figure.label) + mark, self._href(figure.key), cells)

    def _rating(self, figure: Figure) -> Row:
        """A rating in a table: grade, grade by the rule, value, discretion, chance."""
        rated, hidden = self._entries.rated, self._entries.hidden(figure.key)
        reached = figure.reached
        grades = (reached.label(reached.grade), reached.label(reached.provisional)) if reached else ("", "")
        grade = grades[0] or self._entries.result(figure)
        cells = (grade, grades[1] or self._labels("interval.dash"), rated.value(figure, hidden),
                 rated.discretion(figure, hidden), rated.chance(figure, hidden))  # fmt: skip
        return Row(figure.key, capital(figure.label), figure_anchor(figure.key), cells)

    def _measure(self, figure: Figure) -> Row:
        """A measure in a table: its number, and what it was made from. Its entry is here unless the letter uses it."""
        made = self._labels("figure.join").join(figure.number.of if figure.number else ())
        cells = (self._entries.result(figure), made or self._labels("interval.dash"))
        href = self._href(figure.key)
        return Row(figure.key, capital(figure.label), href, cells, "" if href else figure_anchor(figure.key))

    def _fact(self, figure: Figure) -> Row:
        source = self._labels("figure.join").join(part for part in (figure.source, figure.cohort) if part)
        return Row(figure.key, capital(figure.label), self._href(figure.key), (self._entries.result(figure), source))

    def _href(self, key: str) -> str:
        return figure_anchor(key) if key in self._used else ""

    def _several(self, claim: Claim) -> Several:
        known = [self._letter.figures[key] for key in claim.keys if key in self._letter.figures]
        figures = tuple((figure_anchor(one.key), one.label, self._entries.short(one)) for one in known)
        place = place_anchor(claim.id) if claim.id in self._entries.places else ""
        return Several(claim_anchor(claim.id), place, claim.sentence, figures)


def annex_of(letter: TracedLetter, labels: Labels, suppressed: Suppressed, *, open_: bool) -> Annex:
    """The annex of this letter. ``suppressed`` maps a figure's key to the names of its hidden parts."""
    return Annexing(letter, labels, Entries(letter, labels, suppressed, open_=open_)).annex()
