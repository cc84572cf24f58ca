"""From one framework to another: every kind of change is told by its word, and says whether figures stay comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import framework_of, minimal, minimal_text

from caselight.method.framework.differences import CHANGES, Changed, differences


def changed(*changes: tuple[str, str]) -> list[tuple[str, tuple[str, ...], bool]]:
    found = differences(minimal(), framework_of(minimal_text(*changes)))
    return [(change.id, change.how, change.comparable) for change in found.changed]


def test_a_framework_does_not_differ_from_itself() -> None:
    found = differences(minimal(), minimal())
    assert found.none
    assert found.comparable == tuple(sorted(minimal().questions))
    assert found.same == tuple(minimal().questions)


@given(st.lists(st.sampled_from(CHANGES), min_size=1, unique=True))
def test_only_words_and_places_leave_a_question_comparable(how: list[str]) -> None:
    assert Changed("R1", tuple(how)).comparable == (set(how) <= {"reworded", "moved"})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("Was the plan good enough?", "Is the plan good enough?"), [("A2", ("reworded",), True)]),
        (("      - {value: health, label: Health}", "      - {value: health, label: Health care}"),
         [("W1.topics", ("reworded",), True)]),
        (("{answer: A2.due, is: yes}, {fact: report, is: yes}", "{answer: A2.due, is: yes}"),
         [("A2", ("re-routed",), False)]),
        (("      - {value: law, label: Law}", "      - {value: law, label: Law}\n      - {value: it, label: Computers}"),
         [("W1.topics", ("re-scaled",), False)]),
        (("{working_days: 15, provenance", "{working_days: 10, provenance"), [("A1t", ("recomputed",), False)]),
    ],
)  # fmt: skip
def test_what_changed_about_a_question(
    change: tuple[str, str], expected: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    assert changed(change) == expected


def test_several_changes_are_all_told_and_one_that_breaks_the_base_decides() -> None:
    found = changed(
        ("Was the plan good enough?", "Is the plan good?"), ("fact: report, is: yes", "fact: report, is: no")
    )
    assert found == [("A2", ("reworded", "re-routed"), False)]


def test_a_question_that_moves_to_another_theme_stays_comparable() -> None:
    gate = minimal_text().partition("      - id: A2.due\n")[2].partition("      - id: A2\n")[0]
    theme = f"  - id: B\n    title: Plans\n    questions:\n      - id: A2.due\n{gate}  - id: A\n"
    moved = framework_of(minimal_text(("      - id: A2.due\n" + gate, ""), ("  - id: A\n", theme)))
    assert [(c.id, c.how, c.comparable) for c in differences(minimal(), moved).changed] == [
        ("A2.due", ("moved",), True)
    ]


def test_a_question_with_another_meaning_has_a_new_id_and_says_what_it_replaces() -> None:
    renamed = framework_of(
        minimal_text(
            ("      - id: W1.topics\n", "      - id: W2.topics\n        replaces: [W1.topics]\n"),
            ("answer: W1.topics, includes", "answer: W2.topics, includes"),
            ("answered: W1.topics", "answered: W2.topics"),
        )
    )
    found = differences(minimal(), renamed)
    assert found.replaced == {"W1.topics": "W2.topics"}
    assert (found.added, found.dropped) == ((), ())
    assert ("W1", ("recomputed",)) in [(change.id, change.how) for change in found.changed]
    assert "W1.topics" not in found.comparable


def test_questions_that_only_one_has_were_added_or_dropped() -> None:
    gone = minimal_text().partition("populations:\n  - {id: long")[0].partition("      - id: A1t\n")
    assert gone[1]
    without = framework_of(
        minimal_text(
            ("      - id: A1t\n" + gone[2].partition("      - id: A2.due\n")[0], ""),
            ("questions: [A1, A1t]", "questions: [A1]"),
        )
    )
    assert differences(minimal(), without).dropped == ("A1t",)
    assert differences(without, minimal()).added == ("A1t",)


def test_other_parts_are_told_by_their_list_and_id() -> None:
    found = differences(
        minimal(),
        framework_of(
            minimal_text(("where: {fact: order, is: long}, figures", "where: {fact: order, is: short}, figures"))
        ),
    )
    assert [(part.name, part.added, part.dropped, part.changed) for part in found.parts] == [
        ("populations", (), (), ("long",))
    ]
    assert not found.none
