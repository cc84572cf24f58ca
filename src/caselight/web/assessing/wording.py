"""Answers in words, without a case that is opened: for lists over several cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse

from caselight.method.answers.events import Address, AnswerEvent
from caselight.method.answers.fact_values import FACT
from caselight.method.framework.definition import Framework
from caselight.store.frameworks.queries import framework_of
from caselight.web.assessing.asking import answer_words
from caselight.web.assessing.clocks import clock
from caselight.web.assessing.facts import FACTS
from caselight.web.design.visits import InspectionVisit


class Given(NamedTuple):
    """An answer in words: what it says, its reasons, its note, who gave it and when."""

    answer: str
    reasons: str
    note: str
    who: str
    when: str


class Wording:
    """How an inspection's answers are said to a visitor; ``names`` are those of people by their keys."""

    def __init__(self, visit: InspectionVisit, names: Mapping[str, str]) -> None:
        self.visit, self.names = visit, names
        self.framework: Framework = framework_of(visit.inspection.framework)
        self.language = self.framework.languages[0]

    def question(self, question_id: str) -> str:
        """A question, or a fact, in full."""
        question = self.framework.questions.get(question_id)
        return question.text.in_(self.language) if question else self.short(question_id)

    def short(self, question_id: str) -> str:
        """A question, or a fact, as a list calls it."""
        if question_id.startswith(FACT):
            fact = self.framework.fact_by_id.get(question_id.removeprefix(FACT))
            return fact.label.in_(self.language) if fact else question_id
        question = self.framework.questions.get(question_id)
        return f"{question_id}, {question.short.in_(self.language)}" if question else question_id

    def given(self, event: AnswerEvent) -> Given:
        """What an answer says, as people read it."""
        framework, question = self.framework, self.framework.questions.get(event.question_id)
        of = [] if question is None else [
            *framework.reasons_of(question), *framework.good_of(question), *framework.not_relevant_reasons,
        ]  # fmt: skip
        labels = {reason.id: reason.label.in_(self.language) for reason in of}
        said = "Taken back" if event.withdrawn else answer_words(framework, question, event.value)
        reasons = ", ".join(labels.get(code, code) for code in event.reasons)
        return Given(
            said, reasons, event.note, self.name(event.actor), self.clock(event.server_time or event.client_time)
        )

    def name(self, key: str) -> str:
        """Somebody's name; a key that is nobody's stays a key."""
        return self.names.get(key, key)

    def clock(self, at: str | datetime) -> str:
        """An instant, where the inspection is."""
        return clock(at, self.visit.at, ZoneInfo(self.visit.inspection.definition.time_zone))

    def case_address(self, place: Address) -> str:
        """The page of a case, at a question."""
        theme = self.framework.theme_of.get(place.question_id)
        base = reverse("assessing:case", kwargs={
            "key": self.visit.key, "kind": place.subject_kind, "subject": place.subject_key,
        })  # fmt: skip
        anchor = f"q-{place.question_id}" if theme else f"f-{place.question_id.removeprefix(FACT)}"
        return f"{base}?theme={theme.id if theme else FACTS}#{anchor}"
