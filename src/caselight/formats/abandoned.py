"""What a run that was killed left beside its output: a hidden file or folder that nobody writes any more.

Whoever writes holds a lock on it that ends with the process, however it ends. Where the system has no such locks,
nothing is cleared, and the leftover says by its name what it is.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

log = logging.getLogger("caselight.files")
_HIDDEN = re.compile(r"\.(?P<name>.+)\.(?P<mark>new|former)-(?P<process>\d+)", re.DOTALL)


def beside(path: Path, mark: str) -> Path:
    """A hidden name in the same folder, so that moving is a rename; a process writes one output at a time."""
    return path.with_name(f".{path.name}.{mark}-{os.getpid()}")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Says to others that ``path`` is being written, for as long as the process lives."""
    handle = _lock(path)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def clear(path: Path) -> None:
    """Take away what killed runs left beside ``path``, and say so; a former output that was in their hands comes back."""
    try:
        with os.scandir(path.parent) as entries:  # names alone: a folder may hold thousands of files
            names = [entry.name for entry in entries]
    except OSError:
        return
    for name in sorted(names):
        found = _HIDDEN.fullmatch(name) if name.startswith(f".{path.name}.") else None
        if (
            found is None
            or found["name"] != path.name
            or not _is_abandoned(path.with_name(name), int(found["process"]))
        ):
            continue
        if found["mark"] == "former" and not path.exists():
            path.with_name(name).rename(path)
            log.warning("A run that was ended in the middle had %s in its hands; it is back.", path.name)
        else:
            _remove(path.with_name(name))
            log.warning("A run that was ended in the middle had left a part of %s; it was removed.", path.name)


def _lock(path: Path) -> int | None:
    """A lock on a file or folder; None where somebody has it, or where the system has none."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _is_abandoned(path: Path, process: int) -> bool:
    """Whether its process is gone and nobody holds it. In a container every run may have the same number as we."""
    handle = _lock(path)
    if handle is None:
        return False
    os.close(handle)
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)  # asks whether it is there, and does nothing to it
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
