"""The ledger of destroyed keys: a file beside the keyring to which lines are only ever added.

It is written, and on disk, before a key leaves the keyring. So an old keyring that somebody puts back cannot bring a
purged person back: what the ledger names is destroyed, whatever the keyring holds. It names keys only, never people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from caselight.store.audit.durable import sync_names, write_all


class Ledger:
    """The destroyed keys of one file, read again only as far as the file has grown."""

    def __init__(self, path: Path) -> None:
        self.path, self._path = path, str(path)
        self._seen: tuple[int, int] = (0, 0)
        self._read_to = 0  # bytes
        self._ids: set[str] = set()

    def version(self) -> tuple[int, int]:
        """What changes with every destruction, also one by another process: inode and size. About one microsecond."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - asked for each text that is sealed: Path.stat takes twice as long
        except FileNotFoundError:
            return (0, 0)
        return (found.st_ino, found.st_size)

    def ids(self) -> set[str]:
        """The ids of all destroyed keys."""
        version = self.version()
        if version != self._seen:
            self._read(version)
        return self._ids

    def add(self, ids: Iterable[str]) -> None:
        """Write that keys are destroyed; on disk when this returns, ``OSError`` where it is not."""
        new = [one for one in ids if one not in self.ids()]
        if not new:
            return
        lines = "".join(json.dumps({"destroyed": one}) + "\n" for one in new)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # A newline first: a line that a power cut left half must not swallow the first of ours.
            write_all(handle, ("\n" + lines).encode())
        finally:
            os.close(handle)
        sync_names(self.path.parent)

    def _read(self, version: tuple[int, int]) -> None:
        if version[0] != self._seen[0] or version[1] < self._read_to:
            self._ids, self._read_to = set(), 0
        if version != (0, 0):
            with self.path.open("rb") as stream:
                stream.seek(self._read_to)
                text = stream.read()
            whole = text.rfind(b"\n") + 1  # a line that is still being written is read the next time
            self._ids |= {one for line in text[:whole].split(b"\n") if (one := _id(line))}
            self._read_to += whole
        self._seen = version


def _id(line: bytes) -> str:
    """The key a line names; nothing for a line that a power cut left half, which was never acknowledged."""
    try:
        return str(json.loads(line)["destroyed"])
    except (ValueError, KeyError, TypeError):
        return ""
