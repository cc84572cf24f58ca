"""A grade that changes behind an accepted sentence makes it stale: old and new sentence stand together."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.rated import figures, rated_letter
from tests.method.report.test_trace import accepted

SOURCE = "It is {S1: rating}. It scored {OVERALL: score}. {S2: reached}."


def changed():
    """The inspection after the panel took its decision back."""
    known = figures()
    reached = known["S1"].reached
    assert reached
    back = replace(
        known["S1"], reached=replace(reached, grade="requires", decided_by="", decided_why=""), snapshot="new"
    )
    return {"S1": back}


def test_a_changed_grade_makes_its_claim_stale_and_no_other() -> None:
    letter = rated_letter(SOURCE, changed(), accepted=accepted(rated_letter(SOURCE)))
    stale = [fault for fault in letter.faults if fault.code == "letter.stale"]
    assert [fault.where for fault in stale] == [("summary-S1-rating",)]
    assert "the figures were S1=good from requires and are S1=requires" in stale[0].says
    assert "Accepted: “It is Good.” Now: “It is Requires improvement.”" in stale[0].says


def test_the_values_that_are_accepted_are_grades_and_exact_numbers() -> None:
    letter = rated_letter("{S1: rating} {S3: reached} {K3: score} {MEAN: score} {K4, S2: rests}")
    values = [value for claim in letter.claims for value in claim.values]
    for value in ("S1=good from requires", "S3=not_rated", "K3=14/28", "MEAN=7/4", "K4=none", "S2=good"):
        assert value in values


def test_an_unchanged_rating_stays_accepted() -> None:
    letter = rated_letter(SOURCE, accepted=accepted(rated_letter(SOURCE)))
    assert [fault.code for fault in letter.faults if fault.code in ("letter.stale", "letter.not-accepted")] == []
