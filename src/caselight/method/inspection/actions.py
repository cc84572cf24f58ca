"""Actions beside answers: what is wrong with their rows, and their list as of a day, late ones first.

An action is a promise of the service, not a finding: it counts in no figure. Whoever lists actions names the day,
because nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from caselight.method.faults import Fault, Severity, did_you_mean, quoted
from caselight.method.inspection.package import Action, Package
from caselight.method.inspection.rows import twice

STATUSES = ("open", "done", "dropped")
STATES = ("late", *STATUSES)  # in the order of a list


def state_of(action: Action, on: date) -> str:
    """``late`` for an open action whose day has passed, otherwise its status. On its day it is not late yet.

    >>> state_of(Action("a1", "case", "c1", "", "Write to the family", "Team manager", date(2026, 3, 2)), date(2026, 3, 3))
    'late'
    """
    return "late" if action.status == "open" and action.due is not None and action.due < on else action.status


def in_order(actions: Iterable[Action], on: date) -> tuple[Action, ...]:
    """The actions late first, then open, done and dropped; within each by day, those without a day last."""
    return tuple(sorted(actions, key=lambda action: _place(action, on)))


def _place(action: Action, on: date) -> tuple[int, date, str]:
    state = state_of(action, on)
    return STATES.index(state) if state in STATES else len(STATES), action.due or date.max, action.id


def action_faults(package: Package) -> Iterator[Fault]:
    """Faults of ``actions.csv`` against the subjects, the framework and the days of the inspection."""
    yield from twice("actions", "action_id", (action.id for action in package.actions))
    subjects = {(subject.kind, subject.key) for subject in package.subjects}
    for index, action in enumerate(package.actions):
        yield from _about(index, action, package, subjects)
        yield from _promise(index, action)
        yield from _day(index, action, package.inspection.dates.fieldwork_from)


def _about(index: int, action: Action, package: Package, subjects: set[tuple[str, str]]) -> Iterator[Fault]:
    subject = (action.subject_kind, action.subject_key)
    if any(subject) and subject not in subjects:
        says = f"There is no {action.subject_kind or 'subject'} {quoted(action.subject_key)} in subjects.csv."
        cure = did_you_mean(action.subject_key, [key for kind, key in subjects if kind == action.subject_kind])
        yield Fault("package.action-subject", ("actions", index, "subject_key"), says, cure)
    if not action.question_id:
        return
    where = ("actions", index, "question_id")
    question = package.framework.questions.get(action.question_id)
    if question is None:
        says = f"No question is called {quoted(action.question_id)}."
        yield Fault(
            "package.action-question", where, says, did_you_mean(action.question_id, package.framework.questions)
        )
    elif action.subject_kind not in ("", package.framework.subject_of(question)):
        says = f"{question.id} is not asked about a {action.subject_kind}."
        cure = f"Name a {package.framework.subject_of(question)}, or leave question_id empty."
        yield Fault("package.action-question", where, says, cure)


def _promise(index: int, action: Action) -> Iterator[Fault]:
    if not action.id:
        says = "The action has no action_id, so nothing can say which one is done."
        yield Fault("package.action-without-id", ("actions", index, "action_id"), says, "Give it an id of its own.")
    if not action.text.strip():
        says = f"The action {quoted(action.id)} does not say what is to be done."
        yield Fault("package.action-without-text", ("actions", index, "text"), says, "Say it in one sentence.")
    if action.status not in STATUSES:
        says = f"An action cannot be {quoted(action.status)}."
        where = ("actions", index, "status")
        yield Fault("package.action-status", where, says, did_you_mean(action.status, STATUSES))
    if not action.owner.strip() and action.status != "dropped":
        says = f"Nobody owns the action {quoted(action.id)}."
        cure = "Name who will do it: a role, such as team manager, rather than a person."
        yield Fault("package.action-without-owner", ("actions", index, "owner"), says, cure, Severity.WARNING)


def _day(index: int, action: Action, began: date) -> Iterator[Fault]:
    where = ("actions", index, "due")
    if action.due is None and action.status == "open":
        says = f"The action {quoted(action.id)} has no day by which it is due."
        yield Fault("package.action-without-day", where, says, "Agree a day with its owner.", Severity.WARNING)
    elif action.due is not None and action.due < began:
        says = (
            f"The action {quoted(action.id)} is due on {action.due}, before the audit or inspection began on {began}."
        )
        yield Fault("package.action-before-audit", where, says, "Correct the day or its year.", Severity.WARNING)
