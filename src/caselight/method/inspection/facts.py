"""What is known of each subject: the facts that the service supplied, as corrected by the inspector (glossary: fact).

A correction is an answer event whose question is ``fact:`` and the fact's id; it is kept beside what was supplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.fact_values import FACT, fact_value
from caselight.method.answers.sheet import current
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase

Facts = dict[str, FactValue]


def with_facts(
    subjects: Iterable[Subject], caseload: Iterable[CaseloadCase], events: Iterable[AnswerEvent], framework: Framework
) -> tuple[Subject, ...]:
    """The subjects with ``supplied`` from their row of the caseload and ``facts`` as they stand after corrections.

    A correction counts when it is the one head of the pass that counts; while two corrections are contested, what the
    service supplied stands. A subject of the caseload without a manager of its own gets the caseload's.

    >>> with_facts([Subject("case", "k1", "Case 1")], [], [], None)[0].facts
    {}
    """
    rows = {case.key: case for case in caseload}
    corrections = _corrections(events, framework)
    return tuple(_known(subject, rows, corrections.get((subject.kind, subject.key), {})) for subject in subjects)


def _known(subject: Subject, rows: Mapping[str, CaseloadCase], corrections: Facts) -> Subject:
    row = rows.get(subject.key) if subject.kind == "case" else None
    supplied = dict(row.facts) if row else {}
    manager = subject.managed_by or (row.managed_by if row else "")
    return replace(subject, facts=supplied | corrections, supplied=supplied, managed_by=manager)


def _corrections(events: Iterable[AnswerEvent], framework: Framework) -> dict[tuple[str, str], Facts]:
    recorded = current(heads(event for event in events if event.question_id.startswith(FACT)))
    return {
        subject: {
            name: value
            for question, standing in answers.items()
            if len(standing) == 1 and not standing[0].withdrawn
            for name, value in _typed(question.removeprefix(FACT), standing[0].value, framework)
        }
        for subject, answers in recorded.items()
    }


def _typed(name: str, text: str, framework: Framework) -> Iterable[tuple[str, FactValue]]:
    """One correction, or none when the value is not one that the fact may have: that is a fault of its own."""
    fact = framework.fact_by_id.get(name)
    if fact is None:
        return
    value, wrong = fact_value(fact, text)
    if not wrong:
        yield name, value
