"""Why a question does not apply: the tests that decided it, in the framework's words, and no others."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter
from tests.factories.found import all_sheets, found
from tests.factories.small import HOLIDAYS, OWN, case, event, framework, question

from caselight.method.answers.events import heads
from caselight.method.answers.sheet import sheets
from caselight.method.framework.applicability import because
from caselight.method.framework.explaining import EXPLAINED
from caselight.method.framework.rules import Rule
from caselight.method.framework.truth import OPERATORS

RULE = TypeAdapter(Rule)
GATE = {"kind": "gate", "scale": "gate", "reasons": []}
FACTS = [
    {"id": "psr", "label": "Report", "type": "yes_no", "provenance": OWN,
     "said": {"yes": "a report was prepared", "no": "no report was prepared", "unknown": "nobody knows of a report"}},
    {"id": "order", "label": "Order", "type": "choice", "provenance": OWN,
     "options": [{"value": "long", "label": "long order"}, {"value": "short", "label": "short order"}]},
    {"id": "age", "label": "Age", "type": "integer", "provenance": OWN},
    {"id": "started", "label": "Started", "type": "date", "provenance": OWN},
]  # fmt: skip
QUESTIONS = [
    question("A"),
    question("change", **GATE, said={"no": "nothing changed"}),
    question("review", **GATE, when={"answer": "change", "is": "yes"}),
    question("R", when={"answer": "review", "is": "yes"}),
    question("S", when={"not": {"outcome": "A", "is": "sufficient"}}),
]
FRAMEWORK = framework(
    facts=FACTS,
    themes=[{"id": "T", "title": "The theme", "questions": QUESTIONS}],
    populations=[],
    counts=[],
)


def said(rule, *answers, **facts):
    """Why a rule is false for a case with these facts and answers."""
    events = [
        event("1", name, value, reasons=("elsewhere",) if value == "not_relevant" else ()) for name, value in answers
    ]
    (sheet,) = sheets(FRAMEWORK, [case("1", **facts)], heads(events), screening="all", holidays=HOLIDAYS)
    return because(RULE.validate_python(rule), sheet, FRAMEWORK, "en")


REPORT, LONG, OLD = {"fact": "psr", "is": "yes"}, {"fact": "order", "is": "long"}, {"fact": "age", "at_least": 16}
NO_REPORT, SHORT, YOUNG = "no report was prepared", "Order: short order", "Age: 15"


@pytest.mark.parametrize(
    ("rule", "facts", "why"),
    [
        (REPORT, {"psr": "no"}, (NO_REPORT,)),
        (LONG, {"order": "short"}, (SHORT,)),
        (OLD, {"age": 15}, (YOUNG,)),
        ({"fact": "started", "after": "2015-12-01"}, {"started": date(2015, 12, 1)}, ("Started: 2015-12-01",)),
        ({"fact": "psr", "known": True}, {}, ("nobody knows of a report",)),
        ({"fact": "age", "known": False}, {"age": 15}, ("Age: known",)),
        ({"all": [REPORT, LONG]}, {"psr": "no", "order": "short"}, (NO_REPORT, SHORT)),
        ({"all": [REPORT, LONG]}, {"psr": "yes", "order": "short"}, (SHORT,)),
        ({"all": [REPORT, LONG]}, {"psr": "no"}, (NO_REPORT,)),
        ({"any": [REPORT, LONG]}, {"psr": "no", "order": "short"}, (NO_REPORT, SHORT)),
        ({"any": [REPORT, {"all": [LONG, OLD]}]}, {"psr": "no", "order": "short", "age": 16}, (NO_REPORT, SHORT)),
        ({"not": REPORT}, {"psr": "yes"}, ("a report was prepared",)),
        ({"not": {"any": [REPORT, LONG]}}, {"psr": "yes", "order": "short"}, ("a report was prepared",)),
        (
            {"not": {"all": [REPORT, LONG]}},
            {"psr": "yes", "order": "long"},
            ("a report was prepared", "Order: long order"),
        ),
        ({"not": {"not": REPORT}}, {"psr": "no"}, (NO_REPORT,)),
        ({"not": {"always": True}}, {}, ()),
        ({"all": [REPORT, REPORT]}, {"psr": "no"}, (NO_REPORT,)),
        (REPORT, {"psr": "yes"}, ()),  # true
        (REPORT, {}, ()),  # not known
        ({"all": [REPORT, LONG]}, {"psr": "yes"}, ()),
    ],
)
def test_only_the_tests_that_decide_are_named_each_once_and_in_order(rule, facts, why):
    assert said(rule, **facts) == why


@pytest.mark.parametrize(
    ("rule", "answers", "why"),
    [
        ({"answer": "change", "is": "yes"}, [("change", "no")], ("nothing changed",)),
        ({"answer": "review", "is": "yes"}, [("change", "yes"), ("review", "no")], ("review in short: No",)),
        # A gate that is not opened itself is explained by what keeps it shut.
        ({"answer": "review", "is": "yes"}, [("change", "no")], ("nothing changed",)),
        ({"outcome": "R", "is": "sufficient"}, [("change", "no")], ("nothing changed",)),
        ({"outcome": "R", "is": "sufficient"}, [("change", "not_relevant")], ("change in short",)),
        ({"outcome": "A", "is": "sufficient"}, [("A", "no")], ("A in short: insufficient",)),
        ({"outcome": "S", "is": "sufficient"}, [("A", "yes")], ("A in short: sufficient",)),
        ({"not_relevant": "A"}, [("A", "no")], ("A in short",)),
        ({"not": {"not_relevant": "R"}}, [("change", "no")], ("R in short",)),
    ],
)
def test_answers_are_explained_by_the_gate_that_decided(rule, answers, why):
    assert said(rule, *answers) == why


# The newer operators -------------------------------------------------------------------------------------------------

SPAN = {"from": {"fact": "entered"}, "to": {"fact": "reviewed"}, "in": "weeks"}
DAYS = {"entered": date(2016, 1, 1), "reviewed": date(2016, 1, 20)}
MANY = {"count": ["A", "B", "S1"], "outcome": "insufficient"}


@pytest.mark.parametrize(
    ("rule", "facts", "answers", "why"),
    [
        ({"elapsed": SPAN, "at_most": 1}, DAYS, {}, ("Entered care → Reviewed: 2 w",)),
        ({"elapsed": SPAN, "at_least": 3}, DAYS, {}, ("Entered care → Reviewed: 2 w",)),
        ({"not": {"elapsed": SPAN, "is": 2}}, DAYS, {}, ("Entered care → Reviewed: 2 w",)),
        ({"elapsed": SPAN, "at_most": 1}, {}, {}, ()),
        ({"fact": "entered", "after": {"fact": "reviewed"}}, DAYS, {}, ("Entered care: 2016-01-01", "Reviewed: 2016-01-20")),
        # too many: those that count; too few: those that do not
        (MANY | {"at_most": 1}, {}, {"A": "yes", "B": "no", "S1": "no"},
         ("B in short: insufficient", "S1 in short: insufficient")),
        (MANY | {"at_least": 3}, {}, {"A": "yes", "B": "no", "S1": "no"}, ("A in short: sufficient",)),
        (MANY | {"is": 0}, {}, {"A": "yes", "B": "no"}, ("B in short: insufficient",)),
        ({"not": MANY | {"at_most": 1}}, {}, {"A": "yes", "B": "yes"}, ("A in short: sufficient", "B in short: sufficient")),
        ({"not": MANY | {"at_least": 1}}, {}, {"A": "yes", "B": "no"}, ("B in short: insufficient",)),
        ({"rows": "placement", "at_least": 3}, {}, {}, ("placements: 2",)),
        ({"rows": "placement", "where": {"fact": "ended", "is": "yes"}, "at_least": 2}, {}, {}, ("placements: 1 / 2",)),
    ],
)  # fmt: skip
def test_numbers_are_explained_by_what_was_counted(rule, facts, answers, why):
    rows = [event("1", "fact:ended", value, tool="placements", table="placement", row_key=key)
            for key, value in (("p1", "yes"), ("p2", "no"))]  # fmt: skip
    events = [event("1", name, value) for name, value in answers.items()]
    sheet = all_sheets([case("1", **facts)], *events, *rows)[0]
    assert because(RULE.validate_python(rule), sheet, found(), "en") == why


def test_every_operator_is_explained() -> None:
    assert set(EXPLAINED) == set(OPERATORS)
