"""The inspection package: a whole inspection as a folder of plain files, or one zip of it (letter.md).

``reading`` and ``writing`` turn the folder into a :class:`~caselight.method.inspection.package.Package` and back,
``seal`` writes its checksums, ``archive`` packs and unpacks it. What the files are called is in ``layout``.
Writing and packing are imported when they are first asked for, so that a command that only reads starts sooner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from caselight.formats.package.layout import COLUMNS
from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.seal import seal
from caselight.method.answers.snapshot import snapshot

if TYPE_CHECKING:
    from caselight.formats.package.archive import pack, unpack
    from caselight.formats.package.writing import write_accepted, write_package

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

_LATER = {"pack": "archive", "unpack": "archive", "write_accepted": "writing", "write_package": "writing"}


def __getattr__(name: str) -> Any:
    """What is imported when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
