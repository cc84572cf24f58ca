"""A test compares like with like: values that can be answered, dates with dates, numbers with numbers."""

import pytest
from tests.factories import told

PLACE = "{fact: report, is: yes}]}"  # the second test of A2's rule
VALID_FROM = ("about: Made", "valid_from: «2016-02-30\nabout: Made")


def put(test: str) -> list[tuple[str, str]]:
    return [(PLACE, test + "]}")]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.unknown-value", put("{fact: report, is: «maybe}")),
        ("framework.unknown-value", put("{fact: order, in: [long, «longer]}")),
        ("framework.unknown-value", put("{answer: A1, is: «sufficient}")),
        ("framework.unknown-value", put("{outcome: A1, is: «yes}")),
        ("framework.unknown-value", put("{answer: A1t, is: «late}")),
        ("framework.unknown-value", [("W1.topics, includes: law", "W1.topics, includes: «laws")]),
        ("framework.unknown-value", [("no: no report was prepared", "nope: «no report was prepared")]),
        ("framework.unknown-value", [("no: no plan was needed", "never: «no plan was needed")]),
        ("framework.type-mismatch", put("{fact: report, before: «2016-01-01}")),
        ("framework.type-mismatch", put("{fact: report, at_least: «1}")),
        ("framework.type-mismatch", put("{fact: report, is: «1}")),
        ("framework.type-mismatch", put("{fact: report, includes: «yes}")),
        ("framework.type-mismatch", put("{fact: begun, is: «2016-01-01}")),
        ("framework.type-mismatch", put("{fact: age, is: «seventeen}")),
        ("framework.type-mismatch", put("{fact: age, in: [16, «old]}")),
        ("framework.type-mismatch", put("{fact: age, before: «2016-01-01}")),
        ("framework.type-mismatch", put("{answer: A1, includes: «yes}")),
        ("framework.type-mismatch", put("{answer: A1, at_least: «1}")),
        ("framework.type-mismatch", put("{outcome: A2.due, is: «sufficient}")),
        ("framework.type-mismatch", [("W1.topics, includes: law", "W1.topics, is: «law")]),
        ("framework.type-mismatch", [("start: begun", "start: «age")]),
        ("framework.type-mismatch", [("start_fact: begun", "start_fact: «age")]),
        ("framework.invalid-date", put("{fact: begun, before: «2016-02-30}")),
        ("framework.invalid-date", put("{fact: begun, after: «'20160101'}")),
        ("framework.invalid-date", [VALID_FROM]),
    ],
)
def test_a_test_compares_like_with_like(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert faults == [(code, place)]


@pytest.mark.parametrize(
    "test",
    [
        "{fact: report, in: [yes, no]}",
        "{fact: order, is: short}",
        "{fact: begun, after: 2016-01-01}",
        "{fact: begun, known: true}",
        "{fact: age, at_least: 10.5}",
        "{fact: age, in: [16, 17]}",
        "{answer: A1, is: no}",
        "{outcome: A1, in: [sufficient, insufficient]}",
        "{outcome: A1t, is: insufficient}",
        "{answer: A1t, is: yes}",
        "{answer: A2.due, known: true}",
        "{not: {not_relevant: A1}}",
    ],
)
def test_every_comparison_that_fits_is_accepted(test: str) -> None:
    assert told(*put(test))[0] == []
