"""Small numbers stay unknown: the rules, and an attacker who tries every table."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.method.statistics.attack import Attack, Sum
from caselight.method.statistics.disclosure import Number, suppress

SAMPLE = Number("ALL", 34, public=True)


def reasons(numbers: list[Number], sums: list[Sum], threshold: int = 7) -> dict[str, str]:
    return {key: hidden.reason for key, hidden in suppress(numbers, sums, threshold).items()}


def question(key: str, sufficient: int, insufficient: int, describes: bool = False) -> tuple[list[Number], list[Sum]]:
    """The numbers of a question asked about a sample of 34, and how they add up."""
    relevant = sufficient + insufficient
    numbers = [
        Number(f"{key}.relevant", relevant, describes=describes),
        Number(f"{key}.sufficient", sufficient, base=f"{key}.relevant"),
        Number(f"{key}.insufficient", insufficient, base=f"{key}.relevant"),
        Number(f"{key}.not_relevant", 34 - relevant, describes=describes),
    ]
    sums = [
        Sum("ALL", (f"{key}.relevant", f"{key}.not_relevant")),
        Sum(f"{key}.relevant", (f"{key}.sufficient", f"{key}.insufficient")),
    ]
    return numbers, sums


# The rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("children", "hidden"),
    [
        (0, {}),
        (1, {"LAC": "small", "LAC.not": "complement"}),
        (7, {"LAC": "small", "LAC.not": "complement"}),
        (8, {}),
        (26, {}),
        (27, {"LAC": "complement", "LAC.not": "small"}),
        (34, {}),
    ],
)
def test_counts_of_one_to_seven_children_and_their_complements_are_hidden(
    children: int, hidden: dict[str, str]
) -> None:
    numbers = [
        SAMPLE,
        Number("LAC", children, describes=True),
        Number("LAC.not", 34 - children, describes=True, printed=True),
    ]
    assert reasons(numbers, [Sum("ALL", ("LAC", "LAC.not"))]) == hidden


def test_a_complement_that_no_table_holds_protects_itself_through_the_count() -> None:
    numbers = [SAMPLE, Number("LAC", 30, describes=True), Number("LAC.not", 4, describes=True, printed=False)]
    assert reasons(numbers, [Sum("ALL", ("LAC", "LAC.not"))]) == {"LAC": "complement"}


def test_the_threshold_is_data() -> None:
    numbers = [SAMPLE, Number("LAC", 3, describes=True), Number("LAC.not", 31)]
    sums = [Sum("ALL", ("LAC", "LAC.not"))]
    assert reasons(numbers, sums, threshold=2) == {}
    assert reasons(numbers, sums, threshold=0) == {}
    assert reasons(numbers, sums, threshold=3) == {"LAC": "small", "LAC.not": "complement"}


def test_practice_prints_exactly_however_few_the_failures() -> None:
    numbers, sums = question("R2", 19, 3)
    assert reasons([SAMPLE, *numbers], sums) == {}
    numbers, sums = question("X1", 4, 1)
    assert reasons([SAMPLE, *numbers], sums) == {}


def test_practice_with_a_small_group_of_children_as_its_base_is_hidden_nought_included() -> None:
    numbers, sums = question("C7", 3, 0, describes=True)
    assert reasons([SAMPLE, *numbers], sums) == {
        "C7.relevant": "small",
        "C7.sufficient": "small base",
        "C7.insufficient": "small base",
        "C7.not_relevant": "complement",
    }


def test_a_part_that_the_whole_would_give_away_is_protected() -> None:
    # C4 is asked about 31 children, five of them in custody; a table shows the other 26 as well.
    numbers = [
        Number("C4.relevant", 31),
        Number("C4@custody.relevant", 5, describes=True),
        Number("C4@community.relevant", 26),
    ]
    sums = [Sum("C4.relevant", ("C4@custody.relevant", "C4@community.relevant"))]
    assert reasons(numbers, sums) == {"C4@custody.relevant": "small", "C4@community.relevant": "complement"}


def test_the_whole_may_be_printed_when_nobody_prints_the_rest() -> None:
    numbers = [
        Number("C4.relevant", 31),
        Number("C4@custody.relevant", 5, describes=True),
        Number("C4@rest.relevant", 26, printed=False),
    ]
    sums = [Sum("C4.relevant", ("C4@custody.relevant", "C4@rest.relevant"))]
    assert reasons(numbers, sums) == {"C4@custody.relevant": "small"}


def test_a_number_that_gives_away_a_small_one_elsewhere_is_hidden_too() -> None:
    # Three kinds make the whole; only one is small, so one more has to go.
    numbers = [
        SAMPLE,
        Number("white", 20),
        Number("black", 10),
        Number("asian", 4, describes=True),
    ]
    sums = [Sum("ALL", ("white", "black", "asian"))]
    assert reasons(numbers, sums) == {"black": "would give away", "asian": "small"}


def test_two_small_numbers_protect_each_other_unless_they_are_too_small_for_it() -> None:
    sums = [Sum("ALL", ("white", "black", "asian"))]
    white = Number("white", 29)
    both = [SAMPLE, white, Number("black", 3, describes=True), Number("asian", 2, describes=True)]
    assert set(reasons(both, sums)) == {"black", "asian"}
    tiny = [SAMPLE, Number("white", 33), Number("black", 1, describes=True), Number("asian", 0, describes=True)]
    assert set(reasons(tiny, sums)) == {"white", "black"}


def test_a_row_and_a_column_cannot_be_played_off_against_each_other() -> None:
    rows, columns = ("girls", "boys"), ("custody", "community")
    cells = {("girls", "custody"): 2, ("girls", "community"): 10, ("boys", "custody"): 9, ("boys", "community"): 13}
    numbers = [Number("/".join(cell), value, describes=value == 2) for cell, value in cells.items()]
    numbers += [Number(row, sum(cells[row, column] for column in columns)) for row in rows]
    numbers += [Number(column, sum(cells[row, column] for row in rows)) for column in columns]
    sums = [Sum(row, tuple(f"{row}/{column}" for column in columns)) for row in rows]
    sums += [Sum(column, tuple(f"{row}/{column}" for row in rows)) for column in columns]
    assert len(set(reasons(numbers, sums)) & {"/".join(cell) for cell in cells}) == 4


def test_what_everybody_knows_is_never_hidden_so_the_total_goes() -> None:
    numbers = [Number("custody", 12), Number("girls", 3, describes=True), Number("boys", 9, public=True)]
    sums = [Sum("custody", ("girls", "boys"))]
    assert reasons(numbers, sums) == {"custody": "would give away", "girls": "small"}


def test_a_number_may_be_safe_because_several_others_could_make_room_together() -> None:
    values = {"ALL": 2, "a": 0, "b": 1, "c": 1}
    assert Attack(values, [Sum("ALL", ("a", "b", "c"))], {"a", "b", "c"}).is_safe("a")
    assert not Attack(values, [Sum("ALL", ("a", "b", "c"))], {"a", "b"}).is_safe("a")


def test_the_answer_keeps_the_order_of_the_numbers_and_names_the_cause() -> None:
    numbers = [SAMPLE, Number("white", 20), Number("black", 10), Number("asian", 4, describes=True)]
    found = suppress(numbers, [Sum("ALL", ("white", "black", "asian"))])
    assert list(found) == ["black", "asian"]
    assert found["black"].because == "asian"
    backwards = suppress(numbers[::-1], [Sum("ALL", ("asian", "black", "white"))])
    assert (list(backwards), dict(backwards)) == (["asian", "black"], found)


# What cannot be --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "sums", "codes"),
    [
        ([Number("a", 3), Number("a", 4)], [], ["figure.number-twice"]),
        ([Number("a", -1)], [], ["figure.negative-count"]),
        ([Number("a", 1, base="b")], [], ["figure.unknown-number"]),
        ([Number("a", 1)], [Sum("a", ("b",))], ["figure.unknown-number"]),
        ([Number("a", 1), Number("b", 2)], [Sum("a", ("b",))], ["figure.sum-does-not-fit"]),
        ([Number("a", 3, describes=True, public=True)], [], ["figure.cannot-be-hidden"]),
        (
            [Number("ALL", 1, public=True), Number("a", 1, describes=True), Number("b", 0)],
            [Sum("ALL", ("a", "b"))],
            ["figure.cannot-be-hidden"],
        ),
        (
            [Number("a", 3, public=True), Number("b", 3, describes=True)],
            [Sum("a", ("b",))],
            ["figure.cannot-be-hidden"],
        ),
    ],
)
def test_numbers_that_contradict_themselves_or_cannot_be_hidden_are_faults(
    numbers: list[Number], sums: list[Sum], codes: list[str]
) -> None:
    with pytest.raises(Faults) as caught:
        suppress(numbers, sums)
    assert [fault.code for fault in caught.value] == codes


# The attacker ----------------------------------------------------------------------------------------------------

Table = tuple[list[Number], list[Sum]]
MOST = 4


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A few counts, some totals over any of them, and a public number now and then."""
    counts = draw(st.lists(st.integers(0, MOST), min_size=2, max_size=4))
    names = [f"n{place}" for place in range(len(counts))]
    values = dict(zip(names, counts, strict=True))
    totals = draw(st.lists(st.sets(st.sampled_from(names), min_size=1), min_size=1, max_size=3))
    sums = [Sum(f"t{place}", tuple(sorted(parts))) for place, parts in enumerate(totals)]
    values |= {item.total: sum(values[part] for part in item.parts) for item in sums}
    numbers = [
        Number(
            key,
            value,
            describes=draw(st.booleans()),
            base=draw(st.sampled_from(["", *names])),
            printed=draw(st.integers(0, 4)) > 0,
            public=key.startswith("t") and draw(st.integers(0, 3)) == 0,
        )
        for key, value in values.items()
    ]
    return [number for number in numbers if not number.public or number.printed], sums


