"""From a figure to what a phrase is made of: its numbers with their nouns, or a published rate."""

from __future__ import annotations

from datetime import date

from caselight.method.analysis.figure import Figure
from caselight.method.report.context import Context
from caselight.method.wording.amounts import Amount, Rate
from caselight.method.wording.numbers import say_date, say_dates

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
    value = figure.text.get("value", "")
    try:
        ends = [date.fromisoformat(part) for part in value.split("/")]
    except ValueError:
        return value
    return say_date(ends[0], context.words) if len(ends) == 1 else say_dates(ends[0], ends[1], context.words)
