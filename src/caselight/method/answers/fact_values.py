"""Facts as they are recorded: from the text of a cell or an event to a typed value, by the type that the framework says.

Nothing is guessed: a whole number is digits, a date is year-month-day, a choice is one of its options.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from caselight.method.answers.events import AnswerEvent
from caselight.method.caseload.case import FactValue
from caselight.method.faults import quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact

FACT = "fact:"  # how the question id of a fact begins, when the inspector records or corrects it
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = 1900, 2199


def day(text: str) -> date | None:
    """A calendar date from year-month-day; ``None`` for a date that cannot be.

    >>> day("2016-02-30") is None
    True
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        value = date.fromisoformat(text)
    except ValueError:
        return None
    return value if EARLIEST <= value.year <= LATEST else None


def fact_value(fact: Fact, text: str) -> tuple[FactValue, str]:
    """The typed value of a recorded fact, and what is wrong with it: empty when nothing is.

    Nothing recorded is ``None``, which is not known and not false. Units are those of the framework.

    >>> fact_value(Fact(id="age", label="Age", type="integer", provenance={"mark": "own-design"}), "15")
    (15, '')
    """
    if not text:
        return None, ""
    allowed = fact.values()
    if allowed is not None:
        return (text, "") if text in allowed else (None, f"{quoted(text)} is none of {', '.join(allowed)}.")
    return typed(fact.type, text)


def typed(type_: str, text: str) -> tuple[FactValue, str]:
    """The value of a text by the type of a fact or of a data question, and what is wrong with it.

    >>> typed("date", "2016-02-29")
    (datetime.date(2016, 2, 29), '')
    """
    if type_ == "integer":
        return (int(text), "") if _WHOLE.fullmatch(text) else (None, f"{quoted(text)} is not a whole number.")
    if type_ == "date":
        value = day(text)
        return (value, "") if value else (None, f"{quoted(text)} is not a date that can be, as year-month-day.")
    return text, ""


def recorded_facts(recorded: Mapping[str, Sequence[AnswerEvent]], framework: Framework) -> dict[str, FactValue]:
    """The facts that inspectors recorded of one subject, from its recordings by question.

    While two recordings are contested the fact is not known; one that the fact cannot have is left out, since it is a
    fault of its own.
    """
    facts: dict[str, FactValue] = {}
    for question, heads in recorded.items():
        fact = framework.fact_by_id.get(question.removeprefix(FACT)) if question.startswith(FACT) else None
        if fact is not None:
            value, wrong = fact_value(fact, heads[0].value) if len(heads) == 1 else (None, "")
            facts |= {} if wrong else {fact.id: value}
    return facts
