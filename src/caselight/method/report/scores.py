"""The number of a measure in words: 19 of 36, 130 of 140, 1.75, 48.3%; and when it may not be said so.

Numbers are exact fractions until they are printed, and rounding never moves one onto a boundary that it has not reached.
(frameworks.md, groups 8 and 10)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from caselight.method.analysis.figure import Figure
from caselight.method.faults import quoted
from caselight.method.report.context import Context
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import fill, rounded, say_decimal

RATIOS = ("share", "points", "pooled", "sum")
MOST_PLACES = 9
FORMS = ("of", "percent", "value")


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it may be printed: with its base where ``n`` of ``d`` says something, as a percentage if it is one."""

    value: Fraction
    n: Fraction | None = None
    d: Fraction | None = None
    percent: bool = False

    def ratio(self, language: Language) -> str:
        """``14 of 28``; empty without a base."""
        if self.n is None or not self.d:
            return ""
        holes = {"n": plainly(self.n, language), "d": plainly(self.d, language)}
        return fill(language.templates.get("score.of", "{n} / {d}"), holes)


def value_of(figure: Figure, context: Context) -> Value | None:
    """The number of a measure, or of what a rating was reached by; nothing where nothing was relevant."""
    if figure.reached is not None:
        reached = figure.reached
        if reached.value is None:
            return None
        if reached.maximum is not None:
            return Value(reached.value, reached.value, Fraction(reached.maximum))
        measure = context.figures.get(reached.measure)
        return (
            value_of(measure, context) if measure and measure.number else Value(reached.value, percent=reached.percent)
        )
    number = figure.number
    if number is None or number.value is None:
        return None
    based = number.way in RATIOS and number.n is not None and number.d is not None
    return Value(number.value, number.n if based else None, number.d if based else None, number.percent)


def say_score(figure: Figure, options: Mapping[str, str], context: Context) -> str | Refusal:
    """A measure's number: ``as=of`` with its base, ``as=percent``, ``as=value`` with ``places``; else what fits best."""
    found = value_of(figure, context)
    if found is None:
        return Refusal(
            "letter.no-score",
            f"{figure.key} has no number: nothing that it counts was relevant or answered.",
            "Leave the sentence out, or say so without a number.",
        )
    language = context.words
    ratio = found.ratio(language)
    form = options.get("as") or ("of" if ratio else "percent" if found.percent else "value")
    if form == "of" and not ratio:
        return Refusal(
            "letter.score-without-base",
            f"{figure.key} is no number out of another one.",
            "Write as=value, or as=percent where it is a percentage.",
        )
    if form == "percent":
        return _percent(figure, found, options, context)
    if form == "of":
        return ratio
    places = options.get("places")
    said = say_decimal(found.value, language, int(places)) if places else _by_way(figure, found.value, language)
    return fill(language.templates.get("score.value", "{value}"), {"value": said})


def _by_way(figure: Figure, value: Fraction, language: Language) -> str:
    """A mean keeps two places, so that 2 and 1.75 can be compared; anything else as short as it is."""
    mean = figure.number is not None and figure.number.way == "mean"
    return say_decimal(value, language, 2) if mean else plainly(value, language, places=2)


def _percent(figure: Figure, found: Value, options: Mapping[str, str], context: Context) -> str | Refusal:
    if not (found.percent or context.framework.percentages):
        return Refusal(
            "letter.percent-not-allowed",
            f"This framework prints no percentages, and {figure.key} is none.",
            "Write as=of or as=value.",
        )
    minimum = context.words.scale.minimum
    if found.d is not None and found.d < minimum:
        return Refusal(
            "letter.percent-below-minimum",
            f"The base of {figure.key} is {found.d}, and below {minimum} no percentage is printed.",
            "Write as=of.",
        )
    percent = found.value * 100
    near = rounded(percent, int(options.get("places", "0")))
    if near in (0, 100) and Fraction(near) != percent:
        return Refusal(
            "letter.percent-hides-exceptions",
            f"Rounded, {figure.key} would read as {near}%, which it is not.",
            "Write as=of, or more places.",
        )
    return fill(
        context.words.templates.get("score.percent", "{p}"), {"p": f"{near:f}".replace(".", context.words.decimal)}
    )


def number_words(figure: Figure, context: Context) -> str:
    """The number of a measure with all that is known of it: ``14 of 28 (50%)``, ``1.75``; empty without one."""
    found, language = value_of(figure, context), context.words
    if found is None:
        return ""
    ratio, percent = found.ratio(language), say_percent(found.value, language) if found.percent else ""
    if ratio and percent:
        return fill(language.templates.get("score.both", "{value} ({p})"), {"value": ratio, "p": percent})
    return ratio or percent or plainly(found.value, language, places=2)


def wrong_score_options(options: Mapping[str, str]) -> Refusal | None:
    """Why these options cannot be those of a score."""
    known = {"as": FORMS, "places": ("0", "1", "2", "3")}
    for name, value in options.items():
        if value not in known.get(name, ()):
            return Refusal(
                "letter.rated-option",
                f"The style {quoted('score')} has no option {name}={value[:60]}.",
                f"Its options are as={', as='.join(FORMS)} and places=0 to places=3.",
            )
    return None


def say_percent(value: Fraction, language: Language, *, places: int = 1, apart: Iterable[Fraction] = ()) -> str:
    """A share as a percentage: as short as it is, else rounded half up."""
    said = plainly(value * 100, language, places=places, apart=[other * 100 for other in apart])
    return fill(language.templates.get("score.percent", "{p}"), {"p": said})


def plainly(value: Fraction, language: Language, *, places: int = 1, apart: Iterable[Fraction | int] = ()) -> str:
    """A number as short as it is, with the language's decimal sign (:func:`shortest`)."""
    return shortest(value, places=places, apart=apart).replace(".", language.decimal)


def shortest(value: Fraction, *, places: int = 1, apart: Iterable[Fraction | int] = ()) -> str:
    """A number as short as it is, else rounded half up to ``places``, or more where it would read as one of ``apart``.

    >>> shortest(Fraction(6497, 100), apart=[65]), shortest(Fraction(1, 2)), shortest(Fraction(2, 3))
    ('64.97', '0.5', '0.7')
    """
    boundaries = {Fraction(other) for other in apart}
    for digits in range(MOST_PLACES):
        near = rounded(value, digits)
        if near == value or (digits >= places and Fraction(near) not in boundaries):
            return f"{near:f}"
    return f"{rounded(value, MOST_PLACES):f}"
