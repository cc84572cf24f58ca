"""Every test in a rule compares like with like: the values of a scale, dates with dates, numbers with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.rule_uses import RuleUse, placed_questions
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Test, leaves

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OUTCOMES = ("sufficient", "insufficient")
_EXPLAINED = ("known", "unknown", "not_relevant", *_OUTCOMES)


class Kind(NamedTuple):
    """What a test looks at: its name in a sentence, the comparisons it knows, and the values it may have."""

    title: str
    comparisons: tuple[str, ...]
    values: tuple[str, ...] | None = None


_CHOICE = ("is", "in", "known")
_OF_FACT = {
    "yes_no": ("yes or no", _CHOICE),
    "choice": ("a choice", _CHOICE),
    "date": ("a date", ("before", "after", "known")),
    "integer": ("a whole number", ("is", "in", "at_least", "at_most", "known")),
    "text": ("text", _CHOICE),
    "key": ("a key", _CHOICE),
}


def type_faults(framework: Framework, uses: Iterable[RuleUse]) -> Iterator[Fault]:
    """Tests that compare what cannot be compared, values nobody can answer, and days that do not exist."""
    for use in uses:
        for inner, leaf in leaves(use.rule):
            kind = kind_of(framework, leaf) if isinstance(leaf, Test) else None
            if isinstance(leaf, Test) and kind is not None:
                yield from _of_test((*use.path, *inner), leaf, kind)
    yield from _dates(framework)
    yield from _said(framework)


def kind_of(framework: Framework, test: Test) -> Kind | None:
    """What a test looks at; ``None`` when its name or its scale is not known, which is told elsewhere."""
    what, name = test.subject
    if what == "fact":
        fact = framework.fact_by_id.get(name)
        return Kind(*_OF_FACT[fact.type], fact.values()) if fact else None
    question = framework.questions.get(name)
    if question is None:
        return None
    scale = framework.scale_by_id.get(question.scale or "")
    if question.kind == "computed":
        return Kind("worked out", _CHOICE, _OUTCOMES if what == "outcome" else ("yes", "no"))
    if scale is None:
        return None
    if what == "outcome":
        counted = any(option.outcome for option in scale.options)
        return (
            Kind("sufficient or insufficient", _CHOICE, _OUTCOMES) if counted else Kind("data without an outcome", ())
        )
    values = tuple(option.value for option in scale.options)
    return (
        Kind("several choices", ("includes", "known"), values)
        if scale.multiple
        else Kind("one choice", _CHOICE, values)
    )


def _of_test(path: DataPath, test: Test, kind: Kind) -> Iterator[Fault]:
    ((how, value),) = test.comparisons.items()
    what, name = test.subject
    if how not in kind.comparisons:
        says = f"{quoted(how)} cannot test the {what} of {quoted(name)}, which is {kind.title}."
        known = ", ".join(kind.comparisons)
        cure = f"Use one of: {known}." if known else "Test its answer instead."
        yield Fault("framework.type-mismatch", (*path, how), says, cure)
    elif how in ("before", "after"):
        yield from _of_date((*path, how), value)
    elif how in ("is", "in", "includes"):
        for at, one in enumerate(value if how == "in" else (value,)):
            yield from _of_value((*path, how, at) if how == "in" else (*path, how), one, kind, name)


def _of_value(path: DataPath, value: object, kind: Kind, name: str) -> Iterator[Fault]:
    if isinstance(value, int) != (kind.title == "a whole number"):
        says = f"{quoted(value)} is compared with {quoted(name)}, which is {kind.title}."
        cure = "Write a whole number without quotation marks." if kind.title == "a whole number" else "Write text."
        yield Fault("framework.type-mismatch", path, says, cure)
    elif kind.values is not None and value not in kind.values:
        says = f"{quoted(value)} is never a value of {quoted(name)}."
        yield Fault("framework.unknown-value", path, says, did_you_mean(str(value)[:60], kind.values))


def _of_date(path: DataPath, text: str) -> Iterator[Fault]:
    try:
        good = bool(_ISO_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        good = False
    if not good:
        says = f"{quoted(text)} is not a day of the calendar."
        yield Fault("framework.invalid-date", path, says, "Write year, month and day: 2016-01-27.")


def _dates(framework: Framework) -> Iterator[Fault]:
    """Facts that must be dates, and the day from which the framework is valid."""
    named: list[tuple[DataPath, str]] = []
    for path, question in placed_questions(framework):
        measure = question.computed.on_time if question.computed else None
        if measure is not None:
            facts = (("start", measure.start), ("done", measure.done), ("due", measure.due))
            named += [((*path, "computed", "on_time", key), name) for key, name in facts if name]
    if framework.eligibility is not None:
        named.append((("eligibility", "start_fact"), framework.eligibility.start_fact))
    for path, name in named:
        fact = framework.fact_by_id.get(name)
        if fact is not None and fact.type != "date":
            says = f"The fact {quoted(name)} is {_OF_FACT[fact.type][0]}, and a date is needed."
            yield Fault("framework.type-mismatch", path, says, "Name a fact of the type date.")
    if framework.valid_from is not None:
        yield from _of_date(("valid_from",), framework.valid_from)


def _said(framework: Framework) -> Iterator[Fault]:
    """``said`` puts values into words: its keys are values that can be recorded, or known and unknown."""
    for at, fact in enumerate(framework.facts):
        values = fact.values()
        if values is None:
            continue
        for name in fact.said:
            if name not in (*values, *_EXPLAINED):
                yield _never_said(("facts", at, "said", name), name, (*values, "known", "unknown"))
    for path, question in placed_questions(framework):
        scale = framework.scale_by_id.get(question.scale or "")
        values = tuple(option.value for option in scale.options) if scale else ("yes", "no")
        for name in question.said:
            if name not in (*values, *_EXPLAINED):
                yield _never_said((*path, "said", name), name, (*values, *_EXPLAINED))


def _never_said(path: DataPath, name: str, known: tuple[str, ...]) -> Fault:
    says = f"{quoted(name)} is never a value here, so its words would never be used."
    return Fault("framework.unknown-value", path, says, did_you_mean(name[:60], known))
