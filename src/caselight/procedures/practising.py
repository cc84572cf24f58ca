"""The figures of a practice case: as if an inspection had that one case. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.practice import Practice, Reply, Step
from caselight.method.answers.practice.practice import KEY, NO_HOLIDAYS, NOTHING
from caselight.method.answers.practice.steps import BETWEEN
from caselight.method.caseload.case import Subject
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.package import Package
from caselight.method.report.graded import KINDS
from caselight.method.report.scores import number_words
from caselight.procedures.drafting import context_for

DAY = "2000-01-03"  # of an inspection that nobody makes


@dataclass(frozen=True, slots=True)
class Came:
    """A measure or a rating of one case: its label, what it came to in words, and whether it is a rating."""

    key: str
    label: str
    result: str
    rating: bool


def came_to(practice: Practice) -> tuple[Came, ...]:
    """The measures and ratings of the framework, over the one case; none where the framework has none."""
    framework = practice.framework
    if not (framework.measures or framework.ratings):
        return ()
    package = _package(practice)
    found = figures(package, practice.language)
    context = context_for(package, practice.language)
    return tuple(
        Came(
            figure.key,
            figure.label,
            figure.reached.label(figure.reached.grade) or figure.reached.state.replace("_", " ")
            if figure.reached
            else number_words(figure, context),
            figure.reached is not None,
        )
        for figure in found.values()
        if figure.kind in KINDS
    )


def _package(practice: Practice) -> Package:
    """An inspection that holds the practice case and nothing else."""
    framework = practice.framework
    inspection = Inspection.model_validate(
        {
            "schema": "caselight.inspection/1",
            "id": KEY,
            "title": "Practice",
            "service": {"name": "Practice", "short": "Practice", "areas": [{"name": "Practice"}]},
            "dates": {"announced": DAY, "fieldwork_from": DAY, "fieldwork_to": DAY},
            "languages": [practice.language],
            "framework": {"id": framework.id, "version": framework.version, "screening": practice.screening},
        }
    )
    case = practice.sheets[0].subject
    subject = Subject(practice.kind, KEY, "Practice", case.facts, case.facts)
    return Package(inspection, framework, subjects=(subject,), events=tuple(_events(practice)), holidays=NO_HOLIDAYS)


def _events(practice: Practice) -> Iterator[AnswerEvent]:
    for step, reply in practice.replies.items():
        if step.sort == "question":
            yield _event(practice, step, reply, step.name, practice.framework.questions[step.name].tool)
        elif step.sort == "fact" and step.row:
            yield _event(practice, step, reply, FACT + step.name, _tool(practice, step.row.partition(BETWEEN)[0]))


def _tool(practice: Practice, kind: str) -> str:
    return next((tool.id for tool in practice.framework.tools if tool.subject == kind), practice.framework.tools[0].id)


def _event(practice: Practice, step: Step, reply: Reply, question: str, tool: str) -> AnswerEvent:
    table, _, row = step.row.rpartition(BETWEEN)
    return NOTHING._replace(
        op_id=f"{step.row}:{question}",
        tool=tool,
        subject_kind=practice.kind,
        subject_key=KEY,
        table=table,
        row_key=row,
        question_id=question,
        value=reply.value,
        reasons=reply.reasons or (),
        note=reply.note,
        framework_version=practice.framework.version,
    )
