"""Power cuts, replayed: from a trace of ``shim/recorder.c`` to what a disk could hold after a cut at any moment.

All that was flushed is there. Of what was written after a file's last flush any part may be there, in 512-byte
pieces. Names (made, removed, renamed, linked) are durable when their folder was flushed; of later ones the first few are, in
their order, as a file system with a journal keeps them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

HEAD = struct.Struct("<c3xIQqQ")
SECTOR = 512
TORN = 0.3  # of the writes that are not flushed, this share is torn


class Step(NamedTuple):
    """One thing that was asked of the disk; ``kind`` as in the recorder."""

    kind: str
    path: str
    file: int
    at: int
    data: bytes


def read_trace(trace: Path, folder: Path) -> list[Step]:
    """The steps in their order, with paths as seen from the folder (``""`` is the folder itself)."""
    return list(_steps(trace.read_bytes(), str(folder.resolve())))


def _steps(content: bytes, folder: str) -> Iterator[Step]:
    place = 0
    while place < len(content):
        kind, path_length, file, at, length = HEAD.unpack_from(content, place)
        place += HEAD.size
        path = content[place : place + path_length].decode()
        place += path_length
        data = content[place : place + length]
        place += length
        if kind in b"rl":
            data = data.decode().removeprefix(folder).lstrip("/").encode()
        yield Step(kind.decode(), path.removeprefix(folder).lstrip("/"), file, at, data)


@dataclass
class File:
    """What is certainly on the disk, and what was asked since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)

    def whole(self) -> bytearray:
        """All of it, as the process saw it."""
        return _applied(bytearray(self.durable), self.pending)

    def flush(self) -> None:
        """What was asked becomes certain."""
        _applied(self.durable, self.pending)
        self.pending.clear()

    def survived(self, chance: Random) -> bytearray:
        """What a cut may leave: any of the pending steps, some of them in part."""
        content = bytearray(self.durable)
        for step in self.pending:
            if chance.random() < 0.5:
                continue
            if step.kind == "w" and chance.random() < TORN:
                _torn(content, step, chance)
            else:
                _applied(content, [step])
        return content


def _applied(content: bytearray, steps: list[Step]) -> bytearray:
    for step in steps:
        if step.kind == "t":
            del content[step.at :]
            content.extend(bytes(step.at - len(content)))
        else:
            _put(content, step.at, step.data)
    return content


def _put(content: bytearray, at: int, data: bytes) -> None:
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def _torn(content: bytearray, step: Step, chance: Random) -> None:
    """Of the sectors of a write, each is there or is not."""
    end = step.at + len(step.data)
    place = step.at
    while place < end:
        after = min(end, (place // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            _put(content, place, step.data[place - step.at : after - step.at])
        place = after


class Disk:
    """A disk that is told the steps of a trace one by one and can be asked at any time what a cut would leave."""

    def __init__(self, base: Mapping[str, bytes]) -> None:
        """``base``: the files that were there, and flushed, before the trace began."""
        self.files = [File(bytearray(content)) for content in base.values()]
        self.names = {name: number for number, name in enumerate(base)}  # certain
        self.seen = dict(self.names)  # as the process sees them
        self.renaming: list[Step] = []  # steps on names that are not certain
        self.numbers: dict[int, int] = {}  # by inode, which may come to mean another file

    def take(self, step: Step) -> None:
        """One step; acknowledgements change nothing here."""
        if step.kind == "o":
            self._open(step)
        elif step.kind in "wt":
            self._file(step).pending.append(step)
        elif step.kind == "s":
            self._file(step).flush()
        elif step.kind in "url":
            self.renaming.append(step)
            _name(self.seen, step)
        elif step.kind == "d":
            self._flush_names(step.path)

    def _file(self, step: Step) -> File:
        return self.files[self.numbers[step.file]]

    def _open(self, step: Step) -> None:
        if not step.at and step.path in self.seen:
            self.numbers[step.file] = self.seen[step.path]
            return
        self.numbers[step.file] = len(self.files)
        self.files.append(File())
        made = step._replace(file=self.numbers[step.file])
        self.renaming.append(made)
        _name(self.seen, made)

    def _flush_names(self, folder: str) -> None:
        kept = []
        for step in self.renaming:
            if step.path.rpartition("/")[0] == folder:
                _name(self.names, step)
            else:
                kept.append(step)
        self.renaming = kept

    def whole(self) -> dict[str, bytes]:
        """Every file as the process saw it, by its name."""
        return {name: bytes(self.files[file].whole()) for name, file in self.seen.items() if not _index(name)}

    def cut(self, chance: Random) -> dict[str, bytes]:
        """The files that a power cut at this moment may leave."""
        names = dict(self.names)
        for step in self.renaming[: chance.randint(0, len(self.renaming))]:
            _name(names, step)
        return {name: bytes(self.files[file].survived(chance)) for name, file in names.items() if not _index(name)}


def _name(names: dict[str, int], step: Step) -> None:
    if step.kind == "o":
        names[step.path] = step.file
    elif step.kind == "u":
        names.pop(step.path, None)
    elif step.path in names:
        names[step.data.decode()] = names[step.path]
        if step.kind == "r":
            del names[step.path]


def _index(name: str) -> bool:
    """Whether a file is SQLite's index of a log: it lies in memory, and is made anew after a power cut."""
    return name.endswith("-shm")


def cuts(
    steps: list[Step], base: Mapping[str, bytes], images: int, chance: Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """So many power cuts at random moments of a trace: how many steps had been taken, and what the disk then holds."""
    disk, taken = Disk(base), 0
    for moment in sorted(chance.randint(1, len(steps)) for _ in range(images)):
        for step in steps[taken:moment]:
            disk.take(step)
        taken = moment
        yield moment, disk.cut(chance)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name, but for acknowledgements and SQLite's index of a log."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".ack")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if not _index(path.name)}
