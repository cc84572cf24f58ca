"""Figures count the subjects that were examined, and carry a digest of everything that is printed about them."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.small import case, event, package

from caselight.method.analysis.figures import figures
from caselight.method.caseload.case import Subject
from caselight.method.inspection.package import SampledCase


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
