"""What cannot be written is said, as a fault: whoever sent it then knows that it was not acknowledged and keeps it.

A full disk, a disk that fails and a database that is away are the same to a sender. Nothing of the change stands then,
or all of it does (the answer was lost after the commit): sending it again is right in both cases.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import pysqlite3.dbapi2 as sqlite
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

from caselight.method.faults import Fault, Faults

FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def said_when_unwritten() -> Iterator[None]:
    """Turn what the disk or the database cannot do into ``store.not-written``. Mistakes of ours pass as they are."""
    try:
        yield
    except (DatabaseError, InterfaceError, sqlite.Error, OSError) as error:
        if not _of_the_store(error):
            raise
        raise Faults([
            Fault("store.not-written", (), f"This could not be kept: {_cause(error)}.",
                  "Keep it and send it again later. Whoever runs the server frees space or mends the disk (caselight doctor).")
        ]) from error  # fmt: skip


def _of_the_store(error: Exception) -> bool:
    """Whether it came from outside the programme. A broken file is a plain ``DatabaseError``, a wrong query another."""
    if isinstance(error, OperationalError | InternalError | InterfaceError | OSError):
        return True
    return (
        type(error) is DatabaseError
        or isinstance(error, sqlite.OperationalError)
        or type(error) is sqlite.DatabaseError
    )


def _cause(error: Exception) -> str:
    """The cause in words of ours: a database's own message may hold what was being written."""
    text = str(error).lower()
    if (isinstance(error, OSError) and error.errno in FULL) or "full" in text or "no space left" in text:
        return "the disk of the server is full"
    if "locked" in text or "lock timeout" in text:
        return "the database was busy for too long"
    if "malformed" in text or "not a database" in text:
        return "the file of the database is damaged"
    return "the disk or the database of the server failed"
