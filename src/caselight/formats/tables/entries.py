"""One entry per figure, in the order of the letter, as every data output prints it: with what must be hidden left out.

The only place where tables and charts read a figure, so that a hidden number has one way out and it is shut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from caselight.formats.tables.hiding import COUNTS, NUMBER, Hidden, closed
from caselight.formats.tables.labels import Words
from caselight.method.analysis.figure import Cell, Figure, Interval
from caselight.method.report.scores import RATIOS, shortest
from caselight.method.report.traced import TracedLetter

SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
COUNTED = frozenset({"share", "count", "people"})
RATED = frozenset({"score", "rating"})
Value = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as it may be shown: ``hidden`` are the names of the parts that must not appear."""

    figure: Figure
    theme_title: str
    hidden: frozenset[str]
    words: Words

    @property
    def counted(self) -> bool:
        """Whether the figure is n of d, and not a published value or a fact."""
        return self.figure.kind in COUNTED

    @property
    def rated(self) -> bool:
        """Whether the figure is a measure or a rating."""
        return self.figure.kind in RATED

    def count(self, part: str) -> int | None:
        """A count by its name (``relevant``), or ``None`` where it is hidden or the figure has none."""
        if not self.counted or part in self.hidden:
            return None
        return {
            "not_relevant_by_rule": self.figure.count(Cell.NOT_RELEVANT_BY_RULE),
            "not_relevant_by_inspector": self.figure.count(Cell.NOT_RELEVANT_BY_INSPECTOR),
            "sufficient": self.figure.sufficient,
            "insufficient": self.figure.insufficient,
            "relevant": self.figure.relevant,
            "not_relevant": self.figure.not_relevant,
            "unanswered": self.figure.unanswered,
            "contested": self.figure.contested,
        }[part]

    @property
    def sample(self) -> int | None:
        """The size of the sample, unless it would give a hidden count away."""
        return self.figure.sample_size if self.counted and not self.hidden & set(COUNTS) else None

    @property
    def interval(self) -> Interval | None:
        """The interval, where there is one and it may be shown."""
        return None if "interval" in self.hidden else self.figure.interval

    @property
    def counts(self) -> str:
        """What the numerator counts: sufficient work, a fact, or a need."""
        if not self.counted:
            return NOT_APPLICABLE
        if self.figure.adverse:
            return self.words["tables.counts.adverse"]
        return self.words["tables.counts.fact" if self.figure.kind == "count" else "tables.counts.sufficient"]

    def text(self, language: str) -> str:
        """The text of a fact, in the language of the letter if it has it; other figures have none."""
        texts = self.figure.text
        return (texts.get(language) or next(iter(texts.values()), "")) if self.figure.kind == "fact" else ""

    @property
    def hides_phrase(self) -> bool:
        """Whether the figure may not be said: neither its counts nor the number of a measure."""
        return bool(self.hidden & {"phrase", NUMBER})

    def phrase(self, language: str) -> str | None:
        """The figure in digits: ``28 of 32``, ``43.6%``; ``None`` where it is hidden or there is nothing to say."""
        if self.hides_phrase:
            return None
        if self.counted:
            return self._n_of_d()
        if self.rated:
            return self._rated()
        if self.figure.value is None:
            return self.text(language) or self.figure.direction or None
        value = plain_decimal(self.figure.value)
        return self.words.say("tables.percent", value=value) if self.figure.kind == "external" else value

    def _n_of_d(self) -> str:
        if self.figure.relevant == 0:
            people = "-people" if self.figure.kind == "people" else ""
            return self.words[f"tables.none-relevant{people}"]
        return self.words.say("tables.of", n=self.figure.sufficient, d=self.figure.relevant)

    def _rated(self) -> str:
        """A grade, or the number of a measure; why there is none where there is none."""
        reached, number = self.figure.reached, self.figure.number
        if reached is not None:
            return reached.label(reached.grade) or self.words[f"tables.state.{reached.state}"]
        if number is None or number.value is None:
            return self.words["tables.no-value"]
        if number.way in RATIOS and number.n is not None and number.d:
            return self.words.say("tables.of", n=shortest(number.n), d=shortest(number.d))
        if number.percent:
            return self.words.say("tables.percent", value=shortest(number.value * 100))
        return shortest(number.value, places=2)

    def left_out(self) -> list[tuple[Cell, str, int]]:
        """Why subjects are not relevant: the cell, the reason in words, how many; the most frequent first."""
        found = []
        for cell in (Cell.NOT_RELEVANT_BY_RULE, Cell.NOT_RELEVANT_BY_INSPECTOR):
            reasons = Counter(self.figure.why.get(key, "") for key in self.figure.cells.get(cell, ()))
            found += [(cell, why, n) for why, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))]
        return found


def entries(letter: TracedLetter, suppressed: Hidden) -> tuple[Entry, ...]:
    """Every figure of the letter once: by theme in printed order, then those that stand in no theme."""
    words = Words(letter.labels)
    return tuple(
        Entry(letter.figures[key], title, closed(suppressed.get(key, ())), words) for key, title in _ordered(letter)
    )


def _ordered(letter: TracedLetter) -> Iterator[tuple[str, str]]:
    seen = set()
    rest = (("", "", tuple(letter.figures)),)
    for _, title, keys in (*letter.themes, *rest):
        for key in keys:
            if key in letter.figures and key not in seen:
                seen.add(key)
                yield key, title


def plain_decimal(value: Decimal) -> str:
    """A decimal as it was published, never in powers of ten.

    >>> plain_decimal(Decimal("4E+1")), plain_decimal(Decimal("42.0"))
    ('40', '42.0')
    """
    return format(value, "f")


def rounded(value: float, places: int) -> Decimal:
    """Rounded half up, as published tables are: 0.0625 to three places is 0.063.

    >>> rounded(0.0625, 3)
    Decimal('0.063')
    """
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def tidy(text: str) -> str:
    """One line, without characters that no XML file and no spreadsheet may hold.

    >>> tidy("a\\x00b \\n c")
    'a\\ufffdb c'
    """
    return " ".join("".join(char if _allowed(char) else "\ufffd" for char in text).split())


def _allowed(char: str) -> bool:
    code = ord(char)
    return char in "\t\n\r" or (
        (code >= 0x20 and not 0x7F <= code <= 0x9F and not 0xD800 <= code <= 0xDFFF)
        and (code & 0xFFFF) not in {0xFFFE, 0xFFFF}
    )
