"""Comparisons as conditions of a formula, each one entry of a table, as in :mod:`caselight.method.framework.truth`.

Both sides are known where a condition is looked at. A choice is compared by its place in its list, so that no label
stands in a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from caselight.formats.workbook.formulas.looked import NEVER, Looked, Untranslatable

LONGEST_TEXT = 255  # characters of a text inside a formula, by Excel


def either(conditions: list[str]) -> str:
    """One condition of several, of which one is enough."""
    return NEVER if not conditions else conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def quoted_text(text: str) -> str:
    """A text as a formula writes it."""
    if len(text) > LONGEST_TEXT:
        raise Untranslatable("it compares with a text that is too long for a formula")
    return '"' + text.replace('"', '""') + '"'


def among(looked: Looked, codes: Iterable[str]) -> str:
    wanted = set(codes)
    return either([f"{looked.position}={at}" for at, code in enumerate(looked.codes, 1) if code in wanted])


def _is(looked: Looked, other: Any) -> str:
    return _in(looked, (other,))


def _in(looked: Looked, others: Iterable[Any]) -> str:
    if looked.options:
        return NEVER  # several answers are never one
    if looked.codes:
        return among(looked, [other for other in others if isinstance(other, str)])
    if looked.type == "integer":
        return either([f"{looked.cell}={other}" for other in others if not isinstance(other, str)])
    if looked.type == "date":
        return NEVER  # a day is compared with before and after
    texts = [other for other in others if isinstance(other, str)]
    return either([f"EXACT(TRIM({looked.cell}),{quoted_text(text)})" for text in texts])


def _ticked(looked: Looked, codes: Iterable[str]) -> list[str]:
    if not looked.options:
        raise Untranslatable("it looks for an item of a list in what is no list")
    return [f"{looked.options[code]}=1" if code in looked.options else NEVER for code in codes]


def _number(looked: Looked, how: str, other: Any) -> str:
    if looked.type != "integer":
        raise Untranslatable("it asks how large something is that is no number")
    return f"{looked.cell}{how}{decimal(Fraction(str(other)))}"


def decimal(number: Fraction | int) -> str:
    """A number exactly, as a formula writes it."""
    return str(number.numerator) if number.denominator == 1 else f"({number.numerator}/{number.denominator})"


def day(text: str) -> str:
    """A day that the framework writes as text."""
    value = date.fromisoformat(text)
    return f"DATE({value.year},{value.month},{value.day})"


def _dated(looked: Looked, how: str, other: str) -> str:
    if looked.type != "date":
        raise Untranslatable("it asks for a day of something that is no date")
    return f"INT({looked.cell}){how}{day(other)}"


def between(looked: Looked, how: str, named: Looked) -> str:
    """The comparison of two things on the sheet."""
    if how in ("before", "after"):
        return f"INT({looked.cell}){'<' if how == 'before' else '>'}INT({named.cell})"
    if how != "same_as" or looked.options or named.options:
        raise Untranslatable(f"it compares two cells with “{how}”")
    if looked.codes and named.codes:
        pairs = [
            f"AND({looked.position}={at},{named.position}={named.codes.index(code) + 1})"
            for at, code in enumerate(looked.codes, 1)
            if code in named.codes
        ]
        return either(pairs)
    if looked.codes or named.codes:
        raise Untranslatable("it compares a choice with free text")
    return f"EXACT(TRIM({looked.cell}),TRIM({named.cell}))"


COMPARISONS: Mapping[str, Callable[[Looked, Any], str]] = {
    "is": _is,
    "in": _in,
    "includes": lambda looked, other: either(_ticked(looked, [other])),
    "includes_any": lambda looked, other: either(_ticked(looked, other)),
    "includes_all": lambda looked, other: f"AND({','.join(_ticked(looked, other))})",
    "includes_none": lambda looked, other: f"NOT({either(_ticked(looked, other))})",
    "at_least": lambda looked, other: _number(looked, ">=", other),
    "at_most": lambda looked, other: _number(looked, "<=", other),
    "before": lambda looked, other: _dated(looked, "<", other),
    "after": lambda looked, other: _dated(looked, ">", other),
}
