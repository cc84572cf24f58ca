"""The folder of a demonstration: never one that holds anything else, and emptied only where somebody asked for that.

A file in it says that it is one, whether it was made whole, and until when its fieldwork lasts. Nothing is signed in to
without a password, and nothing is ever cleared away, where that file is not.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from datetime import date
from pathlib import Path

from caselight.method.faults import Fault, stop

MARK, LOCK, NEW = "demonstration.json", "demonstration.lock", "demonstration.new"
WHAT, UNTIL = "a demonstration of Caselight", "until"
OURS = frozenset({LOCK, NEW})  # all that is there when somebody ended it while the mark was written


def claim(folder: Path) -> int:
    """Take a folder for a demonstration, and give the lock that must stay open as long as it is used.

    Raises ``demo.other-folder`` where it holds something else, and ``demo.running`` where it is in use.
    """
    if not is_one(folder) and not _free(folder):
        says = f"The folder {folder} holds something that is no demonstration, and is left as it is."
        cure = "Name a folder that is empty or not there: --data FOLDER."
        stop(Fault("demo.other-folder", (str(folder),), says, cure))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        says = "A demonstration is being served from this folder."
        cure = "Go to the address that it printed, end it with Ctrl+C where it runs, or name another folder: --data FOLDER."
        stop(Fault("demo.running", (str(folder),), says, cure))
    if not is_one(folder):
        _write(folder, "")
    return handle


def is_one(folder: Path) -> bool:
    """Whether a folder is a demonstration's."""
    return bool(_read(folder))


def until(folder: Path) -> date | None:
    """The last day of fieldwork in a demonstration that was made whole; None where it was cut off while it was made."""
    day = _read(folder).get(UNTIL)
    return date.fromisoformat(day) if day else None


def clear(folder: Path) -> None:
    """Empty a demonstration's folder, but for what says that it is one."""
    if not is_one(folder):
        raise AssertionError("only a demonstration is cleared away")
    _write(folder, "")
    for one in folder.iterdir():
        if one.name not in (MARK, LOCK):
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def made(folder: Path, last: date) -> None:
    """Say that it is whole, and until which day it is in the middle of its fieldwork."""
    _write(folder, last.isoformat())


def _free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and OURS.issuperset(one.name for one in folder.iterdir()))


def _read(folder: Path) -> dict[str, str]:
    try:
        said = json.loads((folder / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and said.get("what") == WHAT else {}


def _write(folder: Path, until: str) -> None:
    new = folder / NEW
    new.write_text(json.dumps({"what": WHAT, UNTIL: until}) + "\n", "utf-8")
    new.replace(folder / MARK)
