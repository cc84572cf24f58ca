"""Figures count the subjects that were examined, and carry a digest of everything that is printed about them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories.small import case, event, framework, package

from caselight.method.analysis.figures import figures
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase, External, Package, SampledCase


def answered(*keys):
    """Cases with an answer to A, and one case manager."""
    subjects = [*(case(key) for key in keys), Subject("case_manager", "m1", "M")]
    return package(subjects, [event(key, "A", "yes") for key in keys])


def sizes(made):
    found = figures(made)
    return found["A"].relevant, found["CASE-COUNT"].sufficient, found["M1"].sample_size


def test_a_case_without_a_row_in_the_sample_is_not_counted():
    made = replace(answered("1", "2"), sample=(SampledCase("1", 1, "all", "drawn"),))
    assert sizes(made) == (1, 1, 1)


def test_removed_cases_and_reserves_are_not_counted_and_replacements_are():
    rows = [("1", "removed"), ("2", "replacement"), ("3", "reserve"), ("4", "drawn")]
    made = replace(answered(*"1234"), sample=tuple(SampledCase(k, 1, "all", status) for k, status in rows))
    assert sizes(made) == (2, 2, 1)


def test_without_a_sample_every_case_is_counted():
    assert sizes(answered("1", "2")) == (2, 2, 1)


RATE = External(
    "rate.a", "external", "Rate", Decimal("43.6"), "M1", "Area", "2013", "October 2015", "Statistics", "Binary rates."
)


def changed(before: Package, after: Package) -> set[str]:
    """The keys of the figures whose digest two packages do not share."""
    old, new = figures(before), figures(after)
    assert old.keys() == new.keys()
    return {key for key in old if old[key].snapshot != new[key].snapshot}


def base(reason: str = "weak", why: str = "elsewhere", size: int = 9) -> Package:
    """Three of ``size`` cases: A insufficient in one and not relevant in another; C exact, as the service says."""
    subjects = [case(key, psr="yes", custodial="no") for key in "123"]
    no = event("1", "A", "no", "a1", reasons=(reason,))
    outside = event("2", "A", "not_relevant", "a2", reasons=(why,))
    caseload = tuple(CaseloadCase(f"{n}", True, "", {"psr": "yes", "custodial": "no"}) for n in range(1, size + 1))
    made = package(subjects, [no, outside, event("3", "A", "yes", "a3"), event("3", "C", "yes", "c3")])
    return replace(made, caseload=caseload, external=(RATE,))


def worded(words: dict[str, str]) -> Package:
    """The base with other words in its framework."""
    text = framework().model_dump_json(by_alias=True, exclude_unset=True)
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return replace(base(), framework=Framework.model_validate_json(text))


@pytest.mark.parametrize(
    ("after", "keys"),
    [
        (base(reason="other"), {"A"}),
        (base(size=8), {"C", "D", "Dt", "fact.eligible"}),
        (worded({"Is B good enough?": "Was B good enough?"}), {"B"}),
        (worded({"B in short": "B for short"}), {"B"}),
        (worded({"too weak": "weak"}), {"A"}),
        (worded({"another service did the work": "done elsewhere"}), {"A"}),
        (worded({"custodial cases": "cases in custody"}), {"A@custody"}),
        (worded({"cases with a report": "reports"}), {"PSR"}),
        *(
            (replace(base(), external=(replace(RATE, **{name: "other"}),)), {"rate.a"})
            for name in ("label", "source", "published", "area", "footnote", "measure", "cohort")
        ),
        (replace(base(), external=(replace(RATE, value=Decimal("43.7")),)), {"rate.a"}),
    ],
)
def test_digest_of_a_figure_covers_whatever_is_printed_about_it(after, keys):
    assert changed(base(), after) == keys


def describing(rule, marked):
    """The figures of a count and of a population with this rule; ``marked`` describes a child."""
    data = framework().model_dump(by_alias=True, exclude_unset=True)
    questions = [item for theme in data["themes"] for item in theme["questions"]]
    for part in (*data["facts"], *questions):
        part["describes"] = part["id"] == marked
    data["counts"] = [{"id": "N", "label": "counted", "where": rule, "provenance": "own-design"}]
    data["populations"][0]["where"] = rule
    return figures(replace(package([case("1")], []), framework=Framework.model_validate(data)))


@pytest.mark.parametrize(
    ("rule", "marked", "describes"),
    [
        ({"fact": "psr", "is": "yes"}, "psr", True),
        ({"fact": "psr", "is": "yes"}, "custodial", False),
        ({"not": {"any": [{"fact": "custodial", "is": "yes"}, {"fact": "psr", "known": True}]}}, "psr", True),
        ({"answer": "B.due", "is": "yes"}, "B.due", True),
        ({"not_relevant": "C"}, "C", True),
        ({"answer": "B.due", "is": "yes"}, "A", False),
    ],
)
def test_rule_that_looks_at_what_describes_a_child_makes_a_group_that_describes_children(rule, marked, describes):
    found = describing(rule, marked)
    assert (found["N"].describes, found["A@custody"].describes) == (describes, describes or marked == "A")
