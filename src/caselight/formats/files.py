"""Files in and out, safely: bounded reading of text, and writing beside and moving into place, whole or not at all.

Every room of ``formats`` may use it; what the text means is for the room that asked. Inputs are only ever opened for
reading. A reader of an output never sees half of it: the last step is always a rename.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from caselight.formats import abandoned
from caselight.method.faults import Fault, Faults, Place, quoted

LARGEST_TEXT = 10_000_000  # bytes of a letter, a framework part, inspection.yaml
BOM = b"\xef\xbb\xbf"
_CURE_ENCODING = "Save the file as UTF-8; in a spreadsheet program choose “CSV UTF-8”."


def size_of(path: Path, name: str, limit: int) -> int:
    """The size of an ordinary file in bytes; ``name`` is how faults call it, ``limit`` the largest it may be."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        raise _fault("file.missing", name, f"There is no file {name}.", "Add it, or correct its name.") from None
    if not stat.S_ISREG(status.st_mode):
        raise _fault("file.not-a-file", name, f"{name} is not an ordinary file.", "Put a file in its place.")
    if status.st_size > limit:
        says = f"{name} has {status.st_size:,} bytes; at most {limit:,} are read."
        raise _fault("file.too-large", name, says, "Check that it is the right file, and make it smaller.")
    return status.st_size


@contextmanager
def opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """A file open for reading its bytes; whatever the system refuses while it is read becomes a fault."""
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as refusal:
        says = f"{name} cannot be read: {refusal.strerror or 'the system refused'}."
        raise _fault("file.unreadable", name, says, "Check the rights of the file and the disk it is on.") from None


def read_bytes(path: Path, name: str, limit: int = LARGEST_TEXT) -> bytes:
    """The bytes of a file of bounded size. Raises Faults when it is missing, no file, too large or unreadable."""
    size_of(path, name, limit)
    with opened(path, name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:  # it grew while it was read
        says = f"{name} has more than {limit:,} bytes."
        raise _fault("file.too-large", name, says, "Check that it is the right file, and make it smaller.")
    return data


def read_text(path: Path, name: str, limit: int = LARGEST_TEXT) -> str:
    """The text of a file in UTF-8, without a byte order mark; line ends are left as they are."""
    data = read_bytes(path, name, limit).removeprefix(BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Faults([not_utf8(name, data[: wrong.start].count(b"\n") + 1, data[wrong.start : wrong.end])]) from None
    if "\0" in text:
        raise Faults([has_nul(name, text[: text.index("\0")].count("\n") + 1)])
    return text


def not_utf8(name: str, line: int, wrong: bytes) -> Fault:
    """The fault of bytes that are no UTF-8, with the first of them as the file holds them."""
    says = f"The file is not UTF-8: the byte {wrong[:1].hex().upper() or '?'} cannot stand here."
    return Fault("file.not-utf8", (name,), says, _CURE_ENCODING, place=Place(name, line))


def has_nul(name: str, line: int) -> Fault:
    """The fault of a NUL character, which no text holds and which hides what follows it in some programs."""
    says = "The file holds a NUL character, so it is not a text file, or is in another encoding."
    return Fault("file.nul", (name,), says, _CURE_ENCODING, place=Place(name, line))


def _fault(code: str, name: str, says: str, cure: str) -> Faults:
    return Faults([Fault(code, (name,), says, cure, place=Place(name))])


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds the old one or the new, never half of it."""
    with whole_file(path) as stream:
        stream.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file beside ``path`` to write into; it takes the place of ``path`` when all went well, else it goes."""
    beside = abandoned.beside(path.absolute(), "new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        abandoned.clear(path.absolute())
        with new_file(beside) as stream, abandoned.held(beside):
            yield stream
        beside.replace(path)
        _settle(path.parent)
    except OSError as refusal:
        raise _unwritable(path, refusal) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is not there yet, to write into; it is on the disk afterwards."""
    with path.open("xb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One command at a time reads, changes and writes a folder; another one waits. Where the system cannot, nobody does."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder beside ``folder`` to fill; it takes the place of ``folder`` when all went well, else it goes.

    The former folder is kept until the new one stands, and comes back if it cannot. What a killed run left goes first.
    """
    folder = folder.absolute()
    beside, former = abandoned.beside(folder, "new"), abandoned.beside(folder, "former")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        abandoned.clear(folder)
        beside.mkdir()
    except OSError as refusal:
        raise _unwritable(folder, refusal) from None
    try:
        with abandoned.held(beside):
            yield beside
        _take_place(beside, folder, former)
    except OSError as refusal:
        raise _unwritable(folder, refusal) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)


def _take_place(beside: Path, folder: Path, former: Path) -> None:
    for inside in sorted(path for path in beside.rglob("*") if path.is_dir()):
        _settle(inside)
    _settle(beside)
    had_one = folder.exists()
    if had_one:
        folder.rename(former)
    try:
        beside.rename(folder)
    except OSError:
        if had_one:
            former.rename(folder)
        raise
    _settle(folder.parent)


def _settle(folder: Path) -> None:
    """Ask the system to put a folder's entries on the disk; some systems cannot, and then the rename has to do."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, refusal: OSError) -> Faults:
    says = f"{quoted(path.name)} cannot be written: {refusal.strerror or 'the system refused'}. Nothing was changed."
    return _fault("file.unwritable", path.name, says, "Check the rights of the folder and the space on the disk.")
