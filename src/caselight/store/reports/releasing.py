"""The letter's way out: one person proposes exact bytes, a different one approves them, and so they are published.

What stands against the letter itself is asked by ``procedures.releasing``, in the same transaction; nothing else calls
these actions. In a service's audit of its own cases one person may do both.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.inspections.actions import mark_published
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection, Kind
from caselight.store.inspections.queries import found
from caselight.store.inspections.states import before_published
from caselight.store.reports.models import ReleaseStep
from caselight.store.reports.releases import (
    APPROVED,
    PROPOSED,
    RETURNED,
    WITHDRAWN,
    Contents,
    Release,
    behind,
    changes,
    waiting,
    writers_of,
)

LONGEST = 2_000  # characters of a reason
ACTS = {
    PROPOSED: Act.RELEASE_PROPOSED,
    WITHDRAWN: Act.RELEASE_WITHDRAWN,
    RETURNED: Act.RELEASE_RETURNED,
    APPROVED: Act.RELEASE_APPROVED,
}


@transaction.atomic
def propose(*, by: str, inspection: str, contents: Contents, at: datetime) -> int:
    """Propose what is here for publication, and give the number of the proposal; one that waited gives way to it.

    The same person proposing the same again is no new proposal.
    Raises ``store.release-state`` and ``store.release-files``.
    """
    row = found(inspection, locked=True)
    _refuse_state(row)
    if (contents.versions or row.kind == Kind.EXTERNAL) and behind(inspection, contents):
        says = (
            "The files to publish are not there, or were made before the letter and its figures were as they are now."
        )
        stop(Fault("store.release-files", ("files",), says, "Make the files to publish, then propose them."))
    there = waiting(inspection)
    if there is not None and (there.by_key, there.contents) == (by, contents):
        return there.n
    return _add(row, PROPOSED, 0, (by, at), contents=contents)


@transaction.atomic
def withdraw(*, by: str, inspection: str, proposal: int, at: datetime) -> None:
    """Take back a proposal that waits. Raises ``store.release-none``."""
    row = found(inspection, locked=True)
    _waiting(inspection, proposal)
    _add(row, WITHDRAWN, proposal, (by, at))


@transaction.atomic
def send_back(*, by: str, inspection: str, proposal: int, reason: str, at: datetime) -> None:
    """Send a proposal back. Raises ``store.release-none``, ``store.no-reason`` and ``store.release-reason``."""
    if not reason.strip():
        says = "A proposal that is sent back without a reason does not say what to mend."
        stop(Fault("store.no-reason", ("reason",), says, "Enter the reason."))
    if len(reason) > LONGEST or "\0" in reason:
        says = f"The reason is longer than {LONGEST} characters, or is no text."
        stop(Fault("store.release-reason", ("reason",), says, "Enter it in a few sentences."))
    row = found(inspection, locked=True)
    _waiting(inspection, proposal)
    _add(row, RETURNED, proposal, (by, at), reason=reason.strip())


@transaction.atomic
def approve(*, by: str, inspection: str, proposal: int, contents: Contents, at: datetime) -> None:
    """Approve a proposal, which publishes it. ``contents`` are what would be published at this moment.

    Raises ``store.release-none``, ``store.release-state``, ``store.release-same-person``, ``store.release-author`` and
    ``store.release-changed``.
    """
    row = found(inspection, locked=True)
    proposed = _waiting(inspection, proposal)
    _refuse_state(row)
    if row.kind == Kind.EXTERNAL:
        _refuse_one_person(by, proposed, inspection)
    if said := changes(proposed.contents, contents):
        says = " ".join(("What was proposed is no longer what would be published.", *said))
        stop(Fault("store.release-changed", ("proposal",), says, "Send it back, or ask for a new proposal."))
    _add(row, APPROVED, proposal, (by, at), contents=contents)
    mark_published(by=by, inspection=inspection, at=at)


def _refuse_one_person(by: str, proposed: Release, inspection: str) -> None:
    if by == proposed.by_key:
        says = "You proposed it yourself, and two persons publish a letter."
        stop(Fault("store.release-same-person", ("by",), says, "Somebody else approves it."))
    if by in writers_of(inspection):
        says = "You wrote part of the letter, and whoever approves it wrote none of it."
        stop(Fault("store.release-author", ("by",), says, "Somebody who wrote none of it approves it."))


def _refuse_state(row: Inspection) -> None:
    if row.state != before_published(row.kind):
        early = {Kind.EXTERNAL: "its embargo has begun"}.get(Kind(row.kind), "its report is being written")
        says = "The inspection is not in the state from which it is published."
        stop(Fault("store.release-state", ("state",), says, f"It can be published once {early}, and only once."))


def _waiting(inspection: str, proposal: int) -> Release:
    found_ = waiting(inspection)
    if found_ is None or found_.n != proposal:
        says = "This proposal does not wait for anybody: it was withdrawn, sent back, renewed or approved."
        stop(Fault("store.release-none", ("proposal",), says, "Look at the page as it is now."))
    return found_


def _add(  # the row of a step and the row of the audit; ``proposal`` nought: the step is one itself
    row: Inspection, step: str, proposal: int, signed: tuple[str, datetime], *, reason: str = "",
    contents: Contents | None = None,
) -> int:  # fmt: skip
    by, at = signed
    n = int(ReleaseStep.objects.filter(inspection=row).aggregate(last=Max("n"))["last"] or 0) + 1
    given, digest = contents or Contents({}, {}, ""), contents.digest if contents else ""
    ReleaseStep.objects.create(
        inspection=row, n=n, proposal=proposal or n, step=step, reason=reason, versions=dict(given.versions),
        files=dict(given.files), basis=given.basis, digest=digest, by=by, at=at,
    )  # fmt: skip
    detail: dict[str, Plain] = {"n": n, "proposal": proposal or n}
    if contents:
        detail |= {"versions": dict(contents.versions), "sha256": digest}
    record(chain=chain(row.key), by=by, act=ACTS[step], of=("release", str(proposal or n)), detail=detail, at=at)
    return n
