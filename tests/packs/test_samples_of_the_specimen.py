"""The designs of the sampling specimen, each drawn from one caseload of 300: so many cases, as its size says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories.specimen import SPECIMEN, case, choosing, drawn

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.procedures.beginning import new_inspection
from caselight.procedures.sampling import draw_sample

AT_COURT = sum(case(n).facts["at_court"] == "yes" for n in range(300))


@pytest.mark.parametrize(
    ("design", "size"),
    [
        ("sampler", 62),  # 60 and a tenth more, less the four for whom no officer of their unit has room
        ("cfsr", 65),
        ("never-above-40", 65),
        ("at-court", max(20, -(-AT_COURT // 5))),
        ("as-the-table", 106),  # 106.35 to the nearest; upwards it would be 107
        ("banded", 60),  # a fifth of 300
        ("everybody", 300),
    ],
)
def test_a_design_draws_what_its_size_says(design: str, size: int, tmp_path: Path) -> None:
    new_inspection(tmp_path, str(SPECIMEN), "Testshire")
    write_package(replace(read_package(tmp_path), caseload=tuple(map(case, range(300)))), tmp_path)
    choosing(tmp_path, {"design": design})
    draw_sample(tmp_path)
    assert len(drawn(tmp_path, design)) == size
