"""Every question of ``double_marking`` is there, named once, of a kind that people answer, and fit for its metric."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.double_marking import AgreementRule, is_markable, option_values


def double_marking_faults(framework: Framework) -> Iterator[Fault]:
    """What is wrong with how agreement is to be measured."""
    seen: set[str] = set()
    for at, rule in enumerate(framework.double_marking):
        for place, name in enumerate(rule.questions or ("",)):
            path = ("double_marking", at, "questions", place) if name else ("double_marking", at)
            if name in seen:
                yield _twice(path, name)
            seen.add(name)
            if name:
                yield from _question(framework, path, name, rule)


def _twice(path: DataPath, name: str) -> Fault:
    what = f"The question {quoted(name)} is named" if name else "The rule for all other questions stands"
    cure = (
        "Name it in one rule only." if name else "Keep one rule without questions, or name the questions of the others."
    )
    return Fault("framework.double-marking-twice", path, f"{what} more than once under double_marking.", cure)


def _question(framework: Framework, path: DataPath, name: str, rule: AgreementRule) -> Iterator[Fault]:
    question = framework.questions.get(name)
    scale = framework.scale_by_id.get(question.scale or "") if question else None
    if question is None:
        says, cure = f"No question is called {quoted(name)}.", did_you_mean(name[:60], list(framework.questions)[:500])
        yield Fault("framework.unknown-id", path, says, cure)
    elif not is_markable(question, scale):
        says = f"Nobody gives {quoted(name)} one answer out of a list, so two people cannot agree on it."
        cure = "Name a question with a scale that takes one answer."
        yield Fault("framework.double-marking-not-rated", path, says, cure)
    elif rule.metric in ("interval", "ratio") and not option_values(scale):
        says = f"The {rule.metric} metric measures by points, and the options of {quoted(name)} do not each have their own."
        cure = "Give every option of the scale points that differ, or use the ordinal metric."
        yield Fault("framework.double-marking-no-values", path, says, cure)
