"""The specimen's designs, from the inspection folder to sample.csv and sampling.csv and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.factories.folders import event
from tests.factories.specimen import choosing, drawn, facts, history, specimen_folder

from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_package
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figures import figures
from caselight.method.answers.completeness import missing
from caselight.method.faults import Faults
from caselight.procedures.sample_report import plan_report, sample_report
from caselight.procedures.sampling import draw_sample, remove_case, verify_sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inspection with 300 cases and no sample."""
    return specimen_folder(tmp_path / "inspection")


DESIGNS = [
    "sampler",
    "cfsr",
    "never-above-40",
    "at-court",
    "in-community",
    "precise",
    "as-the-table",
    "banded",
    "everybody",
]


@pytest.mark.parametrize("name", DESIGNS)
def test_what_is_drawn_verifies_and_the_plan_said_how_much(folder: Path, name: str) -> None:
    choosing(folder, {"design": name})
    plan = plan_report(folder, name)
    draw_sample(folder)
    verify_sample(folder)
    assert f"{len(drawn(folder, name))} of " in plan["says"]
    assert len(drawn(folder, name)) == sum(part["sample"] for part in plan["parts"])
    assert [
        fault for fault in package_faults(folder)[1] if fault.code.startswith(("package.sampl", "package.dup"))
    ] == []


def test_the_order_of_rows_is_without_effect_on_any_design(folder: Path) -> None:
    choosing(folder, *({"design": name} for name in DESIGNS))
    rows = (folder / "caseload.csv").read_text("utf-8").splitlines()
    (folder / "caseload.csv").write_text("\n".join([rows[0], *reversed(rows[1:])]) + "\n", "utf-8")
    draw_sample(folder)
    one = (folder / "sample.csv").read_bytes(), (folder / "sampling.csv").read_bytes()
    for name in ("sample.csv", "sampling.csv"):
        (folder / name).unlink()
    (folder / "caseload.csv").write_text("\n".join(rows) + "\n", "utf-8")
    draw_sample(folder)
    assert one == ((folder / "sample.csv").read_bytes(), (folder / "sampling.csv").read_bytes())


# The sampler: exclusions, one case per person, strata by first match, nested clusters, the cap ----------------------


def test_the_sampler_leaves_out_what_its_source_leaves_out_and_counts_it(folder: Path) -> None:
    choosing(folder, {"design": "sampler"})
    draw_sample(folder)
    told = history(folder, "sampler")
    reasons = [reason for part, reason, _ in told if not part]
    assert reasons[:3] == ["LISTED", "EXCLUDED", "EXCLUDED"]
    assert "SAME_PERSON" in reasons
    known = facts(folder)
    chosen = [known[row.case_key] for row in read_package(folder).sample]
    assert {case.get("sex") for case in chosen} == {"female", "male"}
    assert {case["name_hidden"] for case in chosen} == {"no"}
    assert max(Counter(case["pnc"] for case in chosen).values()) == 1


def test_no_officer_has_more_than_six_cases_in_the_whole_sample(folder: Path) -> None:
    choosing(folder, {"design": "sampler"})
    faults = draw_sample(folder)
    known = facts(folder)
    workers = Counter(known[key]["worker"] for key in drawn(folder, "sampler"))
    short = sum(int(fault.says.split(" short")[0].rsplit(" ", 1)[1]) for fault in faults)
    assert max(workers.values()) == 6
    assert sum(workers.values()) == 66 - short
    assert ("", "WITH_BUFFER", 66) in history(folder, "sampler")
    assert {fault.code for fault in faults} <= {"sample.worker-cap-short"}


def test_a_case_that_facts_do_not_decide_has_a_stratum_of_its_own(folder: Path) -> None:
    choosing(folder, {"design": "sampler"})
    draw_sample(folder)
    strata = {row.stratum.split(" > ")[0] for row in read_package(folder).sample}
    assert "not known" in strata
    assert strata <= {
        "female",
        "community-non-low",
        "community-low",
        "post-custody-non-low",
        "post-custody-low",
        "not known",
    }


# Quotas -------------------------------------------------------------------------------------------------------------


def test_forty_foster_and_twenty_five_in_home_with_so_many_at_each_site(folder: Path) -> None:
    choosing(folder, {"design": "cfsr"})
    assert draw_sample(folder) == ()
    known = facts(folder)
    pairs = Counter((known[key]["care"], known[key]["site"]) for key in drawn(folder, "cfsr"))
    assert sum(pairs.values()) == 65
    assert sum(number for (care, _), number in pairs.items() if care == "foster") == 40
    assert min(pairs["foster", site] for site in ("metro", "north", "south")) >= 10
    assert min(pairs["in_home", site] for site in ("north", "south")) >= 5
    assert pairs["in_home", "metro"] >= 10


def test_a_quota_keeps_a_case_of_another_stratum_from_taking_a_place(folder: Path) -> None:
    choosing(folder, {"design": "cfsr", "reserves": 0})
    draw_sample(folder)
    faults = remove_case(folder, drawn(folder, "cfsr")[0], "file-unavailable")
    assert [fault.code for fault in faults] == ["sample.ends-short"]
    verify_sample(folder)


def test_never_more_than_forty_foster_cases_however_many_there_are(folder: Path) -> None:
    choosing(folder, {"design": "never-above-40"})
    draw_sample(folder)
    known = facts(folder)
    assert Counter(known[key]["care"] for key in drawn(folder, "never-above-40")) == {"foster": 40, "in_home": 25}
    assert ("care=foster", "LOWERED_TO_QUOTA", 40) in history(folder, "never-above-40")


