"""Linking records: clusters, new records beside known persons, and what linkage does to the rates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.linked_rates import Asked, effect
from caselight.method.reoffending.linking import Linked, Pair, Record, Thresholds, clusters, kept, persons_of
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters
from caselight.method.reoffending.placing import Placed, Why, place
from caselight.method.reoffending.rates import Counts
from caselight.method.reoffending.weighing import (
    BEGINNING,
    Purpose,
    edits,
    model_from,
    score,
    score_between,
    with_numbers,
)

RECORDS = BEGINNING[Purpose.RECORDS]
BOTH = Thresholds(0.5, 0.95)
KNOWN = {"k1": "p1", "k2": "p1", "k3": "p3"}
ALICE = Record(
    id="1", forename="Alice", surname="Smith", born=date(2003, 4, 5), sex="f", postcode="W6 9JU", local_id="77"
)


def placed(*pairs: Pair, new: Sequence[str] = ("n1", "n2"), known: Mapping[str, str] = KNOWN) -> Placed:
    return place(new, pairs, known, BOTH)


def test_nothing_of_a_person_is_shown_when_a_record_is_printed() -> None:
    assert repr(ALICE) == str(ALICE) == "Record(id='1')"


def test_more_pairs_make_fewer_persons_and_the_first_record_names_them() -> None:
    pairs = [Pair.of("10", "9", 0.99), Pair.of("9", "b", 0.6)]
    assert clusters(["b", "10", "9"], pairs, 0.95) == {"9": "9", "10": "9", "b": "b"}
    assert set(clusters(["b", "10", "9"], pairs, 0.5).values()) == {"9"}


def test_what_is_kept_says_by_which_model_from_which_threshold_since_when() -> None:
    rows = kept({"a": "a"}, "m", 0.95, date(2024, 1, 1)) + kept({"a": "b"}, "m", 0.5, date(2024, 1, 1))
    assert rows[0] == Linked("a", "a", "m", 0.95, date(2024, 1, 1))
    assert persons_of(rows, 0.5) == {"a": "b"}


@pytest.mark.parametrize(("lower", "upper"), [(0.5, 0.5), (0.9, 0.5), (0, 0.5), (0.5, 1), (float("nan"), 0.9)])
def test_thresholds_are_two_probabilities(lower: float, upper: float) -> None:
    with pytest.raises(Faults, match=r"reoffending\.bad-thresholds"):
        Thresholds(lower, upper)


def test_what_is_alike_weighs_for_and_what_differs_weighs_against() -> None:
    same, other = replace(ALICE, id="2"), replace(ALICE, id="3", forename="Robert", sex="m", postcode="", local_id="")
    unknown = replace(ALICE, id="4", local_id="")
    scores = {pair.other: pair.probability for pair in score(RECORDS, [ALICE, same, other, unknown]) if pair.one == "1"}
    assert scores["2"] > scores["4"] > scores["3"]
    assert {(pair.one, pair.other) for pair in score_between(RECORDS, [ALICE], [same, unknown])} == {("1", "2"), ("1", "4")}  # fmt: skip


def test_records_that_share_nothing_are_not_looked_at_and_order_changes_nothing() -> None:
    empty = [Record(id=str(n)) for n in range(5)]
    assert score(RECORDS, empty) == []
    more = [ALICE, replace(ALICE, id="2"), replace(ALICE, id="10", surname="Smyth")]
    assert score(RECORDS, more) == score(RECORDS, more[::-1])


def test_edits_are_counted_in_bytes() -> None:
    assert (edits("kitten", "sitting"), edits("", "ab"), edits("ким", "кит")) == (3, 2, 2)


def test_a_model_is_read_back_as_it_was_and_any_number_changes_its_id() -> None:
    assert model_from(RECORDS.as_json(), "m").id == RECORDS.id
    assert replace(RECORDS, prior=0.0002).id != RECORDS.id


def test_what_training_never_saw_is_neither_forgotten_nor_impossible() -> None:
    unseen = [[(None, None) for _ in of.steps] for of in RECORDS.comparisons]
    assert with_numbers(RECORDS, 0.001, unseen, "x").comparisons == RECORDS.comparisons
    never = [[(0.0, 0.0) for _ in of.steps] for of in RECORDS.comparisons]
    step = with_numbers(RECORDS, 0.001, never, "x").comparisons[0].steps[0]
    assert (step.m, step.u) == (0.001, 1e-6)


@pytest.mark.parametrize(
    "spoilt",
    ["", "[]", "{}", "null", "[" * 100_000, RECORDS.as_json()[:-9],
     *(json.dumps(json.loads(RECORDS.as_json()) | change) for change in (
         {"schema": 2}, {"purpose": "x"}, {"prior": 0}, {"prior": 1}, {"prior": "x"}, {"steps": []}, {"steps": [1]},
         {"steps": [[*step[:3], 0, 0] for step in json.loads(RECORDS.as_json())["steps"]]},
     ))],
    ids=str.__len__,
)  # fmt: skip
def test_anything_else_is_no_model(spoilt: str) -> None:
    with pytest.raises(Faults, match=r"reoffending\.bad-model"):
        model_from(spoilt, "m")


def test_a_new_record_joins_the_one_person_above_the_upper_threshold() -> None:
    found = placed(Pair("k1", "n1", 0.99), Pair("k2", "n1", 0.97), Pair("k3", "n1", 0.9))
    assert found == Placed({"n1": "p1"}, {"n2": "n2"}, ())


def test_two_known_persons_are_never_made_one() -> None:
    (waits,) = placed(Pair("k1", "n1", 0.99), Pair("k3", "n1", 0.98)).undecided
    assert (waits.record, waits.why, waits.persons, waits.probability) == ("n1", Why.SEVERAL, ("p1", "p3"), 0.99)


def test_not_through_two_new_records_either() -> None:
    found = placed(Pair("k1", "n1", 0.99), Pair("k3", "n2", 0.99), Pair("n1", "n2", 0.99))
    assert {one.record: one.why for one in found.undecided} == {"n1": Why.SEVERAL, "n2": Why.SEVERAL}
    assert (found.joined, found.begun) == ({}, {})


def test_between_the_thresholds_a_person_decides() -> None:
    (waits,) = placed(Pair("k1", "n1", 0.7)).undecided
    assert (waits.record, waits.why, waits.persons) == ("n1", Why.BETWEEN, ("p1",))
    assert {one.record for one in placed(Pair("n1", "n2", 0.7)).undecided} == {"n1", "n2"}


def test_below_them_a_new_person_begins_and_takes_nobodys_id() -> None:
    assert placed(Pair("k1", "n1", 0.4)).begun == {"n1": "n1", "n2": "n2"}
    assert placed(new=["p9", "p9+"], known={"k1": "p9"}).begun == {"p9": "p9++", "p9+": "p9+"}
    assert placed(Pair("n1", "n2", 0.96)).begun == {"n1": "n1", "n2": "n1"}


NAMES = [*KNOWN, *(f"n{n}" for n in range(6))]
SCORED = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda two: two[0] < two[1]),
    st.sampled_from([0.1, 0.5, 0.7, 0.95, 0.99]),
)


@settings(max_examples=150, deadline=None)
@given(SCORED, st.permutations(NAMES), st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_nobody_known_changes(scores: dict, order: list[str], shuffled) -> None:  # type: ignore[no-untyped-def,type-arg]
    pairs = [Pair(one, other, probability) for (one, other), probability in scores.items()]
    first = place(NAMES, pairs, KNOWN, BOTH)
    shuffled.shuffle(pairs)
    again = place(order, [Pair(p.other, p.one, p.probability) for p in pairs], dict(reversed(KNOWN.items())), BOTH)
    assert (first.joined, first.begun, set(first.undecided)) == (again.joined, again.begun, set(again.undecided))
    told = [*first.joined, *first.begun, *(one.record for one in first.undecided)]
    assert sorted(told) == [name for name in NAMES if name not in KNOWN]
    assert set(first.joined.values()) <= set(KNOWN.values())
    assert not set(first.begun.values()) & set(KNOWN.values())


def test_more_links_raise_the_binary_rate_and_lower_the_entries() -> None:
    events = [
        Event(person=f"{half}{n}", occasion=f"{half}{n}", offence="1", offence_date=date(2013, month, 2),
              proven_date=date(2013, month, 20), kind=Kind.CAUTION)
        for n in range(40) for half, month in (("a", 1), ("b", 3))
    ]  # fmt: skip
    asked = Asked(measure("EW-3M"), quarters(2013), date(2016, 1, 1))
    alone = {event.person: event.person for event in events}
    found = effect(events, alone, {f"b{n}": f"a{n}" for n in range(10)}, asked)
    assert (found.fewer, found.more) == (Counts(80, 0, 0), Counts(70, 10, 10))
    assert (found.persons_fewer, found.persons_more) == (80, 70)
    assert (found.difference("binary"), found.difference("per_reoffender")) == (Decimal("14.3"), None)
