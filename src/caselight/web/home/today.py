"""What needs a person today, gathered from the inspections that they may see and in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.concerns import Concern, open_concerns
from caselight.store.assessments.queries import messages_open
from caselight.store.assessments.stances import questions_contested
from caselight.store.assessments.unlocks import ALLOWED, open_unlockings
from caselight.store.assessments.visible import Visible
from caselight.store.assessments.workload import Examined, Saved, saved_by, workload
from caselight.store.caseloads.queries import subjects_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import may, on_some
from caselight.store.inspections.models import State
from caselight.store.inspections.queries import inspection_of
from caselight.web.design.words import words_of
from caselight.web.home.places import address
from caselight.web.home.slots import next_slots
from caselight.web.home.tasks import Task, asked, own, waiting

WORKING = (State.FIELDWORK, State.MODERATION)


@dataclass(frozen=True, slots=True)
class Urgent:
    """An open urgent concern: about whom, where, how far it is, and its page."""

    label: str
    where: str
    says: str
    href: str


@dataclass(frozen=True, slots=True)
class Work:
    """A person's own cases in one inspection."""

    title: str
    complete: int
    all: int
    next: str
    cases: Sequence[Task]
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class Today:
    """The page. While the screen is shared with somebody of the service there are no concerns, slots and cases on it."""

    urgent: Sequence[Urgent]
    slots: Sequence[tuple[str, Sequence[Task]]]
    work: Sequence[Work]
    waiting: Sequence[tuple[str, Sequence[Task]]]
    saved: Saved | None


OF = "\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}"  # a tag is one line
SHOWN = 8  # cases of one inspection that are listed; the rest are behind the link to all


def today(user: str, mine: Sequence[Visible], at: datetime, *, sharing: bool) -> Today:
    """What stands on the page of a person who may see these inspections."""
    examined = {one.key: workload(one.key, by=user) for one in mine if one.access.state in WORKING and _examines(one)}
    work = tuple(_work(one, examined[one.key]) for one in mine if one.key in examined)
    mine_too = tuple(one for one in work if one.all)
    recording = [one.key for one in mine if on_some(one.access, Permission.ANSWER_RECORD)]
    return Today(
        () if sharing else tuple(_urgent(mine)),
        () if sharing else tuple(next_slots(user, mine, at.date())),
        () if sharing else mine_too,
        tuple(
            (one.title, tasks)
            for one in mine
            if (tasks := tuple(_waiting(one, user, examined.get(one.key, ()), at.date())))
        ),
        saved_by(user, recording, at.date()) if mine_too else None,
    )


def _examines(one: Visible) -> bool:
    return on_some(one.access, Permission.ANSWER_RECORD) or may(one.access, Permission.ANSWER_MODERATE)


def _urgent(mine: Sequence[Visible]) -> Iterator[Urgent]:
    by_key = {one.key: one for one in mine if on_some(one.access, Permission.CONCERN_READ)}
    labels: dict[str, dict[str, str]] = {}
    for told in open_concerns(by_key):
        where = by_key[told.inspection]
        if not may(where.access, Permission.CONCERN_READ, told.subject_key):
            continue
        if told.inspection not in labels:
            labels[told.inspection] = {one.key: one.label for one in subjects_of(told.inspection)}
        named = {"key": told.inspection, "kind": told.subject_kind, "subject": told.subject_key}
        label = labels[told.inspection].get(told.subject_key) or told.subject_key
        yield Urgent(label, where.title, _says(told), address("assessing:urgent", **named))


def _says(told: Concern) -> str:
    if not told.told:
        return "nobody is noted as told"
    return "answered, not closed" if any(step.step == "answered" for step in told.steps) else "told, no answer noted"


