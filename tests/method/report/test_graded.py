"""Grades and scores in a letter: what each style prints, what it refuses, and that no wrong grade gets through."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.factories.rated import figures, measure, number, rated_context, rated_letter

from caselight.method.analysis.figure import Figure
from caselight.method.faults import Fault, Faults

EXPECTED = {"letter.not-accepted", "letter.headline-unbound", "letter.lowest-not-mentioned", "letter.theme-missing"}


def found(source: str, changes: dict[str, Figure] | None = None, **more: object) -> list[Fault]:
    """What is wrong with a letter beyond what every draft lacks."""
    try:
        faults = rated_letter(source, changes, **more).faults
    except Faults as refused:
        faults = refused.faults
    return [fault for fault in faults if fault.code not in EXPECTED]


def words(source: str, changes: dict[str, Figure] | None = None) -> str:
    return rated_letter(source, changes).passages[1].words


SAID = [
    ("It is {S1: rating}.", "It is Good."),
    ("{S1: rating; stage=provisional}", "Requires improvement"),
    ("{S1: rating; stage=reached}", "Requires improvement"),
    ("It is [Good]{S1}.", "It is Good."),
    ("It is [good]{S1, S2}.", "It is good."),
    ("{OVERALL: score}", "19 of 36"),
    ("{S1: score}", "14 of 28"),
    ("{POINTS: score}", "130 of 140"),
    ("{POOLED: score}", "60 of 88"),
    ("{POOLED: score; as=percent; places=1}", "68.2%"),
    ("{MEAN: score}", "1.75"),
    ("{MEAN: score; places=1}", "1.8"),
    ("{SUM: score}", "19"),
    ("{K3: score; as=percent}", "50%"),
    ("{K3: score; as=value}", "0.5"),
    ("{S3: reached}", "Resettlement is not rated: nothing that it counts was relevant"),
    ("{S4: reached}", "Reviewing cannot be rated yet: an answer that it rests on is missing; the answers so far would give Good"),
    ("{S5: reached; form=steps}", "No rule fits; discretion was closed"),
    ("{OVERALL: reached}", "The service as a whole is rated Good: the scores of three ratings add up to 19 of 36; "
     "this lies in the band of Good, above 18, to 30; it is 1 point from Requires improvement"),
    ("{S1: reached; form=short}", "The lowest of three measures was Keeping others safe, 14 of 28 (50%); The lead decided on "
     "Good instead of Requires improvement, giving as the reason: In two cases the judgement was a narrow one"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "printed"), SAID)
def test_the_style_prints(source: str, printed: str) -> None:
    assert words(source) == printed


def test_the_sentence_says_value_band_boundary_discretion_decision_chance_and_source() -> None:
    said = words("{S1: reached}.")
    for part in ("14 of 28 (50%)", "from 50% to below 65%", "on the boundary to Inadequate", "discretion was open",
                 "another judgement in one case", "The lead decided on Good instead of Requires improvement",
                 "is 46%", "not checked against the text of its source"):  # fmt: skip
        assert part in said


REFUSED = [
    ("{S3: rating}", "letter.not-rated"),
    ("{S4: rating}", "letter.rating-incomplete"),
    ("{S5: rating}", "letter.judgement-needed"),
    ("[Good]{S3}", "letter.not-rated"),
    ("[Outstanding]{S1}", "letter.wrong-grade"),
    ("[Requires improvement]{S1}", "letter.wrong-grade"),  # the grade by the rule, before the panel decided
    ("[not Good]{S1}", "letter.unknown-grade"),
    ("[Good in most cases]{S1}", "letter.unknown-grade"),
    ("[splendid]{S1}", "letter.unknown-grade"),
    ("[Good]{S1, K1}", "letter.grade-of-another-kind"),
    ("[Good]{S1, A}", "letter.grade-of-another-kind"),
    ("[Good]{S1; side=insufficient}", "letter.rated-option"),
    ("[most]{K1}", "letter.grade-of-another-kind"),
    ("{S1, S2: rating}", "letter.one-figure-only"),
    ("{A: rating}", "letter.style-of-another-kind"),
    ("{A: score}", "letter.style-of-another-kind"),
    ("{K1: reached}", "letter.style-of-another-kind"),
    ("{S1: of}", "letter.style-of-another-kind"),
    ("{K1: percent}", "letter.style-of-another-kind"),
    ("{K4: score}", "letter.no-score"),
    ("{S3: score}", "letter.no-score"),
    ("{MEAN: score; as=of}", "letter.score-without-base"),
    ("{MEAN: score; as=percent}", "letter.percent-not-allowed"),
    ("{POINTS: score; as=percent}", "letter.percent-not-allowed"),
    ("{S5: rating; stage=provisional}", "letter.judgement-needed"),
    ("{S1: rating; stage=first}", "letter.rated-option"),
    ("{S1: reached; form=long}", "letter.rated-option"),
    ("{K1: score; places=9}", "letter.rated-option"),
    ("Not {S1: rating}.", "letter.modified-phrase"),
    ("Almost [Good]{S1}.", "letter.modified-phrase"),
    ("{S1: rating}, of 20 cases.", "letter.unbound-quantity"),
    ("{ratings: S9}", "letter.unknown-figure"),
    ("{ratings: A}", "letter.unknown-figure"),
]


@pytest.mark.parametrize(("source", "code"), REFUSED)
def test_what_cannot_be_said_is_a_fault(source: str, code: str) -> None:
    assert code in [fault.code for fault in found(source)]


def test_percentage_below_the_minimum_base_or_that_hides_an_exception_is_refused() -> None:
    few, nearly = {"K1": measure("K1", "Few", 6, 9)}, {"K1": measure("K1", "Nearly", 299, 300)}
    assert found("{K1: score; as=percent}", few)[0].code == "letter.percent-below-minimum"
    assert found("{K1: score; as=percent}", nearly)[0].code == "letter.percent-hides-exceptions"
    assert words("{K1: score; as=percent; places=1}", nearly) == "99.7%"


def test_the_fault_of_a_wrong_grade_names_the_right_one_at_its_place() -> None:
    (fault,) = found("It is [Outstanding]{S1}.")
    assert "is “Good”" in fault.says
    assert (fault.place.line, fault.place.column) == (3, 7)  # type: ignore[union-attr]


def test_beside_a_decision_the_chance_is_that_of_the_grade_by_the_rule() -> None:
    assert words("{S1: reached; form=steps}").endswith(
        "; by the rule alone, the chance that another sample of the same size would be graded otherwise than "
        "Requires improvement is 46%; the rule was not checked against the text of its source"
    )
    assert "the chance that another sample of the same size would be graded otherwise is" in words("{S2: reached}")


def test_rounding_never_moves_a_value_onto_a_boundary() -> None:
    close = number("K2", "Close", Fraction(6497, 10000), "share", n=Fraction(6497), d=Fraction(10000), percent=True)
    below = figures()["S2"]
    assert below.reached
    reached = replace(below.reached, value=Fraction(6497, 10000), reached="requires", provisional="requires",
                      grade="requires", points_to_worse=Fraction(1497, 100), points_to_better=Fraction(3, 100))  # fmt: skip
    said = words("{S2: reached}", {"K2": close, "S2": replace(below, reached=reached)})
    assert "(64.97%)" in said
    assert "it is 0.03 percentage points from Good" in said


@pytest.mark.parametrize(
    ("source", "grades"),
    [
        ("Planning is Good.", ["Good"]),
        ("planning is Good and reviewing Inadequate.", ["Good", "Inadequate"]),
        ("It all Requires improvement.", ["Requires improvement"]),
        ("Good, as assessment goes.", ["Good"]),  # the sentence names a rating
        ("Good plans were made. Plans were good.", []),
        ("“Good plans were made.”", []),
        ("This requires improvement.", []),
        ("It was a *Good* plan.", ["Good"]),
        ("Goodness and Goodwill.", []),
        ("It is {S1: rating}, no less.", []),
        ("Said: {quote: Q1}.", []),
        ("### Good practice", []),
    ],
)
def test_a_grade_in_prose_needs_a_rating_behind_it(source: str, grades: list[str]) -> None:
    unbound = [fault for fault in found(source) if fault.code == "letter.unbound-grade"]
    assert [fault.says.split("”")[0].removeprefix("“") for fault in unbound] == grades


def test_the_place_of_an_unbound_grade_is_its_line_and_column() -> None:
    fault = next(
        fault for fault in found("We saw {S1: rating} work.\nIt was Good.") if fault.code == "letter.unbound-grade"
    )
    assert (fault.place.line, fault.place.column) == (4, 8)  # type: ignore[union-attr]


def test_a_grade_whose_rule_is_unchecked_has_a_footnote_once() -> None:
    letter = rated_letter("It is {S1: rating}, yes [Good]{S1}; and {S2: rating}.")
    assert [note.text for note in letter.footnotes] == [
        "The rule behind this rating was not checked against the text of its source."
    ]
    assert [span.kind for span in letter.passages[1].spans].count("note") == 1


def test_the_table_has_a_row_for_each_rating_with_its_grade_and_how_it_was_reached() -> None:
    rows = [passage.words for passage in rated_letter("{ratings}").passages if passage.kind == "row"]
    assert [row.split(". ")[0] for row in rows] == [
        "Assessment: Good", "Planning: Good", "Resettlement: Not rated", "Reviewing: Not rated yet",
        "Leadership: Judgement needed", "Work on court orders: Good", "The service as a whole: Good",
    ]  # fmt: skip
    assert rows[1] == "Planning: Good. Keeping the child safe was 20 of 30 (66.7%)."


def test_the_table_may_name_its_ratings_in_an_order_of_its_own() -> None:
    rows = [passage.words for passage in rated_letter("{ratings: S2, S1}").passages if passage.kind == "row"]
    assert [row.split(":")[0] for row in rows] == ["Planning", "Assessment"]


def test_a_condition_on_a_rating_or_measure_holds_when_there_is_something_to_say() -> None:
    source = "\n\n".join(f"{{if: {key}}} {key} is there." for key in ("S1", "S3", "S5", "K1", "K4"))
    assert [passage.words[:2] for passage in rated_letter(source).passages[1:]] == ["S1", "K1"]


def test_a_language_without_the_words_for_a_rating_is_refused_once() -> None:
    context = rated_context()
    templates = {name: text for name, text in context.words.templates.items() if name != "reached.band"}
    adopted = context.framework.model_copy(
        update={"wording": {"en": context.words.model_copy(update={"templates": templates})}}
    )
    faults = found("Nothing about ratings.", framework=adopted)
    assert [fault.code for fault in faults] == ["letter.no-template"]
    assert "reached.band" in faults[0].says


def test_who_decided_is_printed_by_name_or_role_and_never_by_key() -> None:
    assert rated_letter("{S1: rating}").figures["S1"].reached.decided_by == "The lead"  # type: ignore[union-attr]
    other = figures()["S1"]
    assert other.reached
    unknown = {"S1": replace(other, reached=replace(other.reached, decided_by="i-99"))}
    letter = rated_letter("{S1: reached}", unknown)
    assert letter.figures["S1"].reached.decided_by == "the panel"  # type: ignore[union-attr]
    assert "i-99" not in letter.passages[1].words


def test_a_known_name_in_the_reason_of_a_decision_is_found() -> None:
    figure = figures()["S1"]
    assert figure.reached
    named = {"S1": replace(figure, reached=replace(figure.reached, decided_why="Ada Lovelace was judged too hard."))}
    assert "letter.known-name" in [fault.code for fault in found("Nothing else.", named)]
