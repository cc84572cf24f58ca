"""Files that are held and lie on no disk, named as in a folder: for readers that must not open anything."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Held:
    """A folder of held files, or one of them by its path; as much of a :class:`pathlib.Path` as reading needs.

    >>> files = Held({"pack/framework.yaml": b"id: x"}, "pack")
    >>> (files / "framework.yaml").is_file(), (files / "../other.yaml").is_file()
    (True, False)
    """

    files: Mapping[str, bytes]
    at: str = ""

    def __truediv__(self, name: str | PurePath) -> Held:
        return Held(self.files, posixpath.normpath(posixpath.join(self.at, str(name))))

    def is_file(self) -> bool:
        """Whether there is such a file."""
        return self.at in self.files

    def open(self, mode: str = "rb") -> BinaryIO:  # noqa: ARG002 - as a path is opened
        """Its bytes, for reading."""
        return io.BytesIO(self.files[self.at])
