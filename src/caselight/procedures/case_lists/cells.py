"""From the text of a cell to the value of a fact, and what is wrong with it and how it is put right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from caselight.method.answers.fact_values import day
from caselight.method.framework.parts import Fact
from caselight.procedures.case_lists.targets import labels_of, plain

YES, NO = frozenset(["yes", "y", "true", "1", "x"]), frozenset(["no", "n", "false", "0"])
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
NOT_KNOWN = frozenset(["", "n a", "na", "not known", "unknown", "none", "null", "not recorded"])
CENTURY = 30  # a year of two digits up to this is of this century
_THREE = re.compile(r"(\d{1,4})[./\- ](\d{1,2}|[A-Za-z]{3,9})[./\- ,]+(\d{1,4})(?:[ T]\d.*)?")
_SERIAL = re.compile(r"[2-6]\d{4}")  # a day as spreadsheets count, 1954 to 2091


def fact_text(fact: Fact, text: str, words: Mapping[str, str], dates: str) -> tuple[str, str]:
    """The value as the framework writes it, and what is wrong; one of the two is empty. Nothing known is nothing."""
    if text in words:
        return words[text], ""
    if fact.type == "date":
        found = day_of(text, dates)
        return ("", "") if plain(text) in NOT_KNOWN else (found.isoformat(), "") if found else ("", "It is not a day.")
    if fact.type == "integer":
        number = re.fullmatch(r"(\d{1,6})(?:\.0+)?(?: ?years?)?", text)
        return (number[1], "") if number else ("", "" if plain(text) in NOT_KNOWN else "It is not a whole number.")
    options = fact.values()
    return (text, "") if options is None else _option(fact, text, options)


def day_of(text: str, dates: str) -> date | None:
    """A day in one of the ways in which people write it.

    >>> [str(day_of(text, "dmy")) for text in ("31/01/2016", "2016-01-31", "31 Jan 16", "42400", "31/02/2016")]
    ['2016-01-31', '2016-01-31', '2016-01-31', '2016-01-31', 'None']
    """
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    parts = _THREE.fullmatch(text.strip())
    if parts is None:
        return None
    first, middle, last = parts.groups()
    if len(first) == 4:
        year, month, of_month = first, middle, last
    elif dates == "mdy" and middle.isdigit():
        year, month, of_month = last, first, middle
    else:
        year, month, of_month = last, middle, first
    number = int(month) if month.isdigit() else MONTHS.get(month[:3].lower(), 0)
    if len(year) <= 2:
        year = str(int(year) + (2000 if int(year) <= CENTURY else 1900))
    return day(f"{int(year):04}-{number:02}-{int(of_month):02}")


def _option(fact: Fact, text: str, options: tuple[str, ...]) -> tuple[str, str]:
    said = plain(text)
    if fact.type == "yes_no" and said in YES | NO:
        return ("yes" if said in YES else "no"), ""
    known = {plain(value): value for value in options} | {
        plain(label): one.value for one in fact.options for label in labels_of(one.label)
    }
    if said in known:
        return known[said], ""
    return ("", "") if said in NOT_KNOWN else ("", "It is none of the answers that this can have.")
