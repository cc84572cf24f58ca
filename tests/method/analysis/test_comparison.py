"""Two inspections side by side: what is compared, what is refused and why, many questions at once, and the group."""

from dataclasses import replace

import pytest
from tests.factories.small import case, event, framework, inspection, package, question

from caselight.method.analysis.comparable import Inspected
from caselight.method.analysis.comparison import BOTH_WHOLE, DRAWN, FROM_LISTS, Compared, Comparison, compare
from caselight.method.analysis.figures import figures
from caselight.method.faults import Faults
from caselight.method.inspection.package import CaseloadCase
from caselight.method.statistics.two_samples import Counted, fisher_exact, newcombe_difference


def inspected(name: str, good: int, cases: int = 20, *, caseload: int = 0, **changes: object) -> Inspected:
    """An inspection in which A was sufficient in the first ``good`` cases; the second half has a report."""
    subjects = [case(f"c{at:02}", psr="yes" if at >= cases // 2 else "no", custodial="no") for at in range(cases)]
    events = [event(f"c{at:02}", "A", "yes" if at < good else "no") for at in range(cases)]
    made = package(subjects, events, changes=changes)
    listed = tuple(CaseloadCase(f"c{at:02}", True, "", {"psr": "no", "custodial": "no"}) for at in range(caseload))
    service = {"name": name, "short": name, "areas": [{"name": name}]}
    whole = replace(made, inspection=inspection(id=name.lower(), service=service), caseload=listed)
    return Inspected(whole, figures(whole))


def of(found: Comparison, key: str) -> Compared:
    return next(item for item in found.compared if item.key == key)


def why(found: Comparison, key: str) -> str:
    return next((item.why for item in found.refused if item.key == key), "")


def test_the_same_question_of_two_inspections_is_held_side_by_side() -> None:
    found = compare(inspected("North", 18), [inspected("South", 9)])
    item = of(found, "A")
    assert (found.one, found.other) == ("North 2015-12", ("South 2015-12",))
    assert (item.one, item.other) == (Counted(18, 20), Counted(9, 20))
    assert item.difference == pytest.approx(0.45)
    assert (item.low, item.high) == newcombe_difference(item.one, item.other)
    assert item.chance == fisher_exact(item.one, item.other)
    assert item.stands_out


def test_turning_the_sides_round_turns_the_difference_round() -> None:
    north, south = inspected("North", 18), inspected("South", 9)
    there, back = of(compare(north, [south]), "A"), of(compare(south, [north]), "A")
    assert (there.difference, there.chance) == (pytest.approx(-back.difference), back.chance)


def test_a_question_without_a_case_on_one_side_is_refused_and_never_nought() -> None:
    found = compare(inspected("North", 18), [inspected("South", 9)])
    assert why(found, "B") == "No case was relevant in North 2015-12."
    assert why(found, "A@custody") == "No case was relevant in North 2015-12."


# What has another meaning or another base --------------------------------------------------------------------------


def themed(*questions: dict[str, object]) -> dict[str, object]:
    return {"themes": [{"id": "T", "title": "T", "questions": list(questions)}], "populations": [], "counts": []}


GATE = {"kind": "gate", "scale": "gate", "reasons": [], "said": {"no": "none was due"}}
ODD = {
    "id": "odd",
    "options": [{"value": "yes", "label": "Y", "outcome": "insufficient"}, {"value": "no", "label": "N"}],
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"bank": {"id": "elsewhere", "title": "E"}}, "another question bank (elsewhere)"),
        (themed(question("Z")), "South 2015-12 does not ask it"),
        (themed(question("A2", replaces=["A"])), "South 2015-12 asks A2 in its place, which has another meaning"),
        (themed(question("A", when={"fact": "psr", "is": "yes"})), "asked about other cases"),
        (themed(question("A", not_relevant_when={"fact": "psr", "is": "yes"})), "asked about other cases"),
        ({**themed(question("A", scale="odd")), "scales": [ODD]}, "another scale"),
        (themed(question("A", polarity="adverse")), "another scale"),
    ],
)
def test_a_figure_of_another_meaning_or_base_is_refused_with_its_reason(
    changes: dict[str, object], reason: str
) -> None:
    found = compare(inspected("North", 18), [inspected("South", 9, **changes)])
    assert reason in why(found, "A")
    assert "A" not in [item.key for item in found.compared]


def test_a_base_that_changed_further_back_is_another_base() -> None:
    def gated(when: dict[str, object]) -> dict[str, object]:
        first, then = question("G.due", when=when, **GATE), {"answer": "G.due", "is": "yes"}
        return themed(first, question("A", when=then), question("Z"))

    before, after = gated({"always": True}), gated({"fact": "psr", "is": "yes"})
    found = compare(inspected("North", 18, **before), [inspected("South", 9, **after)])
    assert why(found, "A") == "Another base: G.due, which decides whom it is asked about, differs."


