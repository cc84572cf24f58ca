"""Where questions stand in a framework, whom they are about, and the values that they may have."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question

YES_NO = ("yes", "no")  # the values of a computed question without a scale


def placed_questions(framework: Framework) -> Iterator[tuple[DataPath, Question]]:
    """Every question with its path, in the order of the framework; one whose id stands twice comes twice."""
    for theme_at, theme in enumerate(framework.themes):
        for at, question in enumerate(theme.questions):
            yield ("themes", theme_at, "questions", at), question


def subject_of(framework: Framework, question: Question) -> str | None:
    """The kind of subject of a question; ``None`` when its tool is not known."""
    return framework.subject_of_tool.get(question.tool)


def values_of(framework: Framework, question: Question) -> tuple[str, ...] | None:
    """The values that the answer or the computed value of a question may have; ``None`` when nothing lists them."""
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is not None:
        return tuple(option.value for option in scale.options)
    return YES_NO if question.computed is not None and question.computed.points is None else None
