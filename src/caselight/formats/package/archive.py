"""One zip of a package, and back: packed the same way every time, unpacked whole or not at all.

A zip comes from outside and its headers may lie, so everything is counted while it is unpacked and nothing lands
anywhere but in a new folder beside the target. Every file must be in the seal and fit it.
"""

from __future__ import annotations

import io
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from caselight.formats.files import new_file, opened, size_of, whole_file, whole_folder
from caselight.formats.package.layout import SEAL
from caselight.formats.package.seal import described, differences, files_of, refuse_others
from caselight.method.faults import Fault, Faults, Place, quoted

MOST_FILES = 2_000
MOST_BYTES = 1_000_000_000  # unpacked
HIGHEST_RATIO = 200  # unpacked bytes for each byte of the zip
LEAST_COUNTED = 1_000_000  # a small package may be nearly empty lines
_BLOCK = 1 << 16
_NO_NAME = re.compile("[\\\\:\x00-\x1f\x7f\ud800-\udfff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: no clock in the bytes
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError,
    OverflowError, struct.error,
)  # fmt: skip
_CURE_BROKEN = "Ask whoever sent it to pack the inspection again with caselight pack."


def pack(folder: Path, target: Path, *, with_private: bool = False) -> None:
    """Pack a package into one zip, sealed. Names and local ids only ``with_private``.

    The same files give the same bytes. Raises Faults for a folder that is no inspection, and for one larger than ``unpack`` takes back.
    """
    refuse_others(folder)
    _refuse_target(folder, target)
    names = files_of(folder, with_private=with_private)
    total = sum(size_of(folder / name, name, MOST_BYTES) for name in names)
    if len(names) >= MOST_FILES or total > MOST_BYTES:
        says = (
            f"The package has {len(names):,} files and {total:,} bytes; a zip takes {MOST_FILES:,} and {MOST_BYTES:,}."
        )
        raise _refused("zip.too-large", target.name, says, "Keep large documents outside the package.")
    faults = [fault for name in names for fault in _unfit(_entry(name, 0))]
    if faults:
        raise Faults(fault.at(Place(str(fault.where[0])[:60])) for fault in faults)
    with whole_file(target) as stream, zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            _add(archive, folder, name)
        archive.writestr(_entry(SEAL, 0), described(folder, names))


def _refuse_target(folder: Path, target: Path) -> None:
    """A zip never goes into the folder that it holds, and never over a file that is something else."""
    if folder.resolve() in target.resolve().parents:
        says = f"{quoted(target.name)} lies inside the inspection that it would hold."
        raise _refused("zip.target", target.name, says, "Write it beside the folder.")
    if target.exists() and not zipfile.is_zipfile(target):
        says = f"{quoted(target.name)} exists and is no zip."
        raise _refused("zip.target", target.name, says, "Choose another name.")


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3  # the same on every system
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.file_size = size
    return entry


