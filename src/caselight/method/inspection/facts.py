"""What is known of each subject: the facts that the service supplied, as corrected by the inspector (glossary: fact).

A correction is an answer event whose question is ``fact:`` and the fact's id; it is kept beside what was supplied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caselight.method.answers.current import current
from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.fact_values import FACT, recorded_facts
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase

Facts = dict[str, FactValue]


def with_facts(
    subjects: Iterable[Subject], caseload: Iterable[CaseloadCase], events: Iterable[AnswerEvent], framework: Framework
) -> tuple[Subject, ...]:
    """The subjects with ``supplied`` from their row of the caseload and ``facts`` as they stand after corrections.

    A correction counts when it is the one head of the pass that counts; while two corrections are contested, the fact
    is not known. A subject of the caseload without a manager of its own gets the caseload's.

    >>> from types import SimpleNamespace
    >>> framework = SimpleNamespace(subjects=[SimpleNamespace(id="case")])
    >>> with_facts([Subject("case", "k1", "Case 1")], [], [], framework)[0].facts
    {}
    """
    sampled = framework.subjects[0].id
    rows = {case.key: case for case in caseload}
    corrections = _corrections(events, framework)
    return tuple(
        _known(s, rows.get(s.key) if s.kind == sampled else None, corrections.get((s.kind, s.key), {}))
        for s in subjects
    )


def _known(subject: Subject, row: CaseloadCase | None, corrections: Facts) -> Subject:
    supplied = dict(row.facts) if row else {}
    manager = subject.managed_by or (row.managed_by if row else "")
    return replace(subject, facts=supplied | corrections, supplied=supplied, managed_by=manager)


def _corrections(events: Iterable[AnswerEvent], framework: Framework) -> dict[tuple[str, str], Facts]:
    """The recorded facts by subject; those of found subjects stand under their own kind and key."""
    recorded = current(heads(event for event in events if event.question_id.startswith(FACT)))
    return {subject: recorded_facts(answers, framework) for subject, answers in recorded.items()}
