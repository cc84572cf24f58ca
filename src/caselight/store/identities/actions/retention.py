"""How long records stay: the controller's periods, and the day on each subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from caselight.method.faults import Fault, Faults, did_you_mean, stop
from caselight.store.audit.actions import Plain, record, record_many
from caselight.store.audit.acts import Act
from caselight.store.identities.models import RetentionPeriod, SubjectKey
from caselight.store.identities.retention import FREE_TEXT, PERIODS, VAULT, last_day, valid
from caselight.store.identities.sealing import key_for, locked_keys


@transaction.atomic
def confirm_retention(*, by: str, owner: str, lengths: Mapping[str, str], at: datetime) -> None:
    """Write down the controller's lengths (``{"identity": "6 months"}``) for kinds of record, and who owns them.

    Identities and written words lie under one key and go together, so their lengths must be the same.
    """
    if not owner.strip():
        stop(Fault("purge.no-owner", (), "The periods have no owner.", "Name who answers for them."))
    known = [period.record for period in PERIODS]
    faults = [
        Fault("purge.unknown-record", (one,), "There is no such kind of record.", did_you_mean(one, known))
        for one in lengths
        if one not in known
    ]
    faults += [
        Fault("purge.not-a-length", (one,), "This is not a length of time.", "Write it as: 6 months.")
        for one, length in lengths.items()
        if not valid(length)
    ]
    together = {**_confirmed(), **lengths}
    if together.get(VAULT) != together.get(FREE_TEXT):
        says = "Identities and written words lie under one key, and cannot be kept for different times."
        faults.append(Fault("purge.one-key-two-lengths", (VAULT, FREE_TEXT), says, "Give both the same length."))
    if faults:
        raise Faults(faults)
    RetentionPeriod.objects.bulk_create(
        RetentionPeriod(record=one, length=length, owner=owner, confirmed_by=by, confirmed_at=at)
        for one, length in lengths.items()
    )
    rows = [(("record", one), {"length": length}) for one, length in lengths.items()]
    record_many(chain="system", by=by, act=Act.RETENTION_CONFIRMED, rows=rows, at=at)


@transaction.atomic
def retain_from(*, by: str, inspection: str, starts: date, at: datetime) -> date:
    """Start the clock of an inspection and its subjects (publication, and the time to appeal); the last day."""
    length = _confirmed().get(VAULT)
    if length is None:
        stop(
            Fault(
                "purge.retention-unconfirmed",
                (VAULT,),
                "The controller has not confirmed how long identities are kept.",
                "Confirm the periods first: caselight retention confirm.",
            )
        )
    until = last_day(starts, length)
    retain_until(by=by, inspection=inspection, until=until, at=at)
    return until


@transaction.atomic
def retain_until(
    *, by: str, inspection: str, until: date, subject_keys: Sequence[str] | None = None, at: datetime
) -> int:
    """Set the last day of some subjects of an inspection, or of all (None); of how many it was set.

    Of all: the inspection itself has the day too, and with it every subject that comes later.
    """
    if subject_keys is None:
        key_for(inspection, "")
    locked_keys(inspection)  # a purge begins under the same lock, so the day is set before it or too late
    found = SubjectKey.objects.filter(inspection=inspection, purged_at__isnull=True)
    if subject_keys is not None:
        found = found.filter(subject_key__in=subject_keys)
    found.update(retain_until=until)
    n = found.exclude(subject_key="").count()
    detail: dict[str, Plain] = {"until": until.isoformat(), "subjects": n}
    of = ("inspection", inspection)
    record(chain=f"inspection:{inspection}", by=by, act=Act.RETENTION_SET, of=of, detail=detail, at=at)
    return n


def _confirmed() -> dict[str, str]:
    return dict(RetentionPeriod.objects.order_by("id").values_list("record", "length"))
