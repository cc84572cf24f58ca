"""Open data holds back small numbers about children, and nothing in it leads to a case."""

from __future__ import annotations

from tests.factories.letters import context, traced
from tests.factories.small import case, event, package

from caselight.method.analysis.figure import Cell
from caselight.method.analysis.figures import figures
from caselight.method.report.open_data import _numbers, _sums, hidden_parts, open_letter


def test_small_count_of_children_and_its_complement_are_held_back():
    made = context()
    hidden = hidden_parts(made.figures, made.framework)
    assert {"sufficient", "insufficient"} <= hidden["CUSTODY"]
    assert "CASE-COUNT" not in hidden


def test_practice_is_printed_exactly():
    made = context()
    assert "B" not in hidden_parts(made.figures, made.framework)


def test_part_whose_size_is_a_small_group_cannot_be_read_off_another_figure():
    made = context()
    assert "relevant" in hidden_parts(made.figures, made.framework)["A@custody"]


def test_open_letter_holds_no_case_key():
    letter, _hidden = open_letter(traced("It was good in {A: of}."), context().framework)
    keys = {key for figure in letter.figures.values() for cell in figure.cells.values() for key in cell}
    assert keys
    assert not keys & {f"{n:02}" for n in range(10)}


def test_same_number_in_two_figures_is_not_the_same_case():
    letter, _hidden = open_letter(traced("It was good in {A: of}."), context().framework)
    assert letter.figures["A"].cells[Cell.INSUFFICIENT] != ("00", "01")
    assert letter.figures["PSR"].cells[Cell.SUFFICIENT] == ("1", "2", "3", "4", "5")


def test_open_letter_keeps_every_count():
    before = traced("It was good in {A: of}.")
    after, _hidden = open_letter(before, context().framework)
    for key, figure in after.figures.items():
        assert (figure.sufficient, figure.relevant) == (before.figures[key].sufficient, before.figures[key].relevant)


def test_contested_subjects_of_a_count_are_part_of_the_sample_it_adds_up_to():
    counts = [{"id": "STAFF", "label": "interviewed", "answered": "A", "provenance": "own-design"}]
    events = [event("1", "A", "yes"), event("2", "A", "yes", "a"), event("2", "A", "no", "b", actor="i2")]
    figure = figures(package([case("1"), case("2"), case("3")], events, changes={"counts": counts}))["STAFF"]
    values = {number.key: number.value for number in _numbers(figure)} | {"case sample": figure.sample_size}
    assert [total.surplus(values) for total in _sums(figure)] == [0]
