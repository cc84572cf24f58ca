"""What is known of one case, as a row of the specification writes it: ``psr = yes, R2 not relevant, placement()``."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from caselight.method.caseload.elapsed import elapsed
from caselight.method.framework.rules import Truth, Unit, Value
from caselight.method.framework.truth import Facts

HOLIDAYS = {2015: (date(2015, 12, 25), date(2015, 12, 28)), 2016: (date(2016, 1, 1),)}
GRADES = ("inadequate", "fair", "good", "outstanding")
SEVERAL = frozenset({"M3.needs"})
_ROW = re.compile(r"(\w+)\((.*)\)")


class Given(Facts):
    """The facts, answers, rows, measures and ratings of one row; what it does not name is not known."""

    def __init__(self, text: str, around: Given | None = None) -> None:
        parts = [part.strip() for part in re.split(r",\s*(?![^(]*\))", text) if part.strip()]
        pairs = [part.partition(" = ") for part in parts]
        self.values = {name: value for name, sign, value in pairs if sign and not _ROW.fullmatch(name + sign + value)}
        self.outside = {part.removesuffix(" not relevant") for part in parts if part.endswith(" not relevant")}
        self.open = {part.removesuffix(" not known") for part in parts if part.endswith(" not known")}
        self.found = [Found(row[1], row[2], self) for part in parts if (row := _ROW.fullmatch(part))]
        self.around = around

    def _text(self, name: str) -> str | None:
        value = self.values.get(name)
        return self.around._text(name) if value is None and self.around else value

    def fact(self, name: str) -> Value | None:
        return _typed(self._text(name))

    def answer(self, question: str) -> Value | None:
        text = self._text(question)
        return tuple(text.split("|")) if text and question in SEVERAL else _typed(text)

    def outcome(self, question: str) -> str | None:
        return self._text(question)

    def relevant(self, question: str) -> Truth:
        return False if question in self.outside else True if self._text(question) is not None else None

    def rows(self, kind: str) -> list[Facts]:
        unknown = [Facts()] if kind in self.open else []  # a row of which nothing is known yet
        return [*(row for row in self.found if row.kind == kind), *unknown]

    def elapsed(self, start: date, end: date, unit: Unit) -> int:
        return elapsed(start, end, unit, HOLIDAYS)

    def measure(self, name: str) -> Fraction | None:
        return Fraction(self.values[name]) if name in self.values else None

    def rated(self, rating: str) -> Truth:
        return self.relevant(rating)

    def rank(self, rating: str) -> int | None:
        return GRADES.index(self.values[rating]) if rating in self.values else None

    def rank_of(self, rating: str, grade: str) -> int:
        del rating
        return GRADES.index(grade)


class Found(Given):
    """Something that was found in a case, with what is known of it."""

    def __init__(self, kind: str, text: str, around: Given) -> None:
        super().__init__(text, around)
        self.kind = kind


def _typed(text: str | None) -> Value | None:
    if text is None:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return int(text) if text.isdigit() else text
