"""The process that reads a file from outside: started by :mod:`.reading` with nothing but the file's bytes.

It has no secrets and no database, little memory and little time, and after its start it can open nothing more: no
file and no connection, since both need a descriptor.
"""

from __future__ import annotations

import codecs
import json
import sys

ALPHABETS = ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "cp437")  # found before nothing can be opened
SECONDS = 40
MEMORY = 1_500_000_000  # bytes


def main() -> None:
    """Read the name and the file from standard input; write its tables, or what is wrong, to standard output."""
    import python_calamine  # noqa: F401 - before nothing more can be opened

    from caselight.formats.supplied.sheets import sheets_of
    from caselight.formats.workbook.reading import container, grids  # noqa: F401
    from caselight.method.faults import Faults

    name, _, data = sys.stdin.buffer.read().partition(b"\n")
    for alphabet in ALPHABETS:
        codecs.lookup(alphabet)
    _limit()
    try:
        told: dict[str, object] = {"sheets": [[one.name, one.rows] for one in sheets_of(json.loads(name), data)]}
    except Faults as refused:
        told = {"fault": refused.faults[0].code}
    sys.stdout.write(json.dumps(told))


def _limit() -> None:
    """No more time, memory, files, connections or processes than reading a table needs, where the system has limits."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
