"""Every id is given once, and some words are kept."""

import pytest
from tests.factories import told

GATE = "  - {id: worker, one: worker, many: workers, sampled: false}\n"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.duplicate-id", [("- id: A2\n", "- id: «A2.due\n"), ("figures: [A1]", "figures: []"),
                                    ("outcome: A2,", "outcome: A1t,"), ("unless_note_on: A2", "unless_note_on: A1")]),
        ("framework.duplicate-id", [("{id: done, label: Done on, type: date", "{id: «begun, label: Done on, type: date"),
                                    ("fact: done, known", "fact: begun, known"), ("done: done", "done: begun")]),
        ("framework.duplicate-id", [("- id: topics\n", "- id: «gate\n"), ("scale: topics", "scale: gate")]),
        ("framework.duplicate-id", [("{value: health, label: Health}", "{value: «law, label: Health}")]),
        ("framework.duplicate-id", [("{value: long, label: Long order}", "{value: «short, label: Long order}"),
                                    ("fact: order, is: long}, figures", "fact: order, is: short}, figures"),
                                    ("fact: order, is: long}, prov", "fact: order, is: short}, prov")]),
        ("framework.duplicate-id", [("- {id: late, label: Late}", "- {id: other, label: Late}"),
                                    ("    - {id: other, label: Other, needs_note: true}\nnot_rel",
                                     "    - {id: «other, label: Other, needs_note: true}\nnot_rel")]),
        ("framework.duplicate-id", [("{id: elsewhere, label: Done elsewhere}\n  - {id: other",
                                     "{id: other, label: Done elsewhere}\n  - {id: «other")]),
        ("framework.duplicate-id", [("{id: not-eligible, label: Not eligible after all}\n    - {id: other",
                                     "{id: other, label: Not eligible after all}\n    - {id: «other")]),
        ("framework.duplicate-id", [("- id: W\n", "- id: «A\n")]),
        ("framework.duplicate-id", [("{id: short, title: W", "{id: «all, title: W")]),
        ("framework.duplicate-id", [(GATE, GATE + GATE.replace("{id: ", "{id: «"))]),
        ("framework.duplicate-id", [("populations:\n", "populations:\n"
                                     "  - {id: long, label: x, where: {fact: order, is: short}, provenance: own-design}\n"),
                                    ("{id: long, label: cases", "{id: «long, label: cases")]),
        ("framework.duplicate-id", [("{id: WORKERS", "{id: «CASES")]),
        ("framework.duplicate-id", [("languages: [en]", "languages: [en, «en]")]),
        ("framework.id-clash", [("{id: CASES", "{id: «A1")]),
        ("framework.reserved-id", [("{id: CASES", "{id: «fact.cases")]),
        ("framework.reserved-id", [("{id: CASES", "{id: «quote")]),
        ("framework.reserved-id", [("{id: age,", "{id: «reason,"), ("fact: age", "fact: reason")]),
        ("framework.reserved-id", [("{value: health, label", "{value: «not_relevant, label")]),
    ],
)  # fmt: skip
def test_an_id_is_given_once_and_kept_words_are_not_ids(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert (code, place) in faults


def test_a_fault_names_the_id_that_stands_twice() -> None:
    faults, place = told(("{id: WORKERS", "{id: «CASES"))
    assert faults == [("framework.duplicate-id", place)]
