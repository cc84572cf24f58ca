"""A framework whose cases hold placements, found by the inspector, with dates, a table, points and an override."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from tests.factories.small import HOLIDAYS, OWN, framework, question

from caselight.method.answers.events import AnswerEvent, heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Rule

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
YES = {"is": "yes"}


def found_data(**changes: object) -> dict[str, Any]:
    """The parts that differ from the small framework, as data."""
    gate = {"kind": "gate", "scale": "gate", "reasons": []}
    options = [("yes", 2, "sufficient"), ("partly", 1, "insufficient"), ("no", 0, "insufficient")]
    data: dict[str, Any] = {
        "subjects": [
            {"id": "case", "one": "case", "many": "cases"},
            {"id": "placement", "one": "placement", "many": "placements", "found_in": "case"},
            {"id": "case_manager", "one": "case manager", "many": "case managers", "sampled": False},
        ],
        "tools": [
            {"id": "case", "subject": "case", "title": "Case"},
            {"id": "placements", "subject": "placement", "title": "Placements"},
            {"id": "interview", "subject": "case_manager", "title": "Interview"},
        ],
        "scales": [
            {
                "id": "sufficiency",
                "options": [
                    {"value": "yes", "label": "Yes", "outcome": "sufficient"},
                    {"value": "no", "label": "No", "outcome": "insufficient", "needs_note": True},
                ],
            },
            {
                "id": "gate",
                "data_only": True,
                "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
            },
            {
                "id": "item",
                "options": [
                    {"value": "strength", "label": "Strength", "outcome": "sufficient"},
                    {"value": "ani", "label": "Area needing improvement", "outcome": "insufficient"},
                ],
            },
            {
                "id": "graded",
                "options": [{"value": v, "label": v, "points": p, "outcome": o} for v, p, o in options]
                + [{"value": "unclear", "label": "Cannot say"}],
            },
        ],
        "facts": [
            {"id": "foster", "label": "In foster care", "type": "yes_no", "provenance": OWN,
             "said": {"yes": "the child was in foster care", "no": "the child lived at home"}},
            {"id": "entered", "label": "Entered care", "type": "date", "provenance": OWN},
            {"id": "reviewed", "label": "Reviewed", "type": "date", "provenance": OWN},
            {"id": "age", "label": "Age", "type": "integer", "provenance": OWN},
            {"id": "ended", "label": "Ended in the period", "type": "yes_no", "subject": "placement",
             "supplied_by": "inspector", "provenance": OWN},
            {"id": "began", "label": "Began", "type": "date", "subject": "placement", "supplied_by": "inspector",
             "provenance": OWN},
        ],
        "themes": [
            {
                "id": "T",
                "title": "The theme",
                "questions": [
                    question("P1", tool="placements"),
                    question("P2", tool="placements", when={"all": [{"fact": "ended", **YES}, {"fact": "foster", **YES}]}),
                    question("A", never_not_relevant=True),
                    question("B", not_relevant_when={"answer": "A", "is": "no"}),
                    question("N", kind="data", type="integer", scale=None, reasons=[]),
                    question("day", kind="data", type="date", scale=None, reasons=[]),
                    question("moves", **gate, when={"rows": "placement", "where": {"fact": "ended", **YES}, "at_least": 2}),
                    question(
                        "I",
                        kind="computed",
                        scale="item",
                        computed={
                            "may_override": True,
                            "table": {
                                "lines": [
                                    {"value": "not_relevant", "when": {"fact": "foster", "is": "no"}},
                                    {"value": "strength", "when": {"all": [{"fact": "foster", **YES}, {"answer": "A", **YES}]}},
                                ],
                                "otherwise": "ani",
                            },
                        },
                    ),
                    question("S1", scale="graded"),
                    question("S2", scale="graded", when={"fact": "foster", **YES}),
                    question("score", kind="computed", computed={"points": {"questions": ["S1", "S2"]}}),
                    question("J", informed_by=["A", "B", "S1"]),
                    question("late", required_when={"answer": "A", **YES}),
                ],
            }
        ],
        "populations": [],
        "counts": [],
    }  # fmt: skip
    return data | changes


@cache
def found() -> Framework:
    """The framework; it is frozen, so every test may share it."""
    return framework(**found_data())


def all_sheets(subjects: Iterable[Subject], *events: AnswerEvent, of: Framework | None = None) -> tuple[Sheet, ...]:
    """The sheets of subjects and of what was found in them."""
    return sheets(of or found(), subjects, heads(events), screening="all", holidays=HOLIDAYS)


def in_row(row: str, name: str, value: str, **more: object) -> dict[str, object]:
    """What an event needs to belong to a placement of a case, beside its subject, question and value."""
    return {"tool": "placements", "table": "placement", "row_key": row, "question_id": name, "value": value} | more
