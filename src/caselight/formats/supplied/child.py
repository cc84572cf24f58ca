"""The process that reads a file from outside: started by :mod:`.reading` with nothing but the file's bytes.

After its start it can open nothing more (:mod:`caselight.formats.limited_process`).
"""

from __future__ import annotations

import codecs
import json
import sys

from caselight.formats.limited_process import given, limit

ALPHABETS = ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "cp437")  # found before nothing can be opened


def main() -> None:
    """Read the name and the file from standard input; write its tables, or what is wrong, to standard output."""
    import python_calamine  # noqa: F401 - before nothing more can be opened

    from caselight.formats.supplied.sheets import sheets_of
    from caselight.formats.workbook.reading import container, grids  # noqa: F401
    from caselight.method.faults import Faults

    name, data = given()
    for alphabet in ALPHABETS:
        codecs.lookup(alphabet)
    limit()
    try:
        told: dict[str, object] = {"sheets": [[one.name, one.rows] for one in sheets_of(name, data)]}
    except Faults as refused:
        told = {"fault": refused.faults[0].code}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
