"""The parts of a figure as text, with ``[c]`` where a small number is held back.

Which parts are hidden is decided elsewhere, and what would give them away is hidden by the same rule as in the tables.
(letter.md, checks, 6)
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from caselight.formats.letter.labels import Labels
from caselight.formats.tables.hiding import closed
from caselight.method.analysis.figure import Cell, Figure, Interval
from caselight.method.statistics.intervals import STRATA_IGNORED

Suppressed = Mapping[str, frozenset[str]]

LEAST_FOR_SHARE = 10
COUNTED = {"share", "people", "count"}
QUALITY = ("sufficient", "insufficient")
BASE = ("relevant", "not_relevant", "unanswered", "contested")
OUTSIDE = ("not_relevant_by_rule", "not_relevant_by_inspector")


class Parts:
    """The parts of one figure as text."""

    def __init__(self, figure: Figure, labels: Labels, hidden: frozenset[str]) -> None:
        self.figure = figure
        self.labels = labels
        self.hidden = closed(hidden)

    def shows(self, *parts: str) -> bool:
        """Whether all these parts may be printed."""
        return not self.hidden.intersection(parts)

    def number(self, part: str) -> str:
        """One part as digits, or ``[c]``."""
        return str(self.value(part)) if self.shows(part) else self.labels("part.hidden")

    def value(self, part: str) -> int:
        """One part as a number, whether or not it may be printed."""
        return self.figure.count(Cell(part)) if part in {*QUALITY, *OUTSIDE} else int(getattr(self.figure, part))

    @property
    def total(self) -> int:
        """Every subject the figure accounts for."""
        return sum(self.value(part) for part in BASE)

    def unit(self, number: int) -> str:
        """The noun for so many of the figure's subjects."""
        return self.labels.unit(self.figure.subject, number)

    def result(self) -> str:
        """``28 of 32 relevant cases (88%)``; the share only where the base is large enough to bear one."""
        figure, labels = self.figure, self.labels
        if figure.kind not in COUNTED:
            return labels("figure.percent", value=figure.value) if figure.value is not None else figure.direction
        if not figure.relevant and self.shows("relevant"):
            return labels("figure.none", unit_one=self.unit(1))
        if not self.shows("sufficient") and not self.shows("relevant"):
            return labels("part.hidden")
        key = "figure.of_relevant" if figure.relevant < self.total else "figure.of"
        unit = self.unit(figure.relevant if self.shows("relevant") else 2)
        words = labels(key, n=self.number("sufficient"), d=self.number("relevant"), unit=unit)
        if figure.relevant >= LEAST_FOR_SHARE and figure.kind != "count" and self.shows("phrase"):
            words += " " + labels("figure.share", share=self._share())
        return words

    def _share(self) -> str:
        # 199 of 200 is not 100%, and 1 of 200 is not 0%.
        n, d = self.figure.sufficient, self.figure.relevant
        rounded = int(percent(Decimal(n) / Decimal(d)))
        return str(min(rounded, 99) if n < d and rounded == 100 else max(rounded, 1) if n else 0)

    def short(self) -> str:
        """``28 of 32`` for a narrow column, the whole value where there is no base."""
        if self.figure.kind not in COUNTED:
            return self.result()
        if not self.shows("sufficient") and not self.shows("relevant"):
            return self.labels("part.hidden")
        return self.labels("figure.of", n=self.number("sufficient"), d=self.number("relevant"), unit="").strip()

    def interval(self) -> str:
        """The range in words, or why none is printed."""
        found, labels = self.figure.interval, self.labels
        if found is None or not self.shows("interval"):
            return ""
        if found.low is None or found.high is None:
            return self._why(found)
        if self.figure.relevant < LEAST_FOR_SHARE:
            return labels("interval.few", least=LEAST_FOR_SHARE, unit=self.unit(2))
        method = labels(f"interval.method.{found.method}")
        words = labels("interval.words", low=percent(found.low), high=percent(found.high), unit=self.unit(2),
                       confidence=percent(found.confidence), method=method)  # fmt: skip
        return f"{words} {self._why(found)}"

    def _why(self, found: Interval) -> str:
        """Why the range is of this sort, in the letter's language: the statistics say it in English only."""
        reason = found.method
        if reason == "none":
            reason = "not_drawn" if self.figure.kind == "people" else "census"
        words = self.labels(f"interval.why.{reason}", n=self.figure.relevant, population=found.population)
        return f"{words} {self.labels('interval.why.strata')}" if found.why.endswith(STRATA_IGNORED) else words

    def interval_brief(self) -> str:
        """The range without the sentence that explains it, or why none is printed."""
        found, labels = self.figure.interval, self.labels
        if found is None or found.low is None or found.high is None or self.figure.relevant < LEAST_FOR_SHARE:
            return self.interval()
        if not self.shows("interval"):
            return ""
        known = found.population is not None and found.method == "hypergeometric"
        key = "interval.brief_exact" if known else "interval.brief"
        return labels(key, low=percent(found.low), high=percent(found.high), population=found.population)

    def interval_short(self) -> str:
        """``71% to 95%`` or a dash."""
        found = self.figure.interval
        if found is None or found.low is None or found.high is None or self.figure.relevant < LEAST_FOR_SHARE:
            return self.labels("interval.dash")
        if not self.shows("interval"):
            return self.labels("part.hidden")
        return self.labels("interval.short", low=percent(found.low), high=percent(found.high))


def percent(share: float | Decimal) -> str:
    """A share of 1 as a whole percentage, half up.

    >>> percent(0.125)
    '13'
    """
    exact = share if isinstance(share, Decimal) else Decimal(repr(share))
    return str((exact * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
