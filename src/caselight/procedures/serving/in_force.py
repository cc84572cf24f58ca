"""The settings that durability rests on, as they are on the live connection: the doctor says so, and no start goes past them.

A receipt says that a judgement is on the disk. Where a setting lets the database acknowledge it before, none is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from caselight.method.faults import Fault
from caselight.procedures.serving import queries

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


def unsafe() -> Iterator[Fault]:
    """A fault for each setting that is not as it must be."""
    found = queries.in_force()
    for name, (must, otherwise) in MUST[connection.vendor].items():
        # remote_apply and remote_write wait for even more than the own disk, or at least for it.
        value = found.get(name, "unknown")
        if value != must and not (name == "synchronous_commit" and value == "remote_apply"):
            yield Fault("doctor.database-setting", ("database", name),
                        f"{name} is {value} on the live connection and must be {must}: otherwise {otherwise}.",
                        "Set it where the database takes its settings from, and start both again.")  # fmt: skip
