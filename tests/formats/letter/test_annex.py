"""The annex as values: why a base is smaller than the sample, where a figure is used, and cases for the team alone."""

from dataclasses import replace

import pytest
from tests.factories.traced_letter import traced_letter

from caselight.formats.letter.annex import Annex, annex_of
from caselight.formats.letter.entries import Entry
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.parts import Suppressed
from caselight.method.analysis.figure import Figure

LETTER = traced_letter()


def annex(suppressed: Suppressed | None = None, *, open_: bool = False) -> Annex:
    return annex_of(LETTER, Labels({}), suppressed or {}, open_=open_)


def entries(found: Annex) -> dict[str, Entry]:
    return {one.key: one for one in (*(one for theme in found.themes for one in theme.entries), *found.other)}


def test_there_is_an_entry_for_each_figure_used_and_for_no_other() -> None:
    assert sorted(entries(annex())) == sorted([key for key in LETTER.used if LETTER.figures[key].kind != "fact"])
    assert "B2" not in entries(annex())


def test_an_entry_says_why_its_base_is_smaller_than_the_sample() -> None:
    one = entries(annex())["A2"]
    assert one.base == "Of the 20 cases examined: 13 relevant, 7 not relevant."
    assert one.outside == (
        ("Not relevant by the rule (5)", (("5", "no review was due yet"),)),
        ("Not relevant by the inspector (2)", (("2", "another service did the work"),)),
    )
    assert one.reasons == (("3", "The review was late"), ("1", "There was no review"))


def test_not_answered_and_contested_are_told_apart() -> None:
    assert entries(annex())["A3"].base.endswith("4 relevant, 14 not relevant, 1 not answered, 1 contested.")


def test_people_are_interviewed_and_a_group_is_named() -> None:
    found = entries(annex())
    assert found["M1"].base == "Of the 8 case managers interviewed: 8 relevant."
    assert found["B1@custody"].base == "Of the 4 cases in this group: 4 relevant."
    assert ("Counted among", "the child is in custody") in found["B1@custody"].notes


def test_an_entry_leads_back_to_every_sentence_that_uses_it() -> None:
    said = [(one.place, one.anchor) for one in entries(annex())["B1"].said]
    assert said == [
        ("Summary", "said-s2-1"),
        ("2.1", "said-2.1-1"),
        ("2.1", "said-2.1-2"),
        ("Key strengths", "said-k2-1"),
    ]


def test_a_published_statistic_gives_its_source() -> None:
    notes = dict(entries(annex())["rate.north"].notes)
    assert notes["Cohort"] == "January to December 2013"
    assert notes["Source"] == "Ministry of Examples"


def test_cases_and_decisions_are_for_the_working_letter_alone() -> None:
    with_decision = replace(LETTER, used=(*LETTER.used, "CUSTODY"))
    working = entries(annex_of(with_decision, Labels({}), {}, open_=False))
    public = entries(annex_of(with_decision, Labels({}), {}, open_=True))
    assert working["A3"].cases[0] == ("sufficient", ("K01", "K02", "K03"))
    assert "Decision to print this number" in dict(working["CUSTODY"].notes)
    assert all(one.cases == () for one in public.values())
    assert "Decision to print this number" not in dict(public["CUSTODY"].notes)


@pytest.mark.parametrize("hidden", ["not_relevant", "not_relevant_by_rule", "relevant"])
def test_explanations_go_when_their_number_is_hidden(hidden: str) -> None:
    one = entries(annex({"A2": frozenset({hidden})}, open_=True))["A2"]
    assert one.outside == ()
    assert "5" not in one.base.replace("[c]", "")


def test_every_figure_stands_in_a_table_and_leads_to_its_entry_where_it_has_one() -> None:
    found = annex()
    rows = {row.key: row for theme in found.themes for row in theme.rows} | {
        row.key: row for row in found.counts + found.facts
    }
    assert set(rows) == set(LETTER.figures) - {"fact.service-short"}
    assert rows["A2"].cells == ("9", "13", "7", "0", "0", "42% to 87%")
    assert rows["A2"].href == "figure-A2"
    assert rows["B2"].href == ""
    assert rows["M3"].label.endswith("(counts a need or a failing)")


def test_how_to_read_it_says_what_was_examined_and_keeps_people_apart() -> None:
    first, second = annex().examined
    assert first == "This letter rests on 20 cases examined at Northmoor Youth Offending Service."
    assert second.startswith("It also rests on interviews with 8 case managers.")


def test_a_narrow_column_says_the_same_in_single_lines() -> None:
    one = entries(annex())["A2"]
    assert one.lines == (
        "5 not relevant: no review was due yet",
        "2 not relevant, by the inspector: another service did the work",
        "3 not sufficient: The review was late",
        "1 not sufficient: There was no review",
    )
    assert one.brief == "Range: 42% to 87%."
    assert entries(annex())["A1"].brief == "Range: 88% to 100%, exact: 64 relevant in the caseload."
    assert entries(annex())["A1"].base_brief == ""


def test_a_fact_has_no_entry_and_a_rate_says_its_area() -> None:
    rate = replace(LETTER.figures["rate.north"], where="Northmoor")
    letter = replace(LETTER, figures={**LETTER.figures, "rate.north": rate})
    found = entries(annex_of(letter, Labels({}), {}, open_=False))
    assert "fact.service-short" not in found
    assert dict(found["rate.north"].notes)["Area"] == "Northmoor"


def test_a_direction_that_a_source_states_is_printed_as_reported() -> None:
    stated = Figure("turn", "external", "the year before", direction="worse", source="Ministry of Examples")
    letter = replace(LETTER, figures={**LETTER.figures, "turn": stated}, used=(*LETTER.used, "turn"))
    found = entries(annex_of(letter, Labels({}), {}, open_=False))["turn"]
    assert (found.label, found.result) == ("The year before", "worse")
