"""Removing a case, who takes its place, and drawing the sample again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults, Severity
from caselight.method.sampling.design import Caseload, Design
from caselight.method.sampling.draw import Drawn, draw
from caselight.method.sampling.redraw import redraw
from caselight.method.sampling.removal import remove

REASONS = {"resentenced", "transferred"}
SAMPLE = (
    Drawn("a1", "a", 1, "drawn"),
    Drawn("a2", "a", 2, "drawn"),
    Drawn("a3", "a", 3, "reserve"),
    Drawn("b1", "b", 1, "drawn"),
    Drawn("b2", "b", 2, "reserve"),
    Drawn("b3", "b", 3, "reserve"),
)
CASELOAD: Caseload = {f"c{n:02}": {"custodial": "yes" if n % 3 == 0 else "no"} for n in range(30)}
DESIGN = Design(12, "spring", ("custodial",), 6)


def by_key(sample: tuple[Drawn, ...]) -> dict[str, Drawn]:
    return {case.case_key: case for case in sample}


def after(sample: tuple[Drawn, ...], *keys: str) -> tuple[Drawn, ...]:
    for key in keys:
        sample = remove(sample, key, "resentenced", REASONS).sample
    return sample


# Removing --------------------------------------------------------------------------------------------------------


def test_the_next_reserve_of_the_same_stratum_takes_the_place() -> None:
    removal = remove(SAMPLE, "b1", "resentenced", REASONS)
    assert (removal.replacement, removal.faults) == ("b2", ())
    assert by_key(removal.sample)["b1"] == Drawn("b1", "b", 1, "removed", "resentenced", "b2")
    assert by_key(removal.sample)["b2"] == Drawn("b2", "b", 2, "replacement")
    assert [case.case_key for case in removal.sample] == [case.case_key for case in SAMPLE]


def test_a_replacement_can_be_removed_in_its_turn() -> None:
    found = by_key(after(SAMPLE, "b1", "b2"))
    assert (found["b2"].status, found["b2"].replaced_by, found["b3"].status) == ("removed", "b3", "replacement")


def test_another_stratum_helps_out_and_the_sample_says_so() -> None:
    removal = remove(after(SAMPLE, "a1"), "a2", "transferred", REASONS)
    assert removal.replacement == "b2"
    assert [(fault.code, fault.severity) for fault in removal.faults] == [
        ("sample.replaced-across-strata", Severity.HINT)
    ]
    note = by_key(removal.sample)["b2"].note
    assert note == "Takes the place of a case of the stratum a, which has no reserve left."


def test_without_any_reserve_the_sample_ends_short_and_says_so() -> None:
    removal = remove(after(SAMPLE, "a1", "b1", "b2"), "a2", "transferred", REASONS)
    assert removal.replacement == ""
    assert [(fault.code, fault.severity) for fault in removal.faults] == [("sample.ends-short", Severity.WARNING)]
    assert by_key(removal.sample)["a2"] == Drawn("a2", "a", 2, "removed", "transferred")


def test_an_unfit_reserve_is_removed_and_nobody_takes_its_place() -> None:
    removal = remove(SAMPLE, "b2", "transferred", REASONS)
    assert (removal.replacement, removal.faults) == ("", ())
    assert by_key(removal.sample)["b2"] == Drawn("b2", "b", 2, "removed", "transferred")
    assert remove(removal.sample, "b1", "transferred", REASONS).replacement == "b3"


@pytest.mark.parametrize(
    ("key", "reason", "codes"),
    [
        ("a1", "too difficult", ["sample.unknown-removal-reason"]),
        ("a1", "", ["sample.unknown-removal-reason"]),
        ("zz", "resentenced", ["sample.case-not-in-sample"]),
        ("zz", "too difficult", ["sample.unknown-removal-reason", "sample.case-not-in-sample"]),
        ("b1", "resentenced", ["sample.already-removed"]),
    ],
)
def test_a_removal_needs_a_case_and_a_coded_reason(key: str, reason: str, codes: list[str]) -> None:
    with pytest.raises(Faults) as caught:
        remove(after(SAMPLE, "b1"), key, reason, REASONS)
    assert [fault.code for fault in caught.value] == codes


@settings(deadline=None)
@given(st.lists(st.integers(0, 29), max_size=25))
def test_removals_keep_the_sample_full_while_reserves_last(picks: list[int]) -> None:
    sample = draw(CASELOAD, DESIGN)
    struck = 0
    for pick in picks:
        case = sample[pick % len(sample)]
        if case.status == "removed":
            continue
        struck += 1
        sample = remove(sample, case.case_key, "resentenced", REASONS).sample
        assert sum(case.examined for case in sample) == min(12, 18 - struck)
        assert redraw(CASELOAD, DESIGN, sample) == ()


# Drawing again ---------------------------------------------------------------------------------------------------


def test_a_draw_drawn_again_is_the_same() -> None:
    assert redraw(CASELOAD, DESIGN, draw(CASELOAD, DESIGN)) == ()
    assert redraw(CASELOAD, DESIGN, tuple(reversed(draw(CASELOAD, DESIGN)))) == ()


def codes(stored: list[Drawn], caseload: Caseload = CASELOAD, design: Design = DESIGN) -> list[str]:
    return [fault.code for fault in redraw(caseload, design, stored)]


def test_a_case_that_was_slipped_in_or_left_out_shows() -> None:
    sample = list(draw(CASELOAD, DESIGN))
    outside = next(key for key in CASELOAD if key not in by_key(tuple(sample)))
    assert codes([*sample, replace(sample[0], case_key=outside)]) == ["sample.not-drawn"]
    assert codes(sample[1:]) == ["sample.not-stored"]
    assert codes([*sample, sample[0]]) == ["sample.listed-twice"]


@pytest.mark.parametrize(
    "change", [{"stratum": "custodial=yes"}, {"order": 2}, {"status": "reserve"}, {"status": "replacement"}]
)
def test_a_row_that_was_edited_shows(change: dict[str, str]) -> None:
    sample = list(draw(CASELOAD, DESIGN))
    assert "sample.not-as-drawn" in codes([replace(sample[0], **change), *sample[1:]])


def test_another_seed_or_caseload_shows() -> None:
    sample = list(draw(CASELOAD, DESIGN))
    assert "sample.not-drawn" in codes(sample, design=replace(DESIGN, seed="autumn"))
    assert codes(sample, caseload={key: CASELOAD[key] for key in list(CASELOAD)[1:]}) != []


def edited(sample: tuple[Drawn, ...], **changes: dict[str, str]) -> list[Drawn]:
    return [replace(case, **changes.get(case.case_key, {})) for case in sample]


def test_replacements_that_do_not_fit_together_show() -> None:
    first, second = (case.case_key for case in draw(CASELOAD, DESIGN)[:2])
    sample = remove(draw(CASELOAD, DESIGN), first, "resentenced", REASONS).sample
    taken = by_key(sample)[first].replaced_by
    reserve = next(case.case_key for case in sample if case.status == "reserve")
    for changes in (
        {first: {"replaced_by": ""}},
        {first: {"replaced_by": "nobody"}},
        {first: {"replaced_by": second}},
        {first: {"replaced_by": first}},
        {second: {"replaced_by": taken}},
        {second: {"status": "removed", "replaced_by": taken}},
        {taken: {"status": "reserve"}},
        {reserve: {"status": "removed", "replaced_by": reserve}},
    ):
        assert "sample.replacement-unknown" in codes(edited(sample, **changes))


def test_a_reserve_that_was_passed_over_shows() -> None:
    drawn = draw(CASELOAD, DESIGN)
    first = drawn[0]
    later = [case.case_key for case in drawn if case.status == "reserve" and case.stratum == first.stratum][1]
    other = next(case.case_key for case in drawn if case.status == "reserve" and case.stratum != first.stratum)
    for taken in (later, other):
        changes = {first.case_key: {"status": "removed", "replaced_by": taken}, taken: {"status": "replacement"}}
        assert codes(edited(drawn, **changes)) == ["sample.reserve-passed-over"]


def test_a_design_with_quotas_takes_nobody_from_another_stratum() -> None:
    sample = (
        Drawn("a", "foster > north", 1, "drawn"),
        Drawn("b", "in-home > north", 1, "reserve"),
        Drawn("c", "foster > south", 1, "reserve"),
    )
    assert remove(sample, "a", "moved", {"moved"}, across=False).replacement == "c"
    without = remove(sample[:2], "a", "moved", {"moved"}, across=False)
    assert (without.replacement, [fault.code for fault in without.faults]) == ("", ["sample.ends-short"])
    assert remove(sample[:2], "a", "moved", {"moved"}).replacement == "b"


def test_the_nearest_part_takes_the_place_first() -> None:
    sample = (
        Drawn("a", "men > north > u1", 1, "drawn"),
        Drawn("b", "women > north > u1", 1, "reserve"),
        Drawn("c", "men > south > u9", 1, "reserve"),
        Drawn("d", "men > north > u2", 9, "reserve"),
    )
    first = remove(sample, "a", "moved", {"moved"})
    assert (first.replacement, remove(first.sample, "d", "moved", {"moved"}).replacement) == ("d", "c")
