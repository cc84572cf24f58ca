"""The inspection package: a whole inspection as a folder of plain files, or one zip of it (letter.md).

``reading`` and ``writing`` turn the folder into a :class:`~caselight.method.inspection.package.Package` and back,
``seal`` writes its checksums, ``archive`` packs and unpacks it. What the files are called is in ``layout``.
"""

from caselight.formats.package.archive import pack, unpack
from caselight.formats.package.layout import COLUMNS
from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_accepted, write_package
from caselight.method.answers.snapshot import snapshot

__all__ = [
    "COLUMNS",
    "pack",
    "package_faults",
    "read_package",
    "seal",
    "snapshot",
    "unpack",
    "write_accepted",
    "write_package",
]
