"""The worked example of docs/explanation/sampling.md is true."""

import re
from pathlib import Path

from caselight.method.sampling.allocation.methods import allocate
from caselight.method.sampling.design import Caseload, Design
from caselight.method.sampling.draw import digest, draw, fingerprint, hash_order
from caselight.method.sampling.removal import remove

PAGE = (Path(__file__).parents[3] / "docs" / "explanation" / "sampling.md").read_text("utf-8")
CASELOAD: Caseload = {f"c{n:02}": {"custodial": "yes" if n in (2, 5, 9) else "no"} for n in range(1, 11)}
DESIGN = Design(4, "spring-2016", ("custodial",), 2)


def rows(heading: str) -> list[list[str]]:
    """The body of the table whose heading row begins like this."""
    lines = PAGE[PAGE.index(heading) :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_parameters_of_the_example_are_those_of_this_test() -> None:
    assert (
        "Ten cases, three of them custodial. Size 4, seed `spring-2016`, stratum fact `custodial`, 2 reserves." in PAGE
    )
    assert "c02, c05 and c09 are custodial" in PAGE


def test_the_table_of_sizes_is_what_the_program_allocates() -> None:
    table = rows("| stratum | cases | 4 ×")
    sizes = {row[0]: int(row[1]) for row in table}
    given = allocate(sizes, 4)
    left = {name: sizes[name] - given[name] for name in sizes}
    reserves = allocate(left, 2)
    for name, size, quota, whole, remainder, gives, remaining, reserve_quota, reserve in table:
        assert float(quota) == 4 * int(size) / 10 == int(whole) + float(remainder)
        assert (int(gives), int(remaining), int(reserve)) == (given[name], left[name], reserves[name])
        assert float(reserve_quota) == round(2 * left[name] / 6, 2)


def test_the_table_of_the_draw_is_what_the_program_draws() -> None:
    statuses = {case.case_key: case.status for case in draw(CASELOAD, DESIGN)}
    strata = {key: f"custodial={facts['custodial']}" for key, facts in CASELOAD.items()}
    assert rows("| stratum | order | case") == [
        [name, str(order), key, digest(DESIGN.seed, key)[:16], statuses.get(key, "")]
        for name, keys in hash_order(strata, DESIGN.seed).items()
        for order, key in enumerate(keys, start=1)
    ]


def test_what_the_page_says_about_removals_happens() -> None:
    assert "If c05 has to be removed, c09 takes its place." in PAGE
    first = remove(draw(CASELOAD, DESIGN), "c05", "moved", {"moved"})
    second = remove(first.sample, "c09", "moved", {"moved"})
    assert (first.replacement, second.replacement) == ("c09", "c06")


def test_the_fingerprint_on_the_page_is_that_of_the_example() -> None:
    assert re.findall(r"^    ([0-9a-f]{64})$", PAGE, re.MULTILINE) == [fingerprint(CASELOAD)]
