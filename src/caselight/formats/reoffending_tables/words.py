"""The words of published tables: cohorts, labels with footnote digits glued to them, marks in the place of numbers."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from caselight.method.reoffending.published import NOT_GIVEN, Cohort, Count, People, PrintedRate, State

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
WITHHELD = frozenset({"*", "[u]", "[c]", "withheld"})
NOT_PUBLISHED = frozenset({"..", "…", ":", "[x]", "[z]", "not published", "not available", "not applicable", "n/a"})
PEOPLE = {
    **dict.fromkeys(("child", "children", "juvenile", "juveniles", "10-17", "under 18", "youth"), People.CHILDREN),
    **dict.fromkeys(("adult", "adults", "18+", "18 and over"), People.ADULTS),
    **dict.fromkeys(("all", "total", "all ages", "all offenders"), People.ALL_AGES),
}
_NOTE = r"(?:\s*[(\[](?:note\s*)?\d{1,2}(?:\s*,\s*\d{1,2})*[)\]])+|[¹²³⁰⁴-⁹]+(?:,[¹²³⁰⁴-⁹]+)*"
_NOTED = re.compile(rf"(?:{_NOTE})\s*$")
_GLUED = re.compile(r"(?<=[A-Za-z)])\d{1,2}(?:,\d{1,2})*$")
_SPAN = re.compile(
    r"([A-Za-z]{3,9})\.?\s*((?:19|20)\d\d)?\s*(?:-|–|—|to)\s*([A-Za-z]{3,9})\.?\s*((?:19|20)\d\d)\d{0,2}", re.IGNORECASE
)
_YEAR_ENDING = re.compile(r"(?:year|12 months) ending\s+([A-Za-z]{3,9})\s+((?:19|20)\d\d)\d?", re.IGNORECASE)
_FINANCIAL = re.compile(r"((?:19|20)\d\d)\s*[-/–]\s*(\d\d)")
_REVISED = re.compile(r"\s*(?:\[r\]|\(r\)|\(revised\)|(?<=\d)r)$", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}(?:\.0+)?")
_RATE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,6})?")


def plain(cell: object) -> str:
    """The text of a cell on one line; a whole number without its point.

    >>> plain(2020.0), plain("  Index   offence ")
    ('2020', 'Index offence')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def label(cell: object) -> str:
    """A label without the footnote marks at its end; a number that belongs to it stays.

    >>> label("Theft1"), label("Caution(1)(2)"), label("Within month 1"), label("Youth fine [note 3]")
    ('Theft', 'Caution', 'Within month 1', 'Youth fine')
    """
    text, before = plain(cell).replace("|", "/"), None  # a bar stands between labels where they are kept
    while text != before:
        before = text
        text = _GLUED.sub("", _NOTED.sub("", text)).rstrip()
    return text


def cohort(cell: object) -> Cohort | None:
    """A cohort of three or twelve months from its name, footnote marks and all; None for anything else.

    >>> [str(day) for day in cohort("Apr 2019-Mar 2020(1)").days]
    ['2019-04-01', '2020-03-31']
    >>> [str(day) for day in cohort("Oct - Dec 2019").days], cohort("2017-18").first.year
    (['2019-10-01', '2019-12-31'], 2017)
    >>> cohort("Year ending March 2010 to March 2020")
    """
    text = _NOTED.sub("", plain(cell)).strip()
    span, ending, financial = (pattern.fullmatch(text) for pattern in (_SPAN, _YEAR_ENDING, _FINANCIAL))
    if span is not None:
        first, last = _month(span[1]), _month(span[3])
        year = int(span[4])
        return _spanning(text[: span.end(4)], int(span[2] or year), first, year, last)
    if ending is not None:
        month, year = _month(ending[1]), int(ending[2])
        return _spanning(text[: ending.end(2)], year if month == 12 else year - 1, month % 12 + 1, year, month)
    if financial is not None and (int(financial[1]) + 1) % 100 == int(financial[2]):
        year = int(financial[1])
        return _spanning(text, year, 4, year + 1, 3)
    return None


def _month(name: str) -> int:
    return MONTHS.get(name[:3].lower(), 0)


def _spanning(name: str, from_year: int, first: int, to_year: int, last: int) -> Cohort | None:
    if not (first and last):
        return None
    found = Cohort(name, date(from_year, first, 1), date(to_year, last, monthrange(to_year, last)[1]))
    return found if found.months in (3, 12) else None


def count(cell: object, address: str = "") -> Count | None:
    """A whole number or the state in its place; None for what is neither.

    >>> count("1,204").value, count("*").state.value, count("..").state.value, count("118 [r]").state.value
    (1204, 'withheld', 'not published', 'revised')
    >>> count(-3) is None, count(2.5) is None, count("").state.value
    (True, True, 'not given')
    """
    text = plain(cell)
    state = _state(text)
    if state is not None:
        return Count(None, state, address)
    number = _REVISED.sub("", text)
    if not _DIGITS.fullmatch(number):
        return None
    return Count(
        int(number.replace(",", "").partition(".")[0]), State.REVISED if number != text else State.PUBLISHED, address
    )


def rate(cell: object, address: str = "", places: int = 2) -> PrintedRate | None:
    """A rate as printed, in per cent or for each person, or the state in its place; None for what is neither.

    A spreadsheet keeps more places than it shows: a number with more than ``places`` is rounded to them, half up.

    >>> rate("43.0%").value, rate(34.206319, places=1).value, rate("*").state.value, rate("about 40")
    (Decimal('43.0'), Decimal('34.2'), 'withheld', None)
    """
    if isinstance(cell, float) and math.isfinite(cell):
        exact = Decimal(repr(cell))
        cell = (
            exact
            if -int(exact.as_tuple().exponent) <= places
            else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        )
    text = plain(cell).removesuffix("%").rstrip()
    state = _state(text)
    if state is not None:
        return PrintedRate(None, state, address)
    number = _REVISED.sub("", text)
    if not _RATE.fullmatch(number):
        return None
    return PrintedRate(Decimal(number), State.REVISED if number != text else State.PUBLISHED, address)


def _state(text: str) -> State | None:
    if not text:
        return NOT_GIVEN.state
    mark = text.casefold()
    return State.WITHHELD if mark in WITHHELD else State.NOT_PUBLISHED if mark in NOT_PUBLISHED else None


def people(cell: object) -> People | None:
    """Whom a row counts.

    >>> people("Juvenile").value, people("Adults").value
    ('children', 'adults')
    """
    return PEOPLE.get(label(cell).casefold())
