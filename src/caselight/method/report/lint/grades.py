"""A grade in the author's own prose that no rating is behind: "Planning is Good" where the rating says otherwise.

A grade is recognised as its scale writes it. Where that is with a capital in the middle of a sentence, it is meant as a
grade; at the beginning of a sentence, or in small letters, only where the sentence names a rating: ordinary "good
plans" claim nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.context import Context
from caselight.method.report.letter import Inline, Words

_SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*")


def unbound_grades(placed: Iterable[Placed], context: Context) -> Iterator[Fault]:
    """A fault for each grade of the framework's scales in the author's own words, at its line and column."""
    labels = {
        label for figure in context.figures.values() if figure.reached for _, label in figure.reached.scale if label
    }
    names = tuple(figure.label.casefold() for figure in context.figures.values() if figure.reached)
    if not labels:
        return
    listed = "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    grades = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
    for block in placed:
        if not block.fixed:
            yield from _in_block(block.parts, grades, names)


def _in_block(parts: Sequence[Inline], grades: re.Pattern[str], names: Sequence[str]) -> Iterator[Fault]:
    text, places = _text(parts)
    for sentence in _SENTENCE.finditer(text):
        named = any(name in sentence[0].casefold() for name in names)
        begins = len(sentence[0]) - len(sentence[0].lstrip(' “"‘(\0'))
        for grade in grades.finditer(sentence[0]):
            meant = grade[0][:1].isupper() and grade.start() > begins
            if meant or named:
                yield _fault(grade[0], _place(places, sentence.start() + grade.start()))


def _text(parts: Sequence[Inline]) -> tuple[str, list[tuple[int, Place]]]:
    """The author's words of a block, every other part as one character, and where each run of words begins."""
    text, places = "", []
    for part in parts:
        places.append((len(text), part.place))
        text += part.text if isinstance(part, Words) else "\0"
    return text, places


def _place(places: Sequence[tuple[int, Place]], at: int) -> Place:
    start, place = max((entry for entry in places if entry[0] <= at), key=lambda entry: entry[0])
    return Place(place.file, place.line, place.column + at - start if isinstance(place.column, int) else place.column)


def _fault(grade: str, place: Place) -> Fault:
    return Fault(
        "letter.unbound-grade",
        ("letter",),
        f"“{grade}” is a grade, and no rating is behind it here.",
        f"Bind it, {{KEY: rating}}, or check it, [{grade}]{{KEY}}; or say it in other words.",
        Severity.WARNING,
        place,
    )
