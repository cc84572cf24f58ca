"""The letter's text in groups: headings that skip no level, lists that hold together, and links that lead somewhere."""

from dataclasses import replace

import pytest
from tests.factories.traced_letter import traced_letter

from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import compose, day_of, figure_anchor, language_tag, quoted
from caselight.method.report.traced import Passage, Span

LETTER = traced_letter()
BODY = compose(LETTER, Labels({}))
RUNS = [run for group in (*BODY.main, *BODY.closing) for line in group.lines for run in line.runs]


def headed(*levels: int) -> list[int]:
    passages = tuple(Passage("heading", (Span("H"),), f"h{i}", "s", level) for i, level in enumerate(levels))
    groups = compose(replace(LETTER, passages=passages), Labels({})).main
    return [group.lines[0].level for group in groups]


@pytest.mark.parametrize(
    ("levels", "printed"),
    [((2, 3, 2), [2, 3, 2]), ((4, 4), [2, 3]), ((1, 2), [2, 2]), ((0,), [2]), ((2, 4, 3), [2, 3, 3])],
)
def test_a_heading_never_skips_a_level_nor_repeats_the_title(levels: tuple[int, ...], printed: list[int]) -> None:
    assert headed(*levels) == printed


def test_items_of_one_section_form_one_list() -> None:
    lists = [[line.anchor for line in group.lines] for group in BODY.main if group.kind == "list"]
    assert lists == [["p-k1", "p-k2"], ["p-i1"]]


def test_what_stands_in_the_notes_comes_after_the_copy_list() -> None:
    assert [group.lines[0].anchor for group in BODY.closing] == ["p-notes", "p-n1"]


def test_notes_in_the_middle_of_a_letter_stay_there() -> None:
    moved = replace(LETTER, passages=(*LETTER.passages, Passage("paragraph", (Span("End."),), "end", "close")))
    assert compose(moved, Labels({})).closing == ()


@pytest.mark.parametrize(
    ("claim", "href"),
    [("1.1-1", "figure-A1"), ("2.1-1", "claim-2.1-1"), ("s2-1", "claim-s2-1"), ("i1-1", "figure-A2")],
)
def test_one_figure_is_the_target_itself_and_several_are_listed_under_the_claim(claim: str, href: str) -> None:
    assert {run.href for run in RUNS if run.claim == claim} == {href}


def test_a_figure_that_the_letter_may_not_show_is_no_link() -> None:
    figures = {key: figure for key, figure in LETTER.figures.items() if key != "A1"}
    body = compose(replace(LETTER, figures=figures), Labels({}))
    runs = [run for group in body.main for line in group.lines for run in line.runs]
    assert {run.href for run in runs if run.claim == "1.1-1"} == {""}


def test_a_footnote_cited_twice_can_be_left_by_both_ways() -> None:
    assert BODY.references == {"rate": ("cites-rate", "cites-rate-2")}
    assert [run.text for run in RUNS if run.kind == "note"] == ["1", "1"]


def test_evidence_says_its_figures_to_those_who_only_hear_the_link() -> None:
    assert [run.about for run in RUNS if run.claim == "s2-1"] == ["evidence: A1, B1"]


@pytest.mark.parametrize(("text", "printed"), [("so", "“so”"), ("“so”", "“so”"), ("'so'", "“'so'”"), ("", "“”")])
def test_an_excerpt_stands_between_quotation_marks_once(text: str, printed: str) -> None:
    assert quoted(text, Labels({})) == printed


@pytest.mark.parametrize(
    ("published", "day"),
    [("2016-01-27", "2016-01-27"), ("27 January 2016", "2000-01-01"), ("", "2000-01-01"), ("2016-13-01", "2000-01-01")],
)
def test_the_day_comes_from_the_letter_or_is_fixed(published: str, day: str) -> None:
    assert day_of(replace(LETTER, published=published)) == day


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("cy", "cy-GB"), ("fr", "fr")])
def test_the_language_carries_its_country(language: str, tag: str) -> None:
    assert language_tag(replace(LETTER, language=language)) == tag


@pytest.mark.parametrize(("key", "anchor"), [("C4@custody", "figure-C4@custody"), ('a "b"', "figure-a--b-")])
def test_an_anchor_holds_no_space_and_no_quotation_mark(key: str, anchor: str) -> None:
    assert figure_anchor(key) == anchor


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ((Span("It worked."), Span("", "evidence", "k1-1")), "It worked. evidence"),
        ((Span("It worked."), Span("", "evidence", "k1-1"), Span("It held.")), "It worked. evidence It held."),
        ((Span("It worked. "), Span("the file", "evidence", "k1-1"), Span(", too.")), "It worked. the file, too."),
        ((Span("", "evidence", "k1-1"), Span("", "evidence", "k2-1")), "evidence evidence"),
    ],
)
def test_a_link_to_the_evidence_has_words_and_stands_apart(spans: tuple[Span, ...], words: str) -> None:
    body = compose(replace(LETTER, passages=(Passage("paragraph", spans, "x", "s"),)), Labels({}))
    assert "".join(run.text for run in body.main[0].lines[0].runs) == words
