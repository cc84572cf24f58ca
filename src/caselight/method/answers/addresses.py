"""Where an answer may belong, by the framework: its tool, its subject or row, its question, its pass.

The subject of an answer in a row is what was found there: the kind is the table, and the subject named beside it is
the one it was found in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caselight.method.answers import decisions
from caselight.method.answers.current import BETWEEN
from caselight.method.answers.events import PASSES
from caselight.method.answers.fact_values import FACT
from caselight.method.faults import Fault, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question


class Content(NamedTuple):
    """What an event says, apart from who recorded it about whom and when."""

    tool: str
    subject_kind: str
    table: str
    row_key: str
    question_id: str
    pass_: str
    value: str
    reasons: tuple[str, ...]
    has_note: bool
    withdrawn: bool


def about(content: Content, framework: Framework) -> str:
    """The kind of subject that an event is about: what a row holds, else its subject."""
    return content.table if content.table in _tables(framework) else content.subject_kind


def _tables(framework: Framework) -> dict[str, str]:
    """The kinds of subjects that are found in others, and in which."""
    return {subject.id: subject.found_in for subject in framework.subjects if subject.found_in}


def address_faults(content: Content, framework: Framework, asked: frozenset[str]) -> Iterator[Fault]:
    """What is wrong with where an answer belongs: its tool, its row, its question, its pass."""
    kind = framework.subject_of_tool.get(content.tool)
    if kind is None:
        cure = did_you_mean(content.tool, framework.subject_of_tool)
        yield Fault("package.unknown-tool", ("tool",), f"No tool is called {quoted(content.tool)}.", cure)
    elif kind != about(content, framework) and content.table in ("", *_tables(framework)):
        yield from _wrong_tool(content, kind, framework)
    if content.pass_ not in PASSES:
        says = f"There is no pass called {quoted(content.pass_)}."
        yield Fault("package.unknown-pass", ("pass_",), says, did_you_mean(content.pass_, PASSES))
    if content.table or (content.row_key and kind not in _tables(framework)):
        yield from _row_faults(content, framework)
    yield from _question_faults(content, framework, asked)


def _wrong_tool(content: Content, kind: str, framework: Framework) -> Iterator[Fault]:
    tool, subject = quoted(content.tool), framework.subject_by_id.get(kind)
    if subject is not None and subject.found_in and not content.table:
        says = f"The tool {tool} is about a {kind}, which is found in a {subject.found_in}, and no row is named."
        cure = f"Write {kind} as the table and a key for the row, beside the {subject.found_in} it was found in."
        yield Fault("package.no-row", ("table",), says, cure)
        return
    found = about(content, framework)
    says = f"The tool {tool} is about a {kind}, not about a {quoted(found)}."
    row = found != content.subject_kind
    cure = "Leave table and row_key empty." if row else f"Write {kind}."
    yield Fault("package.wrong-subject-kind", ("table" if row else "subject_kind",), says, cure)


def _row_faults(content: Content, framework: Framework) -> Iterator[Fault]:
    """What is wrong with the row of a table: no such table, no key, found in something else."""
    tables = _tables(framework)
    if content.table not in tables:
        says = f"The framework has no repeating table {quoted(content.table or content.row_key)}."
        cure = did_you_mean(content.table, tables) if tables else "Leave table and row_key empty."
        yield Fault("package.unknown-table", ("table",), says, cure)
        return
    if tables[content.table] != content.subject_kind:
        says = f"A {content.table} is found in a {tables[content.table]}, not in a {quoted(content.subject_kind)}."
        cure = f"Name the {tables[content.table]} that it was found in."
        yield Fault("package.row-elsewhere", ("subject_kind",), says, cure)
    if not content.row_key or BETWEEN in content.row_key:
        says = f"{quoted(content.row_key)} cannot be the key of a row." if content.row_key else "The row has no key."
        cure = f"Give each {content.table} of a {content.subject_kind} a key of its own, without “{BETWEEN}”."
        yield Fault("package.bad-row-key", ("row_key",), says, cure)


def _question_faults(content: Content, framework: Framework, asked: frozenset[str]) -> Iterator[Fault]:
    name, kind = content.question_id, about(content, framework)
    if name.startswith(decisions.RATING):
        yield from decisions.address_faults(name, kind, framework)
        return
    if name.startswith(FACT):
        fact = framework.fact_by_id.get(name.removeprefix(FACT))
        if fact is None or fact.subject != kind:
            known = [FACT + known.id for known in framework.facts if known.subject == kind]
            says = f"A {kind} has no fact {quoted(name.removeprefix(FACT))}."
            yield Fault("package.unknown-question", ("question_id",), says, did_you_mean(name, known))
        return
    question = framework.questions.get(name)
    if question is None:
        says = f"No question is called {quoted(name)}."
        yield Fault("package.unknown-question", ("question_id",), says, did_you_mean(name, framework.questions))
        return
    if question.tool != content.tool and content.tool in framework.subject_of_tool:
        says = f"{name} is asked with the tool {quoted(question.tool)}, not with {quoted(content.tool)}."
        yield Fault("package.wrong-tool", ("tool",), says, f"Write {question.tool}.")
    if not answerable(question):
        says = f"{name} is computed from facts and other answers, so nobody answers it."
        yield Fault("package.computed-question", ("question_id",), says, "Take the row out.")
    elif name not in asked:
        says = f"{name} is not among the questions that this inspection asks."
        cure = "Take the row out, or choose the screening that asks it; the answer is kept and not counted."
        yield Fault("package.not-asked", ("question_id",), says, cure, Severity.WARNING)


def answerable(question: Question) -> bool:
    """Whether somebody may answer a question: it is asked, or its computed value may be overridden."""
    return question.computed is None or question.computed.may_override
