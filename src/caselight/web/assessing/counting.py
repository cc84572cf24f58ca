"""How far a case is: which questions have no answer, and how many of those asked have one. A gate with its question is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caselight.method.answers.completeness import Missing, missing
from caselight.method.answers.fact_values import FACT
from caselight.method.answers.sheet import Sheet
from caselight.method.answers.standing import Standing
from caselight.web.assessing.asking import shown
from caselight.web.assessing.pairs import Pair

Pairs = Mapping[str, Pair]


def unanswered(sheets: Sequence[Sheet], pairs: Pairs) -> tuple[Missing, ...]:
    """The questions that keep a case from being complete, in the order of the framework."""
    found = [item for item in missing(sheets) if not item.question_id.startswith(FACT)]
    names = {(item.subject_key, item.question_id) for item in found}
    return tuple(item for item in found if not _with_its_gate(item, names, pairs))


def _with_its_gate(item: Missing, names: set[tuple[str, str]], pairs: Pairs) -> bool:
    """Whether a question is on the page as one control with its gate, which has no answer either."""
    pair = pairs.get(item.question_id)
    return pair is not None and pair.question.id == item.question_id and (item.subject_key, pair.gate.id) in names


def counted(sheets: Sequence[Sheet], pairs: Pairs, gone: Sequence[Missing] | None = None) -> tuple[int, int]:
    """How many questions have an answer, and how many are asked; ``gone`` are those without, where they are known."""
    gone = unanswered(sheets, pairs) if gone is None else gone
    open_ = {(item.subject_key, item.question_id) for item in gone}
    done = sum(1 for sheet in sheets for name in _answered(sheet, pairs) if (sheet.subject.key, name) not in open_)
    return done, done + len(gone)


def _opened(standing: Standing) -> bool:
    """Whether a question behind a gate is asked, also where an inspector then says that it is not relevant."""
    return standing.relevant is not False or standing.by == "inspector"


def _answered(sheet: Sheet, pairs: Pairs) -> Iterator[str]:
    kind = sheet.subject.kind
    for question in sheet.framework.questions.values():
        if sheet.framework.subject_of(question) != kind or question.computed is not None or not shown(question, sheet):
            continue
        standing, pair = sheet.standing(question.id), pairs.get(question.id)
        if pair is not None and pair.gate is question and _opened(sheet.standing(pair.question.id)):
            continue  # a gate that is open is one control with its question, which is counted
        if standing.value is not None or standing.by == "inspector":
            yield question.id