def _add(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    path = folder / name
    entry = _entry(name, size_of(path, name, MOST_BYTES))
    if entry.file_size > LEAST_COUNTED and _shrinks_too_much(path, name, entry.file_size):
        entry.compress_type = zipfile.ZIP_STORED
    with opened(path, name) as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def _shrinks_too_much(path: Path, name: str, size: int) -> bool:
    """Whether a file shrinks so much that ``unpack`` would take the zip for an attack; it is stored as it is."""
    squeeze = zlib.compressobj(1)
    with opened(path, name) as source:
        shrunk = sum(len(squeeze.compress(block)) for block in iter(lambda: source.read(_BLOCK), b""))
    return size > HIGHEST_RATIO // 4 * (shrunk + len(squeeze.flush()))


def unpack(source: Path, folder: Path) -> None:
    """Unpack a sealed package into a new folder. Raises Faults with all that is wrong, and then leaves nothing behind."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        says = f"There is something in {quoted(folder.name)} already."
        raise _refused("zip.folder-not-empty", source.name, says, "Name a folder that does not exist yet.")
    size = size_of(source, source.name, MOST_BYTES)
    with opened(source, source.name) as stream, whole_folder(folder) as beside:
        _check_directory(stream, source.name)
        try:
            with zipfile.ZipFile(stream) as archive:
                entries = _entries(archive, source.name)
                _Unpacking(source.name, beside, size).all(archive, entries)
        except _BROKEN as broken:
            says = f"The zip is broken: {str(broken)[:80] or type(broken).__name__}."
            raise _refused("zip.broken", source.name, says, _CURE_BROKEN) from None
        _check_seal(beside, source.name)


def _refused(code: str, name: str, says: str, cure: str) -> Faults:
    return Faults([Fault(code, (name,), says, cure, place=Place(name))])


def _check_directory(stream: IO[bytes], name: str) -> None:
    """Refuse a table of contents that would fill the memory, before it is read. Ours never needs the large form."""
    stream.seek(0, io.SEEK_END)
    length = min(stream.tell(), 65_557)
    stream.seek(-length, io.SEEK_END)
    end = stream.read(length)
    at = end.rfind(b"PK\x05\x06")
    large = at >= 20 and end[at - 20 : at - 16] == b"PK\x06\x07"
    if at < 0:
        raise _refused("zip.broken", name, "The file is not a zip, or its end is missing.", _CURE_BROKEN)
    if large or int.from_bytes(end[at + 12 : at + 16], "little") > 1_000 * MOST_FILES:
        raise _too_many(name)


def _too_many(name: str) -> Faults:
    says = f"The zip names more than {MOST_FILES:,} files."
    return _refused("zip.too-many-files", name, says, "Check that it is the right file.")


def _entries(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The files of the zip. Raises Faults with every entry that has no place in a folder of ours."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _too_many(name)
    faults = [fault for entry in entries for fault in _unfit(entry)]
    faults += _doubled([entry.filename.rstrip("/") for entry in entries])
    if faults:
        raise Faults(fault.at(Place(name, None, str(fault.where[0])[:60])) for fault in faults)
    return [entry for entry in entries if not entry.is_dir()]


def _unfit(entry: zipfile.ZipInfo) -> Iterator[Fault]:
    name = entry.orig_filename
    where = (name,)
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        says = f"The entry {quoted(name)} would land outside the folder."
        yield Fault("zip.path-escape", where, says, "Do not open this zip; tell whoever sent it.")
    if _NO_NAME.search(name):
        says = f"{quoted(ascii(name))} holds a character that the name of a file cannot hold everywhere."
        yield Fault("zip.bad-name", where, says, "Rename the file and pack again.")
    if len(name) > 500 or any(len(part.encode("utf-8", "replace")) > 200 for part in parts) or len(parts) > 20:
        yield Fault("zip.long-name", where, f"The name {quoted(name)} is too long.", "Shorten the name and pack again.")
    mode = entry.external_attr >> 16
    if entry.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        says = f"The entry {quoted(name)} is a link or a device, not a file."
        yield Fault("zip.link", where, says, "Put the file itself into the package and pack again.")
    if entry.flag_bits & 0x41:
        says = f"The entry {quoted(name)} is encrypted."
        yield Fault(
            "zip.encrypted", where, says, "Pack without a password; protect the zip as a whole where it is kept."
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        says = f"The entry {quoted(name)} is compressed in an unusual way."
        yield Fault("zip.method", where, says, _CURE_BROKEN)


def _doubled(names: list[str]) -> Iterator[Fault]:
    """Names that some systems take for the same, and names that are a file and a folder at once."""
    seen: set[str] = set()
    for name in names:
        plain = unicodedata.normalize("NFC", name).casefold()
        if plain in seen:
            yield Fault("zip.duplicate-name", (name,), f"The name {quoted(name)} is there twice.", _CURE_BROKEN)
        seen.add(plain)


class _Unpacking:
    """Counts what comes out, whatever the headers say."""

    def __init__(self, name: str, beside: Path, size: int) -> None:
        self.name, self.beside = name, beside
        self.most = min(MOST_BYTES, max(HIGHEST_RATIO * size, LEAST_COUNTED))
        self.out = 0

    def all(self, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
        """Every file into the folder."""
        for entry in entries:
            target = self.beside / entry.filename
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, new_file(target) as stream:
                    self._copy(source, stream)
            except zipfile.BadZipFile as wrong:
                if "CRC" not in str(wrong):
                    raise
                says = f"The file {quoted(entry.filename)} in the zip is damaged: its checksum does not fit."
                raise _refused("zip.checksum", self.name, says, _CURE_BROKEN) from None
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                says = f"The name {quoted(entry.filename)} is a file and a folder at once."
                raise _refused("zip.duplicate-name", self.name, says, _CURE_BROKEN) from None

    def _copy(self, source: IO[bytes], target: IO[bytes]) -> None:
        while block := source.read(_BLOCK):
            self.out += len(block)
            if self.out > self.most:
                says = f"The zip unpacks to more than {self.most:,} bytes."
                raise _refused("zip.too-large", self.name, says, "Do not open this zip; tell whoever sent it.")
            target.write(block)


def _check_seal(beside: Path, name: str) -> None:
    if not (beside / SEAL).exists():
        says = f"The zip holds no {SEAL}, so nobody can tell whether its files are those that were packed."
        raise _refused("zip.not-sealed", name, says, _CURE_BROKEN)
    faults = [
        Fault("zip.checksum", (file,), says, _CURE_BROKEN, place=Place(name, None, file))
        for file, says in differences(beside)
    ]
    if faults:
        raise Faults(faults)
