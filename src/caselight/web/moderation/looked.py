"""Which questions were looked at in moderation, in how many cases, and which of them comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.answers.sheet import Sheet
from caselight.method.framework.questions import Question
from caselight.procedures.findings import Findings
from caselight.procedures.moderating import MODERATED
from caselight.web.moderation.places import in_order, question_address, row_id


def looked_at(found: Findings, question: Question) -> tuple[int, int]:
    """In how many cases an answer was agreed, and how many were asked."""
    rows = list(_asked(found, question))
    return sum(_agreed(sheet, question) for sheet in rows), len(rows)


def first_open(found: Findings, questions: Iterable[Question]) -> Question | None:
    """The first of these questions that is judged and not yet looked at in every case."""
    for question in questions:
        done, asked = looked_at(found, question)
        if done < asked and _judged(found, question):
            return question
    return None


def begin_address(found: Findings, key: str, question: Question) -> str:
    """The page of a question, with the cursor in the first case that is not yet looked at."""
    left = (sheet for sheet in in_order(_asked(found, question)) if not _agreed(sheet, question))
    first = next(left, None)
    return question_address(key, question.id, at=row_id(first.subject.key) if first else "")


def _asked(found: Findings, question: Question) -> Iterator[Sheet]:
    for sheet in found.sheets.get(found.package.framework.subject_of(question), ()):
        standing = sheet.standing(question.id)
        if standing.relevant is not False or standing.by == "inspector":
            yield sheet


def _agreed(sheet: Sheet, question: Question) -> bool:
    event = sheet.standing(question.id).event
    return event is not None and event.pass_ == MODERATED


def _judged(found: Findings, question: Question) -> bool:
    scale = found.package.framework.scale_by_id.get(question.scale or "")
    return scale is not None and any(scale.outcomes.values()) and question.computed is None
