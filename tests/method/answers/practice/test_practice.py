"""A practice case: only what applies is asked, nothing that an inspection would refuse is taken, and back loses nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.small import OWN, framework, question

from caselight.formats.framework_yaml import framework_faults
from caselight.method.answers.practice import Practice, ask
from caselight.method.answers.practice.outcome import lines, misfits
from caselight.method.answers.practice.steps import facts_that_matter
from caselight.method.faults import Faults

ROOT = Path(__file__).parents[4]
FOLDERS = sorted(
    path.parent for place in ("packs", "tests/specimens") for path in (ROOT / place).glob("*/framework.yaml")
)


def begin(kind: str = "case", **changes: object) -> Practice:
    return Practice(framework(**changes), "en", kind, "all")


def typed(practice: Practice, *said: str) -> Practice:
    for line in said:
        asked = ask(practice)
        assert asked is not None, f"nothing was asked any more at {line!r}"
        practice = asked.take(practice, line)
    return practice


def asked_for(practice: Practice) -> tuple[str, str]:
    asked = ask(practice)
    return (asked.what, asked.step.name) if asked else ("nothing", "")


def test_only_facts_that_a_rule_looks_at_matter():
    assert facts_that_matter(framework()) == {"psr", "started", "done"}


def test_facts_come_first_and_then_only_the_questions_that_apply():
    practice = typed(begin(), "no", "", "")
    seen = []
    for line in ("yes", "no"):
        seen.append(asked_for(practice))
        practice = typed(practice, line)
    assert seen == [("answer", "A"), ("answer", "B.due")]
    assert asked_for(practice) == ("nothing", "")
    assert {step.name: why for step, why in practice.not_asked} == {
        "B": ("no review was due",),
        "C": ("no report was prepared",),
    }


@pytest.mark.parametrize("line", ["yes", "1", "Yes", " YES "])
def test_choice_may_be_typed_as_its_number_value_or_label(line):
    assert asked_for(typed(begin(), "", "", "", line)) == ("answer", "B.due")


@pytest.mark.parametrize("line", ["0", "4", "maybe", "1,1", "yes|no", "12345", "-1", "weak"])
def test_what_is_no_answer_is_refused_and_asked_again(line):
    practice = typed(begin(), "", "", "")
    with pytest.raises(Faults):
        typed(practice, line)
    assert asked_for(practice) == ("answer", "A")


def test_no_asks_why_and_a_reason_may_ask_for_a_note():
    practice = typed(begin(), "", "", "", "no")
    assert asked_for(practice) == ("reasons", "A")
    with pytest.raises(Faults) as raised:
        typed(practice, "")
    assert [fault.code for fault in raised.value] == ["package.no-reason"]
    with pytest.raises(Faults):
        typed(practice, "elsewhere")
    practice = typed(practice, "weak, other")
    assert asked_for(practice) == ("note", "A")
    with pytest.raises(Faults):
        typed(practice, "   ")
    practice = typed(practice, "the dog ate it")
    (line,) = [line for line in lines(practice) if line.question == "A"]
    assert (line.standing, line.shown, line.why, line.note) == (
        "answered",
        "No",
        ("too weak", "other"),
        "the dog ate it",
    )


def test_not_relevant_by_the_inspector_needs_its_reason():
    practice = typed(begin(), "", "", "", "not_relevant")
    assert asked_for(practice) == ("not_relevant", "A")
    practice = typed(practice, "another service did the work")
    (line,) = [line for line in lines(practice) if line.question == "A"]
    assert (line.standing, line.why) == ("not relevant", ("another service did the work",))


def test_never_not_relevant_offers_no_such_choice():
    theme = {"id": "T", "title": "T", "questions": [question("A", never_not_relevant=True)]}
    practice = begin(themes=[theme], populations=[])
    assert [value for value, _ in ask(practice).choices] == ["yes", "no"]


def test_back_leads_to_the_question_before_also_out_of_its_reasons():
    practice = typed(begin(), "", "", "")
    assert asked_for(typed(practice, "no").back()) == ("answer", "A")
    assert asked_for(typed(practice, "no", "weak").back()) == ("answer", "A")
    assert asked_for(typed(practice, "yes").back().back()) == ("fact", "done")
    first = begin()
    assert first.back() is first


def test_what_was_left_empty_is_asked_no_more_and_not_yet_answered():
    practice = typed(begin(), "yes", "", "", "", "no", "")
    assert asked_for(practice) == ("nothing", "")
    standing = {line.question: line.standing for line in lines(practice)}
    assert standing == {
        "A": "not yet answered",
        "B.due": "answered",
        "B": "not relevant",
        "C": "not yet answered",
        "D": "not known",
        "Dt": "not known",
    }


def test_question_whose_fact_is_not_known_is_neither_asked_nor_called_not_relevant():
    practice = typed(begin(), "", "", "", "yes", "no")
    assert asked_for(practice) == ("nothing", "")
    assert {line.question: line.standing for line in lines(practice)}["C"] == "not known"


def test_computed_questions_stand_in_the_sheet():
    practice = typed(begin(), "no", "2016-01-04", "2016-01-22", "yes", "no")
    found = {line.question: (line.standing, line.shown) for line in lines(practice)}
    assert (found["D"], found["Dt"]) == (("computed", "yes"), ("computed", "yes"))


@pytest.mark.parametrize("line", ["2016-02-30", "soon", "2016"])
def test_fact_that_cannot_be_is_refused(line):
    with pytest.raises(Faults):
        typed(begin(), "no", line)


def test_interview_is_tried_with_its_own_subject():
    practice = begin("case_manager")
    assert asked_for(practice) == ("answer", "M1")


ROWS = {
    "subjects": [
        {"id": "case", "one": "case", "many": "cases"},
        {"id": "crime", "one": "crime", "many": "crimes", "found_in": "case"},
    ],
    "tools": [
        {"id": "case", "subject": "case", "title": "Case"},
        {"id": "crimes", "subject": "crime", "title": "Crimes"},
    ],
    "facts": [{"id": "theft", "label": "Theft", "type": "yes_no", "subject": "crime", "provenance": OWN}],
    "themes": [
        {
            "id": "T",
            "title": "T",
            "questions": [
                question("K", tool="crimes", when={"fact": "theft", "is": "yes"}),
                question("P", when={"rows": "crime", "where": {"fact": "theft", "is": "yes"}, "at_least": 2}),
            ],
        }
    ],
    "populations": [],
    "counts": [],
}


def test_what_is_found_within_a_case_is_counted_and_each_row_asked_about():
    practice = begin(**ROWS)
    assert asked_for(practice) == ("rows", "crime")
    practice = typed(practice, "3", "yes", "yes", "no")
    assert (asked_for(practice), ask(practice).step.row) == (("fact", "theft"), "crime/3")
    practice = typed(practice, "yes", "no", "weak")
    assert asked_for(practice) == ("answer", "P")
    found = [(line.row, line.question, line.standing) for line in lines(typed(practice, "yes"))]
    assert found == [
        ("", "P", "answered"),
        ("crime/1", "K", "answered"),
        ("crime/2", "K", "not relevant"),
        ("crime/3", "K", "answered"),
    ]


@pytest.mark.parametrize("line", ["-1", "21", "x", "1.5", "999999999999"])
def test_number_of_rows_is_bounded(line):
    with pytest.raises(Faults) as raised:
        typed(begin(**ROWS), line)
    assert [fault.code for fault in raised.value] == ["try.not-a-count"]


def test_checks_across_questions_and_prompts_that_point_the_other_way_are_said():
    prompts = [question(name, kind="data") for name in ("P1", "P2", "P3")]
    theme = {"id": "T", "title": "T", "questions": [*prompts, question("A", informed_by=["P1", "P2", "P3"])]}
    check = {
        "id": "odd",
        "when": {"outcome": "A", "is": "sufficient"},
        "says": "Odd.",
        "cure": "Look.",
        "provenance": OWN,
    }
    practice = begin(themes=[theme], populations=[], counts=[], consistency=[check])
    practice = typed(practice, "no", "weak", "no", "weak", "yes", "yes")
    assert [(m.check, m.severity) for m in misfits(practice)] == [("odd", "warning"), ("A", "flag")]


def loaded(folder: Path):
    found, _ = framework_faults(folder)
    return found


FRAMEWORKS = {folder.name: loaded(folder) for folder in FOLDERS}
LINE = st.one_of(
    st.sampled_from(
        ["", "1", "2", "3", "1,2", "yes", "no", "not_relevant", "2016-01-04", "0", "20", "other", "a note"]
    ),
    st.text(max_size=30),
)


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(sorted(FRAMEWORKS)), said=st.lists(st.one_of(LINE, st.just("back")), max_size=60))
def test_whatever_is_typed_is_taken_or_refused_with_faults(name, said):
    found = FRAMEWORKS[name]
    kind = next(subject.id for subject in found.subjects if subject.found_in is None)
    practice = Practice(found, found.languages[0], kind, found.screenings[0].id)
    for line in said:
        asked = ask(practice)
        if asked is None:
            break
        if line == "back":
            practice = practice.back()
            continue
        with suppress(Faults):
            practice = asked.take(practice, line)
    assert lines(practice)
    list(misfits(practice))
    list(practice.not_asked)


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_framework_can_be_filled_in_with_first_choices(name):
    found = FRAMEWORKS[name]
    for subject in found.subjects:
        if subject.found_in is not None:
            continue
        practice = Practice(found, found.languages[0], subject.id, found.screenings[0].id)
        for _ in range(2_000):
            asked = ask(practice)
            if asked is None:
                break
            free = {"rows": "1", "note": "a note"}.get(asked.what, "2016-01-04")
            try:
                practice = asked.take(practice, "1" if asked.choices else free)
            except Faults:
                practice = asked.take(practice, "7" if not asked.choices else "2")
        assert ask(practice) is None
        assert not [line for line in lines(practice) if line.standing == "not yet answered"]
