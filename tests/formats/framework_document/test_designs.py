"""Every key of a sample design is in the document of its framework."""

from __future__ import annotations

import pytest
from tests.factories.documents import CASE, page
from tests.factories.small import OWN

from caselight.method.framework.sampling import WAYS as SIZES
from caselight.method.framework.sampling import SampleDesign

DESIGN = {
    "id": ({}, 'id="design-court"'),
    "title": ({}, "Court cases"),
    "where": ({"where": CASE}, "Drawn from"),
    "window": (
        {
            "window": {
                "start_fact": "started",
                "latest_days_before_announcement": 3,
                "earliest_days_before_fieldwork": 4,
                "provenance": OWN,
            }
        },
        "at least 3 days before the announcement, and at most 4",
    ),
    "exclusions": ({"exclusions": [{"id": "x", "label": "redacted", "when": CASE, "provenance": OWN}]}, "redacted: "),
    "same_person": (
        {
            "same_person": {
                "label": "Same",
                "agree_in": [["psr", "done"], ["started"]],
                "by": "started",
                "provenance": OWN,
            }
        },
        "; the earliest by ",
    ),
    "size": ({}, "80%"),
    "buffer": ({"buffer": "10%"}, "10% more, examined as well"),
    "reserves": ({"reserves": 4}, "Reserves: 4."),
    "stratify_by": ({"stratify_by": ["psr"]}, "Groups"),
    "strata": ({"strata": [{"id": "f", "label": "female", "when": CASE, "provenance": OWN}]}, "female: "),
    "otherwise": (
        {"strata": [{"id": "f", "label": "f", "when": CASE, "provenance": OWN}], "otherwise": "f"},
        "Cases that fit none: f",
    ),
    "allocation": ({"allocation": "equal"}, "“equal”"),
    "clusters": ({"clusters": ["managed_by"]}, "worker"),
    "most_per_worker": ({"most_per_worker": 6}, "At most from one worker"),
    "quotas": ({"quotas": [{"stratum": "f", "at_least": 5, "at_most": 9}]}, "f: at least 5, at most 9"),
    "assessed_twice": ({"assessed_twice": {"share": "15%", "at_least": 5, "provenance": OWN}}, "15% of the sample"),
    "tools": ({"tools": ["case"]}, "Forms filled in"),
    "provenance": ({}, "Our own design"),
}
SIZE = {
    "fixed": (30, "30, at least 2."),
    "by_precision": ({"confidence": "80%", "margin": "5%"}, "within 5% at 80% confidence, rounded up"),
    "by_percentage": ("20%", "20% of the population, rounded up"),
    "by_band": ([{"from": 0, "to": 9, "all": True}, {"from": 10, "number": 9}], "from 0 to 9: all of them; from 10: 9"),
    "by_quotas": (True, "The sum of the quotas"),
    "all": (True, "all of them"),
}


def with_design(**more: object) -> str:
    size = {"by_precision": {"confidence": "80%", "margin": "5%"}}
    design = {"id": "court", "title": "Court cases", "size": size, "provenance": OWN} | more
    return page(sample={"removal_reasons": [{"id": "gone", "label": "gone"}], "designs": [design], "provenance": OWN})


def test_every_key_of_a_design_is_looked_at_here() -> None:
    assert set(DESIGN) == set(SampleDesign.model_fields)


@pytest.mark.parametrize("key", DESIGN)
def test_key_of_a_design_is_in_the_document(key: str) -> None:
    more, shown = DESIGN[key]
    assert shown in with_design(**more)


@pytest.mark.parametrize("way", SIZES)
def test_each_rule_for_the_size_is_in_words(way: str) -> None:
    needs, shown = SIZE[way]
    assert shown in with_design(size={way: needs, "at_least": 2})
