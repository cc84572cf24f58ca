"""A folder checked again each time something in it is saved, and what that changed among its faults.

The files are looked at, not the clock: their sizes and times of change are compared at every turn, and how long a turn
lasts is for whoever asks. A save is checked once the files have stood still for a turn, so that none is read half written.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.framework_yaml import shared_parts
from caselight.method.faults import Fault
from caselight.procedures.checking import Checked, check_folder

Stamps = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """A check whose faults differ from those of the check before: those that came, and those that went."""

    checked: Checked
    came: tuple[Fault, ...]
    went: tuple[Fault, ...]


def watch(folder: Path, wait: Callable[[], None]) -> Iterator[Change]:
    """Check a folder now, and again after each save; gives the first check and then those that find other faults.

    ``wait`` is called between two looks at the files and ends the watch by raising. A fault that only moved to another
    line is the same fault.
    """
    seen = _stamps(folder)
    checked = check_folder(folder)
    yield Change(checked, checked.faults, ())
    while True:
        wait()
        now = _stamps(folder)
        if now == seen:
            continue
        seen = _settled(folder, now, wait)
        before, checked = checked, check_folder(folder)
        change = Change(checked, _without(checked.faults, before.faults), _without(before.faults, checked.faults))
        if change.came or change.went:
            yield change


def _settled(folder: Path, now: Stamps, wait: Callable[[], None]) -> Stamps:
    """The stamps of the files once two looks in a row find the same."""
    before: Stamps | None = None
    while now != before:
        before = now
        wait()
        now = _stamps(folder)
    return now


def _stamps(folder: Path) -> Stamps:
    """Size and time of change of every file that a check may read, by its path."""
    stamps: Stamps = {}
    for path in (*_files(folder), *shared_parts(folder)):
        try:
            status = path.stat()
        except OSError:  # it went while we looked
            continue
        stamps[str(path)] = (status.st_size, status.st_mtime_ns)
    return stamps


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder, hidden ones and those in hidden folders left out; a zip is itself."""
    if folder.is_file():
        yield folder
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _without(faults: Iterable[Fault], others: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that are not among the others, wherever in their file they stand."""
    known = Counter(map(_said, others))
    left = []
    for fault in faults:
        if known[_said(fault)]:
            known[_said(fault)] -= 1
        else:
            left.append(fault)
    return tuple(left)


def _said(fault: Fault) -> tuple[str, str, str]:
    return fault.code, fault.place.file if fault.place else "", fault.says
