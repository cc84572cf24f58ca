"""Decision tables: overlaps, gaps and dead lines are found over everything that can be, and only then."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.found import RULE, found_data
from tests.factories.small import OWN, framework, question

from caselight.method.framework.checks import check
from caselight.method.framework.checks.worlds.search import Budget, explore, possible
from caselight.method.framework.truth import Facts, truth

ITEM = {"kind": "computed", "scale": "item"}
GATE = {"kind": "gate", "scale": "gate", "reasons": []}


def faults(lines, *, before=(), facts=(), when=None, **table):
    """The faults of one table, about tables: code and what is said."""
    spec = {"lines": [{"value": value, "when": rule} for value, rule in lines]} | table
    asked = [*before, question("Q", **ITEM, computed={"table": spec}, **({"when": when} if when else {}))]
    data = found_data(themes=[{"id": "T", "title": "T", "questions": asked}])
    data["facts"] = [*data["facts"], *facts]
    return of_reach(framework(**data))


def of_reach(made):
    """The faults of rules and tables that were tried out; the small framework has others, which are not meant here."""
    told = [(fault.code.removeprefix("framework."), fault.says) for fault in check(made)]
    return [(code, says) for code, says in told if code.startswith(("table-", "line-", "never-", "always-"))]


def yes(name):
    return {"answer": name, "is": "yes"}


def no(name):
    return {"answer": name, "is": "no"}


B, C = question("B", **GATE), question("C", **GATE)
FIRM = [question("B", **GATE, never_not_relevant=True), question("C", **GATE, never_not_relevant=True)]


def test_two_lines_of_different_values_that_hold_at_once_are_told_with_an_example():
    # item 6 of the onsite review instrument: strength with B or C, improvement without B or without C
    lines = [("strength", {"any": [yes("B"), yes("C")]}), ("ani", {"any": [no("B"), no("C")]})]
    ((code, says),) = faults(lines, before=[B, C], otherwise="not_relevant")
    assert (code, says) == ("table-overlap", "Lines 1 (strength) and 2 (ani) of Q hold at once: B is yes, C is no.")
    assert faults(lines, before=[B, C], otherwise="not_relevant", first_match=True) == []


def test_lines_of_one_value_may_overlap():
    lines = [("strength", yes("B")), ("strength", yes("C")), ("ani", {"all": [no("B"), no("C")]})]
    assert faults(lines, before=FIRM) == []


def test_what_no_line_fits_is_told_with_an_example_unless_there_is_an_otherwise():
    lines = [("strength", yes("B")), ("ani", no("B"))]
    assert faults(lines, before=[B]) == [("table-gap", "No line of Q holds: B is not relevant.")]
    assert faults(lines, before=FIRM) == []
    assert faults(lines, before=[B], otherwise="ani") == []
    assert faults(lines, before=[B], when={"not": {"not_relevant": "B"}}) == []


def test_a_line_that_can_never_hold_is_a_warning():
    never = ("ani", {"all": [yes("B"), no("B")]})
    assert faults([("strength", yes("B")), never], before=[B], otherwise="ani") == [
        ("line-never-holds", "This line of Q can never hold.")
    ]
    shadowed = [("strength", yes("B")), ("ani", {"all": [yes("B"), yes("C")]})]
    assert [code for code, _ in faults(shadowed, before=[B, C], otherwise="ani", first_match=True)] == [
        "line-never-holds"
    ]


def test_the_gates_behind_a_table_are_followed():
    gated = question("C", **GATE, when=yes("B"), never_not_relevant=True)
    firm = FIRM[0]
    lines = [("strength", {"all": [yes("B"), yes("C")]}), ("ani", no("B")), ("ani", no("C"))]
    assert faults(lines, before=[firm, gated]) == []  # C is open only behind B
    assert [code for code, _ in faults([*lines, ("strength", {"all": [no("B"), yes("C")]})], before=[firm, gated])] == [
        "line-never-holds"
    ]


def test_questions_computed_by_tables_are_followed_into_tables_above_them():
    below = [
        question(
            name,
            **ITEM,
            computed={"table": {"lines": [{"value": "strength", "when": yes(gate)}], "otherwise": "ani"}},
        )
        for name, gate in (("I1", "B"), ("I2", "C"))
    ]
    count = {"count": ["I1", "I2"], "outcome": "insufficient"}
    lines = [("strength", count | {"is": 0}), ("ani", count | {"at_least": 1})]
    assert faults(lines, before=[B, C, *below]) == []
    wrong = [("strength", count | {"at_most": 1}), ("ani", count | {"at_least": 1})]
    assert [code for code, _ in faults(wrong, before=[B, C, *below])] == ["table-overlap"]


SPAN = {"elapsed": {"from": {"fact": "entered"}, "to": {"fact": "reviewed"}, "in": "months"}}


def test_time_and_rows_leave_no_gap_between_neighbouring_bounds():
    assert faults([("strength", SPAN | {"at_most": 12}), ("ani", SPAN | {"at_least": 13})]) == []
    assert [code for code, _ in faults([("strength", SPAN | {"at_most": 12}), ("ani", SPAN | {"at_least": 12})])] == [
        "table-overlap"
    ]
    rows = {"rows": "placement"}
    assert faults([("strength", rows | {"at_most": 1}), ("ani", rows | {"at_least": 2})]) == []
    gap = faults([("strength", rows | {"is": 0}), ("ani", rows | {"at_least": 2})])
    assert gap == [("table-gap", "No line of Q holds: the number of placement is 1.")]


def test_what_may_be_impossible_is_not_told():
    days = {"elapsed": SPAN["elapsed"] | {"in": "days"}}
    # nine months are more than nine days: the two never overlap, and the search takes them as free
    assert (
        faults([("strength", SPAN | {"at_least": 9}), ("ani", days | {"at_most": 9})], otherwise="not_relevant") == []
    )


def test_a_question_that_its_own_rule_always_sets_aside_is_never_asked():
    either = {"any": [{"fact": "foster", "is": "yes"}, {"fact": "foster", "is": "no"}]}
    aside = question("B", **GATE, not_relevant_when=either)
    data = found_data(themes=[{"id": "T", "title": "T", "questions": [aside]}])
    assert [code for code, _ in of_reach(framework(**data))] == ["never-applies"]
    both = question(
        "B", **GATE, when={"fact": "age", "at_least": 16}, not_relevant_when={"fact": "age", "at_least": 10}
    )
    data = found_data(themes=[{"id": "T", "title": "T", "questions": [both]}])
    assert [code for code, _ in of_reach(framework(**data))] == ["never-applies"]


FACTS = [{"id": name, "label": name, "type": "yes_no", "provenance": OWN} for name in "abc"]
SMALL = framework(**found_data(facts=FACTS, themes=[{"id": "T", "title": "T", "questions": [question("A")]}]))
RULES = st.recursive(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["yes", "no"])).map(lambda t: {"fact": t[0], "is": t[1]}),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)


class All(Facts):
    def __init__(self, values):
        self.values = values

    def fact(self, name):
        return self.values[name]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["strength", "ani", "not_relevant"]), RULES), min_size=1, max_size=4))
def test_overlaps_and_gaps_are_those_that_a_naive_count_finds(lines):
    """Every world of three facts, every pair of lines."""
    rules = [(value, RULE.validate_python(rule)) for value, rule in lines]
    worlds = [All(dict(zip("abc", values, strict=True))) for values in product(("yes", "no"), repeat=3)]
    held = [[truth(rule, world) for _, rule in rules] for world in worlds]
    overlap = any(
        world[i] and world[j] and rules[i][0] != rules[j][0]
        for world in held
        for i, j in combinations(range(len(rules)), 2)
    )
    gap = any(not any(world) for world in held)
    dead = any(not any(world[i] for world in held) for i in range(len(rules)))
    told = {code for code, _ in faults(lines, facts=FACTS)}
    assert ("table-overlap" in told, "table-gap" in told, "line-never-holds" in told) == (overlap, gap, dead)


def test_an_example_is_a_world_in_which_the_rule_holds():
    rule = RULE.validate_python({"all": [{"fact": "a", "is": "yes"}, {"not": {"fact": "b", "is": "yes"}}]})
    tried = explore(SMALL, rule, Budget())
    assert tried is not None
    assert tried.example == {("fact", "a"): "yes", ("fact", "b"): "no"}


@pytest.mark.parametrize("size", [12, 40])
def test_a_table_over_very_many_questions_is_bounded(size):
    asked = [question(f"G{n}", **GATE) for n in range(size)]
    odd = {"count": [f"G{n}" for n in range(size)], "answer": "yes", "is": size // 2}
    told = faults([("strength", odd), ("ani", {"not": odd})], before=asked)
    assert [code for code, _ in told] == []
    assert possible(SMALL, RULE.validate_python({"fact": "a", "is": "yes"}), Budget(left=1)) is None
