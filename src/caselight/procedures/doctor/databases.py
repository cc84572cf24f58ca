"""Whether the database keeps what it acknowledges: its settings in force, its pages, its triggers, our rights in it."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault, Severity
from caselight.procedures.doctor import queries
from caselight.procedures.serving import in_force
from caselight.store.audit.queries import guarded

APPEND_ONLY = (
    "assessments_answerevent", "assessments_casestep", "assessments_concernstep", "assessments_excerpt",
    "assessments_locator", "assessments_presence", "assessments_quarantined", "assessments_settlement",
    "assessments_stance", "assessments_unlockstep", "audit_auditrow", "audit_head", "caseloads_factcorrection",
    "inspections_announcement", "inspections_conflictwithdrawal", "inspections_contactstep", "inspections_requeststep", "reports_comparator",
    "reports_feedbacksheet",
    "reports_likeaname", "reports_numberdecision", "reports_releasestep", "reports_remark", "reports_remarkdecision",
    "samples_slot", "samples_slotoutcome", "samples_slotpublication",
)  # fmt: skip


def examine() -> Iterator[Fault]:
    """The findings, of a database that can be reached."""
    yield from in_force.unsafe()
    for said in queries.damaged():
        yield Fault("doctor.database-damaged", ("database",), f"The database is damaged: {said[:200]}",
                    "Stop serving, keep a copy of the file, and restore the newest backup that verifies.")  # fmt: skip
    for table in sorted(set(APPEND_ONLY) - guarded()):
        yield Fault("doctor.not-guarded", ("database", table), f"The database does not refuse every change of {table}.",
                    "Somebody removed triggers. Find out who and why; verify the audit against a head from outside.")  # fmt: skip
    for table in queries.too_strong(list(APPEND_ONLY)):
        yield Fault("doctor.role-too-strong", ("database", table), f"The role that serves owns {table} or may change its rows.",
                    "Serve with a role of its own (how-to: go to PostgreSQL, two roles).", Severity.WARNING)  # fmt: skip
