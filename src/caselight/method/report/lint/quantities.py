"""Check 2: a number, fraction, percentage or quantity word in prose that no bound or checked phrase covers.

The framework's fixed text, quotations, dates and a declared list of names (laws, programmes) are exempt. A draft may
carry such words as warnings; a publication may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.letter import Inline, Words
from caselight.method.wording.definition import Language
from caselight.method.wording.quantities import find_quantities


def unbound_quantities(placed: Iterable[Placed], language: Language, allowed: Iterable[str]) -> Iterator[Fault]:
    """A fault for each quantity in the author's own prose, at its line and column."""
    exempt = _exempt(language, allowed)
    for block in placed:
        if block.fixed:
            continue
        for run in _runs(block.parts):
            yield from _unbound(run, language, exempt)


def _runs(parts: Iterable[Inline]) -> Iterator[list[Words]]:
    """Stretches of the author's words between two bound parts; line breaks and emphasis do not break them."""
    run: list[Words] = []
    for part in parts:
        if isinstance(part, Words):
            run.append(part)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _unbound(run: list[Words], language: Language, exempt: re.Pattern[str]) -> Iterator[Fault]:
    text = exempt.sub(lambda match: " " * len(match[0]), "".join(words.text for words in run))
    for start, _end, found in find_quantities(text, language):
        yield Fault("letter.unbound-quantity", ("letter",), f"“{found}” states a quantity that no figure is behind.",
                    "Bind it, {KEY: style}, or check it, [words]{KEY}; or say it without a quantity.",
                    Severity.WARNING, _place(run, start))


def _place(run: list[Words], start: int) -> Place:
    for words in run:
        if start < len(words.text):
            column = words.place.column
            return Place(words.place.file, words.place.line, column + start if isinstance(column, int) else column)
        start -= len(words.text)
    return run[-1].place


def _exempt(language: Language, allowed: Iterable[str]) -> re.Pattern[str]:
    """Dates written out ("14-16 December 2015", "January 2013") and the declared names."""
    months = "|".join(re.escape(month) for month in language.months)
    day = r"\d{1,2}(?:\s*(?:[-–]|to|and)\s*\d{1,2})?"
    names = "|".join(re.escape(name) for name in sorted(allowed, key=len, reverse=True))
    dates = rf"\b(?:{day}\s+)?(?:{months})(?:\s+\d{{4}})?\b"
    return re.compile(rf"{dates}|(?<!\w)(?:{names})(?!\w)" if names else dates)
