"""What is asked of the vault: who may be the same child, what is due, what is on hold, and whether the keys are whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from caselight.store.identities import blocking
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import BlockingKey, Hold, Person, Purge, RetentionPeriod, SubjectKey
from caselight.store.identities.retention import PERIODS


@dataclass(frozen=True, slots=True)
class Same:
    """Somebody who may be the same child, and what agrees, the surest first (see ``blocking``)."""

    inspection: str
    subject_key: str
    agree_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A subject whose day has passed, and whether a hold stands against a purge."""

    inspection: str
    subject_key: str
    retain_until: date
    on_hold: bool


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


def retention_confirmed() -> bool:
    """Whether the controller has confirmed a period for every kind of record; going live is refused until then."""
    return not unconfirmed()


def unconfirmed() -> list[str]:
    """The kinds of record without a confirmed period."""
    known = set(RetentionPeriod.objects.values_list("record", flat=True))
    return [period.record for period in PERIODS if period.record not in known]


def due(today: date, *, inspection: str = "") -> list[Due]:
    """Whose day has passed and who was not purged, on hold or not; of one inspection, or of all."""
    found = SubjectKey.objects.filter(retain_until__lt=today, purged_at__isnull=True)
    if inspection:
        found = found.filter(inspection=inspection)
    held = _held()
    return [
        Due(who, key, until, (who, key) in held or (who, "") in held)
        for who, key, until in found.order_by("inspection", "subject_key").values_list(
            "inspection", "subject_key", "retain_until"
        )
        if until
    ]


def on_hold(inspection: str, subject_keys: list[str]) -> list[str]:
    """Which of some subjects are on hold, by a hold of their own or one of their inspection."""
    held = _held()
    return [key for key in subject_keys if (inspection, key) in held or (inspection, "") in held]


def _held() -> set[tuple[str, str]]:
    return set(Hold.objects.filter(lifted_at__isnull=True).values_list("inspection", "subject_key"))


def unfinished() -> list[str]:
    """The keys of purges that have begun to destroy and are not finished; they are finished at the next start."""
    begun = Purge.objects.filter(finished_at__isnull=True).exclude(step__in=("proposed", "confirmed"))
    return list(begun.order_by("asked_at", "key").values_list("key", flat=True))


def orphan_keys() -> list[str]:
    """Keys that belong to nobody, because the transaction that made them was rolled back. Harmless."""
    known = set(SubjectKey.objects.values_list("key_id", flat=True))
    return [key_id for key_id in keyring().ids() if key_id not in known]


def lost_keys() -> list[str]:
    """Keys that are neither in the keyring nor destroyed: what is sealed under them cannot be read, and nobody meant it."""
    there = {*keyring().ids(), *keyring().ledger.ids()}
    return [one for one in SubjectKey.objects.order_by("id").values_list("key_id", flat=True) if one not in there]


def resurrected() -> list[str]:
    """Subjects that stand in the vault although their key is destroyed: an old backup was restored, and ``reapply`` is due."""
    destroyed = keyring().ledger.ids()
    return [
        f"{inspection}/{key}"
        for inspection, key, key_id in Person.objects.values_list("inspection", "subject_key", "key_id")
        if key_id in destroyed
    ]
