"""Every number and quantity phrase of the published figures, written into a letter without a figure, is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.factories.letters import found

PHRASES = json.loads((Path(__file__).parents[2] / "reference" / "quantity-phrases.json").read_text("utf-8"))


@pytest.mark.parametrize("fragment", [row["words"] for row in PHRASES["phrases"]])
def test_quantity_written_without_a_figure_is_refused(fragment):
    source = f"The work was good enough: {fragment}. {{A: rests}}"
    assert {"letter.unbound-quantity", "letter.unbound-date"} & {fault.code for fault in found(source)}


@pytest.mark.parametrize("fragment", [row["words"] for row in PHRASES["phrases"]])
def test_quantity_inside_a_checked_phrase_is_not_unbound(fragment):
    source = f"The work was good enough in [{fragment}]{{A}}."
    assert "letter.unbound-quantity" not in {fault.code for fault in found(source)}


def test_date_outside_the_inspection_is_the_authors_own():
    codes = {fault.code for fault in found("The service began in January 2012, on 3 March 2013. {A: rests}")}
    assert not codes & {"letter.unbound-quantity", "letter.unbound-date"}
