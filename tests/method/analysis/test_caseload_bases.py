"""When the base of a question is known for the whole caseload, and so which interval is honest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.small import OWN, case, event, framework, package

from caselight.method.analysis.caseload_bases import CaseloadBases
from caselight.method.analysis.figures import figures
from caselight.method.framework.rules import ALWAYS, AllOf, NotRelevant, Test
from caselight.method.inspection.package import CaseloadCase, SampledCase

REPORT = Test(fact="psr", is_="yes")
CUSTODY = Test(fact="custodial", is_="yes")


def caseload(*reports):
    """Eligible cases with what the service says about a report (``None``: nothing), and one that is not eligible."""
    rows = [CaseloadCase(f"{n}", True, "", {"psr": psr} if psr else {}) for n, psr in enumerate(reports, start=1)]
    return (*rows, CaseloadCase("99", False, "too late", {"psr": "yes"}))


def inspected(*reports, subjects=None, events=()):
    """An inspection of the first two cases of a caseload, both with a report, and both good."""
    subjects = [case("1", psr="yes"), case("2", psr="yes")] if subjects is None else subjects
    answers = [event("1", "C", "yes"), event("2", "C", "yes"), *events]
    return replace(package(subjects, answers), caseload=caseload(*reports))


def relevant(made, rule):
    return CaseloadBases(made, made.subjects).relevant(rule)


@pytest.mark.parametrize(
    ("reports", "rule", "known"),
    [
        (("yes", "yes", "no"), REPORT, 2),
        (("yes", "yes", "no"), ALWAYS, 3),
        (("yes", "yes", None), REPORT, None),  # nobody knows of one case
        (("yes", "yes", None), Test(fact="psr", known=True), 2),
        (("yes", "yes", "no"), AllOf(all=(REPORT, CUSTODY)), None),  # nor of anybody's custody
        (("no", "no", "no"), AllOf(all=(REPORT, CUSTODY)), 0),  # false whatever custody is
        (("yes", "yes", "no"), Test(answer="B.due", is_="yes"), None),
        (("yes", "yes", "no"), Test(outcome="A", is_="sufficient"), None),
        (("yes", "yes", "no"), NotRelevant(not_relevant="C"), None),
        ((), ALWAYS, None),
    ],
)
def test_base_is_known_where_supplied_facts_decide_every_eligible_case(reports, rule, known):
    subjects = [case(str(n), psr=psr) for n, psr in enumerate(reports, start=1) if psr]
    assert relevant(inspected(*reports, subjects=subjects), rule) == known


def test_fact_that_the_inspector_records_leaves_the_base_unknown():
    fact = {"id": "psr", "label": "Report", "type": "yes_no", "supplied_by": "inspector", "provenance": OWN}
    others = [f.model_dump(by_alias=True, exclude_unset=True) for f in framework().facts if f.id != "psr"]
    made = replace(inspected("yes", "yes", "no"), framework=framework(facts=[fact, *others]))
    assert relevant(made, REPORT) is None


def test_interval_is_exact_where_the_base_is_known():
    interval = figures(inspected("yes", "yes", "yes", "no"))["C"].interval
    assert (interval.method, interval.population) == ("hypergeometric", 3)


def corrected(key, supplied, known):
    return replace(case(key, psr=known), supplied={"psr": supplied})


@pytest.mark.parametrize(
    "subjects",
    [
        [corrected("1", "no", "yes"), case("2", psr="yes")],  # supplied as without a report, and there was one
        [case("1", psr="yes"), case("2", psr="yes"), corrected("3", "yes", "no")],
        [case("1", psr="yes"), case("2", psr="yes"), corrected("3", "yes", None)],  # contested
    ],
)
def test_no_exact_interval_where_a_correction_moved_an_examined_case(subjects):
    made = inspected("yes", "yes", "yes", "yes", "no", subjects=subjects)
    assert figures(made)["C"].interval.method == "wilson"


def test_correction_that_leaves_the_rule_as_it_was_changes_no_interval():
    subjects = [replace(case("1", psr="yes", custodial="yes"), supplied={"psr": "yes"}), case("2", psr="yes")]
    assert figures(inspected("yes", "yes", "yes", "no", subjects=subjects))["C"].interval.method == "hypergeometric"


def test_correction_of_a_case_that_was_not_examined_changes_no_interval():
    subjects = [case("1", psr="yes"), case("2", psr="yes"), corrected("3", "yes", "no")]
    made = inspected("yes", "yes", "yes", "yes", "no", subjects=subjects)
    rows = tuple(SampledCase(key, n, "all", "drawn") for n, key in enumerate("12", start=1))
    made = replace(made, sample=(*rows, SampledCase("3", 3, "all", "removed", "resentenced")))
    assert figures(made)["C"].interval.method == "hypergeometric"


def test_no_exact_interval_where_the_inspector_found_a_case_not_relevant():
    subjects = [case(key, psr="yes") for key in "123"]
    outside = event("3", "C", "not_relevant", reasons=("elsewhere",))
    made = inspected("yes", "yes", "yes", "yes", "no", subjects=subjects, events=[outside])
    assert figures(made)["C"].interval.method == "wilson"


def test_no_exact_interval_where_more_cases_are_relevant_than_the_caseload_holds():
    subjects = [case(key, psr="yes") for key in "123"]
    made = inspected("yes", "yes", "no", "no", subjects=subjects, events=[event("3", "C", "yes")])
    assert figures(made)["C"].interval.method == "wilson"
