"""Small C libraries that are put before libc's own calls, compiled when they are needed and never kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 1_000_000_000  # bytes that must be free in memory


def library(name: str, folder: Path) -> Path:
    """The library compiled from ``<name>.c`` into a folder of the run."""
    made = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    command = ["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(made), str(source), "-lpthread"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{source.name} could not be compiled:\n{done.stderr[-2000:]}")
    return made


@contextmanager
def room(folder: Path) -> Iterator[Path]:
    """An empty folder for images: in memory where there is room, else in the run's own folder. Gone afterwards.

    Nothing is lost by it: the recorder keeps what was asked of a disk, whatever the disk does.
    """
    with tempfile.TemporaryDirectory(prefix="caselight-", dir=in_memory() or folder) as place:
        yield Path(place)


def in_memory() -> Path | None:
    """The folder for files that are kept in memory, where there is one with room."""
    memory = Path("/dev/shm")  # noqa: S108 - where there is room, and only for a fresh folder
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None
