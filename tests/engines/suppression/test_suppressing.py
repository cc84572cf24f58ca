"""Exact suppression: every attack fails afterwards, no cheaper choice exists, and what cannot be hidden is refused."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselight.engines.suppression.attacking import audit
from caselight.engines.suppression.searching import costs
from caselight.engines.suppression.suppressing import suppress
from caselight.engines.suppression.table import NoMoreThan, Rule, Table, Zeros
from caselight.method.faults import Faults
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import Number

DEFAULT = Rule()


def grid(cells: list[list[int]], rule: Rule = DEFAULT, public: frozenset[str] = frozenset()) -> Table:
    """A table with every row, column and grand total released."""
    names = {f"r{r}c{c}": value for r, row in enumerate(cells) for c, value in enumerate(row)}
    rows, columns = range(len(cells)), range(len(cells[0]))
    names |= {f"r{r}": sum(cells[r]) for r in rows} | {f"c{c}": sum(row[c] for row in cells) for c in columns}
    names["all"] = sum(map(sum, cells))
    sums = [
        *(Sum(f"r{r}", tuple(f"r{r}c{c}" for c in columns)) for r in rows),
        *(Sum(f"c{c}", tuple(f"r{r}c{c}" for r in rows)) for c in columns),
        Sum("all", tuple(f"r{r}" for r in rows)),
        Sum("all", tuple(f"c{c}" for c in columns)),
    ]
    numbers = [Number(key, value, describes=True, public=key in public) for key, value in names.items()]
    return Table(tuple(numbers), tuple(sums), rule=rule)


def flags(table: Table, keys: object) -> np.ndarray:
    return np.array([number.key in set(keys) for number in table.numbers])  # type: ignore[call-overload]


def is_safe(table: Table, hidden: np.ndarray) -> bool:
    return all(bounds.open for bounds in audit(table, hidden))


def cheapest_by_trying(table: Table) -> int | None:
    """Every choice of what to hide, by brute force."""
    free = np.flatnonzero(table.can_hide & ~table.hidden_first)
    prices, found = costs(table), []
    for count in range(len(free) + 1):
        for chosen in combinations(free.tolist(), count):
            hidden = table.hidden_first.copy()
            hidden[list(chosen)] = True
            if is_safe(table, hidden):
                found.append(int(prices[hidden].sum()))
    return min(found, default=None)


def test_one_small_cell_takes_a_rectangle_with_it() -> None:
    table = grid([[3, 40, 50], [60, 20, 80], [90, 70, 30]])
    found = suppress(table)
    assert len(found.hidden) == 4
    assert found.hidden["r0c0"] == "small"
    assert {"r0c0", "r1c1"} <= set(found.hidden)  # the cheapest rectangle
    assert all(bounds.open for bounds in found.audit)


def test_hiding_only_the_small_cell_is_pinned_by_the_audit() -> None:
    table = grid([[3, 40], [60, 20]])
    (bounds,) = audit(table, table.hidden_first)
    assert (bounds.low, bounds.high, bounds.open) == (3, 3, False)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert suppress(grid([[30, 40], [60, 20]])).hidden == {}


def test_the_complement_is_protected_though_it_is_printed_nowhere() -> None:
    numbers = (
        Number("e", 40, describes=True),
        Number("r", 38, describes=True),
        Number("e-r", 2, describes=True, printed=False),
    )
    found = suppress(Table(numbers, (Sum("e", ("r", "e-r")),)))
    assert list(found.hidden) == ["r"]  # 38 costs as much as 40, and comes second: either opens it


def test_the_pooled_year_less_three_quarters_does_not_give_the_fourth() -> None:
    numbers = tuple(Number(key, value, describes=True) for key, value in zip("y1234", (94, 4, 30, 28, 32), strict=True))
    found = suppress(Table(numbers, (Sum("y", ("1", "2", "3", "4")),)))
    assert found.hidden["1"] == "small"
    assert len(found.hidden) == 2


def test_an_earlier_release_is_reckoned_with() -> None:
    """One child more than in the earlier release: the later count may not be printed beside it."""
    numbers = (
        Number("before", 17, describes=True, public=True),
        Number("now", 18, describes=True),
        Number("more", 1, describes=True, printed=False),
    )
    found = suppress(Table(numbers, (Sum("now", ("before", "more")),)))
    assert list(found.hidden) == ["now"]


def test_an_inequality_is_used_by_the_attacker() -> None:
    """Six reoffences say that at most six reoffended."""
    numbers = (Number("r", 4, describes=True), Number("n", 6))
    assert list(suppress(Table(numbers, at_most=(NoMoreThan("r", "n"),))).hidden) == ["r", "n"]


def test_zeros_are_shown_or_hidden_as_the_rule_says() -> None:
    cells = [[0, 40], [60, 20]]
    assert suppress(grid(cells)).hidden == {}
    assert suppress(grid(cells, Rule(zeros=Zeros.HIDDEN))).hidden["r0c0"] == "small"


def test_what_follows_from_public_numbers_is_refused_by_name() -> None:
    with pytest.raises(Faults) as refused:
        suppress(grid([[3, 40], [60, 20]], public=frozenset({"r0", "r0c1"})))
    assert [fault.code for fault in refused.value] == ["reoffending.cannot-be-hidden"]
    assert refused.value.faults[0].where == ("r0c0",)


def test_counts_that_contradict_each_other_are_refused() -> None:
    numbers = (Number("r", 9, describes=True), Number("n", 6))
    with pytest.raises(Faults, match=r"reoffending\.impossible-counts"):
        suppress(Table(numbers, at_most=(NoMoreThan("r", "n"),)))


def test_a_table_beyond_what_is_solved_is_refused() -> None:
    numbers = tuple(Number(str(n), n, describes=True) for n in range(4_001))
    with pytest.raises(Faults, match=r"reoffending\.suppression-too-large"):
        suppress(Table(numbers))


cells = st.integers(0, 25)
tables = st.integers(2, 4).flatmap(lambda c: st.lists(st.lists(cells, min_size=c, max_size=c), min_size=2, max_size=4))
rules = st.builds(Rule, threshold=st.integers(2, 10), zeros=st.sampled_from(Zeros))


@given(tables, rules)
@settings(deadline=None, max_examples=25)
def test_after_suppression_every_attack_fails(cells: list[list[int]], rule: Rule) -> None:
    table = grid(cells, rule)
    if not is_safe(table, table.can_hide):
        with pytest.raises(Faults, match=r"reoffending\.cannot-be-hidden"):
            suppress(table)
        return
    found = suppress(table)
    assert is_safe(table, flags(table, found.hidden))
    assert set(np.array([n.key for n in table.numbers])[table.hidden_first]) <= set(found.hidden)


@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2), rules)
@settings(deadline=None, max_examples=10)
def test_no_cheaper_choice_exists(cells: list[list[int]], rule: Rule) -> None:
    table = grid([[value * 2 for value in row] for row in cells], rule)
    cheapest = cheapest_by_trying(table)
    if cheapest is None:
        with pytest.raises(Faults, match=r"reoffending\.cannot-be-hidden"):
            suppress(table)
    else:
        assert suppress(table).cost == cheapest


@given(tables)
@settings(deadline=None, max_examples=15)
def test_hiding_only_small_cells_is_found_out_where_a_row_shows_the_rest(cells: list[list[int]]) -> None:
    table = grid(cells)
    alone = [
        r for r, row in enumerate(cells)
        if sum(0 < value < 10 for value in row) == 1 and not 0 < sum(row) < 10
    ]  # fmt: skip
    if alone:
        assert not is_safe(table, table.hidden_first)