# Several designs ----------------------------------------------------------------------------------------------------


def test_shared_cases_have_a_sheet_for_each_tool_and_are_counted_once(folder: Path) -> None:
    choosing(folder, {"design": "at-court"}, {"design": "in-community"})
    draw_sample(folder)
    court, community = set(drawn(folder, "at-court")), set(drawn(folder, "in-community"))
    report = sample_report(folder)
    assert court & community
    assert report["overlap"]["sheets"] == len(court) + len(community)
    assert report["overlap"]["cases"] == len(court | community)
    subjects = [subject for subject in read_package(folder).subjects if subject.kind == "case"]
    assert {subject.key for subject in subjects} == court | community
    assert max(subject.label for subject in subjects) == f"Case {len(subjects):02}"


def test_designs_may_be_drawn_one_after_the_other_and_none_of_them_twice(folder: Path) -> None:
    choosing(folder, {"design": "at-court"}, {"design": "in-community"})
    draw_sample(folder, "at-court")
    before = drawn(folder, "at-court")
    draw_sample(folder, "in-community")
    assert drawn(folder, "at-court") == before
    with pytest.raises(Faults) as refused:
        draw_sample(folder)
    assert [fault.code for fault in refused.value] == ["sample.already-drawn"]


def test_a_shared_case_that_falls_away_does_so_in_every_design(folder: Path) -> None:
    choosing(folder, {"design": "at-court", "reserves": 3}, {"design": "in-community", "reserves": 3})
    draw_sample(folder)
    shared = min(set(drawn(folder, "at-court")) & set(drawn(folder, "in-community")))
    remove_case(folder, shared, "file-unavailable")
    assert [row.status for row in read_package(folder).sample if row.case_key == shared] == ["removed", "removed"]
    verify_sample(folder)


def test_a_second_assessment_is_handed_on_to_the_replacement(folder: Path) -> None:
    choosing(folder, {"design": "at-court", "reserves": 3})
    draw_sample(folder)
    sample = read_package(folder).sample
    twice = [row.case_key for row in sample if row.assessed_twice]
    assert len(twice) == max(3, -(-len(drawn(folder, "at-court")) // 10))
    remove_case(folder, twice[0], "file-unavailable")
    successor = next(row.replaced_by for row in read_package(folder).sample if row.case_key == twice[0])
    assert next(row.assessed_twice for row in read_package(folder).sample if row.case_key == successor)
    verify_sample(folder)


# History, verification, mistakes ------------------------------------------------------------------------------------


def test_a_size_that_the_inspection_chose_is_kept_with_its_reason(folder: Path) -> None:
    choosing(folder, {"design": "precise", "size": 25, "because": "Three inspectors, two days"})
    draw_sample(folder)
    chosen = [row for row in read_package(folder).sampling if row.reason == "CHOSEN"]
    assert [(row.size, row.note) for row in chosen] == [(25, "Three inspectors, two days")]
    assert len(drawn(folder, "precise")) == 25


def test_the_plan_gives_the_precision_of_the_number_for_an_even_share_and_for_others(folder: Path) -> None:
    choosing(folder, {"design": "precise"})
    plan = plan_report(folder, None, [Fraction(9, 10)])
    assert [row["reason"] for row in plan["sizes"]][2:4] == ["BY_RULE", "LOWERED_TO_MAXIMUM"]
    even, other = (
        next(row for row in plan["precision"] if (row["share"], row["confidence"]) == (share, "80%"))
        for share in ("50%", "90%")
    )
    assert even["margin"] == "±5.1 points"  # because the maximum of the programme is below what five points need
    assert other["margin"] == "±3.1 points"


def test_package_with_named_designs_survives_being_written(folder: Path) -> None:
    choosing(folder, {"design": "at-court", "reserves": 3})
    draw_sample(folder)
    before = {name: (folder / name).read_bytes() for name in ("sample.csv", "sampling.csv")}
    write_package(read_package(folder), folder)
    assert before == {name: (folder / name).read_bytes() for name in before}


def test_a_form_is_asked_of_and_counted_over_the_cases_that_its_design_drew(folder: Path) -> None:
    choosing(folder, {"design": "at-court"}, {"design": "in-community"})
    draw_sample(folder)
    package = read_package(folder)
    court, examined = set(drawn(folder, "at-court")), Examined(package, "en")
    cases = {subject.key for subject in examined.subjects if subject.kind == "case"}
    assert court < cases
    figure = figures(package)["A1"]
    assert {key for keys in figure.cells.values() for key in keys} == court
    assert figure.sample_size == len(court)
    assert {item.subject_key for item in missing(examined.everyone)} == court
    everybody = replace(package, inspection=package.inspection.model_copy(update={"samples": ()}))
    assert figures(everybody)["A1"].sample_size == len(cases)


def test_a_figure_of_a_named_design_claims_no_census_and_no_knowledge_of_the_whole_list(folder: Path) -> None:
    choosing(folder, {"design": "everybody"}, {"design": "at-court"})
    draw_sample(folder)
    package = read_package(folder)
    court = drawn(folder, "at-court")
    answers = tuple(event(n, key, "A1", "yes", tool="court") for n, key in enumerate(court))
    interval = figures(replace(package, events=answers))["A1"].interval
    assert interval is not None
    assert interval.method == "wilson"
