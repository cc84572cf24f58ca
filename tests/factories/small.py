"""A framework of six questions, made in Python, and quick ways to make subjects, events and packages for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.package import Package

OWN = "own-design"
HOLIDAYS = {2015: (date(2015, 12, 25), date(2015, 12, 28)), 2016: (date(2016, 1, 1),)}

WORDS = {
    "name": "English",
    "numbers": ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    "joins": {"two": "{a} and {b}", "many": "{list} and {last}", "comma": ", "},
    "months": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "date_range": {"same_month": "{d1} to {d2} {month} {year}"},
    "templates": {},
    "scale": {
        "version": "1",
        "provenance": OWN,
        "overlaps": "allowed",
        "gaps": "allowed",
        "bands": [{"words": ["all"], "from": "1", "to": "1", "up_to_and_including": True, "exact": True}],
    },
    "quantities": ["most"],
    "screen": {},
}


def question(name: str, **more: object) -> dict[str, object]:
    """A question as data; a judgement unless ``more`` says otherwise."""
    base: dict[str, object] = {
        "id": name,
        "text": f"Is {name} good enough?",
        "short": f"{name} in short",
        "guidance": "Judge it as a whole.",
        "provenance": OWN,
    }
    if "computed" not in more:
        base |= {
            "scale": "sufficiency",
            "reasons": [{"id": "weak", "label": "too weak"}, {"id": "other", "label": "other", "needs_note": True}],
        }
    return base | more


def framework(**changes: object) -> Framework:
    """A, a gate and what it opens, a fact and what it opens, a computed question, and one for case managers."""
    yes_no = [
        {"value": "yes", "label": "Yes", "outcome": "sufficient"},
        {"value": "no", "label": "No", "outcome": "insufficient"},
    ]
    gate = {"kind": "gate", "scale": "gate", "reasons": [], "said": {"no": "no review was due"}}
    data = {
        "schema": "caselight.framework/1",
        "id": "small",
        "version": "1",
        "title": "Small",
        "languages": ["en"],
        "about": "For tests.",
        "texts_provenance": OWN,
        "bank": {"id": "small", "title": "Small"},
        "screenings": [{"id": "all", "title": "All"}],
        "subjects": [
            {"id": "case", "one": "case", "many": "cases"},
            {"id": "case_manager", "one": "case manager", "many": "case managers", "sampled": False},
        ],
        "tools": [
            {"id": "case", "subject": "case", "title": "Case"},
            {"id": "interview", "subject": "case_manager", "title": "Interview"},
        ],
        "scales": [
            {"id": "sufficiency", "options": yes_no},
            {
                "id": "gate",
                "data_only": True,
                "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
            },
        ],
        "facts": [
            {
                "id": "psr",
                "label": "Pre-sentence report",
                "type": "yes_no",
                "provenance": OWN,
                "said": {"yes": "a report was prepared", "no": "no report was prepared"},
            },
            {"id": "custodial", "label": "Custodial sentence", "type": "yes_no", "provenance": OWN},
            {"id": "started", "label": "Started", "type": "date", "provenance": OWN},
            {"id": "done", "label": "Assessment done", "type": "date", "provenance": OWN},
        ],
        "not_relevant_reasons": [{"id": "elsewhere", "label": "another service did the work"}],
        "themes": [
            {
                "id": "T",
                "title": "The theme",
                "number": 1,
                "questions": [
                    question("A"),
                    question("B.due", **gate),
                    question("B", when={"answer": "B.due", "is": "yes"}),
                    question("C", when={"fact": "psr", "is": "yes"}),
                    question(
                        "D",
                        kind="computed",
                        computed={
                            "sufficient_when": {
                                "all": [
                                    {"answer": "A", "is": "yes"},
                                    {"any": [{"answer": "C", "is": "yes"}, {"not_relevant": "C"}]},
                                ]
                            }
                        },
                    ),
                    question(
                        "Dt",
                        kind="computed",
                        computed={
                            "on_time": {
                                "start": "started",
                                "done": "done",
                                "targets": [{"working_days": 15, "provenance": OWN}],
                            }
                        },
                    ),
                ],
            },
            {"id": "M", "title": "Management", "questions": [question("M1", tool="interview")]},
        ],
        "populations": [
            {
                "id": "custody",
                "label": "custodial cases",
                "provenance": OWN,
                "figures": ["A"],
                "where": {"fact": "custodial", "is": "yes"},
            }
        ],
        "counts": [
            {"id": "CASE-COUNT", "label": "cases examined", "provenance": OWN},
            {"id": "PSR", "label": "cases with a report", "where": {"fact": "psr", "is": "yes"}, "provenance": OWN},
        ],
        "wording": {"en": WORDS},
        "letter": {"title": "Report", "sections": {}, "labels": {}},
    }
    return Framework.model_validate(data | changes)


def case(key: str, **facts: object) -> Subject:
    """A case with these facts."""
    return Subject("case", key, f"Case {key}", facts, facts)  # type: ignore[arg-type]


def event(subject: str, question_id: str, value: str, op_id: str = "", **more: object) -> AnswerEvent:
    """A first answer of a case, unless ``more`` says otherwise."""
    fields: dict[str, object] = {
        "op_id": op_id or f"{subject}/{question_id}/{value}",
        "tool": "case",
        "subject_kind": "case",
        "subject_key": subject,
        "table": "",
        "row_key": "",
        "question_id": question_id,
        "pass_": "first",
        "value": value,
        "reasons": (),
        "note": "",
        "themes": (),
        "notable": False,
        "withdrawn": False,
        "actor": "i1",
        "device": "d1",
        "base_op_ids": (),
        "resolves_reason": "",
        "client_time": "2015-12-14T10:00:00Z",
        "server_time": "2015-12-14T10:00:01Z",
        "framework_version": "1",
        "payload_sha256": "",
    }
    made = AnswerEvent(**(fields | more))  # type: ignore[arg-type]
    return made._replace(payload_sha256=payload_digest(made))


def inspection(**changes: object) -> Inspection:
    """An inspection pinned to the small framework."""
    data = {
        "schema": "caselight.inspection/1",
        "id": "test",
        "title": "Test",
        "languages": ["en"],
        "service": {
            "name": "Testshire Youth Offending Service",
            "short": "Testshire",
            "noun": "YOS",
            "areas": [{"name": "Testshire"}],
        },
        "dates": {
            "announced": "2015-11-27",
            "fieldwork_from": "2015-12-14",
            "fieldwork_to": "2015-12-16",
            "published": "2016-01-27",
        },
        "framework": {"id": "small", "version": "1", "screening": "all"},
        "team": [{"key": "lead", "role": "lead_inspector", "name": "The lead"}],
    }
    return Inspection.model_validate(data | changes)


def package(
    subjects: Iterable[Subject], events: Iterable[AnswerEvent], *, changes: Mapping[str, object] | None = None
) -> Package:
    """A package of the small framework."""
    return Package(inspection(), framework(**(changes or {})), tuple(subjects), events=tuple(events), holidays=HOLIDAYS)
