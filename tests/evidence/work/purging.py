"""What S8 does inside Django to the children it keeps: purges them, is killed, and finishes.

Faults are planted from outside, each for one child: ``key`` (the key is not destroyed), ``row`` (the row is not deleted),
``hold`` (holds are not asked for).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.evidence.work.children import AT, BY, INSPECTION, OTHER, SECOND

KILLED = 9
# Where a purge is killed: before or after the work of a step, or between two writes of one.
POINTS = (
    "none", "begun/before", "begun/after", "keys/before", "keys/after", "rows/before", "rows/after",
    "overwritten/before", "overwritten/after", "ledger", "certificate",
)  # fmt: skip


def purge(children: list[list[str]], held: list[list[str]]) -> list[str]:
    """Purge children, each killed at its point and finished by another process; try to purge those on hold. What failed.

    Of each child: its key, where it is killed or when it is put on hold, and the planted fault.
    """
    said = []
    for key, point, plant in children:
        said += _purged(key, point, plant)
    for key, moment, plant in held:
        _plant(plant)
        said += _held(key, moment)
    return said


def purge_other() -> list[str]:
    """Purge whoever is due of the other inspection, its only child: what it carries is due with that. What failed."""
    from caselight.store.identities import queries
    from caselight.store.identities.actions import purges
    from caselight.store.identities.keyring import keyring
    from caselight.store.identities.sealing import key_for
    from caselight.store.inspections.queries import carried_files

    due = [one.subject_key for one in queries.due(AT.date(), inspection=OTHER)]
    purges.purge(by=BY, key=_confirmed(due, OTHER), at=AT)
    said = ["The key of what the other inspection carries is there."] if keyring().exists(key_for(OTHER, "")) else []
    return said + (["What the other inspection carries can be read."] if carried_files(OTHER) else [])


def _purged(key: str, point: str, plant: str) -> list[str]:
    from django.conf import settings

    from caselight.store.identities import queries
    from caselight.store.identities.actions import purges
    from caselight.store.identities.keyring import Keyring
    from caselight.store.identities.sealing import key_for

    asked = _confirmed([key])
    key_id = key_for(INSPECTION, key)
    other = Keyring(Path(settings.KEYS))  # as a process that serves has it, with the key in its memory
    assert other.exists(key_id)
    status = _in_a_process(lambda: _killed(asked, point, plant))
    said = []
    if (point != "none") != (status == KILLED):
        said.append(f"{key}: the purge to be killed at {point} ended with {status}.")
    if point != "none" and queries.unfinished() != [asked]:
        said.append(f"{key}: a purge killed at {point} is not found at the next start.")
    _in_a_process(lambda: (_plant(plant), purges.resume(by=BY, at=AT)))
    if queries.unfinished():
        said.append(f"{key}: a purge killed at {point} stayed half done.")
    if other.exists(key_id):
        said.append(f"{key}: a process that was running can still use the key.")
    other.close()
    return said + _left(key, asked)


def _left(key: str, asked: str) -> list[str]:
    """What the tables say after the purge."""
    from caselight.method.faults import Faults
    from caselight.store.assessments import queries as answers
    from caselight.store.assessments.words import DESTROYED
    from caselight.store.audit.models import AuditRow
    from caselight.store.identities.actions.vault import read_identity
    from caselight.store.identities.models import BlockingKey, Person

    said = []
    if Person.objects.filter(subject_key=key).exists() or BlockingKey.objects.filter(person__subject_key=key).exists():
        said.append(f"{key}: a row is left in the vault.")
    if AuditRow.objects.filter(act="purge.finished", object_key=asked).count() != 1:
        said.append(f"{key}: there is not one certificate in the chain.")
    try:
        read_identity(by=BY, inspection=INSPECTION, subject_key=key, at=AT)
        said.append(f"{key}: the identity can be read.")
    except Faults:
        pass
    events = answers.events_of(INSPECTION, "case", key)
    if [event.value for event in events] != ["yes", "no", "yes", "no"]:
        said.append(f"{key}: coded answers were lost with the words.")
    if {event.note for event in events if event.question_id == "A"} != {DESTROYED}:
        said.append(f"{key}: a note can be read.")
    return said


def _killed(asked: str, point: str, plant: str) -> None:
    from caselight.store.identities.actions import purges
    from caselight.store.identities.keyring import Keyring
    from caselight.store.identities.purging.steps import Step

    def end(*_: object, **__: object) -> None:
        os._exit(KILLED)

    _plant(plant)
    if point == "ledger":
        Keyring._remove = end
    elif point == "certificate":
        purges._certify = end
    elif point != "none":
        name, when = point.split("/")
        work, reached = purges.AFTER[Step(name)]
        purges.AFTER[Step(name)] = (end if when == "before" else lambda found: (work(found), end()), reached)
    purges.purge(by=BY, key=asked, at=AT)


def _held(key: str, moment: str) -> list[str]:
    """Try to purge a child on hold, the hold placed at some moment: nothing of it may be lost."""
    from caselight.method.faults import Faults
    from caselight.store.identities.actions import purges
    from caselight.store.identities.actions.holds import place_hold
    from caselight.store.identities.actions.proposals import confirm, propose
    from caselight.store.identities.actions.vault import read_identity

    def hold(now: str) -> None:
        if now == moment:
            place_hold(by=BY, inspection=INSPECTION, subject_key=key, reason="A court has asked.", at=AT)

    try:
        hold("before")
        asked = propose(by=BY, inspection=INSPECTION, subject_keys=[key], at=AT)
        hold("proposed")
        confirm(by=SECOND, key=asked, at=AT)
        hold("confirmed")
        purges.purge(by=BY, key=asked, at=AT)
        return [f"{key}: purged although it was on hold ({moment})."]
    except Faults as refused:
        if refused.faults[0].code != "purge.on-hold":
            return [f"{key}: refused with {refused.faults[0].code}."]
    try:
        read_identity(by=BY, inspection=INSPECTION, subject_key=key, at=AT)
    except Faults:
        return [f"{key}: on hold, and cannot be read any more."]
    return []


def back(children: list[dict[str, Any]]) -> list[str]:
    """In a store restored from a backup made before the purge: after what each start does, nobody is back."""
    from caselight.store.assessments import queries as answers
    from caselight.store.assessments.words import DESTROYED
    from caselight.store.identities import queries
    from caselight.store.identities.actions.purges import reapply, resume
    from caselight.store.identities.actions.vault import alias_is_free
    from caselight.store.identities.keyring import keyring
    from caselight.store.identities.models import Person

    said = []
    for child in children:
        events = answers.events_of(INSPECTION, "case", child["subject"])
        notes = {event.note for event in events if event.question_id == "A"}  # the others have no words
        if keyring().exists(child["key_id"]) or notes != {DESTROYED}:
            said.append(f"{child['subject']}: words can be read in a restored backup.")
    reapply(by=BY, at=AT)
    resume(by=BY, at=AT)
    for child in children:
        if Person.objects.filter(subject_key=child["subject"]).exists():
            said.append(f"{child['subject']}: a restored backup brought a row of the vault back.")
        if not alias_is_free(by=BY, service="testshire", alias=child["sentinels"]["first"], at=AT):
            said.append(f"{child['subject']}: a restored backup brought a fingerprint back.")
    return said + [f"{one}: a key is lost." for one in queries.lost_keys()]


def _confirmed(keys: list[str], inspection: str = INSPECTION) -> str:
    from caselight.store.identities.actions.proposals import confirm, propose

    asked = propose(by=BY, inspection=inspection, subject_keys=keys, at=AT)
    confirm(by=SECOND, key=asked, at=AT)
    return asked


def _in_a_process(work: Callable[[], object]) -> int:
    """Do something in a process of its own; how it ended."""
    from django.db import connections

    from caselight.store.identities.keyring import keyring

    connections.close_all()
    keyring().close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _plant(plant: str) -> None:
    from caselight.store.identities.actions import proposals, purges
    from caselight.store.identities.purging.steps import Step

    def nothing(*_: object) -> None:
        pass

    idle = {"key": Step.BEGUN, "row": Step.KEYS}.get(plant)
    for step in (idle, Step.OVERWRITTEN) if idle else ():
        purges.AFTER[step] = (nothing, purges.AFTER[step][1])
    if plant == "hold":
        proposals.refuse_held = purges.refuse_held = nothing
