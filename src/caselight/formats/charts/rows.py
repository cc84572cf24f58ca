"""What a theme's chart shows, as plain rows in published order, and the finding they hold said in words.

The same rows stand in the data table beside the chart. Words and chart are made from the rows and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caselight.formats.tables.csvw import NOTHING_HIDDEN
from caselight.formats.tables.entries import Entry, entries, tidy
from caselight.formats.tables.hiding import Hidden
from caselight.formats.tables.labels import Words
from caselight.method.report.traced import TracedLetter

SMALL_BASE = 10


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One bar: ``n`` of ``d``, the same as printed (``phrase``), the interval's ends as shares of 1 or ``None``.

    A ``hidden`` row carries its key only: it is not drawn and not named, just counted.
    """

    key: str
    label: str = ""
    n: int = 0
    d: int = 0
    phrase: str = ""
    low: float | None = None
    high: float | None = None
    adverse: bool = False
    hidden: bool = False

    @property
    def share(self) -> Fraction | None:
        """The exact share, or ``None`` where nothing was relevant."""
        return Fraction(self.n, self.d) if self.d else None

    @property
    def small(self) -> bool:
        """Whether the base is too small for a share to say much."""
        return 0 < self.d < SMALL_BASE


def chart_rows(letter: TracedLetter, theme_id: str, suppressed: Hidden = NOTHING_HIDDEN) -> tuple[ChartRow, ...]:
    """The shares of one theme in published order: cases and people, not counts of facts and not published rates."""
    keys = next((keys for theme, _, keys in letter.themes if theme == theme_id), ())
    by_key = {entry.figure.key: entry for entry in entries(letter, suppressed)}
    shown = (by_key[key] for key in keys if key in by_key)
    return tuple(_row(entry, letter.language) for entry in shown if entry.figure.kind in {"share", "people"})


def _row(entry: Entry, language: str) -> ChartRow:
    n, d, phrase = entry.count("sufficient"), entry.count("relevant"), entry.phrase(language)
    if n is None or d is None or phrase is None:
        return ChartRow(entry.figure.key, hidden=True)
    interval = entry.interval
    return ChartRow(
        key=entry.figure.key,
        label=tidy(entry.figure.label),
        n=n,
        d=d,
        phrase=tidy(phrase),
        low=interval.low if interval and d else None,
        high=interval.high if interval and d else None,
        adverse=entry.figure.adverse,
    )


def finding(rows: Iterable[ChartRow], labels: Mapping[str, str]) -> str:
    """What the chart shows, in sentences: how many measures, the highest, the lowest, what is left out.

    >>> finding([ChartRow("P1", "plan", 28, 32, "28 of 32")], {})
    'One measure. Result: plan, 28 of 32.'
    """
    words, rows = Words(labels), list(rows)
    drawn = [row for row in rows if not row.hidden]
    rated = [row for row in drawn if row.share is not None and not row.adverse]
    sentences = [
        _number(words, "charts.rows", len(drawn)) if drawn else words["charts.nothing"],
        *_ends(rated, words),
        _said("charts.needs", [row for row in drawn if row.adverse and row.d], words),
        _said("charts.zero-base", [row for row in drawn if not row.d], words, phrase=False),
        _number(words, "charts.hidden", len(rows) - len(drawn)) if len(rows) > len(drawn) else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _ends(rated: Sequence[ChartRow], words: Words) -> list[str]:
    if not rated:
        return []
    if len(rated) == 1:
        return [_said("charts.only", rated, words)]
    shares = {row.share for row in rated if row.share is not None}
    highest, lowest = max(shares), min(shares)
    if highest == lowest:
        return [_said("charts.all-full" if highest == 1 else "charts.all-same", rated, words)]
    return [
        _said("charts.highest", [row for row in rated if row.share == highest], words),
        _said("charts.lowest", [row for row in rated if row.share == lowest], words),
    ]


def _said(key: str, rows: Sequence[ChartRow], words: Words, *, phrase: bool = True) -> str:
    if not rows:
        return ""
    items = [words.say("charts.item", label=row.label, phrase=row.phrase) if phrase else row.label for row in rows]
    return words.say(key, items=words.listed(items))


def _number(words: Words, key: str, count: int) -> str:
    return words[f"{key}-one"] if count == 1 else words.say(f"{key}-many", count=count)
