"""Published rates in words: several rates of one measure, and how one compares with another.

Only rates of one measure stand together. A difference is either in percentage points or in per cent of the other rate,
and says which; a comparison that its source states without numbers is printed as stated. (Design: letter.md, phrases.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from caselight.method.faults import quoted
from caselight.method.wording.amounts import Rate, Refusal
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import fill, join, places_of, say_decimal

RATE_STYLES = frozenset({"rates", "direction"})
RATE_OPTIONS: dict[str, frozenset[str]] = {
    "rates": frozenset({"as"}),
    "direction": frozenset({"by", "value", "noun"}),
}


def phrase_rates(style: str, rates: Sequence[Rate], language: Language, options: Mapping[str, str]) -> str | Refusal:
    """The words for published rates: ``rates`` lists them, ``direction`` compares all but the last with the last."""
    if style == "rates":
        return _listed(rates, language, options.get("as", "list"))
    if len(rates) == 1:
        return _stated(rates[0], language)
    return _compared(rates, language, options)


def say_rate(value: Decimal, language: Language) -> str:
    """A published percentage with the places that its source gives: 43% is not 43.0%, which claims more."""
    text = say_decimal(value, language, places_of(value))
    return fill(language.templates.get("rate", "{p}"), {"p": text})


def _numbers(rates: Sequence[Rate]) -> list[Decimal] | Refusal:
    measures = sorted({rate.measure for rate in rates})
    if len(measures) > 1:
        return Refusal(
            "letter.rates-across-measures",
            f"The rates belong to different measures: {', '.join(quoted(measure) for measure in measures)}.",
            "Name rates of one measure, and write a phrase for each measure.",
        )
    values = [rate.value for rate in rates if rate.value is not None]
    if len(values) < len(rates):
        missing = next(rate for rate in rates if rate.value is None)
        return Refusal(
            "letter.rate-without-number",
            f"{quoted(missing.key or missing.noun)} states a comparison and has no number.",
            "Use the style direction with this figure alone.",
        )
    return values


def _listed(rates: Sequence[Rate], language: Language, how: str) -> str | Refusal:
    values = _numbers(rates)
    if isinstance(values, Refusal):
        return values
    said = [say_rate(value, language) for value in values]
    if how != "list" and len(values) == 1:
        return Refusal(
            "letter.one-rate-is-no-list",
            f"One rate cannot be printed as {quoted(how)}.",
            "Leave out the option as, or name further rates.",
        )
    ends = {"low": say_rate(min(values), language), "high": say_rate(max(values), language)}
    return fill(language.templates.get(f"rates.{how}", "{list}"), {"list": join(said, language), **ends})


def _stated(rate: Rate, language: Language) -> str | Refusal:
    if not rate.stated:
        return Refusal(
            "letter.direction-of-one",
            f"{quoted(rate.key or rate.noun)} is one rate, and a direction needs two.",
            "Name the rate to compare with last, or use the style rates.",
        )
    return fill(language.templates.get("direction.stated", "{direction}"), {"direction": rate.stated})


def _compared(rates: Sequence[Rate], language: Language, options: Mapping[str, str]) -> str | Refusal:
    values = _numbers(rates)
    if isinstance(values, Refusal):
        return (
            Refusal("letter.direction-across-measures", values.says, values.cure)
            if len({rate.measure for rate in rates}) > 1
            else values
        )
    *own, other = values
    directions = {"above" if value > other else "below" if value < other else "equal" for value in own}
    if len(directions) > 1:
        return Refusal(
            "letter.mixed-directions",
            f"Not all rates are on the same side of {say_rate(other, language)}.",
            "Compare them one by one.",
        )
    text = fill(_template(language, directions.pop()), {"other": _other(rates[-1], language, options)})
    return _by(text, own, other, language, options.get("by"))


def _template(language: Language, name: str) -> str:
    return language.templates.get(f"direction.{name}", "{other}")


def _other(rate: Rate, language: Language, options: Mapping[str, str]) -> str:
    noun = options.get("noun", rate.noun)
    if options.get("value") != "yes" or rate.value is None:
        return noun
    return fill(_template(language, "value"), {"other": noun, "value": say_rate(rate.value, language)})


def _by(text: str, own: Sequence[Decimal], other: Decimal, language: Language, by: str | None) -> str | Refusal:
    """The size of the difference before the direction: in points, or in per cent of the other rate, never mixed."""
    if by is None:
        return text
    if len(own) != 1 or own[0] == other or other == 0:
        return Refusal(
            "letter.no-single-difference",
            "There is no one difference to print: it needs two rates that differ, the second not nought.",
            "Leave out the option by.",
        )
    difference = Fraction(abs(own[0] - other))
    if by == "per cent":
        difference = difference * 100 / Fraction(other)
    size = say_decimal(difference, language)
    return fill(_template(language, by), {"x": size, "direction": text})
