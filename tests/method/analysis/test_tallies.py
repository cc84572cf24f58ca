"""Every tally equals a naive count, whatever was answered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.small import case, event, package

from caselight.method.analysis.figure import Cell
from caselight.method.analysis.figures import figures

ANSWER = st.sampled_from(["yes", "no", "not_relevant", None])
FACT = st.sampled_from(["yes", "no", None])
CASES = st.lists(
    st.fixed_dictionaries({"A": ANSWER, "B.due": ANSWER, "B": ANSWER, "C": ANSWER, "psr": FACT, "custodial": FACT}),
    max_size=12,
)


def build(rows):
    """A package with one case a row."""
    subjects = [case(f"{n:02}", **{f: row[f] for f in ("psr", "custodial") if row[f]}) for n, row in enumerate(rows)]
    events = [
        event(f"{n:02}", q, row[q], reasons=("elsewhere",) if row[q] == "not_relevant" else ())
        for n, row in enumerate(rows)
        for q in ("A", "B.due", "B", "C")
        if row[q]
    ]
    return package(subjects, events)


def naive(rows, question, applies):
    """Sufficient and relevant, the way anybody would count them by hand."""
    relevant = [row for row in rows if applies(row) and row[question] in ("yes", "no")]
    return sum(row[question] == "yes" for row in relevant), len(relevant)


@given(CASES)
def test_tally_equals_a_naive_count(rows):
    found = figures(build(rows))
    expected = {
        "A": naive(rows, "A", lambda row: True),
        "B": naive(rows, "B", lambda row: row["B.due"] == "yes"),
        "C": naive(rows, "C", lambda row: row["psr"] == "yes"),
        "A@custody": naive(rows, "A", lambda row: row["custodial"] == "yes"),
    }
    assert {key: (found[key].sufficient, found[key].relevant) for key in expected} == expected


@given(CASES)
def test_every_case_is_in_exactly_one_cell(rows):
    for figure in figures(build(rows)).values():
        if figure.kind == "share" and not figure.where:
            assert sorted(key for keys in figure.cells.values() for key in keys) == [
                f"{n:02}" for n in range(len(rows))
            ]


@given(CASES)
def test_a_population_is_never_larger_than_its_whole(rows):
    found = figures(build(rows))
    assert found["A@custody"].sufficient <= found["A"].sufficient
    assert found["A@custody"].relevant <= found["A"].relevant


def test_not_relevant_is_counted_by_rule_and_by_inspector_apart():
    found = figures(
        package([case("1", psr="no"), case("2", psr="yes")], [event("2", "C", "not_relevant", reasons=("elsewhere",))])
    )["C"]
    assert found.cells == {Cell.NOT_RELEVANT_BY_RULE: ("1",), Cell.NOT_RELEVANT_BY_INSPECTOR: ("2",)}
    assert found.why == {"1": "no report was prepared", "2": "another service did the work"}


def test_snapshot_changes_with_one_answer_and_only_for_its_figures():
    subjects = [case("1", psr="no"), case("2", psr="no")]
    before = figures(package(subjects, [event("1", "A", "yes"), event("2", "A", "yes")]))
    after = figures(package(subjects, [event("1", "A", "yes"), event("2", "A", "no")]))
    changed = {key for key in before if before[key].snapshot != after[key].snapshot}
    assert changed == {"A", "D"}


def test_count_of_the_answered_leaves_out_who_did_not_answer_and_holds_back_the_contested():
    counts = [{"id": "STAFF", "label": "interviewed", "answered": "A", "provenance": "own-design"}]
    events = [event("1", "A", "yes"), event("3", "A", "yes", "a"), event("3", "A", "yes", "b", actor="i2")]
    found = figures(package([case("1"), case("2"), case("3")], events, changes={"counts": counts}))["STAFF"]
    assert found.cells == {Cell.SUFFICIENT: ("1",), Cell.INSUFFICIENT: ("2",), Cell.CONTESTED: ("3",)}


def test_count_of_the_answered_among_those_with_a_fact():
    where = {"fact": "psr", "is": "yes"}
    counts = [{"id": "STAFF", "label": "interviewed", "where": where, "answered": "A", "provenance": "own-design"}]
    subjects = [case("1", psr="yes"), case("2", psr="no"), case("3")]
    events = [event(key, "A", "yes") for key in "123"]
    found = figures(package(subjects, events, changes={"counts": counts}))["STAFF"]
    assert found.cells == {Cell.SUFFICIENT: ("1",), Cell.INSUFFICIENT: ("2",), Cell.UNANSWERED: ("3",)}
