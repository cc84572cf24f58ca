"""Leave to write: what was asked before a request waited for its turn is asked once more in the transaction that writes.

A face begins a request with :func:`asked_again` and hands over how it is asked. Whoever allows an act on the way says so
with :func:`grant`. In each transaction :func:`ask` then asks once, at the first lock of an inspection or an account, or at
the first row of the audit: after it has waited for whoever was before it, and before anything is changed. Where nobody
handed anything over (the command line) nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from django.db import connection, transaction

from caselight.method.faults import Fault, Faults


class Question(Protocol):
    """Raises ``Faults`` where what was allowed no longer is; ``lock``: and hold it so until the transaction ends."""

    def __call__(self, granted: frozenset[Hashable], *, lock: bool) -> None: ...


@dataclass(eq=False, slots=True)
class Leave:
    """What was allowed in one request, and how it is asked again; ``by`` is whose account the question holds."""

    question: Question
    by: str = ""
    granted: set[Hashable] = field(default_factory=set)

    def over(self) -> None:
        """Stands among what is done after the commit for as long as the transaction, and so marks it as asked."""

    def refused(self, *, whole: bool) -> Fault | None:
        """Why it is refused now, without holding anything; not ``whole``: only whether who asks may still be here."""
        try:
            self.question(frozenset(self.granted) if whole else frozenset(), lock=False)
        except Faults as refused:
            return refused.faults[0]
        return None


_current: ContextVar[Leave | None] = ContextVar("leave", default=None)


@contextmanager
def asked_again(question: Question, *, by: str = "") -> Iterator[Leave]:
    """Inside, every transaction asks before it writes; ``by`` is the key of the account that asking holds, where it does."""
    made = Leave(question, by)
    before = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(before)


@contextmanager
def of_many() -> Iterator[None]:
    """Inside, what is written is of several people, each of whom is asked by themselves."""
    before = _current.set(None)
    try:
        yield
    finally:
        _current.reset(before)


def current() -> Leave | None:
    """That of this request."""
    return _current.get()


def grant(what: Hashable) -> None:
    """Note an act that was allowed, so that it is asked again."""
    if (leave := _current.get()) is not None:
        leave.granted.add(what)


def will_hold() -> str:
    """The account that asking in this transaction will hold: whoever locks another first locks both, in one order."""
    leave: Leave | None = _current.get()
    return "" if leave is None or _asked(leave.over) else leave.by


def ask() -> None:
    """Ask once more, once a transaction. Raises what the question raises; then nothing of the transaction stands."""
    leave: Leave | None = _current.get()
    if leave is None or _asked(leave.over):
        return
    if connection.in_atomic_block:
        transaction.on_commit(leave.over)  # first: the question may come by here again
    leave.question(frozenset(leave.granted), lock=True)


def _asked(mark: Callable[[], None]) -> bool:
    return any(waiting[1] == mark for waiting in connection.run_on_commit)
