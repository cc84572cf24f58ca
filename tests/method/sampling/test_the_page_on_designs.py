"""docs/how-to/choose-a-sampling-design.md is true: its numbers are what the program gives."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from tests.repository.pages import code, rows, text_of

from caselight.method.framework.sampling import WAYS, AllocationName, SampleDesign, Size
from caselight.method.sampling.allocation.methods import allocated
from caselight.method.sampling.sizes import margin, size_changes

PAGE = text_of("docs/how-to/choose-a-sampling-design.md")
SIZES: tuple[dict[str, Any], ...] = (
    {"by_precision": {"confidence": "80%", "margin": "5%"}},
    {"by_precision": {"confidence": "80%", "margin": "10%"}},
    {"by_precision": {"confidence": "90%", "margin": "10%"}},
    {"by_precision": {"confidence": "95%", "margin": "5%"}},
    {"by_percentage": "20%", "at_least": 20},
    {"fixed": 34},
)
STRATA = {"65": 65, "55": 55, "86": 86, "24": 24}


def size(population: int, written: dict[str, Any]) -> int:
    rules = SampleDesign(id="d", title="D", size=Size.model_validate(written), provenance="own-design")
    return size_changes(rules, population)[-1].size


def points(n: int, population: int) -> str:
    half = margin(n, population)
    assert half is not None
    return "census" if n == population else f"±{100 * half:.1f}"


def row(population: int) -> list[str]:
    """One row of the table, as the program works it out."""
    numbers = [size(population, written) for written in SIZES]
    precise, (fifth, fixed) = numbers[:4], numbers[4:]
    return [
        *map(str, (population, *precise, fifth)), points(fifth, population), str(fixed), points(fixed, population),
    ]  # fmt: skip


@pytest.mark.parametrize("told", rows(PAGE, "N"), ids=lambda told: f"N={told[0]}")
def test_the_table_of_sizes_and_margins(told: list[str]) -> None:
    assert told == row(int(told[0]))


def test_the_table_has_a_row_for_small_and_large_services() -> None:
    assert [int(told[0]) for told in rows(PAGE, "N")] == [
        10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000,
    ]  # fmt: skip


def test_the_table_of_methods_lists_every_one_with_its_numbers() -> None:
    numbers = PAGE[PAGE.index("a sample of 30 takes:") :]
    told = {code(name): [int(cell) for cell in cells] for name, *cells in rows(numbers, "Method")}
    assert told == {name: list(allocated(name, STRATA, 30).sizes.values()) for name in get_args(AllocationName)}
    assert {code(name) for name, *_ in rows(PAGE, "Method")} == set(told)


def test_every_rule_of_size_is_explained() -> None:
    explained = rows(PAGE, "You want")
    assert [way for way in WAYS if not any(f"`{way}:" in cells[1] for cells in explained)] == []
