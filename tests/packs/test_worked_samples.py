"""The worked tables of samples, from the caseload to the cases drawn: the sizes of a precision, and the ministry's sampler.

Sizes of 80% ±5 are drawn by the youth pack itself; the other columns of the table take its design with another
precision. The calls of the sampler (MIT, 2021; documented there or computed from its rules) are drawn by a copy of the
specimen with one design each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.factories.worked import FOLDERS, shipped
from tests.packs.test_samples_of_packs import YOUTH, drawn

from caselight.formats.framework_yaml import copy_framework
from caselight.formats.located_yaml import read_yaml
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.inspection.package import CaseloadCase, SampledCase
from caselight.method.sampling.sizes import size_changes
from caselight.procedures.beginning import new_inspection
from caselight.procedures.sampling import draw_sample, verify_sample

#      N, 80% ±5, 80% ±10, 90% ±10, 95% ±5
TABLE = [
    (10, 10, 9, 9, 10),
    (20, 18, 14, 16, 20),
    (30, 26, 18, 21, 28),
    (50, 39, 23, 29, 45),
    (75, 52, 27, 36, 63),
    (100, 63, 30, 41, 80),
    (150, 79, 33, 47, 109),
    (200, 91, 35, 51, 132),
    (300, 107, 37, 56, 169),
    (500, 124, 39, 60, 218),
    (1000, 142, 40, 64, 278),
    (2000, 152, 41, 66, 323),
]
COLUMNS = [("80%", "5%"), ("80%", "10%"), ("90%", "10%"), ("95%", "5%")]


@pytest.mark.parametrize(("population", "size"), [row[:2] for row in TABLE])
def test_the_youth_pack_draws_what_its_table_says(tmp_path: Path, population: int, size: int) -> None:
    court = {**YOUTH, "start_date": date(2025, 10, 1), "case_kind": "court"}
    rows = drawn(tmp_path / "i", "youth-2018-25", [court] * population, "court")  # type: ignore[list-item]
    assert len(rows) == size


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[0]))
def test_the_design_of_the_youth_pack_gives_every_column_of_the_table(row: tuple[int, ...]) -> None:
    sample = shipped("youth-2018-25").sample
    assert sample is not None
    design = next(design for design in sample.designs if design.id == "court")
    found = []
    for confidence, margin in COLUMNS:
        assert design.size.by_precision is not None
        precision = design.size.by_precision.model_copy(update={"confidence": confidence, "margin": margin})
        size = design.size.model_copy(update={"by_precision": precision})
        found.append(size_changes(design.model_copy(update={"size": size}), row[0])[-1].size)
    assert tuple(found) == row[1:]


def sampled(
    folder: Path, design: Mapping[str, Any], cases: list[CaseloadCase]
) -> tuple[tuple[SampledCase, ...], tuple[str, ...]]:
    """The cases that one design draws by the specimen, drawn again and found the same, and what it says beside them."""
    pack = folder / "pack"
    copy_framework(FOLDERS["sampling"], pack)
    path = pack / "framework.yaml"
    framework = read_yaml(path.read_bytes(), path.name).value
    own = {"id": "worked", "title": "Worked", "allocation": "half-up-round-robin", "provenance": "own-design"}
    framework["sample"]["designs"] = [own | dict(design)]
    path.write_text(yaml.safe_dump(framework, sort_keys=False), "utf-8")
    made = folder / "inspection"
    new_inspection(made, str(pack), "Testshire")
    chosen = yaml.safe_load((made / "inspection.yaml").read_text("utf-8"))
    chosen.pop("sample", None)
    chosen["dates"] = {name: str(day) for name, day in chosen["dates"].items()}
    chosen["samples"] = [{"seed": "spring", "design": "worked"}]
    (made / "inspection.yaml").write_text(yaml.safe_dump(chosen, sort_keys=False), "utf-8")
    write_package(replace(read_package(made), caseload=tuple(cases)), made)
    faults = draw_sample(made)
    verify_sample(made)
    rows = tuple(row for row in read_package(made).sample if row.status == "drawn")
    return rows, tuple(fault.says for fault in faults)


def clustered(*sizes: int) -> list[CaseloadCase]:
    """So many cases in each cluster, A first."""
    held = [name for name, size in zip("ABCDE", sizes, strict=False) for _ in range(size)]
    return [CaseloadCase(f"c{n:03}", True, "", {"cluster": name}) for n, name in enumerate(held)]


def by_cluster(rows: tuple[SampledCase, ...], cases: list[CaseloadCase]) -> tuple[int, ...]:
    of = {case.key: str(case.facts["cluster"]) for case in cases}
    counted = Counter(of[row.case_key] for row in rows)
    return tuple(counted[name] for name in sorted(set(of.values())))


@pytest.mark.parametrize(
    ("n", "held", "buffer", "sizes"),
    [
        (10, (50, 50), "0%", (5, 5)),
        (10, (50, 50, 50), "0%", (4, 3, 3)),
        (1000, (50, 50, 50), "0%", (50, 50, 50)),
        (30, (65, 55, 86, 24), "0%", (8, 7, 11, 4)),
        (50, (75, 48, 6, 58), "0%", (19, 13, 2, 16)),
        (34, (70, 25, 12, 6, 3), "10%", (22, 8, 4, 2, 1)),
        (25, (5, 45, 50), "20%", (1, 13, 16)),
    ],
)
def test_the_calls_of_the_sampler_are_drawn_as_it_gives_them(
    n: int, held: tuple[int, ...], buffer: str, sizes: tuple[int, ...], tmp_path: Path
) -> None:
    cases = clustered(*held)
    rows, _ = sampled(tmp_path, {"size": {"fixed": n}, "buffer": buffer, "stratify_by": ["cluster"]}, cases)
    assert by_cluster(rows, cases) == sizes


@pytest.mark.parametrize(
    ("n", "buffer", "total"), [(n, b, t) for n in (10, 45, 90) for b, t in (("0%", n), ("10%", n + (n + 5) // 10))]
)
def test_the_whole_is_always_what_was_asked_for_and_its_buffer(n: int, buffer: str, total: int, tmp_path: Path) -> None:
    rows, _ = sampled(
        tmp_path, {"size": {"fixed": n}, "buffer": buffer, "stratify_by": ["cluster"]}, clustered(60, 30, 30)
    )
    assert len(rows) == total


def managed(**workers: tuple[str, int]) -> list[CaseloadCase]:
    """The cases of each officer of one unit, with the stratum that they are in."""
    held = [(worker, kind) for worker, (kind, number) in workers.items() for _ in range(number)]
    return [
        CaseloadCase(f"c{n:03}", True, "", {"care": kind, "unit": "u"}, worker) for n, (worker, kind) in enumerate(held)
    ]


def of_officers(rows: tuple[SampledCase, ...], cases: list[CaseloadCase]) -> dict[str, int]:
    of = {case.key: case.managed_by for case in cases}
    return dict(sorted(Counter(of[row.case_key] for row in rows).items()))


@pytest.mark.parametrize(
    ("n", "held", "given", "short"),
    [
        (9, (9,), {"w1": 6}, 3),
        # 10, 1.5 and 1.5 are 10, 2 and 2: one too many, so 9, 2 and 2; of the three above the cap two find room.
        (13, (20, 3, 3), {"w1": 6, "w2": 3, "w3": 3}, 1),
        (12, (12, 6, 6), {"w1": 6, "w2": 3, "w3": 3}, 0),
    ],
)
def test_no_officer_gives_more_than_six_and_what_is_short_is_said(
    n: int, held: tuple[int, ...], given: dict[str, int], short: int, tmp_path: Path
) -> None:
    cases = managed(**{f"w{at}": ("foster", number) for at, number in enumerate(held, 1)})
    rows, said = sampled(tmp_path, {"size": {"fixed": n}, "clusters": ["unit"], "most_per_worker": 6}, cases)
    assert of_officers(rows, cases) == given
    assert [f"{short} short" in says for says in said] == ([True] if short else [])


def test_an_officer_is_counted_across_strata(tmp_path: Path) -> None:
    foster, home = managed(w1=("foster", 8)), managed(w1=("in_home", 8), w2=("in_home", 8))
    cases = [*foster, *(replace(case, key=f"h{case.key}") for case in home)]
    design = {"size": {"fixed": 12}, "stratify_by": ["care"], "clusters": ["unit"], "most_per_worker": 6}
    rows, _ = sampled(tmp_path, design, cases)
    assert of_officers(rows, cases) == {"w1": 6, "w2": 6}  # 4 and 4 of one officer, 4 of the other: two go over
