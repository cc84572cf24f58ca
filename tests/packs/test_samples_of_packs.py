"""The samples that packs name: the sizes of the sources, drawn from a caseload."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
import yaml

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.inspection.package import CaseloadCase, SampledCase
from caselight.procedures.beginning import new_inspection
from caselight.procedures.sampling import draw_sample, verify_sample

Facts = dict[str, str]


def drawn(folder: Path, pack: str, caseload: list[Facts], *designs: str) -> tuple[SampledCase, ...]:
    """The cases drawn from a caseload by designs of a pack, drawn again and found the same."""
    shutil.rmtree(folder, ignore_errors=True)
    new_inspection(folder, pack, "Testshire")
    path = folder / "inspection.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data.pop("sample", None)
    data["dates"] = {name: str(day) for name, day in data["dates"].items()}
    data["samples"] = [{"design": name, "seed": "spring"} for name in designs]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    cases = (CaseloadCase(f"c{n:04}", True, "", dict(facts)) for n, facts in enumerate(caseload))
    write_package(replace(read_package(folder), caseload=tuple(cases)), folder)
    draw_sample(folder)
    verify_sample(folder)
    return tuple(row for row in read_package(folder).sample if row.status == "drawn")


YOUTH = {"start_date": "2025-10-01", "sex": "male", "harm_recorded": "low", "safety_recorded": "low"}


@pytest.mark.parametrize(("population", "size"), [(10, 10), (20, 18), (50, 39), (100, 63), (200, 91), (300, 107)])
def test_youth_samples_are_within_five_points_at_80_percent(tmp_path: Path, population: int, size: int) -> None:
    from datetime import date

    youth: list[dict[str, object]] = [
        {**YOUTH, "start_date": date(2025, 10, 1), "sex": sex, "case_kind": "court"}
        for sex, _ in zip(cycle(["male", "male", "female"]), range(population), strict=False)
    ]
    out = [{**YOUTH, "start_date": date(2025, 10, 1), "case_kind": "out_of_court"}] * 30
    rows = drawn(tmp_path / "i", "youth-2018-25", youth + out, "court", "out-of-court")  # type: ignore[arg-type]
    assert Counter(row.design for row in rows) == {"court": size, "out-of-court": 26}


NONE = dict.fromkeys(("out_of_court", "court", "community", "secure", "transition"), "no")


@pytest.mark.parametrize(("population", "size"), [(0, 0), (12, 12), (20, 20), (60, 20), (100, 20), (130, 26)])
def test_a_fifth_of_the_cases_of_a_standard_and_twenty_at_least(tmp_path: Path, population: int, size: int) -> None:
    cases = [{**NONE, "court": "yes"}] * population + [{**NONE, "secure": "yes"}] * 3
    rows = drawn(tmp_path / "i", "youth-national-standards", cases, "standard-2")
    assert len(rows) == size


def test_a_case_may_serve_several_standards(tmp_path: Path) -> None:
    both = [{**NONE, "court": "yes", "community": "yes"}] * 25
    rows = drawn(tmp_path / "i", "youth-national-standards", both, "standard-2", "standard-3")
    assert Counter(row.design for row in rows) == {"standard-2": 20, "standard-3": 20}
    assert 20 <= len({row.case_key for row in rows}) <= 25


def test_sixty_five_cases_from_three_sites(tmp_path: Path) -> None:
    sites, kinds = cycle(("metropolitan", "second", "third")), cycle(("foster", "foster", "in_home"))
    cases = [
        {"case_type": kind, "site": site} for kind, site, _ in zip(_each(kinds, 3), sites, range(300), strict=False)
    ]
    rows = drawn(tmp_path / "i", "child-family-review", cases, "three-sites")
    kind_of = {f"c{n:04}": (facts["case_type"], facts["site"]) for n, facts in enumerate(cases)}
    found = Counter(kind_of[row.case_key] for row in rows)
    assert (sum(found.values()), sum(n for (kind, _), n in found.items() if kind == "foster")) == (65, 40)
    assert found["in_home", "metropolitan"] >= 10
    for site in ("metropolitan", "second", "third"):
        assert found["foster", site] >= 10
        assert found["in_home", site] >= 5


def _each(values: cycle[str], times: int):  # type: ignore[no-untyped-def]
    for value in values:
        yield from [value] * times
