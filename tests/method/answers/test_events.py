"""Digests another language could repeat, heads that do not depend on order, snapshots that see every change."""

import hashlib
import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.folders import EVENTS, event, op

from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.answers.snapshot import snapshot

TEXT = st.text(max_size=8) | st.sampled_from(['"', "\\", "\x1f", "\x7f", "\u2028", "é", "a\nb"])
LISTS = st.lists(TEXT, max_size=3).map(tuple)
ANY = st.builds(
    AnswerEvent,
    *[TEXT] * 9, LISTS, TEXT, LISTS, st.booleans(), st.booleans(), TEXT, TEXT, LISTS, *[TEXT] * 5,
)  # fmt: skip


@given(ANY)
def test_a_digest_is_the_sha256_of_the_fields_as_canonical_json(any_event: AnswerEvent) -> None:
    fields = [*any_event[:19], any_event.framework_version]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert payload_digest(any_event) == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def test_a_digest_is_the_same_for_ever() -> None:
    assert payload_digest(event(1)) == "1165d793c70af3048d39e73f096429ce143ebc760aeb9dbe9559044acefdf784"


@st.composite
def histories(draw: st.DrawFn) -> list[AnswerEvent]:
    """Events of a few addresses that build on any others, known or not, circles included."""
    count = draw(st.integers(0, 8))
    numbers = st.integers(0, count + 1)
    return [
        event(
            n,
            draw(st.sampled_from(["k1", "k2"])),
            value=draw(st.sampled_from(["yes", "no"])),
            base_op_ids=tuple(op(base) for base in draw(st.lists(numbers, max_size=3))),
        )
        for n in range(count)
    ]


@given(histories(), st.randoms(use_true_random=False))
def test_heads_do_not_depend_on_the_order_of_events(events: list[AnswerEvent], chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert heads(shuffled) == heads(events)
    assert heads([*events, *shuffled]) == heads(events)


@given(histories())
def test_heads_are_the_events_that_no_other_event_of_the_address_names(events: list[AnswerEvent]) -> None:
    naive = {}
    for one in events:
        others = [other for other in events if other.address == one.address and other is not one]
        naive.setdefault(one.address, ())
        if not any(one.op_id in other.base_op_ids for other in others):
            naive[one.address] += (one,)
    assert heads(events) == naive


A, B = event(1), event(2, value="no", reasons=("late",))


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        ([], [1, 2]),
        ([event(3, base_op_ids=(op(1),))], [2, 3]),
        ([event(3, base_op_ids=(op(1), op(2)), resolves_reason="agreed")], [3]),
        ([event(3, base_op_ids=(op(1), op(2))), event(4, base_op_ids=(op(1), op(2)))], [3, 4]),
        ([event(3, "k2", base_op_ids=(op(1), op(2)))], [1, 2]),
        ([event(3, pass_="second")], [1, 2]),
    ],
    ids=["contested", "one amended", "resolved", "resolved twice apart", "another subject", "another pass"],
)
def test_which_of_two_answers_and_what_follows_stands(later: list[AnswerEvent], standing: list[int]) -> None:
    for events in permutations([A, B, *later]):
        assert [one.op_id for one in heads(events)[A.address]] == [op(number) for number in standing]


def test_a_snapshot_sees_every_change_but_not_order_or_repetition() -> None:
    first = snapshot(EVENTS)
    assert snapshot([*EVENTS[::-1], EVENTS[0]]) == first
    assert first == "9e8354f7ebf2c7e59fc8b162500824af27bc95f26fc696cbd9c0d9f97bfb874a"
    changed = [
        EVENTS[0]._replace(**{field: (*value, "x") if isinstance(value, tuple) else "x"})
        for field, value in EVENTS[0]._asdict().items()
    ]
    assert len({first, *(snapshot([one, *EVENTS[1:]]) for one in changed)}) == 1 + len(AnswerEvent._fields)
