"""Keeping who children are, and reading it: each reading leaves a row, in its own transaction, or does not happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, Faults
from caselight.method.inspection.package import Identity
from caselight.store.audit.actions import Plain, record, record_many
from caselight.store.audit.acts import Act
from caselight.store.identities import blocking
from caselight.store.identities.models import BlockingKey, Person, SubjectKey
from caselight.store.identities.particulars import Particulars, as_bytes, from_bytes
from caselight.store.identities.sealing import MANY, about, keys_for, locked_keys, open_, seal


@transaction.atomic
def keep_identity(
    *, by: str, inspection: str, service: str, identities: Sequence[Identity | Particulars], at: datetime
) -> list[str]:
    """Keep who some subjects are, or correct it; the keys of those that were new or changed.

    An :class:`Identity` leaves carers, school and address as they are. What was known before is overwritten. Nothing is
    kept about a subject who was purged (``identity.purged``), nor twice about one in a single call.
    """
    keys = [one.subject_key for one in identities]
    _refuse_twice(keys)
    _refuse_purged(inspection, keys)  # before keys are made for others of them
    key_ids = keys_for(inspection, keys)
    locked_keys(inspection)  # a purge begins under the same lock: it has come first, or it takes what is written here
    _refuse_purged(inspection, keys)
    known = _open(inspection, keys)
    kept = {one.subject_key: _merged(one, known.get(one.subject_key)) for one in identities}
    changed = [one for key, one in kept.items() if one != known.get(key)]
    if not changed:
        return []
    _write(inspection, service, changed, key_ids)
    details = [(("person", one.subject_key), {"key": key_ids[one.subject_key]}) for one in changed]
    record_many(chain=f"inspection:{inspection}", by=by, act=Act.IDENTITY_KEPT, rows=details, at=at)
    return [one.subject_key for one in changed]


def read_identity(*, by: str, inspection: str, subject_key: str, at: datetime) -> Particulars:
    """Who one subject is; see :func:`read_identities`."""
    return read_identities(by=by, inspection=inspection, subject_keys=[subject_key], at=at)[subject_key]


@transaction.atomic
def read_identities(
    *, by: str, inspection: str, subject_keys: Iterable[str], at: datetime
) -> Mapping[str, Particulars]:
    """Who some subjects are, in the order asked for. Each leaves a row in the chain ``reads:…``.

    ``Faults`` for a subject nobody identified (``identity.unknown``) or who was purged (``identity.purged``); then
    nothing is read.
    """
    wanted = list(dict.fromkeys(subject_keys))
    _refuse_purged(inspection, wanted)
    found = _open(inspection, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        raise Faults(
            Fault("identity.unknown", (key,), "Nobody has said who this subject is.", "Supply the identity first.")
            for key in missing
        )
    rows: list[tuple[tuple[str, str], Mapping[str, Plain]]] = [(("person", key), {}) for key in wanted]
    record_many(chain=f"reads:{inspection}", by=by, act=Act.IDENTITY_READ, rows=rows, at=at)
    return {key: found[key] for key in wanted}


@transaction.atomic
def names_to_check(*, by: str, inspection: str, at: datetime) -> tuple[Identity, ...]:
    """Who all subjects are, for a check of a text against their names; not for showing to anybody.

    One row in the chain ``reads:…`` for the check, whatever the number of subjects: they are compared and not read. Who
    was purged is not among them.
    """
    keys = list(
        Person.objects.filter(inspection=inspection).order_by("subject_key").values_list("subject_key", flat=True)
    )
    found = _open(inspection, keys)
    of, detail = ("inspection", inspection), {"people": len(found)}
    record(chain=f"reads:{inspection}", by=by, act=Act.NAMES_CHECKED, of=of, detail=detail, at=at)
    return tuple(found[key].identity for key in keys if key in found)


@transaction.atomic
def alias_is_free(*, by: str, service: str, alias: str, at: datetime) -> bool:
    """Whether no word of an alias is a name, a nickname or a carer's name of any child of the service.

    It says yes or no and names nobody. It leaves a row without the alias: who asks for many would be seen. An alias
    without a letter is refused by ``Faults`` (``identity.alias-empty``).
    """
    wanted = blocking.spoken_digests(service, alias)
    if not wanted:
        raise Faults([Fault("identity.alias-empty", (), "The alias has no letters.", "Choose one from the list.")])
    taken = BlockingKey.objects.filter(kind=blocking.SPOKEN, digest__in=wanted).exists()
    record(chain="system", by=by, act=Act.ALIAS_ASKED, of=("service", service), detail={"free": not taken}, at=at)
    return not taken


def _refuse_twice(keys: Sequence[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            says = "One subject is identified twice in the same message."
            raise Faults([Fault("identity.twice", (key,), says, "Keep one of the two.")])
        seen.add(key)


def _refuse_purged(inspection: str, keys: Sequence[str]) -> None:
    purged = SubjectKey.objects.filter(inspection=inspection, purged_at__isnull=False)
    gone = set(purged.values_list("subject_key", flat=True)) & set(keys)
    if gone:
        raise Faults(
            Fault("identity.purged", (key,), "This subject was purged.", "Nothing can be kept or read about them.")
            for key in sorted(gone)
        )


def _open(inspection: str, keys: Sequence[str]) -> dict[str, Particulars]:
    """Who is known among some subjects; a subject whose key is destroyed is not."""
    found: dict[str, Particulars] = {}
    for at in range(0, len(keys), MANY):
        people = Person.objects.filter(inspection=inspection, subject_key__in=keys[at : at + MANY])
        for key, key_id, sealed in people.values_list("subject_key", "key_id", "sealed"):
            text = open_(key_id, sealed, about(inspection, "person", key))
            if text is not None:
                found[key] = from_bytes(key, text)
    return found


def _merged(new: Identity | Particulars, old: Particulars | None) -> Particulars:
    if isinstance(new, Particulars):
        return new
    return old.taking(new) if old else Particulars(new)


def _write(inspection: str, service: str, changed: Sequence[Particulars], key_ids: Mapping[str, str]) -> None:
    """Seal the new values over the old ones, and put their blocking keys in the place of the old ones."""
    rows = []
    for one in changed:
        key, key_id = one.subject_key, key_ids[one.subject_key]
        sealed = seal(key_id, as_bytes(one), about(inspection, "person", key))
        rows.append(Person(inspection=inspection, subject_key=key, service=service, key_id=key_id, sealed=sealed))
    Person.objects.bulk_create(
        rows,
        batch_size=MANY,
        update_conflicts=True,
        unique_fields=["inspection", "subject_key"],
        update_fields=["service", "key_id", "sealed"],
    )
    people = dict(Person.objects.filter(inspection=inspection).values_list("subject_key", "id"))
    ids = [people[one.subject_key] for one in changed]
    for at in range(0, len(ids), MANY):
        BlockingKey.objects.filter(person__in=ids[at : at + MANY]).delete()
    BlockingKey.objects.bulk_create(
        (
            BlockingKey(person_id=people[one.subject_key], kind=kind, digest=digest)
            for one in changed
            for kind, digest in sorted(blocking.digests(service, one))
        ),
        batch_size=MANY,
    )
