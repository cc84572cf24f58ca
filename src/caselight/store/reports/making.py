"""Making the letter's files takes a while: it is begun, says how far it is, and ends with files or what stood against it.

Only the newest files of a kind are kept: they can be made again from the letter and the answers at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.accounts.models import User
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import found
from caselight.store.reports.models import MadeFile, Making, ReleaseStep

KINDS = ("working", "open")
LONGEST = timedelta(minutes=5)  # without a step: whoever made it is gone
PUBLISHED = Fault(
    "store.released", ("kind",), "The letter is published, and its files stay as they were approved.",
    "Download them as they are.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A making as it stands. ``state``: ``going``, ``done``, ``refused`` (something stands against it), ``failed``.

    ``faults`` are (what is wrong, what to do). ``files`` are path and size in bytes.
    """

    n: int
    kind: str
    by: str
    at: datetime
    state: str
    step: str
    faults: tuple[tuple[str, str], ...]
    versions: Mapping[str, int]
    basis: str
    files: tuple[tuple[str, int], ...]


@transaction.atomic
def begin_making(
    *, by: str, inspection: str, kind: str, versions: Mapping[str, int], basis: str = "", at: datetime
) -> int:
    """Begin to make the files of a kind from versions of the letter and what they rest on; the number of the making.

    Raises ``store.making-goes-on`` while one does, and ``store.released`` for files that were published.
    """
    row = found(inspection, locked=True)
    if _published(row, kind):
        stop(PUBLISHED)
    going = Making.objects.filter(inspection=row, state="going", step_at__gt=at - LONGEST)
    if going.exists():
        says = "Files of this letter are being made already."
        stop(Fault("store.making-goes-on", ("kind",), says, "Wait until they are there: it takes about a minute."))
    Making.objects.filter(inspection=row, state="going").update(state="failed")
    made = Making.objects.create(
        inspection=row,
        kind=kind,
        by=by,
        at=at,
        step="Waiting to begin",
        step_at=at,
        versions=dict(versions),
        basis=basis,
    )
    _record(made, inspection, "begun", at)
    return made.pk


@transaction.atomic
def step_making(*, n: int, step: str, at: datetime) -> None:
    """Say how far a making is."""
    made = Making.objects.select_related("inspection").get(pk=n)
    made.step, made.step_at = step[:200], at
    made.save(update_fields=["step", "step_at"])
    _record(made, made.inspection.key, "step", at)


@transaction.atomic
def end_making(
    *, n: int, files: Mapping[str, bytes], faults: Sequence[Fault] = (), failed: bool = False, at: datetime
) -> None:
    """End a making with its files, with the faults that stood against it, or ``failed``; older files of its kind go.

    Where the letter was published meanwhile, its files stay, and these are let go.
    """
    made = Making.objects.select_related("inspection").get(pk=n)
    if _published(found(made.inspection.key, locked=True), made.kind):
        files, faults = {}, (PUBLISHED,)
    made.state = "failed" if failed else "done" if files else "refused"
    made.step, made.step_at = "", at
    made.faults = [[fault.says, fault.cure] for fault in faults]
    made.save(update_fields=["state", "step", "step_at", "faults"])
    if files:
        MadeFile.objects.filter(making__inspection=made.inspection, making__kind=made.kind).delete()
        MadeFile.objects.bulk_create(
            MadeFile(making=made, path=path, size=len(data), content=data) for path, data in files.items()
        )
    _record(made, made.inspection.key, made.state, at)


def newest_makings(inspection: str, at: datetime) -> dict[str, Made]:
    """The newest making of each kind; one that has said nothing for long counts as failed."""
    rows = Making.objects.filter(inspection__key=inspection).order_by("id")
    newest = {row.kind: row for row in rows}
    names = dict(User.objects.filter(key__in={row.by for row in newest.values()}).values_list("key", "name"))
    return {kind: _made(row, names, at) for kind, row in newest.items()}


def in_hand(inspection: str) -> dict[str, Made]:
    """The makings whose files are here, by kind: the newest that ended well."""
    held = list(Making.objects.filter(inspection__key=inspection, state="done", files__isnull=False).distinct())
    names = dict(User.objects.filter(key__in={row.by for row in held}).values_list("key", "name"))
    return {row.kind: _made(row, names, row.at) for row in held}


def made_file(inspection: str, kind: str, path: str) -> bytes | None:
    """The bytes of a file of the newest making of a kind; None where there is none."""
    rows = MadeFile.objects.filter(making__inspection__key=inspection, making__kind=kind, path=path[:200])
    content = rows.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def made_files(inspection: str, kind: str) -> dict[str, bytes]:
    """Every file of the newest making of a kind, by path."""
    rows = MadeFile.objects.filter(making__inspection__key=inspection, making__kind=kind).order_by("path")
    return {path: bytes(content) for path, content in rows.values_list("path", "content")}


def _published(inspection: Inspection, kind: str) -> bool:
    """Whether the files of this kind are those that were approved for publication."""
    return kind == "open" and ReleaseStep.objects.filter(inspection=inspection, step="approved").exists()


def _made(row: Making, names: Mapping[str, str], at: datetime) -> Made:
    gone = row.state == "going" and row.step_at < at - LONGEST
    return Made(
        row.pk, row.kind, names.get(row.by, row.by), row.at, "failed" if gone else row.state, row.step,
        tuple((says, cure) for says, cure in row.faults), dict(row.versions), row.basis, tuple(row.files.order_by("path").values_list("path", "size")),
    )  # fmt: skip


def _record(made: Making, inspection: str, what: str, at: datetime) -> None:
    detail: dict[str, Plain] = {"kind": made.kind, "what": what, "versions": dict(made.versions)}
    of = ("making", str(made.pk))
    record(chain=chain(inspection), by=made.by, act=Act.LETTER_MAKING, of=of, detail=detail, at=at)
