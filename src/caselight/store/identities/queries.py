"""What is asked of the vault: who may be the same child, what is due, what is on hold, and whether the keys are whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from caselight.method.faults import Fault
from caselight.store.identities import blocking
from caselight.store.identities.keyring import FILE, VAULT_KEY, keyring, vault_key_missing
from caselight.store.identities.models import BlockingKey, Hold, Person, Purge, RetentionPeriod, SubjectKey
from caselight.store.identities.purging.steps import WAITING
from caselight.store.identities.retention import PERIODS


@dataclass(frozen=True, slots=True)
class Same:
    """Somebody who may be the same child, and what agrees, the surest first (see ``blocking``)."""

    inspection: str
    subject_key: str
    agree_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A subject whose day has passed, and whether a hold stands against a purge.

    An empty ``subject_key`` is what the whole inspection keeps.
    """

    inspection: str
    subject_key: str
    retain_until: date
    on_hold: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A purge that is not finished: its key, who asked and confirmed, its last finished step, how many subjects."""

    key: str
    inspection: str
    asked_by: str
    confirmed_by: str
    step: str
    subjects: int


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that stands. ``subject_key`` is empty for a whole inspection.

    ``confirmed_by`` is empty until somebody has, ``lift_asked_by`` until somebody asks that it be lifted.
    """

    number: int
    inspection: str
    subject_key: str
    placed_by: str
    placed_at: datetime
    confirmed_by: str
    lift_asked_by: str


def find_same(*, inspection: str, subject_key: str) -> list[Same]:
    """Who may be the same child as a subject, among all that were identified for the service.

    It compares what is in the vault and reads none of it; there is no way to ask for a name.
    """
    own = BlockingKey.objects.filter(
        person__inspection=inspection, person__subject_key=subject_key, kind__in=blocking.SAME
    )
    digests = set(own.values_list("digest", flat=True))
    others = BlockingKey.objects.filter(digest__in=digests).exclude(
        person__inspection=inspection, person__subject_key=subject_key
    )
    agree: dict[tuple[str, str], set[str]] = defaultdict(set)
    for who, key, kind in others.values_list("person__inspection", "person__subject_key", "kind"):
        agree[who, key].add(kind)
    return [
        Same(who, key, tuple(kind for kind in blocking.SAME if kind in kinds))
        for (who, key), kinds in sorted(agree.items())
    ]


def identified(inspection: str) -> list[str]:
    """The keys of the subjects of an inspection whose identity is known, in order; whose it is, is not read."""
    return sorted(Person.objects.filter(inspection=inspection).values_list("subject_key", flat=True))


def retention_confirmed() -> bool:
    """Whether the controller has confirmed a period for every kind of record; going live is refused until then."""
    return not unconfirmed()


def unconfirmed() -> list[str]:
    """The kinds of record without a confirmed period."""
    known = confirmed_lengths()
    return [period.record for period in PERIODS if period.record not in known]


def due(today: date, *, inspection: str = "") -> list[Due]:
    """Whose day has passed and who was not purged, on hold or not; of one inspection, or of all.

    A subject without a day of its own has that of its inspection. What the inspection itself keeps is about any of its
    children, so it is due when all of them are due or gone.
    """
    of_inspection = SubjectKey.objects.filter(inspection=OuterRef("inspection"), subject_key="").values("retain_until")
    standing = SubjectKey.objects.filter(purged_at__isnull=True, **({"inspection": inspection} if inspection else {}))
    rows = standing.annotate(until=Coalesce("retain_until", Subquery(of_inspection))).order_by(
        "inspection", "subject_key"
    )
    found, held = rows.filter(until__lt=today), _held()
    later = rows.exclude(until__lt=today).exclude(subject_key="")
    kept = set(later.values_list("inspection", flat=True))
    return [
        Due(who, key, until, _is_held(held, who, key))
        for who, key, until in found.values_list("inspection", "subject_key", "until")
        if key or who not in kept
    ]


