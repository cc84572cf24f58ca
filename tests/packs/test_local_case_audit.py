"""The local case audit: its make-up, its targets, its cross-checks, and grades that are kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from pydantic import BaseModel
from tests.factories.worked import FOLDERS, Said, Worked, judged, merged, shipped

from caselight.formats.framework_yaml import framework_faults
from caselight.formats.letter.source import read_letter
from caselight.method.framework.parts import Mark, Provenance
from caselight.method.framework.rules import references
from caselight.method.framework.truth import truth
from caselight.method.report.letter import Words
from caselight.method.wording.quantities import find_quantities

PACK = shipped("local-case-audit")
JUDGED = [question for question in PACK.questions.values() if question.kind == "judgement"]
COURT: Said = {"route": "court", "disposal": "referral_order"}


def test_the_pack_has_no_fault() -> None:
    assert framework_faults(FOLDERS["local-case-audit"])[1] == []


def test_it_judges_twenty_five_questions_in_five_themes() -> None:
    assert len(JUDGED) == 25
    assert [theme.number for theme in PACK.themes] == [1, 2, 3, 4, 5, None]


def test_every_judged_question_helps_the_auditor() -> None:
    for question in JUDGED:
        assert question.guidance is not None
        assert 2 <= len(re.findall(r"[.?](?:\s|$)", question.guidance.in_("en"))) <= 5, question.id
        assert 2 <= len(question.prompts) <= 5, question.id
        assert len(PACK.good_of(question)) >= 2, question.id
        assert PACK.reasons_of(question)[-1].needs_note, question.id
    assert [q.id for q in PACK.questions.values() if len(q.short.in_("en")) > 45] == []


def test_a_gate_stands_directly_before_the_question_it_opens() -> None:
    gates = [(gate, opened) for gate, opened in pairwise(PACK.questions.values()) if gate.kind == "gate"]
    assert len(gates) == 8
    for gate, opened in gates:
        assert ("answer", gate.id) in references(opened.when), gate.id


def provenances(part: object) -> Iterator[Provenance]:
    if isinstance(part, Provenance):
        yield part
    elif isinstance(part, BaseModel):
        yield from (found for name in type(part).model_fields for found in provenances(getattr(part, name)))
    elif isinstance(part, tuple | list):
        yield from (found for item in part for found in provenances(item))
    elif isinstance(part, dict):
        yield from (found for item in part.values() for found in provenances(item))


def test_every_rule_is_marked_as_our_own_design() -> None:
    found = list(provenances(PACK))
    assert len(found) > 60
    assert {provenance.mark for provenance in found} == {Mark.OWN}


def test_the_starting_report_states_no_quantity_of_its_own() -> None:
    letter = read_letter((FOLDERS["local-case-audit"] / "letter.md").read_bytes(), "en")
    prose = [part.text for block in letter.blocks for part in block.parts if isinstance(part, Words)]
    assert [found for text in prose for found in find_quantities(text, PACK.wording["en"])] == []


# Grades -------------------------------------------------------------------------------------------------------------


def test_the_overall_grade_is_judged_and_nothing_refers_to_it() -> None:
    (overall,) = [rating for rating in PACK.ratings if rating.headline]
    assert overall.way == ("judged", "OVERALL.grade")
    for rating in PACK.ratings:
        assert "OVERALL" not in repr(rating.way[1]) or rating is overall


OVERSIGHT = {"wellbeing_level": "low", "harm_level": "low", **COURT}


@pytest.mark.parametrize(
    ("yes", "grade"),
    [(4, "weak"), (5, "mixed"), (6, "mixed"), (7, "good"), (8, "good"), (9, "strong"), (10, "strong")],
)
def test_a_theme_is_graded_by_the_share_of_its_relevant_answers(yes: int, grade: str) -> None:
    # Five cases, two questions each, the other two of the theme not relevant: ten answers.
    cases = merged(judged("O1", min(yes, 5), 5, **OVERSIGHT), judged("O2", max(yes - 5, 0), 5), judged("O3.gaps", 0, 5))
    assert Worked(PACK, {**cases, "service": {}}).grade("THEME-O") == grade


def test_a_theme_of_four_cases_is_not_rated() -> None:
    cases = merged(judged("O1", 4, 4, **OVERSIGHT), judged("O2", 4, 4), judged("O3.gaps", 0, 4))
    assert Worked(PACK, {**cases, "service": {}}).grade("THEME-O") == "not_rated"


def test_the_overall_grade_is_the_one_that_was_given_whatever_the_themes_say() -> None:
    weak = merged(judged("O1", 0, 5, **OVERSIGHT), judged("O2", 0, 5), judged("O3.gaps", 0, 5))
    for given in ("weak", "mixed", "good", "strong"):
        worked = Worked(PACK, {**weak, "service": {"OVERALL.grade": given}})
        assert (worked.grade("OVERALL"), worked.grade("THEME-O")) == (given, "weak")


def test_an_overall_grade_that_nobody_gave_is_not_guessed() -> None:
    strong = merged(judged("O1", 5, 5, **OVERSIGHT), judged("O2", 5, 5), judged("O3.gaps", 0, 5))
    worked = Worked(PACK, {**strong, "service": {}})
    assert worked.grade("THEME-O") == "strong"
    assert worked.grade("OVERALL") in ("incomplete", "not_rated")


def test_timings_do_not_enter_a_theme_grade() -> None:
    late = {"started": "2026-01-05", "assessment_done": "2026-05-05"}
    worked = Worked(PACK, {**judged("W1", 5, 5, **COURT, **late), "service": {}})
    assert worked.figure("W1t").sufficient == 0
    number = worked.figure("SCORE-W").number
    assert number is not None
    assert (number.n, number.d) == (5, 5)


# Working days -------------------------------------------------------------------------------------------------------

# Monday 5 January 2026; without holidays five working days are a week.
ASSESSED = {
    "referral_order": date(2026, 2, 2),
    "youth_rehabilitation_order": date(2026, 1, 26),
    "conditional_caution": date(2026, 1, 26),
    "other_disposal": date(2026, 1, 26),
    "custody": date(2026, 1, 19),
    "caution": date(2026, 1, 19),
    "community_resolution": date(2026, 1, 19),
}


@pytest.mark.parametrize(("disposal", "last"), ASSESSED.items())
def test_the_first_assessment_is_on_time_up_to_the_target_of_the_disposal(disposal: str, last: date) -> None:
    def timed(day: date) -> str:
        case = {"route": "court", "disposal": disposal, "started": "2026-01-05", "assessment_done": day.isoformat()}
        return Worked(PACK, {"c1": case}).values("W1t")["c1"]

    assert timed(last) == "sufficient"
    assert timed(last.replace(day=last.day + 1)) == "insufficient"


@pytest.mark.parametrize(
    ("disposal", "last"),
    [
        ("community_resolution", date(2026, 1, 19)),
        ("caution", date(2026, 1, 26)),
        ("conditional_caution", date(2026, 2, 2)),
        ("other_disposal", date(2026, 2, 2)),
    ],
)
def test_a_decision_out_of_court_is_on_time_up_to_the_target_of_the_disposal(disposal: str, last: date) -> None:
    def timed(day: date) -> str:
        case = {"route": "out_of_court", "disposal": disposal, "referred": "2026-01-05", "decided": day.isoformat()}
        return Worked(PACK, {"c1": case}).values("W4t")["c1"]

    assert timed(last) == "sufficient"
    assert timed(last.replace(day=last.day + 1)) == "insufficient"


@pytest.mark.parametrize(("route", "last"), [("out_of_court", date(2026, 1, 12)), ("court", date(2026, 1, 19))])
def test_a_victim_is_contacted_on_time_sooner_out_of_court(route: str, last: date) -> None:
    def timed(day: date) -> str:
        case = {"route": route, "started": "2026-01-05", "V1.victim": "yes", "victim_contacted": day.isoformat()}
        return Worked(PACK, {"c1": case}).values("V1t")["c1"]

    assert timed(last) == "sufficient"
    assert timed(last.replace(day=last.day + 1)) == "insufficient"


# Who is asked -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asked_of", "not_of"),
    [
        ("W3", {"report": "yes"}, {"report": "no"}),
        ("W4", {"route": "out_of_court"}, {"route": "court"}),
        ("W6", {"W6.due": "yes"}, {"W6.due": "no"}),
        ("S2", {"S2.needed": "yes"}, {"S2.needed": "no"}),
        ("V1", {"V1.victim": "yes"}, {"V1.victim": "no"}),
        ("C4", {"C4.right": "yes"}, {"C4.right": "no"}),
        ("O4", {"wellbeing_level": "low", "harm_level": "high"}, {"wellbeing_level": "medium", "harm_level": "low"}),
    ],
)
def test_a_question_is_asked_of_the_cases_it_is_about(question: str, asked_of: Said, not_of: Said) -> None:
    worked = Worked(PACK, {"c1": {**asked_of, question: "yes"}, "c2": not_of})
    assert worked.values(question) == {"c1": "sufficient", "c2": "not_relevant_by_rule"}


ALL = {question.id: "yes" for question in JUDGED if question.id not in ("W3", "W4", "S5", "O4")}
GATES = {"W6.due": "yes", "W7.problem": "yes", "S2.needed": "yes", "S4.needed": "yes", "S5.signs": "no",
         "V1.victim": "yes", "C4.right": "yes", "O3.gaps": "yes"}  # fmt: skip
WHOLE: Said = {**COURT, "report": "no", "wellbeing_level": "low", "harm_level": "low", **ALL, **GATES}


def no(*questions: str) -> Said:
    return dict.fromkeys(questions, "no")


@pytest.mark.parametrize(
    ("check", "fires", "does_not"),
    [
        ("route-and-disposal", {"disposal": "caution"}, {}),
        ("route-and-disposal", {"route": "out_of_court"}, {"route": "out_of_court", "disposal": "caution"}),
        ("days-out-of-order", {"referred": "2026-01-06", "decided": "2026-01-05"},
         {"referred": "2026-01-05", "decided": "2026-01-05"}),
        ("strong-with-many-gaps", {"G1": "strong", **no("W1", "S2", "V3", "O2")}, {"G1": "strong", **no("W1", "S2", "V3")}),
        ("weak-with-few-gaps", {"G1": "weak", **no("W1", "S2")}, {"G1": "weak", **no("W1", "S2", "V3")}),
        ("good-and-unsafe", {"G1": "good", **no("S2", "S4")}, {"G1": "good", **no("S2")}),
        ("signs-without-a-flag", {"S5.signs": "yes", "exploitation_flag": "no"},
         {"S5.signs": "yes", "exploitation_flag": "yes"}),
        ("concern-without-planning", {"wellbeing_level": "high", "S2.needed": "no"}, {"S2.needed": "no"}),
        ("harm-without-planning", {"harm_level": "high", "S4.needed": "no"}, {"S4.needed": "no"}),
        ("victim-contacted-and-not-known", {"victim_contacted": "2026-01-05", "V1.victim": "no"}, {"V1.victim": "no"}),
        ("no-gaps-to-put-right", {"O3.gaps": "no", **no("W1", "S1")}, {"O3.gaps": "no", **no("W1")}),
        ("needs-recorded-and-not-met", {"communication_needs": "yes"}, {"communication_needs": "yes", "C3": "no"}),
    ],
)  # fmt: skip
def test_a_cross_check_fires_where_answers_do_not_fit(check: str, fires: Said, does_not: Said) -> None:
    (rule,) = [item.when for item in PACK.consistency if item.id == check]
    worked = Worked(PACK, {"c1": {**WHOLE, **fires}, "c2": {**WHOLE, **does_not}})
    assert truth(rule, worked.sheet("c1")) is True
    assert truth(rule, worked.sheet("c2")) is not True


def test_every_cross_check_is_tried_above() -> None:
    assert len(PACK.consistency) == 11
