"""Decisions that a letter needs from a named person: that a small number is printed, that a word is nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, refuse
from caselight.method.inspection.definition import AcceptedWord, Decision
from caselight.store.accounts.models import User
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.queries import found
from caselight.store.reports.models import LikeAName, NumberDecision

LONGEST_KEY, LONGEST_WORD, LONGEST_REASON = 200, 100, 2_000


@transaction.atomic
def decide_number(*, by: str, inspection: str, figure: str, reason: str, at: datetime) -> None:
    """Decide that the letter prints a small number about children, with the reason; a newer decision takes the place.

    Raises ``store.no-reason`` and ``store.too-long``.
    """
    _refuse(figure, LONGEST_KEY, reason)
    row = found(inspection, locked=True)
    NumberDecision.objects.create(inspection=row, figure=figure, reason=reason.strip(), by=by, at=at)
    record(chain=chain(inspection), by=by, act=Act.NUMBER_DECIDED, of=("figure", figure), detail={}, at=at)


@transaction.atomic
def accept_word(*, by: str, inspection: str, word: str, reason: str, at: datetime) -> None:
    """Say that a word which looks like a known name is none, with the reason. The audit does not hold the word.

    Raises ``store.no-reason`` and ``store.too-long``.
    """
    _refuse(word, LONGEST_WORD, reason)
    row = found(inspection, locked=True)
    said = LikeAName.objects.create(inspection=row, word=word.strip(), reason=reason.strip(), by=by, at=at)
    record(chain=chain(inspection), by=by, act=Act.WORD_ACCEPTED, of=("word", str(said.pk)), detail={}, at=at)


def decisions_of(inspection: str) -> tuple[Decision, ...]:
    """The decisions about small numbers that count, by figure, each by the name of who took it."""
    rows = list(NumberDecision.objects.filter(inspection__key=inspection).order_by("id"))
    names = _names(row.by for row in rows)
    newest = {row.figure: row for row in rows}
    return tuple(
        Decision(figure=figure, by=names.get(row.by, row.by), on=row.at.date(), reason=row.reason)
        for figure, row in sorted(newest.items())
    )


def words_of(inspection: str) -> tuple[AcceptedWord, ...]:
    """The words that look like names and are none, each by the name of who said so."""
    rows = list(LikeAName.objects.filter(inspection__key=inspection).order_by("id"))
    names = _names(row.by for row in rows)
    newest = {row.word: row for row in rows}
    return tuple(
        AcceptedWord(word=word, by=names.get(row.by, row.by), reason=row.reason) for word, row in newest.items()
    )


def _names(keys: Iterable[str]) -> dict[str, str]:
    return dict(User.objects.filter(key__in=set(keys)).values_list("key", "name"))


def _refuse(what: str, longest: int, reason: str) -> None:
    found_faults = []
    if not what.strip() or len(what) > longest or len(reason) > LONGEST_REASON or "\0" in what + reason:
        says = "What the decision is about, or its reason, is empty, too long or no text."
        found_faults.append(Fault("store.decision-text", ("decision",), says, "Write it in a few plain sentences."))
    if not reason.strip():
        says = "A decision without a reason cannot be read afterwards."
        found_faults.append(Fault("store.no-reason", ("reason",), says, "Enter the reason."))
    refuse(found_faults)