def fitting(table: Table, unseen: set[str]) -> list[dict[str, int]]:
    """Every table of whole numbers up to a little above the true ones that fits what is seen."""
    numbers, sums = table
    counts = [number for number in numbers if number.key.startswith("n")]
    choices = [range(MOST + 5) if number.key in unseen else [number.value] for number in counts]
    found = []
    for chosen in product(*choices):
        values = {number.key: value for number, value in zip(counts, chosen, strict=True)}
        values |= {item.total: sum(values[part] for part in item.parts) for item in sums}
        if all(values[number.key] == number.value for number in numbers if number.key not in unseen):
            found.append(values)
    return found


def is_protected(number: Number, numbers: list[Number], threshold: int) -> bool:
    groups = {item.key for item in numbers if item.describes and 1 <= item.value <= threshold}
    return number.key in groups or number.base in groups


def spread(key: str, found: list[dict[str, int]]) -> int:
    return max(values[key] for values in found) - min(values[key] for values in found)


def is_complete(table: Table) -> bool:
    keys = {number.key for number in table[0]}
    return all(key in keys for item in table[1] for key in item.keys)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(tables().filter(is_complete), st.integers(0, 3))
@example(([Number("n0", 1, describes=True), Number("n1", 1), Number("t0", 2)], [Sum("t0", ("n0", "n1"))]), 3)
def test_an_attacker_who_tries_every_table_cannot_pin_a_protected_number(table: Table, threshold: int) -> None:
    numbers, sums = table
    protected = [number.key for number in numbers if is_protected(number, numbers, threshold)]
    try:
        hidden = set(suppress(numbers, sums, threshold))
    except Faults as faults:
        everything = {number.key for number in numbers if not number.public}
        exposed = {fault.where[0] for fault in faults if fault.code == "figure.cannot-be-hidden"}
        assert exposed <= set(protected)
        possible = fitting(table, everything)
        public = {number.key for number in numbers if number.public}
        assert all(key in public or spread(str(key), possible) < 2 for key in exposed)
        return
    unseen = hidden | {number.key for number in numbers if not number.printed}
    assert {key for key in protected if key not in unseen} == set()
    possible = fitting(table, unseen)
    assert [key for key in protected if spread(key, possible) < 2] == []


@settings(max_examples=120, deadline=None, derandomize=True)
@given(tables().filter(is_complete), st.data())
def test_the_attack_finds_exactly_what_trying_every_table_finds(table: Table, data: st.DataObject) -> None:
    numbers, sums = table
    keys = [number.key for number in numbers]
    unseen = data.draw(st.sets(st.sampled_from(keys)))
    values = {number.key: number.value for number in numbers}
    possible = fitting(table, unseen)
    for key in keys:
        assert Attack(values, sums, set(unseen)).is_safe(key) == (key in unseen and spread(key, possible) >= 2)


def test_sixty_figures_are_done_at_once() -> None:
    numbers, sums = [SAMPLE], []
    for place in range(60):
        more_numbers, more_sums = question(f"Q{place}", 20 + place % 5, place % 4, describes=False)
        numbers += more_numbers
        sums += more_sums
    small, small_sums = question("C7", 2, 1, describes=True)
    hidden = reasons([*numbers, *small], [*sums, *small_sums])
    assert {key.split(".")[0] for key in hidden} == {"C7"}
