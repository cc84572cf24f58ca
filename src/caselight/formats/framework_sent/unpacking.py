"""The files of a framework inside what somebody sent: one YAML file, or a zip of its folder.

A zip may hold folders above, and beside the framework's the folder of parts that it shares with others: they are named
inside it then, as :func:`caselight.formats.framework_yaml.copy_framework` does.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from caselight.formats.framework_yaml import MAIN, shared_names, standing_alone
from caselight.method.faults import Fault, stop

LARGEST = 700_000  # bytes as it is sent
MOST_FILES = 300
MOST_BYTES = 10_000_000  # unpacked
AS_FOLDER = "Send framework.yaml itself, or a zip of the folder in which it lies."
FAULTS = {
    fault.code: fault
    for fault in (
        Fault("framework.sent-empty", ("file",), "The file is empty.", AS_FOLDER),
        Fault("framework.sent-unreadable", ("file",), "The file cannot be read: it is damaged, or another kind of file.", AS_FOLDER),
        Fault("framework.sent-too-large", ("file",), f"The file has more than 700 kB, or its zip holds more than {MOST_FILES} files or 10 MB.",
              "Send only the files of the question set."),
        Fault("framework.sent-no-main", ("file",), f"The zip holds no {MAIN}, or more than one.", "Zip the folder of one question set."),
    )
}  # fmt: skip
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError,
    OverflowError, struct.error,
)  # fmt: skip


def files_of(data: bytes) -> dict[str, bytes]:
    """The files of the framework by their path inside its folder. Raises ``framework.sent-…``."""
    if not data.startswith(b"PK"):
        return {MAIN: data}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = _unpacked(archive)
    except _BROKEN:
        stop(FAULTS["framework.sent-unreadable"])
    return _of_framework(found)


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file of a zip, counted while it comes out, whatever its headers say."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and _wanted(entry.filename)]
    if len(entries) > MOST_FILES:
        stop(FAULTS["framework.sent-too-large"])
    found: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        with archive.open(entry) as stream:
            found[entry.filename] = stream.read(left + 1)
        left -= len(found[entry.filename])
        if left < 0:
            stop(FAULTS["framework.sent-too-large"])
    return found


def _wanted(name: str) -> bool:
    """Whether an entry is a file of somebody's folder, and not what a system lays beside it."""
    parts = name.split("/")
    plain = not any(part in ("", ".", "..") or part.startswith(".") or "\\" in part for part in parts)
    return plain and parts[0] != "__MACOSX" and len(name) <= 200


def _of_framework(found: dict[str, bytes]) -> dict[str, bytes]:
    mains = sorted((name for name in found if PurePosixPath(name).name == MAIN), key=lambda name: name.count("/"))
    if not mains or (len(mains) > 1 and mains[0].count("/") == mains[1].count("/")):
        stop(FAULTS["framework.sent-no-main"])
    folder = PurePosixPath(mains[0]).parent
    inside = {
        str(PurePosixPath(name).relative_to(folder)): content
        for name, content in found.items()
        if PurePosixPath(name).is_relative_to(folder)
    }
    shared = {name: found.get(str(folder.parent / name)) for name in shared_names(inside[MAIN])}
    if any(content is not None for content in shared.values()):
        inside |= {name: content for name, content in shared.items() if content is not None}
        inside[MAIN] = standing_alone(inside[MAIN])
    return inside
