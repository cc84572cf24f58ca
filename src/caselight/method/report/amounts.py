"""From a figure to what a phrase is made of: its numbers with their nouns, a published rate, or a fact in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from caselight.method.analysis.figure import Figure
from caselight.method.report.context import Context
from caselight.method.wording.amounts import Amount, Rate, Refusal
from caselight.method.wording.numbers import say_date, say_dates, say_when

PUBLISHED = ("external", "stated_direction")


def amount_of(figure: Figure, context: Context) -> Amount | Rate:
    """The figure as a phrase needs it, with nouns in the letter's language."""
    if figure.kind in PUBLISHED:
        return Rate(figure.value, figure.measure, figure.label, figure.direction, figure.key)
    one, many = _nouns(figure, context)
    return Amount(
        figure.sufficient,
        figure.relevant,
        figure.sample_size,
        one,
        many,
        figure.adverse,
        figure.key,
        figure.question or figure.key,
    )


def _nouns(figure: Figure, context: Context) -> tuple[str, str]:
    """The noun of a figure, one and many: the question's unit where it has one, else the subject's."""
    framework, language = context.framework, context.language
    question = framework.questions.get(figure.question)
    if question is not None and question.unit is not None and not figure.where:
        one = question.unit.in_(language)
        return one, context.words.plural.get(one, one)
    if figure.where:
        singular = {many: one for one, many in context.words.plural.items()}
        return singular.get(figure.where, figure.where), figure.where
    subject = next((item for item in framework.subjects if item.id == figure.subject), framework.subjects[0])
    return subject.one.in_(language), subject.many.in_(language)


def fact_in_words(figure: Figure, context: Context) -> str:
    """A fact of the inspection as printed: dates and ranges of dates by the language, everything else as it is."""
    ends = _dates(figure)
    if not ends:
        return figure.text.get("value", "")
    return say_date(ends[0], context.words) if len(ends) == 1 else say_dates(ends[0], ends[1], context.words)


def say_facts(figures: Sequence[Figure], options: Mapping[str, str], context: Context) -> str | Refusal:
    """Facts as the style ``fact`` prints them; with ``as=when`` dates say when: ``on 9 February 2026``."""
    for name, value in options.items():
        if name != "as":
            says = f"The style “fact” has no option “{name[:60]}”."
            return Refusal("letter.unknown-option", says, "Leave it out, or write “as=when”.")
        if value != "when":
            says = f"The option “as” of the style “fact” is “{value[:60]}”."
            return Refusal("letter.option-value", says, "Write “as=when”, or leave the option out.")
    if not options:
        return " ".join(fact_in_words(figure, context) for figure in figures)
    said = [_when(figure, context) for figure in figures]
    return next((one for one in said if isinstance(one, Refusal)), " ".join(map(str, said)))


def _when(figure: Figure, context: Context) -> str | Refusal:
    ends = _dates(figure)
    if not ends:
        says = f"{figure.key} is no date, so it cannot say when."
        return Refusal("letter.option-not-for-style", says, "Leave “as=when” out.")
    said = say_when(ends[0], ends[-1], context.words)
    if said is None:
        says = f"The language {context.words.name} has no words for when something took place."
        return Refusal("letter.no-template", says, "Add when_day, when_same_month and the others to its date_range.")
    return said


def _dates(figure: Figure) -> list[date]:
    """The date or the two dates of a fact; none where it is something else."""
    try:
        return [date.fromisoformat(part) for part in figure.text.get("value", "").split("/")]
    except ValueError:
        return []
