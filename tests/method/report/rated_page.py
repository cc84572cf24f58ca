"""Everything that is printed about an example of a measure or rating, for the page on phrases and its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from tests.factories.rated import example, rated_context

from caselight.method.inspection.definition import Member
from caselight.method.report.context import Context
from caselight.method.report.graded import STYLES, say_rated
from caselight.method.report.reached import reached_steps
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.definition import Language
from caselight.method.wording.numbers import capitalised

OPTIONS = ({}, {"as": "percent"}, {"as": "value"}, {"as": "of"})


def said(name: str, language: Language) -> list[str]:
    """All phrases and steps of an example, in one language."""
    figure = example(name)
    context = rated_context({figure.key: figure})
    adopted = context.framework.model_copy(update={"wording": {"en": language}})
    roles = get_args(Member.model_fields["role"].annotation)
    team = (*context.inspection.team, *(Member(key=role.replace("_", "-"), role=role) for role in roles))
    inspection = context.inspection.model_copy(update={"team": team})
    return list(_said(figure.key, Context(adopted, inspection, "en", context.figures)))


def _said(key: str, context: Context) -> Iterator[str]:
    figure, templates = context.figures[key], context.words.templates
    for style, kinds in STYLES.items():
        for options in OPTIONS if style == "score" else OPTIONS[:1]:
            words = say_rated(style, [figure], options, context) if figure.kind in kinds else Refusal("", "", "")
            if isinstance(words, str):
                yield words
    if figure.reached is not None:
        steps = reached_steps(figure, context)
        yield from (capitalised(step.words) for step in steps if not isinstance(steps, Refusal))
        yield templates["rating.unchecked" if figure.reached.unchecked else "rating"]
        yield templates.get(f"rating.{figure.reached.state}", "")
