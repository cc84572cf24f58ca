"""Every test in a rule compares like with like: the values of a scale, dates with dates, numbers with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.places import placed_questions, values_of
from caselight.method.framework.checks.rules.uses import RuleUse
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import Elapsed, Named, Test, leaves

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OUTCOMES = ("sufficient", "insufficient")
_EXPLAINED = ("known", "unknown", "not_relevant", *_OUTCOMES)


class Kind(NamedTuple):
    """What a test looks at: its name in a sentence, the comparisons it knows, and the values it may have."""

    title: str
    comparisons: tuple[str, ...]
    values: tuple[str, ...] | None = None


_CHOICE = ("is", "in", "same_as", "known")
_NUMBER = ("is", "in", "at_least", "at_most", "same_as", "known")
_SEVERAL = ("includes", "includes_any", "includes_all", "includes_none", "known")
_OF_TYPE = {
    "yes_no": Kind("yes or no", _CHOICE),
    "choice": Kind("a choice", _CHOICE),
    "date": Kind("a date", ("before", "after", "same_as", "known")),
    "integer": Kind("a whole number", _NUMBER),
    "text": Kind("text", _CHOICE),
    "key": Kind("a key", _CHOICE),
}
_POINTS = Kind("a number of points", _NUMBER)
_NO_OUTCOME = Kind("data without an outcome", ())


def type_faults(framework: Framework, uses: Iterable[RuleUse]) -> Iterator[Fault]:
    """Tests that compare what cannot be compared, values nobody can answer, and days that do not exist."""
    for use in uses:
        for inner, leaf in leaves(use.rule):
            path = (*use.path, *inner)
            if isinstance(leaf, Test):
                kind = kind_of(framework, *leaf.subject)
                if kind is not None:
                    yield from _of_test(framework, path, leaf, kind)
            elif isinstance(leaf, Elapsed):
                yield from _need_date(framework, (*path, "elapsed", "from"), leaf.elapsed.from_)
                yield from _need_date(framework, (*path, "elapsed", "to"), leaf.elapsed.to)
    yield from _dates(framework)
    yield from _said(framework)


def kind_of(framework: Framework, what: str, name: str) -> Kind | None:
    """What a test looks at; ``None`` when its name or its scale is not known, which is told elsewhere."""
    if what == "fact":
        fact = framework.fact_by_id.get(name)
        return _OF_TYPE[fact.type]._replace(values=fact.values()) if fact else None
    question = framework.questions.get(name)
    if question is None:
        return None
    return _outcome_of(framework, question) if what == "outcome" else _answer_of(framework, question)


def _outcome_of(framework: Framework, question: Question) -> Kind | None:
    scale = framework.scale_by_id.get(question.scale or "")
    if scale is None and question.kind != "computed":
        return _NO_OUTCOME if question.type else None
    points = question.computed is not None and question.computed.points is not None
    without = scale is not None and not any(option.outcome for option in scale.options)
    return _NO_OUTCOME if points or without else Kind("sufficient or insufficient", _CHOICE, _OUTCOMES)


def _answer_of(framework: Framework, question: Question) -> Kind | None:
    scale = framework.scale_by_id.get(question.scale or "")
    if question.kind == "computed" and question.computed is not None and scale is None:
        if question.computed.points is not None:
            return _POINTS
        return None if question.scale else Kind("worked out", _CHOICE, values_of(framework, question))
    if scale is None:
        return _OF_TYPE[question.type] if question.type else None
    values = tuple(option.value for option in scale.options)
    return Kind("several choices", _SEVERAL, values) if scale.multiple else Kind("one choice", _CHOICE, values)


def _of_test(framework: Framework, path: DataPath, test: Test, kind: Kind) -> Iterator[Fault]:
    how, value = test.comparison
    what, name = test.subject
    where = (*path, how)
    if how not in kind.comparisons:
        says = f"{quoted(how)} cannot test the {what} of {quoted(name)}, which is {kind.title}."
        known = ", ".join(kind.comparisons)
        cure = f"Use one of: {known}." if known else "Test its answer instead."
        yield Fault("framework.type-mismatch", where, says, cure)
    elif isinstance(value, Named):
        yield from _of_named(framework, where, value, kind, name)
    elif how in ("before", "after"):
        yield from _of_date(where, value)
    elif how in ("is", "in") or how.startswith("includes"):
        several = isinstance(value, tuple)
        for at, one in enumerate(value if several else (value,)):
            yield from _of_value((*where, at) if several else where, one, kind, name)


def _of_named(framework: Framework, path: DataPath, named: Named, kind: Kind, name: str) -> Iterator[Fault]:
    """The other side of a comparison: of the same type, and where values are listed, with one in common."""
    other = kind_of(framework, *named.subject)
    if other is None:
        return
    numbers = {_OF_TYPE["integer"].title, _POINTS.title}
    listed = kind.values is not None and other.values is not None
    if kind.title != other.title and not {kind.title, other.title} <= numbers and not listed:
        says = f"{quoted(name)} is {kind.title}, and {quoted(named.subject[1])} is {other.title}."
        yield Fault("framework.type-mismatch", path, says, "Compare two of the same type.")
    elif listed and not set(kind.values or ()) & set(other.values or ()):
        says = f"{quoted(name)} and {quoted(named.subject[1])} have no value in common."
        yield Fault("framework.type-mismatch", path, says, "Compare two that can have the same value.")


def _need_date(framework: Framework, path: DataPath, named: Named) -> Iterator[Fault]:
    kind = kind_of(framework, *named.subject)
    if kind is not None and kind.title != _OF_TYPE["date"].title:
        says = f"{quoted(named.subject[1])} is {kind.title}, and a date is needed."
        yield Fault("framework.type-mismatch", path, says, "Name a fact or an answer of the type date.")


def _of_value(path: DataPath, value: Any, kind: Kind, name: str) -> Iterator[Fault]:
    number = kind.title in (_OF_TYPE["integer"].title, _POINTS.title)
    if isinstance(value, int) != number:
        says = f"{quoted(value)} is compared with {quoted(name)}, which is {kind.title}."
        cure = "Write a whole number without quotation marks." if number else "Write text."
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
            says = f"The fact {quoted(name)} is {_OF_TYPE[fact.type].title}, and a date is needed."
            yield Fault("framework.type-mismatch", path, says, "Name a fact of the type date.")
    if framework.valid_from is not None:
        yield from _of_date(("valid_from",), framework.valid_from)


def _said(framework: Framework) -> Iterator[Fault]:
    """``said`` puts values into words: its keys are values that can be recorded, or known and unknown."""
    for at, fact in enumerate(framework.facts):
        values = fact.values()
        if values is not None:
            yield from _words(("facts", at, "said"), fact.said, (*values, "known", "unknown"))
    for path, question in placed_questions(framework):
        if question.said and (question.type is None or question.scale is not None):
            values = values_of(framework, question) or ("yes", "no")
            yield from _words((*path, "said"), question.said, (*values, *_EXPLAINED))


def _words(path: DataPath, said: Iterable[str], known: tuple[str, ...]) -> Iterator[Fault]:
    for name in said:
        if name not in (*known, *_EXPLAINED):
            says = f"{quoted(name)} is never a value here, so its words would never be used."
            yield Fault("framework.unknown-value", (*path, name), says, did_you_mean(name[:60], known))
