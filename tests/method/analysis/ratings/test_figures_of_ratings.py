"""Ratings as figures: after the shares, in the order of the framework, with a digest of everything that is printed."""

from __future__ import annotations

import pytest
from tests.factories.scored import DOC, counted, cut, inspected, of_service, scored, share, yes_of

NEAR = {"within_points": 5, "provenance": DOC}


def made(**more: object):
    return scored([share("M2"), share("M1")], [cut("R2", "M2"), cut("R1", discretion=NEAR) | more])


BASE = counted(inspected(made(), yes_of("K1", 12, 20), yes_of("K2", 12, 20)))


def test_scores_and_ratings_stand_after_the_shares_in_the_order_of_the_framework():
    keys = list(BASE)
    assert keys.index("CRIT") < keys.index("M2") < keys.index("M1") < keys.index("R2") < keys.index("R1")
    assert [BASE[key].kind for key in ("M1", "R1")] == ["score", "rating"]
    assert (BASE["R1"].subject, BASE["M1"].theme, BASE["M1"].question) == ("service", "T", "K1")


@pytest.mark.parametrize(
    ("after", "keys"),
    [
        (inspected(made(), yes_of("K1", 13, 20), yes_of("K2", 12, 20)), {"K1", "M1", "R1"}),
        (inspected(made(), yes_of("K1", 12, 20), yes_of("K2", 12, 20), [of_service("rating:R1", "good")]), {"R1"}),
        (inspected(made(caps=[{"when": {"fact": "breach", "is": "no"}, "at_most": "bad", "says": "A cap.", "provenance": DOC}]),
                   yes_of("K1", 12, 20), yes_of("K2", 12, 20)), {"R1"}),
        (inspected(made(duties=[{"when": {"always": True}, "says": "A plan.", "provenance": DOC}]),
                   yes_of("K1", 12, 20), yes_of("K2", 12, 20)), {"R1"}),
        (inspected(made(provenance={"mark": "general-knowledge"}), yes_of("K1", 12, 20), yes_of("K2", 12, 20)), {"R1"}),
    ],
)  # fmt: skip
def test_the_digest_of_a_rating_covers_how_it_was_reached(after, keys):
    found = counted(after)
    assert {key for key in BASE if found[key].snapshot != BASE[key].snapshot} == keys


def test_the_same_package_gives_the_same_figures():
    again = counted(inspected(made(), yes_of("K1", 12, 20), yes_of("K2", 12, 20)))
    assert [figure.snapshot for figure in again.values()] == [figure.snapshot for figure in BASE.values()]
