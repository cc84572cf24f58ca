"""Agreement is measured on questions that are there, once, with one answer out of a list, and values where they are needed."""

import pytest
from tests.factories import told

THEMES = "themes:\n  - id: A\n"


def with_rules(*rules: str) -> tuple[str, str]:
    lines = "".join(f"  - {rule}\n" for rule in rules)
    return THEMES, f"double_marking:\n{lines}{THEMES}"


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("framework.unknown-id", ["{questions: [«A9], provenance: own-design}"]),
        ("framework.double-marking-not-rated", ["{questions: [«A1t], provenance: own-design}"]),
        ("framework.double-marking-not-rated", ["{questions: [A1, «W1.topics], provenance: own-design}"]),
        ("framework.double-marking-twice", ["{questions: [A1, «A1], provenance: own-design}"]),
        ("framework.double-marking-twice", ["{questions: [A1], provenance: own-design}", "{questions: [«A1], provenance: own-design}"]),
        ("framework.double-marking-twice", ["{provenance: own-design}", "«{provenance: own-design}"]),
        ("framework.double-marking-no-values",
         ["{questions: [«A1], statistic: alpha, metric: interval, provenance: own-design}"]),
        ("yaml.does-not-fit", ["«{statistic: alpha, weights: linear, provenance: own-design}"]),
        ("yaml.out-of-range", ["{minimum_units: «1, provenance: own-design}"]),
    ],
)  # fmt: skip
def test_agreement_is_measured_on_what_two_people_can_answer(code: str, rules: list[str]) -> None:
    faults, place = told(with_rules(*rules))
    assert faults == [(code, place)]


def test_a_good_rule_and_one_for_the_others_stand_side_by_side() -> None:
    fine = "{questions: [A1], statistic: alpha, metric: ordinal, flag_below: 0.6, provenance: own-design}"
    assert told(with_rules(fine, "{minimum_units: 12, provenance: own-design}"))[0] == []
