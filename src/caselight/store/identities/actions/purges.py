"""Purging: the key, then the rows, then what is left of them, then a look whether it is so, then the certificate.

Each step can be done again, and the last finished one stands in the database. A purge that was killed is found by
``queries.unfinished`` and finished by :func:`resume`; from the first destroyed key on there is no way back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

from caselight.method.faults import Fault, refuse, stop
from caselight.store.audit.actions import Plain, as_text, record
from caselight.store.audit.acts import Act
from caselight.store.identities import queries
from caselight.store.identities.actions.proposals import early, locked, refuse_held
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import BlockingKey, Person, Purge, SubjectKey
from caselight.store.identities.purging import certificates
from caselight.store.identities.purging.certificates import Certificate
from caselight.store.identities.purging.overwriting import overwrite
from caselight.store.identities.purging.steps import WAITING, Step
from caselight.store.identities.scratch import sweep
from caselight.store.identities.sealing import locked_keys


def purge(*, by: str, key: str, at: datetime) -> Certificate:
    """Carry out a confirmed purge, or finish one that was interrupted. Not inside a transaction.

    ``Faults`` before anything is destroyed: ``purge.not-confirmed``, ``purge.not-due``, ``purge.on-hold``. Later ones leave
    the purge to be finished: ``purge.database-busy``, ``purge.not-verified``,
    ``purge.copy-in-use``.
    """
    if connection.in_atomic_block:
        raise RuntimeError("A purge cannot be undone, so it does not run inside a transaction.")
    _begin(by, key, at)
    while (found := Purge.objects.get(key=key)).step != Step.VERIFIED and found.finished_at is None:
        work, reached = AFTER[Step(found.step)]
        work(found)
        Purge.objects.filter(key=key, step=found.step).update(step=reached)
    return _certify(by, key, at)


def resume(*, by: str, at: datetime) -> list[Certificate]:
    """Finish every purge that was interrupted."""
    return [purge(by=by, key=key, at=at) for key in queries.unfinished()]


def reapply(*, by: str, at: datetime) -> int:
    """After a restore: destroy again what the ledger names, and purge again whom an old backup brought back.

    How many subjects were brought back. Harmless at each start, and quick where there is nothing to do.
    """
    keyring().settle()
    with transaction.atomic():
        back = queries.resurrected()
        for inspection in sorted({inspection for inspection, _, _ in back}):
            keys = [key for one, key, _ in back if one == inspection]
            _delete(inspection, keys)
            SubjectKey.objects.filter(inspection=inspection, subject_key__in=keys).update(purged_at=at)
            of, detail = ("inspection", inspection), {"subjects": len(keys)}
            record(chain=f"inspection:{inspection}", by=by, act=Act.PURGE_REAPPLIED, of=of, detail=detail, at=at)
    if back:
        overwrite()
    return len(back)


@transaction.atomic
def _begin(by: str, key: str, at: datetime) -> None:
    """The last moment at which a hold or a later day counts, and the point of no return."""
    found = locked(key)
    if found.step == Step.PROPOSED:
        says = "This purge was proposed and not confirmed."
        stop(Fault("purge.not-confirmed", (key,), says, "Ask a second person to confirm it."))
    if found.step not in WAITING:
        return
    items = _subjects(found)
    # Also the others: the day of the inspection counts for who has none, and what it keeps stays with the last of them.
    locked_keys(found.inspection)  # a hold is placed, and a day is set, under the same lock
    refuse_held(found.inspection, items)
    refuse(early(found.inspection, items, at))
    subjects = SubjectKey.objects.filter(inspection=found.inspection, subject_key__in=items)
    people = Person.objects.filter(inspection=found.inspection, subject_key__in=items)
    counts = {
        "subjects": sum(key != "" for key in items),
        "people": people.count(),
        "fingerprints": BlockingKey.objects.filter(person__in=people).count(),
    }
    subjects.update(purged_at=at)
    found.step, found.certificate = Step.BEGUN, json.dumps(counts)
    found.save(update_fields=["step", "certificate"])
    _record(by, Act.PURGE_BEGUN, found, counts, at)


def _destroy_keys(found: Purge) -> None:
    keyring().destroy(_key_ids(found))


def _delete_rows(found: Purge) -> None:
    with transaction.atomic():
        _delete(found.inspection, _subjects(found))


def _overwrite(found: Purge) -> None:
    del found
    overwrite()


def _verify(found: Purge) -> None:
    """Look again, in the file, in the tables and for copies; where anything is left, every step is due once more."""
    if sweep():
        says = "A backup or restore is working with a copy of the keys, in which the destroyed ones still stand."
        cure = "Wait until it is done, take another backup, then run caselight purge resume."
        stop(Fault("purge.copy-in-use", (found.key,), says, cure))
    left = Person.objects.filter(inspection=found.inspection, subject_key__in=_subjects(found)).exists()
    if left or keyring().mentions(_key_ids(found)):
        Purge.objects.filter(pk=found.pk).update(step=Step.BEGUN)
        says = "Something of what was purged is still there."
        stop(
            Fault(
                "purge.not-verified",
                (found.key,),
                says,
                "Run caselight purge resume; if it says so again, ask for help.",
            )
        )


AFTER: dict[Step, tuple[Callable[[Purge], None], Step]] = {
    Step.BEGUN: (_destroy_keys, Step.KEYS),
    Step.KEYS: (_delete_rows, Step.ROWS),
    Step.ROWS: (_overwrite, Step.OVERWRITTEN),
    Step.OVERWRITTEN: (_verify, Step.VERIFIED),
}


@transaction.atomic
def _certify(by: str, key: str, at: datetime) -> Certificate:
    found = locked(key)
    if found.finished_at is not None:
        return certificates.read(found.certificate)
    own = SubjectKey.objects.filter(inspection=found.inspection, subject_key="", purged_at__isnull=True)
    certificate = certificates.issued(
        found,
        json.loads(found.certificate),
        _key_ids(found),
        inspection_stays=own.exists(),
        finished_at=as_text(at),
    )
    found.step, found.certificate, found.finished_at = Step.FINISHED, certificate.text, at
    found.save(update_fields=["step", "certificate", "finished_at"])
    detail: dict[str, Plain] = {**certificate.counts, "keys": certificate.key_ids, "sha256": certificate.sha256}
    _record(by, Act.PURGE_FINISHED, found, detail, at)
    return certificate


def _delete(inspection: str, subject_keys: list[str]) -> None:
    people = Person.objects.filter(inspection=inspection, subject_key__in=subject_keys)
    BlockingKey.objects.filter(person__in=people).delete()
    people.delete()


def _subjects(found: Purge) -> list[str]:
    return list(found.items.order_by("subject_key").values_list("subject_key", flat=True))


def _key_ids(found: Purge) -> list[str]:
    return list(found.items.order_by("key_id").values_list("key_id", flat=True))


def _record(by: str, act: Act, found: Purge, detail: Mapping[str, Plain], at: datetime) -> None:
    record(chain=f"inspection:{found.inspection}", by=by, act=act, of=("purge", found.key), detail=detail, at=at)
