"""Shares of a population are kept with their definition and their ages, and those of two definitions are two measures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.folders import inspection_folder

from caselight.formats.letter.notation import KEY
from caselight.formats.package.reading import read_package
from caselight.method.faults import Faults
from caselight.procedures.reoffending.populations import as_external, keep_shares, shares_of

CENSUS = Path(__file__).parents[2] / "reference" / "reoffending" / "census-2011-three-boroughs.csv"


def shares(*areas: str, definition: str = "not White"):
    return shares_of(CENSUS, areas, definition, table="QS201EW", ages="all ages")


def test_a_share_says_whose_of_what_ages_by_which_table() -> None:
    row = as_external(shares("Westminster")[0])
    assert (row.value, row.measure) == (Decimal("38.3"), "share of residents of all ages who are not White")
    assert all(part in row.footnote for part in ("all ages", "not White", "QS201EW", "2011", "219,396"))
    assert KEY.fullmatch(row.key)


def test_two_definitions_are_two_measures_with_two_keys() -> None:
    one, other = (as_external(shares("Westminster", definition=name)[0]) for name in ("not White", "not White British"))
    assert one.measure != other.measure
    assert one.key != other.key


def test_a_folder_keeps_a_share_once_and_refuses_another_number_for_it(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "inspection")
    found = shares("Westminster", "Hammersmith and Fulham")
    assert (keep_shares(folder, found), keep_shares(folder, found)) == (2, 0)
    assert len(read_package(folder).external) == 4
    with pytest.raises(Faults, match=r"store\.external-exists"):
        keep_shares(folder, [replace(found[0], value=Decimal("99.9"))])


@pytest.mark.parametrize(("areas", "definition"), [(("Atlantis",), "not White"), (("Westminster",), "minority")])
def test_an_area_or_a_definition_that_is_not_there_is_refused(areas: tuple[str, ...], definition: str) -> None:
    with pytest.raises(Faults, match=r"reoffending\.(nothing-chosen|unknown-definition)"):
        shares(*areas, definition=definition)
