"""What stands on the two pages, as values: the grade, the letter's text before and after the themes, figures, actions.

The first page is what the letter says before its first theme, the second its themes beside their figures and whatever
follows them. The words are the letter's own, already bound and checked; nothing that could lead to a case is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import Group, Line, Run, compose
from caselight.formats.letter.parts import Parts, Suppressed
from caselight.method.analysis.figure import Figure
from caselight.method.report.traced import TracedLetter

COUNTED = ("share", "people")
MOST_BESIDE = 6  # grades of themes side by side
MOST_MARKS = 20  # up to so many cases each mark is one of them
FULL, EMPTY = "●", "○"


@dataclass(frozen=True, slots=True)
class Judged:
    """Who gave the overall grade, and on which day, in words; empty when a rule did. ``rating`` is its key."""

    rating: str
    who: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One action about the service: what, who, by when and its state, in words."""

    what: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class Promises:
    """The actions of the report: those about the service, how many others stand in each state, and as of which day."""

    listed: tuple[Promise, ...] = ()
    single: Mapping[str, int] | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the second page. ``marks`` show its cases, full ones first; empty where a number is held back."""

    label: str
    result: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its title, its grade and score where it has them, what the letter says of it, its figures.

    ``name`` is the short one that its rating has.
    """

    title: str
    name: str
    grade: str
    score: str
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole report. ``grade`` and ``judged`` are empty when the framework has no headline rating."""

    title: str
    header: tuple[tuple[str, str], ...]
    grade: str
    judged: str
    first: tuple[Group, ...]
    themes: tuple[Theme, ...]
    last: tuple[Group, ...]
    notes: tuple[tuple[str, str], ...]
    precision: str
    promises: Promises
    by_case: bool

    @property
    def graded(self) -> tuple[Theme, ...]:
        """The themes with a grade, where they are few enough to stand side by side; all grades stand on page two."""
        graded = tuple(theme for theme in self.themes if theme.grade)
        return graded if len(graded) <= MOST_BESIDE else ()


def board_of(
    letter: TracedLetter,
    labels: Labels,
    suppressed: Suppressed,
    *,
    judged: Judged | None,
    promises: Promises,
    precision: str = "",
) -> Board:
    """The report of an open letter. ``suppressed`` maps a figure's key to the parts that are held back; ``precision`` says
    how much so many cases can tell.
    """
    body = compose(letter, labels)
    groups = (*body.main, *body.closing)
    themes = {theme for theme, _, _ in letter.themes}
    first = tuple(takewhile(lambda group: _section(group) not in themes, groups))
    rest = groups[len(first) :]
    shown = tuple(_theme(letter, labels, suppressed, theme=theme, groups=rest) for theme in letter.themes)
    return Board(
        title=letter.title,
        header=letter.header,
        grade=_grade(letter, labels, judged),
        judged=_judged(labels, judged),
        first=_without_bare_headings(_plain(group) for group in first),
        themes=shown,
        last=tuple(_plain(group) for group in rest if _section(group) not in themes),
        notes=tuple((note.mark, note.text) for note in letter.footnotes),
        precision=precision,
        promises=promises,
        by_case=all(_base(figure) <= MOST_MARKS for figure in letter.figures.values() if figure.kind in COUNTED),
    )


def _section(group: Group) -> str:
    return group.lines[0].section


def _plain(group: Group) -> Group:
    """A group without what leads to an annex, which a report on two pages has not."""
    return replace(group, lines=tuple(replace(line, runs=tuple(_runs(line))) for line in group.lines))


def _runs(line: Line) -> Iterator[Run]:
    """The words of a line; the cells of a row of ratings one behind the other."""
    for position, cell in enumerate(line.cells or (line.runs,)):
        if position:
            yield Run("text", " · ")
        yield from (replace(run, href="") for run in cell if run.kind != "evidence")


def _without_bare_headings(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups without the heading that stands over the themes: on the second page it has other words."""
    kept = list(groups)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return tuple(kept)


