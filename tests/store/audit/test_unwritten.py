"""What cannot be written is said as a fault, and mistakes of ours are not hidden behind it."""

import errno

import pysqlite3.dbapi2 as sqlite
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from caselight.method.faults import Faults
from caselight.store.audit.unwritten import said_when_unwritten


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("database or disk is full"), "disk of the server is full"),
        (OperationalError("could not extend file: No space left on device"), "disk of the server is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk of the server is full"),
        (sqlite.OperationalError("database or disk is full"), "disk of the server is full"),
        (OperationalError("database is locked"), "busy"),
        (OperationalError("canceling statement due to lock timeout"), "busy"),
        (OperationalError("disk I/O error"), "failed"),
        (OSError(errno.EIO, "Input/output error"), "failed"),
        (InterfaceError("the connection is closed"), "failed"),
        (DatabaseError("database disk image is malformed"), "damaged"),
    ],
)
def test_what_a_disk_or_a_database_cannot_do_is_a_fault_with_its_cause(error: Exception, cause: str) -> None:
    with pytest.raises(Faults) as caught, said_when_unwritten():
        raise error
    (fault,) = caught.value.faults
    assert fault.code == "store.not-written"
    assert cause in fault.says


@pytest.mark.parametrize(
    "error", [IntegrityError("UNIQUE"), ProgrammingError("syntax"), sqlite.ProgrammingError("closed"), ValueError("x")]
)
def test_a_mistake_of_ours_passes_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)), said_when_unwritten():
        raise error


def test_the_words_of_the_database_are_not_repeated_for_they_may_hold_what_was_written() -> None:
    with pytest.raises(Faults) as caught, said_when_unwritten():
        raise OperationalError("disk I/O error near 'Jo Bloggs'")
    assert "Bloggs" not in str(caught.value)
