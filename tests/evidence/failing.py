"""Switches the failures of ``shim/failing.c`` on and off, from whatever process maps the same file."""

from __future__ import annotations

import errno
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from random import Random

LAYOUT = struct.Struct("<qqqqq")  # as struct control: skip, times, error, half, failed
FOR_EVER = 1 << 40


@dataclass(frozen=True)
class Failure:
    """After ``skip`` calls the next ``times`` fail with ``error``, writes perhaps after their first half."""

    skip: int
    times: int
    error: int
    half: bool

    @classmethod
    def drawn(cls, chance: Random, furthest: int) -> Failure:
        """Any failure within so many calls: one, a few, or all from then on."""
        return cls(
            chance.randrange(furthest),
            chance.choice((1, 3, FOR_EVER)),
            chance.choice((errno.ENOSPC, errno.EIO)),
            chance.random() < 0.3,
        )

    def __str__(self) -> str:
        many = "all" if self.times == FOR_EVER else str(self.times)
        return f"{errno.errorcode[self.error]} after {self.skip} calls, {many} of them{', half written' if self.half else ''}"


class Failing:
    """The control file of one run."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(LAYOUT.size))
            path.chmod(0o666)  # a database server runs as somebody else
        with path.open("r+b") as file:
            self._mapped = mmap.mmap(file.fileno(), LAYOUT.size)

    def arm(self, failure: Failure) -> None:
        """From now on calls count."""
        self._mapped[:] = LAYOUT.pack(failure.skip, failure.times, failure.error, failure.half, 0)

    def disarm(self) -> int:
        """Nothing fails any more; how many calls did."""
        failed: int = LAYOUT.unpack(self._mapped[:])[4]
        self._mapped[:] = bytes(LAYOUT.size)
        return failed