def _grade(letter: TracedLetter, labels: Labels, judged: Judged | None) -> str:
    figure = letter.figures.get(judged.rating) if judged else None
    if figure is None or figure.reached is None:
        return ""
    return figure.reached.label(figure.reached.grade) or labels("board.not_graded")


def _judged(labels: Labels, judged: Judged | None) -> str:
    if judged is None:
        return ""
    return labels("board.judged", who=judged.who, day=judged.day) if judged.who else labels("board.computed")


def _theme(
    letter: TracedLetter, labels: Labels, suppressed: Suppressed, *, theme: tuple[str, str, tuple[str, ...]],
    groups: Iterable[Group],
) -> Theme:  # fmt: skip
    theme_id, title, keys = theme
    figures = [letter.figures[key] for key in keys if key in letter.figures]
    rating = next((figure for figure in figures if figure.reached is not None), None)
    said = (_plain(group) for group in groups if _section(group) == theme_id and group.kind != "heading")
    parts = (Parts(one, labels, suppressed.get(one.key, frozenset())) for one in figures if _counts(one))
    return Theme(
        title=title,
        name=rating.label if rating is not None else title,
        grade=_theme_grade(rating, labels),
        score=_score(rating, letter, labels, suppressed),
        lines=tuple(line for group in said for line in group.lines),
        rows=tuple(_row(one) for one in parts),
    )


def _counts(figure: Figure) -> bool:
    return figure.kind in COUNTED and not figure.where


def _theme_grade(rating: Figure | None, labels: Labels) -> str:
    if rating is None or rating.reached is None:
        return ""
    return rating.reached.label(rating.reached.grade) or labels("board.not_graded")


def _score(rating: Figure | None, letter: TracedLetter, labels: Labels, suppressed: Suppressed) -> str:
    """``36 of 49``: the base of the measure that decided; empty where there is no such base, or where it is held back."""
    reached = rating.reached if rating is not None else None
    measure = letter.figures.get(reached.deciding[0]) if reached and len(reached.deciding) == 1 else None
    number = measure.number if measure is not None and not suppressed.get(measure.key) else None
    if number is None or number.n is None or number.d is None or number.n.denominator * number.d.denominator != 1:
        return ""
    return labels("figure.of", n=number.n, d=number.d, unit="").strip()


def _base(figure: Figure) -> int:
    return figure.relevant if _counts(figure) else 0


def _row(parts: Parts) -> Row:
    figure, label = parts.figure, parts.figure.label[:1].upper() + parts.figure.label[1:]
    if figure.adverse:
        label = f"{label} {parts.labels('figure.adverse_mark')}"
    if not parts.shows("sufficient", "relevant", "phrase"):
        return Row(label, parts.short())
    if not figure.relevant:
        return Row(label, parts.labels("board.none"))
    return Row(label, parts.short(), marks(figure.sufficient, figure.relevant))


def marks(n: int, d: int) -> str:
    """A mark for each case; for many cases twenty marks, of which none is full for nought and all only for all.

    >>> marks(2, 5)
    '●●○○○'
    """
    if d > MOST_MARKS:
        full = min(max(round(MOST_MARKS * n / d), n > 0), MOST_MARKS - (n < d))
        n, d = full, MOST_MARKS
    return FULL * n + EMPTY * (d - n)


def states(single: Mapping[str, int], labels: Labels) -> Iterator[str]:
    """How many actions about single cases stand in each state, in words."""
    for state, number in single.items():
        if number:
            yield labels("board.counted", n=number, state=labels(f"board.state.{state}"))


def single_said(promises: Promises, labels: Labels) -> str:
    """The sentence on actions about single cases; empty where there are none."""
    single = promises.single or {}
    total = sum(single.values())
    if not total:
        return ""
    listed = labels("figure.join").join(states(single, labels))
    return labels("board.single.one" if total == 1 else "board.single.many", n=total, states=listed)
