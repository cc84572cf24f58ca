"""The seal of a package: ``datapackage.json``, a Frictionless description with the size and SHA-256 of every file.

In a folder people go on working, so a file that differs is a warning and ``seal`` renews it; in a zip it is an error.
Names and local ids are sealed only where they were asked for. The same files give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caselight.formats.files import opened, read_bytes, write_whole
from caselight.formats.package.layout import INSPECTION, LONGEST_CELL, PRIVATE, SEAL
from caselight.method.faults import Fault, Faults, Place, Severity, quoted, stop

_BLOCK = 1 << 20
_TYPES = {
    "eligible": "boolean",
    "notable": "boolean",
    "withdrawn": "boolean",
    "order": "integer",
    "date": "date",
    "due": "date",
}
_MEDIA = {".csv": "text/csv", ".md": "text/markdown", ".yaml": "application/yaml", ".json": "application/json"}
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seal says of one file."""

    path: str
    bytes: int
    sha256: str


def files_of(folder: Path, *, with_private: bool = False) -> list[str]:
    """The files of a package, sorted, with ``/`` between folders: all but hidden ones, the seal and, unless asked, names.

    Raises Faults for a symbolic link: it would carry something from outside along.
    """
    names, links = [], []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts) or inside.as_posix() == SEAL
        if hidden or (inside.parts[0] == PRIVATE and not with_private):
            continue
        if path.is_symlink():
            links.append(inside.as_posix())
        elif path.is_file():
            names.append(inside.as_posix())
    if links:
        says = "It is a link to another place, and a package stands alone."
        cure = "Put the file itself there, or take the link out."
        raise Faults(Fault("package.link", (link,), says, cure, place=Place(link)) for link in links)
    return sorted(names)


def refuse_others(folder: Path) -> None:
    """Raise Faults unless the folder is an inspection: any other would be sealed or packed by a slip of the name."""
    if not (folder / INSPECTION).is_file():
        says = f"{quoted(folder.name)} holds no {INSPECTION}, so it is no inspection."
        cure = "Name the folder of an inspection; caselight new inspection begins one."
        stop(Fault("package.not-an-inspection", (INSPECTION,), says, cure, place=Place(INSPECTION)))


def seal(folder: Path, *, with_private: bool = False) -> None:
    """Write ``datapackage.json`` for the files as they are now; whatever stood there is replaced.

    Raises Faults for a folder that is no inspection.
    """
    refuse_others(folder)
    write_whole(folder / SEAL, described(folder, files_of(folder, with_private=with_private)))


def described(folder: Path, names: Iterable[str]) -> bytes:
    """``datapackage.json`` for these files: names, sizes, digests, columns; no time and no place."""
    document = {
        "profile": "data-package",
        "name": "inspection",
        "title": "Caselight inspection package",
        "description": f"A whole inspection, described by {INSPECTION}.",
        "resources": [_resource(folder, name) for name in names],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogateescape")


def _resource(folder: Path, name: str) -> dict[str, Any]:
    size, digest, start = _measured(folder / name, name)
    suffix = Path(name).suffix
    resource: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower().removesuffix(".csv")),
        "path": name,
        "mediatype": _MEDIA.get(suffix, "application/octet-stream"),
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    if suffix in _MEDIA:
        resource["encoding"] = "utf-8"
    if suffix == ".csv":
        fields = [{"name": column, "type": _TYPES.get(column, "string")} for column in _header(start)]
        resource |= {"profile": "tabular-data-resource", "format": "csv"}
        resource["schema"] = {"fields": [_described(entry) for entry in fields], "missingValues": [""]}
    return resource


def _described(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"trueValues": ["yes"], "falseValues": ["no"]} if entry["type"] == "boolean" else entry


def _header(start: bytes) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(start.decode("utf-8-sig", "replace"), newline="")), [])
    except csv.Error:
        return []


def _measured(path: Path, name: str) -> tuple[int, str, bytes]:
    """Size, SHA-256 and the first bytes of a file, read in blocks."""
    digest, size, start = hashlib.sha256(), 0, b""
    with opened(path, name) as stream:
        while block := stream.read(_BLOCK):
            start = start or block[:LONGEST_CELL]
            size += len(block)
            digest.update(block)
    return size, digest.hexdigest(), start


def seal_of(folder: Path) -> dict[str, Sealed] | None:
    """What the seal says, by file; ``None`` without a seal. Raises Faults when it cannot be understood."""
    if not (folder / SEAL).exists():
        return None
    try:
        document = json.loads(read_bytes(folder / SEAL, SEAL))
        return {entry["path"]: _sealed(entry) for entry in document["resources"]}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        says = "The seal cannot be understood: it does not list each file with its size and SHA-256."
        cure = "Seal the folder again with caselight seal; a zip ask for again from whoever packed it."
        raise Faults([Fault("package.bad-seal", (SEAL,), says, cure, place=Place(SEAL))]) from None


def _sealed(entry: Mapping[str, Any]) -> Sealed:
    path, size, digest = entry["path"], entry["bytes"], entry["hash"]
    if not (isinstance(path, str) and type(size) is int and isinstance(digest, str) and _SHA256.fullmatch(digest)):
        raise ValueError(SEAL)
    return Sealed(path, size, digest.removeprefix("sha256:"))


def seal_faults(folder: Path) -> list[Fault]:
    """A warning for each file that is not as it was sealed, and an error when the seal cannot be understood."""
    try:
        return [_edited(name, says) for name, says in differences(folder)]
    except Faults as refusal:
        return list(refusal)


def differences(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file that differs from the seal, and how. Nothing without a seal."""
    sealed = seal_of(folder)
    if sealed is None:
        return
    there = files_of(folder, with_private=any(name.startswith(f"{PRIVATE}/") for name in sealed))
    for name in sorted({*sealed, *there}):
        if name not in there:
            yield name, f"The sealed file {quoted(name)} is not there."
        elif name not in sealed:
            yield name, f"The file {quoted(name)} came after the sealing."
        else:
            size, digest, _ = _measured(folder / name, name)
            if (size, digest) != (sealed[name].bytes, sealed[name].sha256):
                yield name, f"The file {quoted(name)} was edited since it was sealed."


def _edited(name: str, says: str) -> Fault:
    cure = "If the change is meant, renew the seal with caselight seal."
    return Fault("package.edited-since-sealed", (name,), says, cure, Severity.WARNING, Place(name))
