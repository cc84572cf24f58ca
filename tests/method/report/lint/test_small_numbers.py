"""A small group of children is printed by decision only, on whichever side of a count it stands."""

from __future__ import annotations

import pytest
from tests.factories.letters import codes, context


def mostly_custodial(source):
    """The codes of a letter about twenty cases of which all but three are custodial."""
    made = context()
    figure = made.figures["CUSTODY"]
    turned = {"sufficient": "insufficient", "insufficient": "sufficient"}
    cells = {type(cell)(turned.get(cell.value, cell.value)): keys for cell, keys in figure.cells.items()}
    other = type(figure)(**{name: getattr(figure, name) for name in figure.__slots__} | {"cells": cells})
    return codes(source, figures={**made.figures, "CUSTODY": other})


@pytest.mark.parametrize(
    "phrase",
    [
        "{CUSTODY: all but}",
        "{CUSTODY: failures}",
        "{CUSTODY: count; side=insufficient}",
        "{CUSTODY: of; side=insufficient}",
        "[three]{CUSTODY; side=insufficient}",
    ],
)
def test_the_small_rest_of_a_count_is_not_printed_unseen(phrase):
    assert "letter.small-number-undecided" in mostly_custodial(f"There were {phrase}. {{A: rests}}")


def test_the_large_side_of_a_count_is_printed():
    assert "letter.small-number-undecided" not in mostly_custodial("There were {CUSTODY: count}. {A: rests}")
    assert "letter.small-number-undecided" in codes("There were {CUSTODY: count}. {A: rests}")
