"""How a computed question gets its answer: a rule, working days with their targets, a decision table, or points."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, anchor, each
from caselight.formats.framework_document.structure import Block, Row, Table, Words, filled, words
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Computed, OnTime, Question
from caselight.method.framework.questions import Table as DecisionTable
from caselight.method.framework.rules import ALWAYS


def computed_words(say: Speaker, computed: Computed) -> Words:
    """The rule in a sentence or two; what needs a table has it below."""
    if computed.on_time is not None:
        return _on_time(say, computed.on_time)
    if computed.table is not None:
        return words(say.word("question.first_match" if computed.table.first_match else "question.one_line"))
    if computed.points is not None:
        names = each(computed.points.questions, say.bare)
        said = say.phrase(f"question.points_as.{computed.points.as_}", questions=names)
        return (*said, *words(" "), *words(say.word("question.points_na")))
    assert computed.sufficient_when is not None  # noqa: S101 - the model has exactly one of the four
    return words(say.word("question.sufficient_when", when=say.when(computed.sufficient_when)))


def _on_time(say: Speaker, rule: OnTime) -> Words:
    said = say.phrase("question.on_time", done=say.fact(rule.done), start=say.fact(rule.start))
    if rule.due is None:
        return said
    return (*said, *words(" "), *say.phrase("question.on_time_due", due=say.fact(rule.due)))


def computed_blocks(say: Speaker, question: Question) -> list[Block]:
    """The tables that a computed question needs, each line with where it comes from."""
    computed = question.computed
    if computed is None:
        return []
    if computed.on_time is not None:
        return [_targets(say, question, computed.on_time)]
    return [_decisions(say, question, computed.table)] if computed.table is not None else []


def _targets(say: Speaker, question: Question, rule: OnTime) -> Table:
    noun, rows = say.noun(say.framework.subject_of(question)), []
    for number, target in enumerate(rule.targets, start=1):
        when = say.word("question.always", noun=noun) if target.when == ALWAYS else say.sentence(target.when)
        name = f"{question.id} ({say.word('question.target')} {number})"
        origin = say.origin(target.provenance, "part", name, anchor("question", question.id))
        rows.append(Row((words(say.word("question.working_days", days=target.working_days)), words(when), origin)))
    columns = ("question.target", "question.holds_when", "document.origin")
    return filled(say.word("question.targets", id=question.id), tuple(map(say.word, columns)), tuple(rows))


def _decisions(say: Speaker, question: Question, table: DecisionTable) -> Table:
    rows = []
    for number, line in enumerate(table.lines, start=1):
        name = f"{question.id} ({number})"
        origin = say.origin(line.provenance, "part", name, anchor("question", question.id))
        rows.append(Row((words(_value(say, question, line.value)), words(say.sentence(line.when)), origin)))
    if table.otherwise is not None:
        rows.append(Row((words(_value(say, question, table.otherwise)), words(say.word("question.otherwise")), ())))
    columns = ("question.value", "question.holds_when", "document.origin")
    return filled(say.word("question.table", id=question.id), tuple(map(say.word, columns)), tuple(rows))


def _value(say: Speaker, question: Question, value: str) -> str:
    if value == NOT_RELEVANT:
        return say.word("question.never_not_relevant")
    scale = say.framework.scale_by_id.get(question.scale or "")
    found = next((option for option in scale.options if option.value == value), None) if scale else None
    return say.text(found.label) if found else value
