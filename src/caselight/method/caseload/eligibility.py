"""Which cases may be examined: the window of start dates around an inspection, and why a case lies outside it.

The window and its ``also`` rule are data of the framework (sqs.md, section 2: 28 and 91 days are settings, never
constants). A case whose date or facts are missing is never eligible by silence: it is left out, and the reason says
what to supply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from caselight.method.caseload.case import FactValue
from caselight.method.faults import Fault, Faults
from caselight.method.framework.rules import Truth, references
from caselight.method.framework.sampling import Window
from caselight.method.framework.truth import Facts, truth

Code = Literal["eligible", "date_missing", "too_early", "too_late", "excluded", "not_known"]

QUOTED = 60


class Span(NamedTuple):
    """The first and the last start date that is eligible, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a case is eligible; ``reason`` says in words why not, and is empty for an eligible case."""

    code: Code
    reason: str = ""

    @property
    def eligible(self) -> bool:
        """Whether the case belongs to the caseload that is drawn from."""
        return self.code == "eligible"


@dataclass(frozen=True, slots=True)
class SuppliedFacts(Facts):
    """A case before anybody has looked at it: facts and no answers."""

    facts: Mapping[str, FactValue]

    def fact(self, name: str) -> FactValue:
        return self.facts.get(name)

    def answer(self, question: str) -> None:  # noqa: ARG002 - the rule language asks by name
        return None

    def outcome(self, question: str) -> None:  # noqa: ARG002 - the rule language asks by name
        return None

    def relevant(self, question: str) -> Truth:  # noqa: ARG002 - the rule language asks by name
        return None


def window(eligibility: Window, announced: date, fieldwork_from: date) -> Span:
    """The start dates that are eligible: so many days before announcement at the latest, before fieldwork at the earliest.

    Raises ``caseload.announced-after-fieldwork`` and ``caseload.empty-window`` for dates that cannot be.
    """
    if announced > fieldwork_from:
        raise Faults(
            [
                Fault(
                    "caseload.announced-after-fieldwork",
                    ("dates", "announced"),
                    f"The announcement, {announced}, is after the fieldwork begins, {fieldwork_from}.",
                    "Correct one of the two dates.",
                )
            ]
        )
    span = Span(
        _days_before(fieldwork_from, eligibility.earliest_days_before_fieldwork),
        _days_before(announced, eligibility.latest_days_before_announcement),
    )
    if span.earliest > span.latest:
        raise Faults(
            [
                Fault(
                    "caseload.empty-window",
                    ("dates",),
                    f"No case can be eligible: the window begins on {span.earliest} and ends on {span.latest}.",
                    "Check the dates of the inspection and the days of the framework's eligibility window.",
                )
            ]
        )
    return span


def _days_before(day: date, days: int) -> date:
    """``days`` earlier, or the first day of the calendar when that would lie before it."""
    return date.min if days >= (day - date.min).days else day - timedelta(days=days)


def judge(facts: Mapping[str, FactValue], span: Span, eligibility: Window) -> Verdict:
    """Whether a case with these supplied facts is eligible, or the first reason in words why not.

    The date is looked at first, then the ``also`` rule. Raises ``caseload.start-is-not-a-date`` when the fact that the
    window names holds something other than a date.

    >>> from caselight.method.framework.parts import Provenance
    >>> rule = Window(start_fact="started", latest_days_before_announcement=28, earliest_days_before_fieldwork=91,
    ...               provenance=Provenance(mark="own-design"))
    >>> judge({"started": date(2015, 11, 2)}, Span(date(2015, 9, 14), date(2015, 10, 30)), rule).reason
    'Started on 2015-11-02, after the window closed on 2015-10-30.'
    """
    start = facts.get(eligibility.start_fact)
    if start is None:
        return Verdict("date_missing", f"No date was supplied for {eligibility.start_fact}.")
    if not isinstance(start, date):
        raise Faults(
            [
                Fault(
                    "caseload.start-is-not-a-date",
                    (eligibility.start_fact,),
                    f"“{str(start)[:QUOTED]}” is not a date.",
                    "Write the date as year, month and day, such as 2015-09-14.",
                )
            ]
        )
    if start < span.earliest:
        return Verdict("too_early", f"Started on {start}, before the window opened on {span.earliest}.")
    if start > span.latest:
        return Verdict("too_late", f"Started on {start}, after the window closed on {span.latest}.")
    return _by_rule(facts, eligibility)


def _by_rule(facts: Mapping[str, FactValue], eligibility: Window) -> Verdict:
    held = truth(eligibility.also, SuppliedFacts(facts))
    if held is True:
        return Verdict("eligible")
    names = sorted(name for kind, name in references(eligibility.also) if kind == "fact")
    if held is False:
        known = ", ".join(f"{name} is {facts[name]}" for name in names if facts.get(name) is not None)
        return Verdict("excluded", f"Left out by the eligibility rule: {known or 'no fact of the rule is known'}.")
    missing = ", ".join(name for name in names if facts.get(name) is None)
    return Verdict("not_known", f"Eligibility cannot be told: {missing or 'an answer'} was not supplied.")
