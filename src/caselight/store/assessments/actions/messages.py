"""What one person sends at once, and the order in which its events are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.faults import Fault, stop
from caselight.store.assessments.receipts import Refusal

Ask = Callable[[Sequence[AnswerEvent]], Mapping[int, Refusal]]  # by number, those that may not be recorded, and why
Item = TypeVar("Item", Locator, Excerpt)
MOST = 5_000  # events in one call


@dataclass(frozen=True, slots=True)
class Message:
    """What one person sent at once, from one device, about one inspection."""

    by: str
    inspection: str
    device: str
    events: tuple[AnswerEvent, ...]
    locators: tuple[Locator, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    ask: Ask | None = (
        None  # asked in the transaction that records it, however long it waited; None: nobody need be asked
    )


def check(message: Message) -> None:
    """``Faults`` where a message holds too much, or evidence that belongs to none of its events."""
    own_ids = {event.op_id for event in message.events}
    if not own_ids.issuperset(by_event(message.locators).keys() | by_event(message.excerpts).keys()):
        says = "A locator or an excerpt belongs to no event of the message."
        stop(Fault("answer.evidence-without-event", ("excerpts",), says, "Send it together with its event."))
    if len(message.events) > MOST:
        says = f"A message holds at most {MOST:,} events."
        stop(Fault("answer.too-many", ("events",), says, "Send them in several messages."))


def by_event(items: Sequence[Item]) -> dict[str, tuple[Item, ...]]:
    """Locators or excerpts by the event that they belong to."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.op_id, []).append(item)
    return {op_id: tuple(own_items) for op_id, own_items in found.items()}


def bases_first(events: Sequence[AnswerEvent]) -> Iterator[int]:
    """The positions of the events, each after those of the message that it builds on; circles in the order sent."""
    at = {event.op_id: n for n, event in reversed(list(enumerate(events)))}
    if not any(base in at for event in events for base in event.base_op_ids):
        yield from range(len(events))
        return
    done: set[int] = set()
    for start in range(len(events)):
        stack = [(start, iter(events[start].base_op_ids))]
        open_ = {start}
        while stack and start not in done:
            n, bases = stack[-1]
            step = next((at[base] for base in bases if base in at and at[base] not in done | open_), None)
            if step is None:
                stack.pop()
                if n not in done:
                    done.add(n)
                    yield n
            else:
                open_.add(step)
                stack.append((step, iter(events[step].base_op_ids)))
