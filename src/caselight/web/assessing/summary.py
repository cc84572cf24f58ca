"""What is unanswered or does not fit together, before a case is complete or signed: each with the way to its question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caselight.method.answers.completeness import Missing, missing
from caselight.method.answers.consistency import against_prompts, inconsistencies, surplus
from caselight.method.answers.fact_values import FACT
from caselight.web.assessing.facts import FACTS
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.outline import unanswered
from caselight.web.assessing.recorded import lacking


class Point(NamedTuple):
    """One thing to look at: what it is, what to do, and where."""

    says: str
    cure: str
    href: str


class Summary(NamedTuple):
    """What stands in the way (``stops``), and what to look at again (``looks``)."""

    stops: tuple[Point, ...]
    looks: tuple[Point, ...]


def summary(case: Opened, base: str) -> Summary:
    """The points of a case; ``base`` is the address of its page."""
    stops = [*_missing(case, base), *_lacking(case, base)]
    return Summary(tuple(stops), tuple(_unfit(case, base)))


def _missing(case: Opened, base: str) -> Iterator[Point]:
    for item in unanswered(case):
        two = item.why == "contested"
        says = f"{_short(case, item)}: " + ("two answers: needs a decision" if two else "not yet answered")
        yield Point(says, "The lead decides which one stands." if two else "", place(case, item.question_id, base))
    for item in missing(case.sheets):
        if item.question_id.startswith(FACT):
            says = f"{_short(case, item)}: two values stand against each other"
            yield Point(says, "Decide between them.", place(case, item.question_id, base))


def _short(case: Opened, item: Missing) -> str:
    question = case.framework.questions.get(item.question_id)
    if question is None:
        fact = case.framework.fact_by_id.get(item.question_id.removeprefix(FACT))
        return fact.label.in_(case.language) if fact else item.question_id
    pair = case.pairs.get(item.question_id)
    words = question.short.in_(case.language)
    return f"{pair.question.id if pair else question.id}, {words}"


def place(case: Opened, question: str, base: str) -> str:
    """The address of a question on its page."""
    theme = case.framework.theme_of.get(question)
    pair = case.pairs.get(question)
    anchor = f"f-{question.removeprefix(FACT)}" if theme is None else f"q-{pair.question.id if pair else question}"
    return f"{base}?theme={theme.id if theme else FACTS}#{anchor}"


def _lacking(case: Opened, base: str) -> Iterator[Point]:
    """Answers that stand without the reason or the note that they need."""
    for name, cures in lacking(case):
        for cure in cures:
            yield Point(f"{name}: the answer lacks something", cure, place(case, name, base))


def _named(case: Opened, words: str) -> str:
    """The words with each gate named as the page names it: by its question, whose control it shares."""
    for name, pair in case.pairs.items():
        words = words.replace(name, pair.question.id)
    return words


def _unfit(case: Opened, base: str) -> Iterator[Point]:
    language, questions = case.language, case.framework.questions
    for one in inconsistencies(case.sheets):
        on = one.check.unless_note_on
        href = place(case, on, base) if on else base
        yield Point(one.check.says.in_(language), _named(case, one.check.cure.in_(language)), href)
    for extra in surplus(case.sheets):
        says = f"{extra.question_id} is answered, although it should not apply to this case"
        yield Point(says, "Take the answer back, or correct the fact.", place(case, extra.question_id, base))
    for flag in against_prompts(case.sheets):
        short = questions[flag.question_id].short.in_(language)
        against = f"{len(flag.against)} of {flag.applicable}"
        says = f"{flag.question_id}, {short}: the answer points one way and {against} of its prompts the other"
        yield Point(says, "Look at it again; your judgement stands.", place(case, flag.question_id, base))
