"""Which event builds on which: bases that are not there, circles, resolutions that resolve nothing, contested answers.

A base that is not in the package may still be on its way from another device: a warning. A base of another address
can never be right: an error. Heads themselves are in :mod:`caselight.method.answers.events`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caselight.method.answers.events import Address, AnswerEvent
from caselight.method.faults import Fault, Severity, quoted

_OPEN, _DONE = 1, 2


def base_faults(events: Sequence[AnswerEvent], first: Mapping[str, int]) -> Iterator[Fault]:
    """What is wrong with ``base_op_ids`` and ``resolves_reason``; ``first`` gives the row of each ``op_id``."""
    bases: dict[str, tuple[str, ...]] = {}
    for index, event in enumerate(events):
        if not event.base_op_ids and not event.resolves_reason:
            continue
        known = tuple(base for base in event.base_op_ids if base in first)
        own = tuple(base for base in known if events[first[base]][1:8] == event[1:8])
        yield from _unfit(index, event, known, own)
        yield from _resolution(index, event, known, own)
        bases[event.op_id] = own
    for op_id in _circles(bases):
        yield Fault(
            "package.base-cycle",
            ("answers", first[op_id], "base_op_ids"),
            f"The event {quoted(op_id)} builds on an event that builds on it, so neither can be the later one.",
            "Take the base out of the event that was recorded first.",
        )


def _unfit(index: int, event: AnswerEvent, known: tuple[str, ...], own: tuple[str, ...]) -> Iterator[Fault]:
    where = ("answers", index, "base_op_ids")
    for base in event.base_op_ids:
        if base not in known:
            yield Fault(
                "package.unknown-base",
                where,
                f"The event builds on {quoted(base)}, which is not in answers.csv.",
                "Add the event when it arrives from the device that recorded it; until then it changes nothing.",
                Severity.WARNING,
            )
        elif base not in own:
            yield Fault(
                "package.base-of-other-answer",
                where,
                f"The event builds on {quoted(base)}, which answers something else.",
                "Name only events of the same tool, subject, question and pass as a base.",
            )


def _resolution(index: int, event: AnswerEvent, known: tuple[str, ...], own: tuple[str, ...]) -> Iterator[Fault]:
    if event.resolves_reason and not own and known == event.base_op_ids:  # else what it names may still arrive
        yield Fault(
            "package.resolution-without-heads",
            ("answers", index, "base_op_ids"),
            "The event gives a reason for resolving a contested answer and names no answer that it resolves.",
            "Name every contested event of this answer in base_op_ids, or leave resolves_reason empty.",
        )
    if len(set(own)) > 1 and not event.resolves_reason:
        yield Fault(
            "package.resolution-without-reason",
            ("answers", index, "resolves_reason"),
            "The event takes the place of several answers and does not say why.",
            "Say in resolves_reason why this answer stands.",
        )


def _circles(bases: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The events at which a circle of bases closes. A walk with its own stack: a chain may be as long as the file."""
    state: dict[str, int] = {}
    closing: list[str] = []
    for start in bases:
        stack = [] if start in state else [(start, iter(bases[start]))]
        state.setdefault(start, _OPEN)
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                state[node] = _DONE
                stack.pop()
            elif state.get(step) == _OPEN:
                closing.append(node)
            elif step in bases and step not in state:
                state[step] = _OPEN
                stack.append((step, iter(bases[step])))
    return closing


def contested_faults(heads: Mapping[Address, tuple[AnswerEvent, ...]], first: Mapping[str, int]) -> Iterator[Fault]:
    """A warning for each answer that two events claim and nobody has resolved."""
    for address, standing in heads.items():
        if len(standing) > 1:
            yield Fault(
                "package.contested",
                ("answers", first[standing[0].op_id], "op_id"),
                f"{address.question_id} of {quoted(address.subject_key)} has {len(standing)} answers that differ in "
                f"origin: {', '.join(quoted(event.value or 'withdrawn') for event in standing[:4])}.",
                "Record a resolution that names all of them in base_op_ids, with a reason.",
                Severity.WARNING,
            )
