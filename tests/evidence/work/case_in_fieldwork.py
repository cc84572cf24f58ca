"""Puts an inspection in fieldwork into the database of a site, and answers from elsewhere into a case of it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.answers import altered, sent
from tests.factories.fieldwork import KEY, fieldwork

from caselight.store.assessments.actions import moderate, record_answers
from caselight.store.assessments.queries import events_of
from caselight.web.assessing.op_ids import new_op_id


def begin() -> str:
    """Make the inspection."""
    return fieldwork().key


def answer_elsewhere(who: str, question: str, value: str, inspection: str = KEY, case: str = "c1") -> None:
    """An answer by somebody on another device, over nothing that stands."""
    now = datetime.now(UTC)
    event = sent(case, question, value, new_op_id(now), actor=who, reasons=(), framework_version=_version(inspection))
    record_answers(by=who, inspection=inspection, device="other", events=[altered(event)], at=now)


def _version(inspection: str) -> str:
    from caselight.store.inspections.models import Inspection

    return str(Inspection.objects.values_list("framework__version", flat=True).get(key=inspection))


def answers(inspection: str, case: str) -> list[list[str]]:
    """What is recorded on a case: question, value, note, person."""
    return [[one.question_id, one.value, one.note, one.actor] for one in events_of(inspection, "case", case)]


def moderated(inspection: str, case: str, by: str) -> None:
    """Somebody else moderates a case."""
    moderate(by=by, inspection=inspection, subject=("case", case), at=datetime.now(UTC))
