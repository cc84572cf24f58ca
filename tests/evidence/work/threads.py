"""Sequences that lost or doubled work elsewhere, each with the thread that reports it (reliability, 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, permutations
from unittest.mock import patch

from tests.evidence.work.inspections import AT, adopted, begun
from tests.factories import small
from tests.factories.answers import altered, op_id, sent

from caselight.method.answers.events import AnswerEvent
from caselight.store.assessments import queries
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Receipt, Refusal

_number = count(1)


class Case:
    """A fresh inspection, and events of its one case."""

    def __init__(self) -> None:
        self.n = next(_number)
        self.key = f"thread-{self.n}"
        begun(self.key, adopted(small.framework()), {"C1": {}})

    def event(self, n: int, value: str = "yes", **more: object) -> AnswerEvent:
        """The n-th event, on the bases that are named by number."""
        bases = tuple(op_id(base, 10**6 + self.n) for base in more.pop("on", ()))  # type: ignore[attr-defined]
        return sent("C1", "A", value, op_id(n, 10**6 + self.n), base_op_ids=bases, **more)

    def send(self, *events: AnswerEvent, by: str = "i1") -> tuple[Receipt | Refusal, ...]:
        """Send them and give the answers."""
        return record_answers(by=by, inspection=self.key, device="d", events=events, at=AT)

    def heads(self) -> list[str]:
        """The notes of what stands."""
        return sorted(event.note for group in queries.standing(self.key).values() for event in group)


def a_form_is_deleted_only_after_it_was_kept() -> None:
    """https://github.com/getodk/getodk/issues/1017: sent forms were deleted after a failed upload."""
    case, event = Case(), None
    event = case.event(1)
    with patch("caselight.store.assessments.actions.recording.rows.insert", side_effect=MemoryError):
        try:
            answers: tuple[object, ...] = case.send(event)
        except MemoryError:
            answers = ()
    assert not any(isinstance(answer, Receipt) for answer in answers)
    assert queries.events(case.key) == ()
    (answer,) = case.send(event)
    assert isinstance(answer, Receipt)
    assert answer.payload_sha256 == event.payload_sha256


def an_edit_after_an_interrupted_upload_can_still_be_sent() -> None:
    """https://github.com/getodk/collect/issues/5317: such an edit became unsendable for ever."""
    case = Case()
    first = case.event(1, note="before")
    case.send(first)  # the answer is lost
    (refusal,) = case.send(altered(first, note="edited under the same id"))
    assert isinstance(refusal, Refusal)
    assert [aside.event.note for aside in queries.quarantined(case.key) if aside.event] == ["edited under the same id"]
    assert isinstance(case.send(case.event(2, note="edited", on=(1,)))[0], Receipt)
    assert case.heads() == ["edited"]


def a_submission_that_arrives_twice_is_one() -> None:
    """https://github.com/kobotoolbox/kobocat/issues/470: duplicates, open from 2018 to 2024."""
    case = Case()
    event = case.event(1)
    answers = {*case.send(event, event), *case.send(event), *case.send(event, event, event)}
    assert len(answers) == len(queries.events(case.key)) == 1


def a_replay_is_answered_as_the_first_time() -> None:
    """https://github.com/SEL-Columbia/formhub/issues/767: another answer to a replay caused resends every 20 seconds."""
    case = Case()
    events = [case.event(1), case.event(2, "no", on=(1,))]
    first = case.send(*events)
    assert [case.send(*events) for _ in range(3)] == [first] * 3


def a_retried_post_makes_nothing_new() -> None:
    """https://github.com/getodk/pyodk/issues/101: retried requests made duplicates."""
    case = Case()
    event = case.event(1)
    for _ in range(5):
        case.send(event)
    assert len(queries.events(case.key)) == 1
    assert case.heads() == [event.note]


def a_chain_made_offline_is_compared_with_its_trunk() -> None:
    """https://github.com/getodk/central/issues/669, /698, /805, /815: offline updates beside those of another person."""
    for order in permutations((2, 3, 4)):
        case = Case()
        case.send(case.event(1, note="trunk"))
        chain = {n: case.event(n, note=f"offline {n}", on=(n - 1,)) for n in (2, 3, 4)}
        other = case.event(9, "no", note="other", on=(1,), actor="i2")
        case.send(other, by="i2")
        for n in order:
            case.send(chain[n])
        for n in (2, 3, 4):
            case.send(chain[n])  # what was refused while its base was missing is sent again
        assert case.heads() == ["offline 4", "other"], order
        assert len(queries.contested(case.key)) == 1


def who_syncs_first_does_not_matter() -> None:
    """https://github.com/Tangerine-Community/Tangerine/issues/2484, /1763: the merge depended on who synced first."""
    found = []
    for order in permutations(("i1", "i2")):
        case = Case()
        case.send(case.event(1, note="trunk"))
        made = {"i1": case.event(2, note="one", on=(1,)), "i2": case.event(3, "no", note="two", on=(1,), actor="i2")}
        for person in order:
            case.send(made[person], by=person)
        found.append(case.heads())
    assert found == [["one", "two"]] * 2


THREADS: tuple[Callable[[], None], ...] = (
    a_form_is_deleted_only_after_it_was_kept,
    an_edit_after_an_interrupted_upload_can_still_be_sent,
    a_submission_that_arrives_twice_is_one,
    a_replay_is_answered_as_the_first_time,
    a_retried_post_makes_nothing_new,
    a_chain_made_offline_is_compared_with_its_trunk,
    who_syncs_first_does_not_matter,
)


def failing() -> Iterator[str]:
    """The sequences that do not come out right, in a sentence each."""
    for thread in THREADS:
        try:
            thread()
        except AssertionError as error:
            yield f"{thread.__name__}: {str(error)[:200]}"
