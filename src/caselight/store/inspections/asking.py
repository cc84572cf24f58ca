"""Requests to the service: asked, changed, answered, accepted or sent back. Every step is a row that stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection, RequestStep
from caselight.store.inspections.queries import found
from caselight.store.inspections.requests import FOLLOWS, Request, Step, context, requests_of
from caselight.store.inspections.told import digest, sealed_words

ACTS = {
    Step.ASKED: Act.REQUEST_ASKED,
    Step.CHANGED: Act.REQUEST_CHANGED,
    Step.RECEIVED: Act.REQUEST_RECEIVED,
    Step.ACCEPTED: Act.REQUEST_ACCEPTED,
    Step.RETURNED: Act.REQUEST_RETURNED,
    Step.WITHDRAWN: Act.REQUEST_WITHDRAWN,
}
WORDLESS = frozenset({Step.ACCEPTED})  # the other steps say something
MOST = 2_000  # characters
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked for, under a random key of 32 hexadecimal digits."""

    key: str
    what: str
    due: date
    worker: str = ""
    case_key: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody takes with a request.

    ``words``: for *changed* what is asked for now, for *received* where it is or how it was sent, for *returned* and
    *withdrawn* the reason. ``due`` moves the day.
    """

    step: Step
    words: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    ask: Ask  # its ``what`` are the words of the step
    step: Step
    by: str
    at: datetime


@transaction.atomic
def ask(*, by: str, inspection: str, wanted: Sequence[Ask], at: datetime) -> int:
    """Ask the service for some things, and give how many are new: the same key again asks once.

    Raises ``store.request-words`` and ``store.request-unknown`` for a key that is none.
    """
    row = found(inspection, locked=True)
    keys = [one.key for one in wanted]
    there = set(RequestStep.objects.filter(inspection=row, request__in=keys).values_list("request", flat=True))
    new = [one for one in wanted if one.key not in there]
    for one in new:
        if not _KEY.fullmatch(one.key):
            _unknown()
        _add(row, _Row(one, Step.ASKED, by, at))
    return len(new)


@transaction.atomic
def take_step(*, by: str, inspection: str, request: str, taken: Taken, at: datetime) -> Step:
    """Take a request one step further, and give how far it is. The same step twice in a row is one.

    Raises ``store.request-unknown``, ``store.request-step`` where the step does not follow, ``store.request-words``.
    """
    row = found(inspection, locked=True)
    before = next((one for one in requests_of(inspection) if one.key == request), None)
    if before is None:
        _unknown()
    if _same(before, taken):
        return before.state
    if before.state not in FOLLOWS.get(taken.step, frozenset()):
        says = f"The request is {before.state} and cannot be {taken.step} from there."
        stop(Fault("store.request-step", ("step",), says, "Open the request again: somebody else may have been first."))
    now = Ask(request, taken.words, taken.due or before.due, before.worker, before.case_key)
    _add(row, _Row(now, taken.step, by, at))
    return before.state if taken.step is Step.CHANGED else taken.step


def _same(before: Request, taken: Taken) -> bool:
    last = before.steps[-1]
    return (last.step, last.words, last.due) == (taken.step, taken.words.strip(), taken.due or before.due)


def _unknown() -> NoReturn:
    stop(Fault("store.request-unknown", ("request",), "There is no such request.", "Choose one of the list."))


def _add(inspection: Inspection, row: _Row) -> None:
    words = row.ask.what.strip()
    if (not words and row.step not in WORDLESS) or len(words) > MOST:
        says = "A request needs words with its steps, and no more than 2,000 characters."
        cure = "Say in a sentence what is asked for, where it is, or why it is sent back."
        stop(Fault("store.request-words", ("words",), says, cure))
    of = context(row.ask.key, row.step)
    sealed, key_id = sealed_words(inspection.key, of, [words], case_key=row.ask.case_key)
    detail = {
        "due": row.ask.due.isoformat(), "worker": row.ask.worker, "case": row.ask.case_key,
        "sealed_sha256": digest(sealed, key_id),
    }  # fmt: skip
    of_ = ("request", row.ask.key)
    link = record(chain=chain(inspection.key), by=row.by, act=ACTS[row.step], of=of_, detail=detail, at=row.at)
    RequestStep.objects.create(
        inspection=inspection, request=row.ask.key, step=row.step, worker=row.ask.worker, case_key=row.ask.case_key,
        due=row.ask.due, by=row.by, at=row.at, sealed=sealed, key_id=key_id, chain_n=link.n,
    )  # fmt: skip
