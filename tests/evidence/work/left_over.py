"""What waits for a decision, made in a served database: for the browser tests of the pages that settle it."""

from __future__ import annotations

from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments.actions import complete, countersign, moderate, record_answers, sign
from caselight.store.assessments.queries import standing


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


def two_answers(*, inspection: str = "testshire") -> None:
    """Two questions of a case that two inspectors answered differently."""
    for n, question in enumerate(("A", "C")):
        for who, value, note in (("i1", "yes", "There is a plan."), ("i2", "no", "It is dated after the review.")):
            op = op_id(31_000 + 10 * n + (who == "i2"))
            event = sent("C2", question, value, op, actor=who, note=note)
            record_answers(by=who, inspection=inspection, device="laptop", events=[event], at=AT)


def locked(*, inspection: str = "testshire") -> None:
    """A case that is countersigned."""
    events = [
        sent("C1", "A", "yes", op_id(32_001), base_op_ids=_heads(inspection)),
        sent("C1", "B.due", "no", op_id(32_002)),
        sent("C1", "C", "no", op_id(32_003), note="Words."),
    ]
    record_answers(by="i1", inspection=inspection, device="laptop", events=events, at=AT)
    for action, by in ((complete, "i1"), (moderate, "i2"), (sign, "i1"), (countersign, "lead")):
        action(by=by, inspection=inspection, subject=("case", "C1"), at=AT)


def _heads(inspection: str) -> tuple[str, ...]:
    """What stands as the first answer of the case."""
    found = standing(inspection)
    return tuple(one.op_id for place, group in found.items() if place[2:6] == ("C1", "", "", "A") for one in group)
