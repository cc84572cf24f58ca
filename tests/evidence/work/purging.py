"""What S8 does inside Django: keeps children with sentinels in every field, purges them, is killed, and finishes.

Faults are planted from outside, each for one child: ``column`` (the name also stands in a column), ``key`` (the key is
not destroyed), ``row`` (the row is not deleted), ``hold`` (holds are not asked for).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INSPECTION, BY, SECOND = "testshire", "i1", "admin"
KILLED = 9
# Where a purge is killed: before or after the work of a step, or between two writes of one.
POINTS = (
    "none", "begun/before", "begun/after", "keys/before", "keys/after", "rows/before", "rows/after",
    "overwritten/before", "overwritten/after", "ledger", "certificate",
)  # fmt: skip


def populate(seed: int, children: list[str], column: str = "") -> list[dict[str, Any]]:
    """Children with a sentinel in every field, notes, excerpts and holds; of each what must be nowhere in the end."""
    from django.conf import settings
    from django.db import connection
    from tests.factories.store import seeded

    from caselight.store.caseloads.models import CaseloadCase, Subject
    from caselight.store.identities.actions import vault
    from caselight.store.identities.actions.retention import retain_until
    from caselight.store.samples.models import SampledCase

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: nobody signs in here
    vault._write = _with_a_name_in_a_column(vault._write, column)
    made = seeded(AT)
    of = {"inspection": made.inspection}
    for position, key in enumerate(children, 10):
        Subject.objects.create(position=position, kind="case", key=key, label=key, **of)
        CaseloadCase.objects.create(position=position, key=key, eligible=True, facts={"psr": "yes"}, **of)
        SampledCase.objects.create(position=position, case_key=key, order=position, stratum="", status="drawn", **of)
    chance = Random(seed)
    told = [_child(chance, key) for key in children]
    retain_until(by=BY, inspection=INSPECTION, until=date(2026, 3, 1), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself sooner or later: it may remember values
    return told


def _child(chance: Random, key: str) -> dict[str, Any]:
    from tests.factories.small import event

    from caselight.method.answers.evidence import Excerpt, Locator
    from caselight.method.inspection.package import Identity
    from caselight.store.assessments.actions import record_answers
    from caselight.store.assessments.actions.attending import note_presence
    from caselight.store.assessments.actions.raising import raise_concern, tell
    from caselight.store.assessments.receipts import Receipt
    from caselight.store.identities.actions.holds import lift_hold, place_hold
    from caselight.store.identities.actions.vault import keep_identity, read_identity
    from caselight.store.identities.particulars import Particulars

    fields = ("first", "last", "nickname", "carer", "school", "address", "local id", "note", "reason", "document",
              "place", "excerpt", "speaker", "hold", "concern", "told", "present")  # fmt: skip
    say = {field: "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=14)) for field in fields}
    born = date(1903, 1, 1) + timedelta(days=chance.randrange(15_000))
    identity = Identity(key, f"{say['first']} {say['last']}", (say["nickname"],), born, say["local id"])
    whole = Particulars(identity, (say["carer"],), say["school"], say["address"])
    keep_identity(by=BY, inspection=INSPECTION, service="testshire", identities=[whole], at=AT)
    assert read_identity(by=BY, inspection=INSPECTION, subject_key=key, at=AT) == whole
    first = event(key, "A", "yes", _op_id(chance), note=say["note"], server_time="", actor=BY, device="d")
    again = event(key, "A", "no", _op_id(chance), reasons=("weak",), note=say["reason"], server_time="", actor=BY,
                  device="d", base_op_ids=(first.op_id,))  # fmt: skip
    answers = record_answers(
        by=BY, inspection=INSPECTION, device="d", events=[first, again], at=AT,
        locators=[Locator(first.op_id, say["document"], say["place"])],
        excerpts=[Excerpt(f"x-{key}", first.op_id, say["excerpt"], speaker=say["speaker"])],
    )  # fmt: skip
    assert all(isinstance(answer, Receipt) for answer in answers), answers
    hold = place_hold(by=BY, inspection=INSPECTION, subject_key=key, reason=say["hold"], at=AT)
    for who in (BY, SECOND):
        lift_hold(by=who, hold=hold, at=AT)
    subject = ("case", key)
    concern = raise_concern(
        by=BY, inspection=INSPECTION, subject=subject, key=f"{chance.getrandbits(128):032x}", what=say["concern"], at=AT
    )
    tell(by=BY, inspection=INSPECTION, concern=concern, whom=say["told"], when="today", at=AT)
    note_presence(by=BY, inspection=INSPECTION, subject=subject, who=say["present"], at=AT)
    return {"subject": key, "born": born.isoformat(), "sentinels": say} | _sealed(key)


def _op_id(chance: Random) -> str:
    return str(uuid.UUID(int=(7 << 76) | (2 << 62) | (chance.getrandbits(40) << 80) | chance.getrandbits(60)))


def _sealed(key: str) -> dict[str, Any]:
    """The ciphertexts of one child, and their key as it lies in the keyring and unwrapped."""
    import pysqlite3.dbapi2 as sqlite3
    from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
    from django.conf import settings

    from caselight.store.assessments.models import AnswerEvent, ConcernStep, Excerpt, Locator, Presence
    from caselight.store.identities.models import BlockingKey, Hold, Person
    from caselight.store.identities.sealing import key_for

    key_id = key_for(INSPECTION, key)
    ring = sqlite3.connect(str(settings.KEYS / "keyring.sqlite3"))
    wrapped = bytes(ring.execute("SELECT wrapped FROM child_key WHERE id = ?", (key_id,)).fetchone()[0])
    ring.close()
    wrapping = bytes.fromhex((settings.KEYS / "vault.key").read_text().strip())
    person = bytes(Person.objects.get(subject_key=key).sealed)
    # Assessments put one plain byte before what is sealed of an event.
    texts = [bytes(row)[1:] for row in AnswerEvent.objects.filter(key_id=key_id).values_list("sealed", flat=True)]
    for model in (Excerpt, Locator, Hold, ConcernStep, Presence):
        texts += [bytes(row) for row in model.objects.filter(key_id=key_id).values_list("sealed", flat=True)]
    digests = BlockingKey.objects.filter(person__subject_key=key).values_list("digest", flat=True)
    return {
        "key_id": key_id,
        "wrapped": wrapped.hex(),
        "key": aes_key_unwrap(wrapping, wrapped).hex(),
        "person": person.hex(),
        "texts": [text.hex() for text in texts],
        "digests": list(digests),
    }


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


def _purged(key: str, point: str, plant: str) -> list[str]:
    from django.conf import settings

    from caselight.store.identities import queries
    from caselight.store.identities.actions import purges
    from caselight.store.identities.keyring import Keyring
    from caselight.store.identities.sealing import key_for

    asked = _confirmed(key)
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
    if [event.value for event in events] != ["yes", "no"]:
        said.append(f"{key}: coded answers were lost with the words.")
    if {event.note for event in events} != {DESTROYED}:
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
        notes = {event.note for event in answers.events_of(INSPECTION, "case", child["subject"])}
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


def _confirmed(key: str) -> str:
    from caselight.store.identities.actions.proposals import confirm, propose

    asked = propose(by=BY, inspection=INSPECTION, subject_keys=[key], at=AT)
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


def _with_a_name_in_a_column(write: Callable[..., None], of_whom: str) -> Callable[..., None]:
    """Keeps the name of one child also where no purge looks."""
    from caselight.store.inspections.models import CarriedFile, Inspection

    def written(inspection: str, service: str, changed: list[Any], key_ids: dict[str, str]) -> None:
        write(inspection, service, changed, key_ids)
        of = Inspection.objects.get(key=inspection)
        for one in changed:
            if one.subject_key == of_whom:
                CarriedFile.objects.create(inspection=of, path="notes.txt", content=one.identity.name.encode())

    return written
