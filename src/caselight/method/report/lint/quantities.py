"""Check 2: a number, fraction, percentage or quantity word in prose that no bound or checked phrase covers.

The framework's fixed text, quotations, dates and a declared list of names (laws, programmes) are exempt. A draft may
carry such words as warnings; a publication may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.context import Context
from caselight.method.report.letter import Inline, Words
from caselight.method.wording.definition import Language
from caselight.method.wording.quantities import find_dates, find_quantities


def unbound_quantities(placed: Iterable[Placed], language: Language, allowed: Iterable[str]) -> Iterator[Fault]:
    """A fault for each quantity in the author's own prose, at its line and column."""
    names = tuple(allowed)
    for block in placed:
        if not block.fixed:
            for run in _runs(block.parts):
                yield from _unbound(run, language, names)


def unbound_dates(placed: Iterable[Placed], context: Context) -> Iterator[Fault]:
    """A fault for each day written out in a month of the inspection itself: its dates are figures and can be bound.

    Other dates are the author's own and exempt.
    """
    dates, months = context.inspection.dates, context.words.months
    own = (dates.announced, dates.fieldwork_from, dates.fieldwork_to, dates.published)
    said = {f"{months[day.month - 1]} {day.year}".casefold() for day in own if day is not None}
    for block in placed:
        for run in _runs(() if block.fixed else block.parts):
            for found in find_dates("".join(words.text for words in run), context.words):
                if found.words[0].isdigit() and any(found.words.casefold().endswith(month) for month in said):
                    yield Fault(
                        "letter.unbound-date",
                        ("letter",),
                        f"“{found.words}” is a day of the inspection, written by hand.",
                        "Bind it: {fact.fieldwork: fact}, {fact.announced: fact} or {fact.published: fact}.",
                        Severity.WARNING,
                        _place(run, found.start),
                    )


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


def _unbound(run: list[Words], language: Language, names: tuple[str, ...]) -> Iterator[Fault]:
    text = _without_dates("".join(words.text for words in run), language)
    for start, _end, found in find_quantities(text, language, names):
        yield Fault(
            "letter.unbound-quantity",
            ("letter",),
            f"“{found}” states a quantity that no figure is behind.",
            "Bind it, {KEY: style}, or check it, [words]{KEY}; or say it without a quantity.",
            Severity.WARNING,
            _place(run, start),
        )


def _without_dates(text: str, language: Language) -> str:
    """The text with its dates blanked out, so that every other character keeps its place."""
    for date in find_dates(text, language):
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _place(run: list[Words], start: int) -> Place:
    for words in run:
        if start < len(words.text):
            column = words.place.column
            return Place(words.place.file, words.place.line, column + start if isinstance(column, int) else column)
        start -= len(words.text)
    return run[-1].place
