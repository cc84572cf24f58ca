"""The children of S8: kept with a sentinel in every field, beside files and tables that an inspection only carries.

A fault is planted from outside: ``column``, the child whose name also stands in a column where no purge looks.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INSPECTION, OTHER, BY, SECOND = "testshire", "otherham", "i1", "admin"


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
    from caselight.store.assessments.actions import record_answers, stepping
    from caselight.store.assessments.actions.agreeing import prefer
    from caselight.store.assessments.actions.attending import note_presence
    from caselight.store.assessments.actions.raising import raise_concern, tell
    from caselight.store.assessments.actions.settling import leave_out
    from caselight.store.assessments.actions.unlocking import ask_unlock
    from caselight.store.assessments.quarantine import quarantined
    from caselight.store.assessments.receipts import Receipt
    from caselight.store.identities.actions.holds import lift_hold, place_hold
    from caselight.store.identities.actions.vault import keep_identity, read_identity
    from caselight.store.identities.particulars import Particulars

    fields = ("first", "last", "nickname", "carer", "school", "address", "local id", "note", "reason", "document",
              "place", "excerpt", "speaker", "hold", "concern", "told", "present", "aside", "left", "stance", "unlock")  # fmt: skip
    say = {field: _word(chance) for field in fields}
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
    aside = event(key, "A", "yes", _op_id(chance), note=say["aside"], server_time="", actor=BY, device="d",
                  framework_version="0")  # fmt: skip
    record_answers(by=BY, inspection=INSPECTION, device="d", events=[aside], at=AT)
    left = quarantined(INSPECTION)[-1].number
    leave_out(by=SECOND, inspection=INSPECTION, message=left, reason=say["left"], at=AT)
    other = event(key, "B.due", "yes", _op_id(chance), server_time="", actor=BY, device="d")
    third = event(key, "B.due", "no", _op_id(chance), server_time="", actor=BY, device="d")
    record_answers(by=BY, inspection=INSPECTION, device="d", events=[other, third], at=AT)
    prefer(
        by=BY, inspection=INSPECTION, heads=[other.op_id, third.op_id], chosen=other.op_id, reason=say["stance"], at=AT
    )
    with patch.object(stepping, "unfinished", lambda *_: ()):  # not every question is answered here
        for step, who in (
            (stepping.complete, BY),
            (stepping.moderate, SECOND),
            (stepping.sign, BY),
            (stepping.countersign, SECOND),
        ):
            step(by=who, inspection=INSPECTION, subject=("case", key), at=AT)
    asked = f"{chance.getrandbits(128):032x}"
    ask_unlock(by=BY, inspection=INSPECTION, subject=("case", key), key=asked, reason=say["unlock"], at=AT)
    hold = place_hold(by=BY, inspection=INSPECTION, subject_key=key, reason=say["hold"], at=AT)
    for who in (BY, SECOND):
        lift_hold(by=who, hold=hold, at=AT)
    subject, concern = ("case", key), f"{chance.getrandbits(128):032x}"
    raise_concern(by=BY, inspection=INSPECTION, subject=subject, key=concern, what=say["concern"], at=AT)
    tell(by=BY, inspection=INSPECTION, concern=concern, whom=say["told"], when="today", at=AT)
    note_presence(by=BY, inspection=INSPECTION, subject=subject, who=say["present"], at=AT)
    return {"subject": key, "born": born.isoformat(), "sentinels": say} | _sealed(key)


def _op_id(chance: Random) -> str:
    return str(uuid.UUID(int=(7 << 76) | (2 << 62) | (chance.getrandbits(40) << 80) | chance.getrandbits(60)))


def _sealed(key: str) -> dict[str, Any]:
    """The ciphertexts of one child, and their key as it lies in the keyring and unwrapped."""
    from caselight.store.assessments.models import AnswerEvent, Excerpt, Locator
    from caselight.store.identities.models import BlockingKey, Hold, Person
    from caselight.store.identities.sealing import key_for

    key_id = key_for(INSPECTION, key)
    person = bytes(Person.objects.get(subject_key=key).sealed)
    # Assessments put one plain byte before what is sealed of an event.
    texts = [bytes(row)[1:] for row in AnswerEvent.objects.filter(key_id=key_id).values_list("sealed", flat=True)]
    for model in (Excerpt, Locator, Hold):
        texts += [bytes(row) for row in model.objects.filter(key_id=key_id).values_list("sealed", flat=True)]
    digests = BlockingKey.objects.filter(person__subject_key=key).values_list("digest", flat=True)
    return _key(key_id) | {
        "person": person.hex(),
        "texts": [text.hex() for text in (person, *texts)],
        "digests": list(digests),
    }


def _key(key_id: str) -> dict[str, str]:
    """A key: its id, as it lies in the keyring, and unwrapped."""
    import pysqlite3.dbapi2 as sqlite3
    from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
    from django.conf import settings

    ring = sqlite3.connect(str(settings.KEYS / "keyring.sqlite3"))
    wrapped = bytes(ring.execute("SELECT wrapped FROM child_key WHERE id = ?", (key_id,)).fetchone()[0])
    ring.close()
    wrapping = bytes.fromhex((settings.KEYS / "vault.key").read_text().strip())
    return {"key_id": key_id, "wrapped": wrapped.hex(), "key": aes_key_unwrap(wrapping, wrapped).hex()}


def carry(seed: int) -> list[dict[str, Any]]:
    """Files and tables that are only carried, in the children's inspection and in one of a single child: of each the same."""
    from caselight.method.inspection.package import Identity
    from caselight.store.identities.actions.retention import retain_until
    from caselight.store.identities.actions.vault import keep_identity
    from caselight.store.identities.particulars import Particulars

    chance = Random(seed)
    only = Particulars(Identity("C1", _word(chance), (), date(1903, 1, 1), ""), (), "", "")
    keep_identity(by=BY, inspection=OTHER, service="otherham", identities=[only], at=AT)
    retain_until(by=BY, inspection=OTHER, until=date(2026, 3, 1), at=AT)
    return [_carried(chance, inspection) for inspection in (INSPECTION, OTHER)]


def _carried(chance: Random, inspection: str) -> dict[str, Any]:
    from caselight.method.inspection.package import Table
    from caselight.store.identities.sealing import key_for
    from caselight.store.inspections.actions import carry_files, carry_tables
    from caselight.store.inspections.models import CarriedFile, CarriedTable

    say = {field: _word(chance) for field in ("path", "content", "column", "cell")}
    its: dict[str, Any] = {"by": BY, "inspection": inspection, "at": AT}
    carry_files(files={f"notes/{say['path']}.txt": say["content"].encode()}, **its)
    carry_tables(tables={"cases.csv": Table((say["column"],), ((say["cell"],),))}, beside=True, **its)
    files = CarriedFile.objects.filter(inspection__key=inspection).values_list("path", "content")
    sealed = [text for path, content in files for text in (base64.b64decode(path), bytes(content))]
    sealed += [
        bytes(row) for row in CarriedTable.objects.filter(inspection__key=inspection).values_list("sealed", flat=True)
    ]
    texts = [text.hex() for text in sealed]
    return {"subject": f"carried by {inspection}", "sentinels": say, "texts": texts} | _key(key_for(inspection, ""))


def _word(chance: Random) -> str:
    return "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=14))


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
