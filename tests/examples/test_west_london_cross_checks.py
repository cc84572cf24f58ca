"""What one letter teaches about routing holds in the example: the cross-checks of the SQS pack's design, by number."""

import pytest

from caselight.method.analysis.examined import Examined
from caselight.method.answers.completeness import missing, not_counted
from caselight.method.answers.consistency import inconsistencies


def where(cases, question, outcome=None):
    """The cases in which a question is relevant, or has this outcome."""
    standing = {sheet.subject.key: sheet.standing(question) for sheet in cases}
    if outcome is None:
        return {key for key, place in standing.items() if place.relevant}
    return {key for key, place in standing.items() if place.outcome == outcome}


def having(cases, fact):
    return {sheet.subject.key for sheet in cases if sheet.fact(fact) == "yes"}


def saying(cases, gate):
    return {sheet.subject.key for sheet in cases if sheet.answer(gate) == "yes"}


def test_1_custodial_cases_may_also_answer_the_community_question(cases):
    custody, community = having(cases, "custodial"), where(cases, "R5")
    assert (len(custody), len(community)) == (9, 33)
    assert len(custody & community) == 8
    assert custody | community == {sheet.subject.key for sheet in cases}


def test_2_a_review_is_due_for_each_strand_apart(cases):
    due = [saying(cases, gate) for gate in ("R2.due", "R6.due", "P2.due", "P7.due", "C2.due", "C6.due")]
    assert [len(cases_due) for cases_due in due[:4]] == [22, 25, 23, 24]
    assert len({frozenset(cases_due) for cases_due in due}) == 6
    assert due[3] <= saying(cases, "P5.needed")
    assert due[5] <= saying(cases, "C4.issues")


def test_3_reports_to_court_are_one_fact_with_one_base(cases):
    psr = having(cases, "psr")
    assert len(psr) == 17
    assert all(where(cases, question) == psr for question in ("R3", "R4", "P4", "C3", "E2"))
    assert where(cases, "R4b") == psr | having(cases, "panel_report")


def test_4_oversight_has_a_gate_of_its_own(cases):
    assert (len(where(cases, "P9")), len(where(cases, "C9"))) == (30, 28)
    assert where(cases, "P9") != where(cases, "P5")
    assert where(cases, "C9") != where(cases, "C4")


@pytest.mark.parametrize(("key", "relevant", "failing"), [("P5", 32, 4), ("P9", 30, 5)])
def test_5_complements_agree(key, relevant, failing, computed):
    assert (computed[key].relevant, computed[key].insufficient) == (relevant, failing)


def test_6_custody_is_a_part_of_the_vulnerability_plans(computed):
    whole, inside, outside = (computed[key] for key in ("C4", "C4@custody", "C4@not-custody"))
    assert (inside.sufficient, inside.relevant) == (9, 9)
    assert (outside.sufficient, outside.relevant) == (19, 22)
    assert inside.sufficient + outside.sufficient == whole.sufficient
    assert inside.relevant + outside.relevant == whole.relevant


@pytest.mark.parametrize(("oversight", "work"), [("P9", ("P1", "P2", "P5", "P7")), ("C9", ("C1", "C2", "C4", "C6"))])
def test_7_oversight_fails_only_where_it_left_a_deficit(oversight, work, cases):
    left = set().union(*(where(cases, question, "insufficient") for question in work))
    assert where(cases, oversight, "insufficient") <= left


def test_8_the_finding_is_the_inspectors_and_a_note_says_why_it_differs(cases):
    differing = having(cases, "exploitation_flag") ^ saying(cases, "C8.indicators")
    assert differing
    assert all(sheet.standing("C8.indicators").event.note for sheet in cases if sheet.subject.key in differing)


def test_9_custody_and_exploitation_are_different_nines(cases):
    custody, indicators = having(cases, "custodial"), saying(cases, "C8.indicators")
    assert (len(custody), len(indicators)) == (9, 9)
    assert custody != indicators


def test_10_small_groups_are_printed_by_decision(package, computed):
    assert (computed["MAPPA"].sufficient, computed["LAC"].sufficient) == (1, 3)
    decisions = {decision.figure: decision for decision in package.inspection.decisions}
    leads = {member.name for member in package.inspection.team if member.role == "lead_inspector"}
    assert set(decisions) == {"LAC", "C7", "MAPPA", "P3"}
    assert {decision.by for decision in decisions.values()} == leads
    assert all(decision.reason for decision in decisions.values())


def test_11_risk_plans_can_be_seen_pooled_or_by_phase(cases, computed):
    assert where(cases, "P6") == having(cases, "custodial") & saying(cases, "P5.needed")
    assert computed["P6"].insufficient == 0
    assert computed["P5@custody"].relevant + computed["P5@not-custody"].relevant == computed["P5"].relevant


def test_16_everything_holds_together(package, cases):
    everyone = Examined(package, "en").everyone
    assert missing(everyone) == ()
    assert not_counted(everyone) == ()
    assert inconsistencies(everyone) == ()


def test_weak_cases_cluster_and_nobody_fails_everything(cases):
    failing = [sum(sheet.standing(q).outcome == "insufficient" for q in sheet.framework.questions) for sheet in cases]
    assert sum(number == 0 for number in failing) >= 6
    assert 3 <= max(failing) <= 8


def test_insufficient_answers_give_the_reasons_that_the_letter_names(computed):
    named = {
        "P5": {"responses-deficient", "contingency-deficient"},
        "C4": {"response-deficient", "contingency-deficient"},
        "R7": {"resettlement-not-addressed", "reviews-lacking"},
        "P9": {"deficits-not-redressed"},
    }
    for key, reasons in named.items():
        assert reasons <= {reason for reason, _, _ in computed[key].reasons}
    assert {code: times for code, _, times in computed["P9"].reasons}["deficits-not-redressed"] == 5
