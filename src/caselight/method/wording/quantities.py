"""Finding every quantity in prose, so that nothing in a letter is counted without a figure behind it.

A quantity is a digit, a number word, a fraction, a percentage, a word of the scale, or one of the language's further
quantity words. Dates are found apart, because the letter's checks treat them differently. (Design: letter.md, check 2.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from caselight.method.wording.definition import Language
from caselight.method.wording.expressions import scan

Found = tuple[int, int, str]


def find_quantities(text: str, language: Language, allowed: tuple[str, ...] = ()) -> list[Found]:
    """Every quantity in a text as (start, end, words), in order, longest expression first, in any case.

    Expressions that the language or ``allowed`` exempts ("one-to-one", names of laws) are left out. In English
    ``find_quantities("Some plans", …)`` is ``[(0, 4, "Some")]``.
    """
    hits = scan(text, language, tuple(_literal(words) for words in allowed))
    return [(hit.start, hit.end, hit.words) for hit in hits if hit.expression.kind != "allowed"]


def _literal(words: str) -> str:
    """Names are no expressions: brackets and braces in them mean nothing."""
    return " ".join(re.sub(r"[\[\](){}|]", " ", words).split())


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date or range of dates in a text; ``years`` are the years it names, so that an unlikely one can be questioned."""

    start: int
    end: int
    words: str
    years: tuple[int, ...]


def find_dates(text: str, language: Language) -> list[FoundDate]:
    """Every date with a named month (``14 to 16 December 2015``, ``January 2013``), and ISO dates, in order.

    Months count as the language writes them, so that "28 may have been weak" holds no date. A month alone is no date; a
    year alone is a number and no date either.
    """
    return [
        FoundDate(hit.start(), hit.end(), hit[0], tuple(int(year) for year in re.findall(r"\d{4}", hit[0])))
        for hit in _dates(language.months, tuple(_between(language))).finditer(text)
    ]


@lru_cache(maxsize=32)
def _dates(months: tuple[str, ...], between: tuple[str, ...]) -> re.Pattern[str]:
    month = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    words = "|".join(rf"\b{re.escape(word)}\b" for word in sorted(between, key=len, reverse=True))
    to = rf"\s*(?:[-\u2010-\u2014]{words and '|' + words})\s*"
    day = r"(?:0?[1-9]|[12][0-9]|3[01])[^\W\d_]{0,3}"  # with the letters of an ordinal, in any language
    one = rf"(?:{day}\s+(?:{month})(?:\s+\d{{4}})?|(?:{month})\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
    return re.compile(rf"(?<!\w)(?:{day}{to})?{one}(?!\w)")


def _between(language: Language) -> Iterator[str]:
    """The words that may stand between two days: those of the language's own ranges, and what joins a list of two."""
    for template in (*language.date_range.values(), f"{{from_day}}{language.joins.get('last', '')}{{to_day}}"):
        yield from (words.strip() for words in re.findall(r"\{from_\w+\}([^{}]*)\{to_\w+\}", template) if words.strip())