def on_hold(inspection: str, subject_keys: list[str]) -> list[str]:
    """Which of some subjects are on hold, by a hold of their own or one of their inspection."""
    held = _held()
    return [key for key in subject_keys if _is_held(held, inspection, key)]


def _held() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for inspection, key in Hold.objects.filter(lifted_at__isnull=True).values_list("inspection", "subject_key"):
        found[inspection].add(key)
    return found


def _is_held(held: Mapping[str, set[str]], inspection: str, key: str) -> bool:
    """Whether a hold covers a subject. What the inspection itself keeps is covered by a hold of any of its subjects."""
    of = held.get(inspection, set())
    return bool(of) if not key else not of.isdisjoint({key, ""})


def holds() -> list[Held]:
    """The holds that stand, the oldest first."""
    standing = Hold.objects.filter(lifted_at__isnull=True).order_by("id")
    columns = ("id", "inspection", "subject_key", "placed_by", "placed_at", "confirmed_by", "lift_asked_by")
    return [Held(*row) for row in standing.values_list(*columns)]


def asked() -> list[Asked]:
    """The purges that are not finished, the oldest first."""
    standing = (
        Purge.objects.filter(finished_at__isnull=True)
        .order_by("asked_at", "key")
        .annotate(n=Count("items", filter=~Q(items__subject_key="")))
    )
    return [Asked(*row) for row in standing.values_list("key", "inspection", "asked_by", "confirmed_by", "step", "n")]


def confirmed_lengths() -> dict[str, tuple[str, str]]:
    """For each kind of record the controller's length and its owner; kinds that nobody confirmed are not there."""
    rows = RetentionPeriod.objects.order_by("id").values_list("record", "length", "owner")
    return {record: (length, owner) for record, length, owner in rows}


def unfinished() -> list[str]:
    """The keys of purges that have begun to destroy and are not finished; they are finished at the next start."""
    begun = Purge.objects.filter(finished_at__isnull=True).exclude(step__in=WAITING)
    return list(begun.order_by("asked_at", "key").values_list("key", flat=True))


def orphan_keys() -> list[str]:
    """Keys that belong to nobody, because the transaction that made them was rolled back. Harmless."""
    known = set(SubjectKey.objects.values_list("key_id", flat=True))
    return [key_id for key_id in keyring().ids() if key_id not in known]


def keyring_lost() -> list[Fault]:
    """Why the keyring cannot be used although subjects have keys in it: a file of it was lost, and none is made anew."""
    ring = keyring()
    standing = SubjectKey.objects.filter(purged_at__isnull=True).values_list("key_id", flat=True)
    if ring.ledger.ids().issuperset(standing):  # all were destroyed: an old backup came back, and is purged again
        return []
    if not (ring.folder / FILE).exists() or not ring.ids():  # looking into one that is not there would make it
        says = "The keyring is not there or is empty, and there are subjects whose key was in it."
        cure = "Put the newest copy of the keyring and of destroyed.jsonl back (keys.age)."
        return [Fault("identity.keyring-missing", (FILE,), says, cure)]
    if not (ring.folder / VAULT_KEY).exists():
        return [vault_key_missing()]
    return []


def lost_keys() -> list[str]:
    """Keys that are neither in the keyring nor destroyed: what is sealed under them cannot be read, and nobody meant it."""
    there = {*keyring().ids(), *keyring().ledger.ids()}
    return [one for one in SubjectKey.objects.order_by("id").values_list("key_id", flat=True) if one not in there]


def resurrected() -> list[tuple[str, str, str]]:
    """Inspection, subject and key of whom the ledger says that they are gone, and the database does not.

    An old backup was restored; ``actions.purges.reapply`` is due. A purge that is being carried out does not count.
    """
    destroyed = keyring().ledger.ids()
    standing = SubjectKey.objects.filter(purged_at__isnull=True).order_by("inspection", "subject_key")
    return [row for row in standing.values_list("inspection", "subject_key", "key_id") if row[2] in destroyed]
