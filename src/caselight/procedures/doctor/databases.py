"""Whether the database keeps what it acknowledges: its settings in force, its pages, its triggers, our rights in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from caselight.method.faults import Fault, Severity
from caselight.procedures.doctor import queries
from caselight.store.audit.queries import guarded

APPEND_ONLY = (
    "assessments_answerevent", "assessments_casestep", "assessments_excerpt", "assessments_locator",
    "assessments_quarantined", "audit_auditrow", "audit_head",
)  # fmt: skip
# What each setting must be on the connection, and what may happen where it is not.
MUST = {
    "sqlite": {
        "journal_mode": ("wal", "a crash can leave a half-written file"),
        "synchronous": ("2", "an acknowledged judgement can be undone by a power cut"),
        "foreign_keys": ("1", "rows can point to nothing"),
        "secure_delete": ("1", "what is purged stays readable in free pages"),
        "trusted_schema": ("0", "a prepared file can call functions"),
        "mmap_size": ("0", "a stray write in memory can reach the file"),
    },
    "postgresql": {
        "fsync": ("on", "a power cut can destroy the database"),
        "synchronous_commit": ("on", "an acknowledged judgement can be lost"),
        "full_page_writes": ("on", "a half-written page cannot be mended"),
        "data_sync_retry": ("off", "a failed write to the disk is forgotten"),
        "data_checksums": ("on", "a page that went bad is not noticed"),
    },
}


def examine() -> Iterator[Fault]:
    """The findings, of a database that can be reached."""
    yield from _settings()
    for said in queries.damaged():
        yield Fault("doctor.database-damaged", ("database",), f"The database is damaged: {said[:200]}",
                    "Stop serving, keep a copy of the file, and restore the newest backup that verifies.")  # fmt: skip
    for table in sorted(set(APPEND_ONLY) - guarded()):
        yield Fault("doctor.not-guarded", ("database", table), f"The database does not refuse every change of {table}.",
                    "Somebody removed triggers. Find out who and why; verify the audit against a head from outside.")  # fmt: skip
    for table in queries.too_strong(list(APPEND_ONLY)):
        yield Fault("doctor.role-too-strong", ("database", table), f"The role that serves owns {table} or may change its rows.",
                    "Serve with a role of its own (how-to: go to PostgreSQL, two roles).", Severity.WARNING)  # fmt: skip


def _settings() -> Iterator[Fault]:
    found = queries.in_force()
    for name, (must, otherwise) in MUST[connection.vendor].items():
        # remote_apply and remote_write wait for even more than the own disk, or at least for it.
        value = found.get(name, "unknown")
        if value != must and not (name == "synchronous_commit" and value == "remote_apply"):
            yield Fault("doctor.database-setting", ("database", name),
                        f"{name} is {value} on the live connection and must be {must}: otherwise {otherwise}.",
                        "Set it where the database takes its settings from, and start both again.")  # fmt: skip
