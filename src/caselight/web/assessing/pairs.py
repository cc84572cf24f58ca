"""Gate and question as one control: where a question applies by the answer of the gate just before it, and by nothing else.

*Not due*, *Due and sufficient*, *Due, not sufficient* are one choice on the page and two answers in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Outcome
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Test
from caselight.store.frameworks.queries import framework_of

GATE = "gate:"  # how the value of a choice begins that shuts the gate
DUE = ".due"  # how the id of a gate ends that asks whether something was due


@dataclass(frozen=True, slots=True)
class Pair:
    """A gate, the question it opens, and the gate's answer that opens it."""

    gate: Question
    question: Question
    opens: str


def pair_of(gate: Question, question: Question, framework: Framework) -> Pair | None:
    """Whether two neighbours are one control."""
    rule = question.when
    scale = framework.scale_by_id.get(gate.scale or "")
    if gate.kind != "gate" or scale is None or scale.multiple or gate.tool != question.tool:
        return None
    if not isinstance(rule, Test) or rule.answer != gate.id or not isinstance(rule.is_, str | bool):
        return None
    opens = {True: "yes", False: "no"}.get(rule.is_, rule.is_) if isinstance(rule.is_, bool) else rule.is_
    judged = question.kind == "judgement" and question.not_relevant_when is None
    return Pair(gate, question, str(opens)) if judged and framework.scale_by_id.get(question.scale or "") else None


@lru_cache(maxsize=64)
def pairs(digest: str) -> dict[str, Pair]:
    """The pairs of an adopted framework, by the id of the gate and by that of the question; each stands in one pair."""
    return dict(_found(framework_of(digest)))


def _found(framework: Framework) -> Iterable[tuple[str, Pair]]:
    taken: set[str] = set()
    for theme in framework.themes:
        for gate, question in zip(theme.questions, theme.questions[1:], strict=False):
            pair = None if gate.id in taken else pair_of(gate, question, framework)
            if pair is not None:
                taken.add(question.id)
                yield gate.id, pair
                yield question.id, pair


def choices(pair: Pair, framework: Framework, language: str) -> list[tuple[str, str]]:
    """The choices of the one control: each answer that shuts the gate, then those of the question."""
    gate, question = framework.scale_by_id[pair.gate.scale or ""], framework.scale_by_id[pair.question.scale or ""]
    due = pair.gate.id.endswith(DUE)
    said = {value: text.in_(language) for value, text in pair.gate.said.items()}
    shut = [
        (GATE + option.value, "Not due" if due else _capital(said.get(option.value, option.label.in_(language))))
        for option in gate.options
        if option.value != pair.opens
    ]
    opened = said.get(pair.opens, "")
    return shut + [
        (option.value, _judged(option.outcome, option.label.in_(language), "" if due else _capital(opened), due=due))
        for option in question.options
    ]


def _judged(outcome: Outcome | None, label: str, opened: str, *, due: bool) -> str:
    if due and outcome is Outcome.SUFFICIENT and label == "Yes":
        return "Due and sufficient"
    if due and outcome is Outcome.INSUFFICIENT and label.startswith("No"):
        return "Due, not sufficient"
    return f"Due: {label}" if due else f"{opened}: {label}" if opened else label


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
