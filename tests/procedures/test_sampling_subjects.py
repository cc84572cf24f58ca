"""The cases drawn become subjects with labels that mean nothing, and no label is used twice."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.small import package

from caselight.method.inspection.package import CaseloadCase, SampledCase
from caselight.procedures.sampling import subjects_with_sample

MANAGERS = {"a": "m2", "b": "m2", "c": "m3", "d": "m1"}
CASELOAD = tuple(CaseloadCase(key, True, "", {}, manager) for key, manager in MANAGERS.items())


def examined(before, **statuses):
    """The labels of the subjects once the sample is as given."""
    sample = tuple(SampledCase(key, n, "all", status) for n, (key, status) in enumerate(statuses.items(), start=1))
    made = replace(package(before, []), caseload=CASELOAD, sample=sample)
    return tuple(subjects_with_sample(made))


def labels(subjects):
    return {subject.key: subject.label for subject in subjects}


DRAWN = {"a": "drawn", "b": "drawn", "c": "drawn", "d": "reserve"}
FIRST = {"a": "Case 01", "b": "Case 02", "c": "Case 03", "m2": "Case manager 01", "m3": "Case manager 02"}


def test_cases_are_numbered_in_the_order_of_the_draw_and_managers_by_key():
    assert labels(examined([], **DRAWN)) == FIRST


def test_after_a_removal_numbering_goes_on_from_the_highest_number():
    after = examined(examined([], **DRAWN), **DRAWN | {"a": "removed", "d": "replacement"})
    assert labels(after) == FIRST | {"d": "Case 04", "m1": "Case manager 03"}


def test_labels_that_somebody_gave_are_kept_and_passed_over():
    before = [replace(s, label="Case 17" if s.key == "a" else "The twins") for s in examined([], a="drawn", b="drawn")]
    found = labels(examined(before, **DRAWN))
    assert (found["a"], found["b"], found["c"]) == ("Case 17", "The twins", "Case 18")
