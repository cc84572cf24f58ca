"""Numbers, lists, percentages and dates as house style prints them, from the words of a language.

Counts up to nine are words unless the inspection or the author says otherwise; ratios are digits and never come here
with another wish. Percentages round half up, in exact arithmetic. (Design: pages.md, words on screen.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from caselight.method.wording.definition import Language

_HOLE = re.compile(r"\{([^{}]*)\}")
_HYPHENS = re.compile(r"[-\u2010-\u2013\s]+")


def say_number(number: int, language: Language, *, words_up_to: int = 9) -> str:
    """A count in words up to ``words_up_to`` where the language has a word for it, in digits above.

    ``say_number(9, english)`` is ``nine`` and ``say_number(10, english)`` is ``10``.
    """
    if 0 <= number <= words_up_to and number < len(language.numbers):
        return language.numbers[number]
    return str(number)


def read_number(text: str, language: Language) -> Decimal | None:
    """The number that digits or number words stand for; ``None`` for anything else.

    ``1,234`` is read as 1234 and ``43.6`` with the language's decimal sign; ``twenty eight`` is ``twenty-eight``.
    """
    bare = text.strip()
    if bare[:1].isdigit():
        plain = re.sub(r"[.,]", lambda sign: "." if sign[0] == language.decimal else "", bare)
        return Decimal(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
    wanted = _HYPHENS.sub("-", bare.casefold())
    for number, word in enumerate(language.numbers):
        if _HYPHENS.sub("-", word.casefold()) == wanted:
            return Decimal(number)
    return None


def join(parts: Sequence[str], language: Language) -> str:
    """A list as a sentence joins it: ``43.6%, 49.6% and 47.2%``."""
    if len(parts) < 2:
        return "".join(parts)
    head = language.joins.get("between", ", ").join(parts[:-1])
    return head + language.joins.get("last", " ") + parts[-1]


def capitalised(text: str) -> str:
    """The text with a capital first letter, as at the start of a sentence; digits stay as they are.

    >>> capitalised("nine of our sample")
    'Nine of our sample'
    """
    return text[:1].upper() + text[1:]


def fill(template: str, holes: Mapping[str, str]) -> str:
    """The template with its holes filled and its spaces closed up. A hole that nobody fills is empty.

    >>> fill("{n} of {d} {noun}", {"n": "28", "d": "32"})
    '28 of 32'
    """
    text = _HOLE.sub(lambda hole: holes.get(hole[1], ""), template)
    return re.sub(r"\s+([,;.])", r"\1", " ".join(text.split()))


def holes(template: str) -> frozenset[str]:
    """The names of a template's holes.

    >>> sorted(holes("{n} of {d}"))
    ['d', 'n']
    """
    return frozenset(_HOLE.findall(template))


def rounded(value: Fraction | Decimal, places: int) -> Decimal:
    """A number rounded half up (away from nought) to a number of decimal places, without binary fractions.

    >>> rounded(Fraction(1, 8) * 100, 0)
    Decimal('13')
    """
    exact = abs(Fraction(value)) * 10**places
    whole = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def percent_of(n: int, d: int, places: int = 0) -> Decimal:
    """``n`` of ``d`` as a percentage; ``d`` is at least 1.

    >>> percent_of(28, 34)
    Decimal('82')
    """
    return rounded(Fraction(100 * n, d), places)


def possible_percent(percent: Decimal, d: int) -> bool:
    """Whether any whole number of ``d`` gives this percentage, rounded to the places it is written with.

    >>> possible_percent(Decimal("86"), 39)
    False
    """
    places = places_of(percent)
    near = int(percent * d / 100)
    return any(percent_of(k, d, places) == percent for k in range(max(0, near - 1), min(d, near + 2) + 1))


def places_of(number: Decimal) -> int:
    """How many decimal places a number is written with.

    >>> places_of(Decimal("42.0"))
    1
    """
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def say_decimal(number: Decimal | Fraction, language: Language, places: int = 1) -> str:
    """A decimal number with the language's decimal sign, rounded half up."""
    return f"{rounded(number, places):f}".replace(".", language.decimal)


def say_date(day: date, language: Language) -> str:
    """A date in words: ``27 January 2016``."""
    parts = {"day": str(day.day), "month": language.months[day.month - 1], "year": str(day.year)}
    return fill(language.date, parts)


def say_dates(first: date, last: date, language: Language) -> str:
    """A range of days: ``14 to 16 December 2015``; across months or years each end says what differs."""
    if first == last:
        return say_date(first, language)
    name = _shared(first, last)
    template = language.date_range.get(name) or language.date_range.get("other")
    if template is None:
        return join([say_date(first, language), say_date(last, language)], language)
    return fill(template, _ends(first, last, language))


def say_when(first: date, last: date, language: Language) -> str | None:
    """When something took place: ``on 9 February 2026``, ``between 9 and 20 February 2026``.

    ``None`` where the language has no words for it.
    """
    template = language.date_range.get("when_day" if first == last else f"when_{_shared(first, last)}")
    return None if template is None else fill(template, _ends(first, last, language))


def _shared(first: date, last: date) -> str:
    """What two days share: the month, the year or neither."""
    if first.year != last.year:
        return "other"
    return "same_month" if first.month == last.month else "same_year"


def _ends(first: date, last: date, language: Language) -> dict[str, str]:
    parts = {"day": str(first.day), "month": language.months[first.month - 1], "year": str(first.year)}
    for end, day in (("from", first), ("to", last)):
        parts |= {f"{end}_day": str(day.day), f"{end}_year": str(day.year)}
        parts[f"{end}_month"] = language.months[day.month - 1]
    return parts