def test_a_group_of_cases_that_is_chosen_otherwise_is_another_base() -> None:
    custody = framework().populations[0].model_dump(by_alias=True, mode="json")
    other = custody | {"where": {"fact": "psr", "is": "no"}, "provenance": "own-design"}
    found = compare(inspected("North", 18), [inspected("South", 9, populations=[other])])
    assert why(found, "A@custody") == "Another base: the group custody is not the same in both."
    assert of(found, "A")


def test_a_question_in_other_words_is_compared_and_the_reader_told() -> None:
    base = themed(question("A"))
    found = compare(
        inspected("North", 18, **base), [inspected("South", 9, **themed(question("A", text="Was A fine?")))]
    )
    assert of(found, "A").notes == ("South 2015-12 asks it in other words.",)


def test_what_only_the_other_side_asks_is_named() -> None:
    more = themed(question("A"), question("Z"))
    found = compare(inspected("North", 18, **themed(question("A"))), [inspected("South", 9, **more)])
    assert why(found, "Z") == "North 2015-12 does not ask it."


def test_missing_answers_are_told() -> None:
    south = inspected("South", 9)
    fewer = replace(south.package, events=south.package.events[:-1])
    found = compare(inspected("North", 18), [Inspected(fewer, figures(fewer))])
    assert of(found, "A").notes == (
        "Answers are missing or contested in South 2015-12, so the figure may still change.",
    )


# Assumptions, many questions, groups ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "said"), [(20, 20, BOTH_WHOLE), (20, 60, FROM_LISTS), (60, 60, FROM_LISTS), (0, 0, DRAWN)]
)
def test_it_says_what_the_test_takes_the_cases_to_be(one: int, other: int, said: str) -> None:
    found = compare(inspected("North", 18, caseload=one), [inspected("South", 9, caseload=other)])
    assert of(found, "A").assumes == said


def test_people_whom_nobody_drew_are_compared_and_that_is_said() -> None:
    north, south = (_with_managers(inspected(name, 18), good) for name, good in (("North", 5), ("South", 1)))
    assert "Nobody drew these people" in of(compare(north, [south]), "M1").assumes


def _with_managers(side: Inspected, good: int) -> Inspected:
    from caselight.method.caseload.case import Subject

    people = [Subject("case_manager", f"m{at}", f"M {at}") for at in range(6)]
    more = {"tool": "interview", "subject_kind": "case_manager"}
    events = [event(f"m{at}", "M1", "yes" if at < good else "no", **more) for at in range(6)]
    whole = replace(side.package, subjects=(*side.package.subjects, *people), events=(*side.package.events, *events))
    return Inspected(whole, figures(whole))


def test_over_many_questions_a_chance_is_adjusted_for_how_many_there_are() -> None:
    alone = compare(inspected("North", 18, **themed(question("A"))), [inspected("South", 11, **themed(question("A")))])
    assert of(alone, "A").stands_out
    many = themed(question("A"), *(question(f"Q{at}") for at in range(9)))

    def answered(name: str, good: int) -> Inspected:
        side = inspected(name, good, **many)
        subjects = [subject.key for subject in side.package.subjects]
        more = [event(key, f"Q{at}", "yes" if key < "c10" else "no") for key in subjects for at in range(9)]
        whole = replace(side.package, events=(*side.package.events, *more))
        return Inspected(whole, figures(whole))

    item = of(compare(answered("North", 18), [answered("South", 11)]), "A")
    assert item.chance == of(alone, "A").chance < 0.05 < item.adjusted
    assert item.adjusted == pytest.approx(10 * item.chance)
    assert not item.stands_out


def test_a_group_is_its_cases_thrown_together() -> None:
    found = compare(inspected("North", 18), [inspected("South", 9), inspected("West", 5, 10)])
    assert of(found, "A").other == Counted(14, 30)
    assert found.other == ("South 2015-12", "West 2015-12")


def test_a_figure_that_one_of_a_group_cannot_be_compared_in_is_refused() -> None:
    found = compare(inspected("North", 18), [inspected("South", 9), inspected("West", 5, 10, **themed(question("Z")))])
    assert why(found, "A") == "West 2015-12 does not ask it."


def test_the_same_inspection_on_both_sides_is_refused() -> None:
    for others, code in (([inspected("North", 1)], "comparison.same-inspection"), ([], "comparison.nothing-beside")):
        with pytest.raises(Faults) as refused:
            compare(inspected("North", 18), others)
        assert [fault.code for fault in refused.value] == [code]


def test_an_inspection_beside_one_that_answered_alike_differs_in_nothing() -> None:
    found = compare(inspected("North", 12), [inspected("South", 12)])
    assert [(item.difference, item.chance, item.stands_out) for item in found.compared if item.key == "A"] == [
        (0, 1, False)
    ]
