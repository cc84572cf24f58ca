"""The lines of a sheet: the facts of a kind of subject, its questions, the options of a question with several answers.

They follow from the framework alone, so that a workbook that names the framework's digest names its lines too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caselight.formats.workbook.book import FIELDS
from caselight.method.answers.fact_values import FACT
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact, Tool
from caselight.method.framework.questions import Question

OPTION = "="  # between a question and one of its options, in the key of a line
OVERRIDE = "="  # a line of this key after a computed question takes an answer in place of its value
ROWS_FIELDS = ("answer", "not_relevant", "why", "note")  # of a question in a row for each case


@dataclass(frozen=True, slots=True)
class Item:
    """One line. ``sort``: ``fact``, ``question``, ``computed``, ``option`` or ``override``.

    ``type`` is what may be entered: ``choice`` from the list ``answers``, ``tick``, ``date``, ``integer``, ``text``,
    ``several`` (ticked in the lines that follow), ``number`` (computed points). ``fields`` are its entry cells.
    """

    key: str
    sort: str
    name: str
    text: str
    theme: str = ""
    type: str = "choice"
    answers: str = ""
    option: str = ""
    fields: tuple[str, ...] = ()
    required: bool = True

    @property
    def event(self) -> str:
        """The question of the events that this line records."""
        return self.name if self.sort != "fact" else FACT + self.name


def items_of(framework: Framework, kind: str, screening: str, language: str) -> tuple[Item, ...]:
    """The lines about one kind of subject: its facts, then its questions in the order of the framework."""
    facts = (_fact(fact, language) for fact in framework.facts if fact.subject == kind)
    asked = (q for q in framework.asked(screening) if framework.subject_of(q) == kind)
    return (*facts, *(item for question in asked for item in _question(question, framework, language)))


def tool_of(framework: Framework, kind: str) -> Tool | None:
    """The tool that facts of a kind of subject are recorded with: the first that is about it."""
    return next((tool for tool in framework.tools if tool.subject == kind), None)


def _fact(fact: Fact, language: str) -> Item:
    listed = fact.values() is not None
    type_ = "choice" if listed else fact.type if fact.type in ("date", "integer") else "text"
    answers = f"fact:{fact.id}" if listed else ""
    return Item(
        FACT + fact.id, "fact", fact.id, fact.label.in_(language), "", type_, answers, fields=("answer", "note")
    )


def _question(question: Question, framework: Framework, language: str) -> Iterator[Item]:
    theme = framework.theme_of[question.id].title.in_(language)
    text, name = question.text.in_(language), question.id
    scale = framework.scale_by_id.get(question.scale or "")
    answers = f"scale:{scale.id}" if scale else "yes_no" if question.computed else ""
    if question.computed is not None:
        points = question.computed.points is not None
        yield Item(name, "computed", name, text, theme, "number" if points else "choice", "" if points else answers)
        if question.computed.may_override:
            fields = _fields(question)
            yield Item(name + OVERRIDE, "override", name, text, theme, "choice", answers, fields=fields)
        return
    several = scale is not None and scale.multiple
    type_ = "several" if several else "choice" if scale else question.type or "text"
    fields = tuple(field for field in _fields(question) if not several or field != "answer")
    yield Item(name, "question", name, text, theme, type_, answers, fields=fields)
    for option in scale.options if scale is not None and several else ():
        key = f"{name}{OPTION}{option.value}"
        yield Item(key, "option", name, option.label.in_(language), theme, "tick", "tick", option.value, ("answer",))


def _fields(question: Question) -> tuple[str, ...]:
    return tuple(field for field in FIELDS if not (field == "not_relevant" and question.never_not_relevant))
