"""What waits for a decision, made in a served database: for the browser tests of the pages that settle it."""

from __future__ import annotations

from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments.actions import record_answers


def not_accepted(*, inspection: str = "testshire") -> None:
    """Two messages of another version of the question set, by the inspectors of a case each, and an answer beside one."""
    for n, (who, case) in enumerate((("i1", "C1"), ("i2", "C2")), start=1):
        event = sent(
            case,
            "A",
            "no",
            op_id(30_000 + n),
            actor=who,
            note="The plan is dated after the review, so it was not in time.",
        )
        event = altered(event, framework_version="0")
        record_answers(
            by=who, inspection=inspection, device="laptop", events=[event], at=AT,
            locators=[Locator(event.op_id, "Intervention plan", "p. 3")],
            excerpts=[Excerpt(f"L{n}", event.op_id, "We never sat down together to look at it.")],
        )  # fmt: skip
    stands = sent("C1", "A", "yes", op_id(30_010), note="There is a plan.")
    record_answers(by="i1", inspection=inspection, device="laptop", events=[stands], at=AT)
