"""What a phrase is made of: the base of a count is whom the fact is known of, and the sample stays the sample."""

from __future__ import annotations

import pytest
from tests.factories.letters import context, words
from tests.factories.small import case, package

from caselight.method.analysis.figures import figures
from caselight.method.report.amounts import amount_of

# Twenty cases: a report in twelve, none in five, and nobody knows in three.
KNOWN = ["yes"] * 12 + ["no"] * 5
COUNTED = figures(
    package([*(case(f"{n:02}", psr=psr) for n, psr in enumerate(KNOWN)), *(case(f"{n}") for n in (17, 18, 19))], [])
)


def test_base_of_a_count_is_whom_the_fact_is_known_of():
    amount = amount_of(COUNTED["PSR"], context())
    assert (amount.n, amount.d, amount.rest, amount.sample) == (12, 17, 5, 20)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("Reports: {PSR: of}.", "Reports: 12 of 17 relevant cases."),
        ("Reports: {PSR: of; side=insufficient}.", "Reports: 5 of 17 relevant cases."),
        ("Reports: {PSR: complement}.", "Reports: the five which did not."),
    ],
)
def test_phrases_of_a_count_leave_out_what_is_not_known(source, printed):
    assert words(source, figures=COUNTED) == printed
