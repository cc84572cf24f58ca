"""Every question has what its kind needs."""

import pytest
from tests.factories import told

A1_TEXT = "- id: A1\n        text: Was the assessment good enough?"
A1_SCALE = "        scale: sufficiency\n        reasons: usual\n        provenance: {mark"
A1_GUIDANCE = (
    "        guidance: Good enough for this child.\n        scale: sufficiency\n        reasons: usual\n        prov"
)
A1_GUIDANCE += "enance: {mark"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.missing-guidance", [(A1_GUIDANCE, A1_SCALE), ("- id: A1\n", "- «id: A1\n")]),
        ("framework.missing-reasons", [(A1_SCALE, A1_SCALE.replace("        reasons: usual\n", "")),
                                       ("- id: A1\n", "- «id: A1\n")]),
        ("framework.no-other-reason", [("    - {id: other, label: Other, needs_note: true}\nnot_rel", "not_rel"),
                                       ("- {id: late", "- «{id: late")]),
        ("framework.no-other-reason", [("    - {id: other, label: Other, needs_note: true}\nnot_rel",
                                        "    - «{id: other, label: Other}\nnot_rel")]),
        ("framework.no-other-reason", [("  - {id: other, label: Other, needs_note: true}\nthemes", "themes"),
                                       ("- {id: elsewhere", "- «{id: elsewhere")]),
        ("framework.no-other-reason", [(A1_SCALE, A1_SCALE.replace("usual", "[«{id: late, label: Late}]"))]),
        ("framework.scale-missing", [("        scale: topics\n", ""), ("- id: W1.topics", "- «id: W1.topics"),
                                     (", answered: W1.topics", ""), ("{answer: W1.topics, includes: law}", "{fact: grade, is: a}")]),
        ("framework.gate-scale", [("scale: gate", "scale: «sufficiency")]),
        ("framework.no-outcome", [(A1_SCALE, A1_SCALE.replace("sufficiency", "«gate")),
                                  ("[{outcome: A1, is: insufficient}, ", "[")]),
        ("framework.outcome-on-data", [("{value: law, label: Law}", "{value: law, label: Law, outcome: «sufficient}")]),
        ("framework.computed-missing", [("kind: gate", "kind: computed"), ("- id: A2.due", "- «id: A2.due")]),
        ("framework.computed-unexpected", [("kind: computed\n        tool: interview", "kind: data\n        tool: interview"),
                                           ("        computed:\n          sufficient_when: {",
                                            "        scale: gate\n        computed:\n          «sufficient_when: {")]),
        ("framework.options-missing", [("label: Order\n    type: choice\n    options:\n      - {value: short, label: Short order}"
                                        "\n      - {value: long, label: Long order}\n", "label: Order\n    type: choice\n"),
                                       ("- id: order", "- «id: order"),
                                       ("where: {fact: order, is: long}", "where: {fact: report, is: yes}"),
                                       ("when: {fact: order, is: long}", "when: {fact: report, is: yes}")]),
        ("framework.options-unexpected", [("{id: age, label: Age, type: integer",
                                           "{id: age, label: Age, options: «[{value: a, label: A}], type: integer")]),
        ("framework.no-source", [("{mark: documented, source: BOOK}", "«{mark: documented}")]),
    ],
)  # fmt: skip
def test_a_question_has_what_its_kind_needs(code: str, changes: list[tuple[str, str]]) -> None:
    assert told(*changes)[0] == [(code, told(*changes)[1])]


def test_a_gate_and_a_judgement_take_one_answer() -> None:
    faults, place = told(("scale: gate", "scale: «topics"), ("{answer: A2.due, is: yes}", "{answer: A2.due, includes: law}"),
                         ("yes: a plan was needed, no: no plan", "known: a plan was needed, unknown: no plan"))  # fmt: skip
    assert faults == [("framework.scale-multiple", place)]
