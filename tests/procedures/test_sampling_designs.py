"""The specimen's designs, from the inspection folder to sample.csv and sampling.csv and back."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.factories.folders import event

from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.writing import write_package
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figures import figures
from caselight.method.answers.completeness import missing
from caselight.method.faults import Faults
from caselight.method.inspection.package import CaseloadCase
from caselight.procedures.beginning import new_inspection
from caselight.procedures.sample_report import plan_report, sample_report
from caselight.procedures.sampling import draw_sample, remove_case, verify_sample

SPECIMEN = Path(__file__).parents[1] / "specimens" / "sampling"
ANNOUNCED = date(2026, 1, 2)


def pick(key: str, what: str, *values: Any) -> Any:
    """One of the values, by the case and what it is about: the same in every run."""
    return values[int(hashlib.sha256(f"{what}/{key}".encode()).hexdigest(), 16) % len(values)]


def case(number: int) -> CaseloadCase:
    key = f"c{number:03}"
    facts = {
        "started": ANNOUNCED - timedelta(days=pick(key, "started", *range(1, 200))),
        "sex": pick(key, "sex", "female", "male", "male", "male", "other", None),
        "setting": pick(key, "setting", "community", "community", "post_custody"),
        "risk": pick(key, "risk", "low", "medium", "high", None),
        "name_hidden": pick(key, "hidden", *["no"] * 9, "yes"),
        "pnc": pick(key, "pnc", *(f"p{n}" for n in range(400))),
        "cluster": pick(key, "cluster", "east", "west"),
        "unit": pick(key, "unit", "u1", "u2", "u3"),
        "care": pick(key, "care", "foster", "foster", "in_home"),
        "site": pick(key, "site", "metro", "metro", "north", "south"),
        "at_court": pick(key, "court", "yes", "yes", "no"),
        "in_community": pick(key, "in", "yes", "no"),
    }
    known = {name: value for name, value in facts.items() if value is not None}
    return CaseloadCase(key, True, "", known, f"m{pick(key, 'manager', *range(12)):02}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inspection with 300 cases and no sample."""
    made = tmp_path / "inspection"
    new_inspection(made, str(SPECIMEN), "Testshire")
    package = read_package(made)
    write_package(replace(package, caseload=tuple(map(case, range(300)))), made)
    return made


def choosing(folder: Path, *designs: dict[str, Any]) -> Path:
    path = folder / "inspection.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data.pop("sample", None)
    data["dates"] = {name: str(day) for name, day in data["dates"].items()}
    data["samples"] = [{"seed": "spring"} | design for design in designs]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return folder


def drawn(folder: Path, design: str) -> list[str]:
    return [row.case_key for row in read_package(folder).sample if row.design == design and row.status == "drawn"]


def history(folder: Path, design: str) -> list[tuple[str, str, int]]:
    return [(row.part, row.reason, row.size) for row in read_package(folder).sampling if row.design == design]


def facts(folder: Path) -> dict[str, Any]:
    return {row.key: {**row.facts, "worker": row.managed_by} for row in read_package(folder).caseload}


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


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("sampling.csv", "BY_RULE", "CHOSEN", "sample.history-differs"),
        ("sample.csv", ",at-court,yes", ",at-court,no", "sample.second-not-as-drawn"),
        ("sample.csv", "all,drawn", "all,reserve", "sample.not-as-drawn"),
    ],
)
def test_a_stored_sample_that_was_touched_does_not_verify(
    folder: Path, file: str, old: str, new: str, code: str
) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Faults) as refused:
        verify_sample(folder)
    assert code in {fault.code for fault in refused.value}


def test_a_named_design_without_its_history_does_not_verify(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    (folder / "sampling.csv").unlink()
    with pytest.raises(Faults) as refused:
        verify_sample(folder)
    assert {fault.code for fault in refused.value} == {"sample.history-differs"}


def test_a_design_written_out_draws_as_before_and_its_history_is_kept_too(folder: Path) -> None:
    draw_sample(folder)
    assert (folder / "sample.csv").read_text("utf-8").splitlines()[0].endswith("replaced_by,note")
    told = [row for row in history(folder, "") if not row[0]]
    assert told == [("", "LISTED", 300), ("", "CHOSEN", 30)]
    (folder / "sampling.csv").unlink()  # as in a folder that was drawn before there were histories
    verify_sample(folder)


@pytest.mark.parametrize(
    ("designs", "codes"),
    [
        ([{"design": "at-curt"}], {"package.unknown-design"}),
        ([{"design": "at-court"}, {"design": "at-court"}], {"package.unknown-design"}),
    ],
)
def test_a_design_that_cannot_be_is_found_before_anything_is_drawn(
    folder: Path, designs: list[dict[str, Any]], codes: set[str]
) -> None:
    choosing(folder, *designs)
    with pytest.raises(Faults) as refused:
        draw_sample(folder)
    assert {fault.code for fault in refused.value if fault.severity == "error"} == codes


def test_a_design_that_the_inspection_did_not_choose_may_be_planned_and_not_drawn(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    assert plan_report(folder, "precise")["precision"]
    with pytest.raises(Faults) as refused:
        draw_sample(folder, "precise")
    assert [fault.code for fault in refused.value] == ["sample.unknown-design"]
    assert read_package(folder).sample == ()


def test_a_population_of_nobody_gives_a_sample_of_nobody_and_says_so(folder: Path) -> None:
    package = read_package(folder)
    cases = tuple(replace(row, facts={**row.facts, "at_court": "no"}) for row in package.caseload)
    write_package(replace(package, caseload=cases), folder)
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    verify_sample(folder)
    assert history(folder, "at-court")[-1] == ("", "LOWERED_TO_POPULATION", 0)


def test_rows_of_a_design_that_was_taken_out_of_the_inspection_are_found(folder: Path) -> None:
    choosing(folder, {"design": "at-court"})
    draw_sample(folder)
    choosing(folder, {"design": "everybody"})
    _, faults = package_faults(folder)
    assert [fault.code for fault in faults if fault.code.startswith("package.design")] == [
        "package.design-not-chosen"
    ] * 2


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