def _work(one: Visible, examined: Sequence[Examined]) -> Work:
    given = [case for case in examined if may(one.access, Permission.ANSWER_RECORD, case.key)]
    open_ = sorted((case for case in given if not case.complete), key=lambda case: not case.begun)
    forms = _forms(one.key) if open_ else {}
    return Work(
        one.title,
        len(given) - len(open_),
        len(given),
        address("assessing:next-case", key=one.key) if open_ else "",
        tuple(own(one, case, forms.get(case.kind, "")) for case in open_[:SHOWN]),
        max(0, len(open_) - SHOWN),
        address("assessing:cases", key=one.key),
    )


def _forms(key: str) -> dict[str, str]:
    """By kind of what is examined beside cases, what its form is called: an interview is said to be one."""
    framework = framework_of(inspection_of(key).framework)
    case = framework.subjects[0].id
    return {tool.subject: tool.title.in_(framework.languages[0]) for tool in framework.tools if tool.subject != case}


def _not_accepted(one: Visible, user: str) -> Iterator[Task]:
    """Messages that wait: for who settles them all of them, for who records answers what they sent."""
    settles = may(one.access, Permission.ANSWER_QUARANTINED)
    if not settles and not on_some(one.access, Permission.ANSWER_RECORD):
        return
    if aside := messages_open([one.key], received_from="" if settles else user):
        says = f"{aside} answer{'s' * (aside != 1)} {'' if settles else 'of yours '}{'was' if aside == 1 else 'were'}"
        href = address("assessing:messages", key=one.key)
        yield Task(f"{says} not accepted", href, "Kept as they came. Nothing is lost.", "Decide", "orange")


def _contested(one: Visible, user: str) -> Iterator[Task]:
    """Questions with two answers: for who decides all of them, for who gave one of the answers their own."""
    decides = may(one.access, Permission.ANSWER_RESOLVE)
    if not decides and not on_some(one.access, Permission.ANSWER_AGREE):
        return
    if two := questions_contested(one.key, author="" if decides else user):
        href = address("assessing:decisions", key=one.key)
        yield Task("Two answers: needs a decision", href, f"{two} question{'s' * (two != 1)}", "Decide", "orange")


def _unlocking(one: Visible, user: str) -> Iterator[Task]:
    """Locked cases that somebody asks to open again and that wait for this person."""
    leads, seconds = may(one.access, Permission.CASE_UNLOCK), may(one.access, Permission.CASE_UNLOCK_SECOND)
    if not leads and not seconds:
        return
    for unlocking in open_unlockings([one.key]):
        if (leads and not unlocking.taken(ALLOWED)) or (
            seconds and not unlocking.local and user not in unlocking.people
        ):
            named = {"key": one.key, "kind": unlocking.subject_kind, "subject": unlocking.subject_key}
            labels = {each.key: each.label for each in subjects_of(one.key)}
            label = labels.get(unlocking.subject_key) or unlocking.subject_key
            yield Task(
                f"Unlock {label}?", address("assessing:unlock", **named), "It is unlocking for.", "Decide", "orange"
            )


def _waiting(one: Visible, user: str, examined: Sequence[Examined], day: date) -> Iterator[Task]:
    yield from waiting(one, words_of(one.access.kind))
    yield from asked(one, day)
    yield from _not_accepted(one, user)
    yield from _contested(one, user)
    yield from _unlocking(one, user)
    if not (examined and may(one.access, Permission.ANSWER_MODERATE)):
        return
    board = address("moderation:board", key=one.key)
    complete, unsigned = sum(case.complete for case in examined), sum(not case.signed for case in examined)
    everything = len(examined)
    colour = "green" if complete == everything else "blue"
    yield Task("Cases and interviews complete", address("assessing:cases", key=one.key), "",
               f"{complete}{OF}{everything}", colour)  # fmt: skip
    if one.access.state is State.MODERATION and unsigned:
        yield Task("Agree answers, question by question", board)
        yield Task(
            "Not signed yet", address("moderation:cases", key=one.key), "", f"{unsigned}{OF}{everything}", "yellow"
        )
