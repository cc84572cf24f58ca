"""Runs where Django is set up: records answers while writes and flushes fail, and holds the database against receipts."""

from __future__ import annotations

import ctypes
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from tests.evidence import writing
from tests.evidence.failing import Failing, Failure
from tests.evidence.judging import Verdict, compared, judged

NEAR, FAR = 60, 1500  # calls within which a failure begins: some commits, or some write-backs of the log
BALLAST = 64 * 1024
PRIVATE_MOUNTS = 0x00020000  # CLONE_NEWNS


def points(*, folder: str, control: str, seed: int, trials: int, fault: str = "") -> dict[str, Any]:
    """So many points at which the disk fails; what came of them."""
    _planted(fault)
    writing.prepare()
    failing, chance = Failing(Path(control)), Random(seed)
    found = _Found(Path(folder), seed)
    for number in range(trials):
        far = number % 5 == 4
        failure = Failure.drawn(chance, FAR if far else NEAR)
        failing.arm(failure)
        found.sends(chance.randint(4, 12) if far else chance.randint(1, 4), 20 if far else 1)
        found.failed += failing.disarm()
        found.settles(str(failure))
    return found.told()


def filled(*, folder: str, seed: int, trials: int, fault: str = "") -> dict[str, Any]:
    """The same on a file system of 8 MB that is really filled; ``refused`` where this machine lets nobody mount one."""
    if not _small(Path(folder)):
        return {"refused": True}
    from caselight.procedures.serving.upgrading import upgrade

    upgrade()
    _planted(fault)
    writing.prepare()
    chance, ballast = Random(seed), Path(folder) / "ballast"
    found = _Found(Path(folder), seed)
    for _ in range(trials):
        left = chance.randrange(BALLAST)
        _fill(ballast, left)
        found.sends(chance.randint(4, 12), 20)
        ballast.unlink()
        found.settles(f"a full disk with {left} bytes left")
    return found.told()


def _small(folder: Path) -> bool:
    """A small file system of this process alone."""
    if ctypes.CDLL(None).unshare(PRIVATE_MOUNTS):
        return False
    private = ["mount", "--make-rprivate", "/"]
    mounted = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    return all(subprocess.run(one, capture_output=True, check=False).returncode == 0 for one in (private, mounted))


def _fill(ballast: Path, left: int) -> None:
    """Take all room but so many bytes."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() - left))


class _Found:
    """What was sent, what was acknowledged, and what was wrong."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.messages = folder, writing.Messages(0, seed)
        self.given: dict[str, dict[str, Any]] = {}
        self.owed: list[list[Any]] = []
        self.codes: Counter[str] = Counter()
        self.failed = self.broken = 0
        self.said: list[str] = []
        self.wrong_now: list[str] = []

    def sends(self, batches: int, many: int) -> None:
        """Send some messages while the disk fails; what was refused is owed."""
        for _ in range(batches):
            self.messages.heads.clear()  # nothing builds on what may be refused
            events = [self.messages.one() for _ in range(many)]
            if not self._sent(events):
                self.owed.append(events)

    def _sent(self, events: list[Any]) -> bool:
        from caselight.method.faults import Faults

        try:
            receipts = writing.record(events)
        except Faults as faults:
            self.codes.update(fault.code for fault in faults.faults)
            return False
        except Exception as error:  # noqa: BLE001 - whatever else comes is what must not come
            self.wrong_now.append(f"a traceback instead of a fault: {type(error).__name__}: {error}")
            return False
        self.given.update((receipt.op_id, asdict(receipt)) for receipt in receipts)
        return True

    def settles(self, what: str) -> None:
        """The disk is well again: what was acknowledged is there, and what was refused is taken now, unaided."""
        self.wrong_now += self._verdict().said
        late = [events for events in self.owed if not self._sent(events)]
        if late:
            self.wrong_now.append(f"{len(late)} messages were still refused afterwards")
        self.owed.clear()
        self.broken += bool(self.wrong_now)
        self.said += [f"{what}: {one}" for one in self.wrong_now]
        self.wrong_now.clear()

    def _verdict(self) -> Verdict:
        from django.db import connection

        if connection.vendor == "sqlite":
            return judged(self.folder, self.given)
        connection.close_if_unusable_or_obsolete()
        return compared(_asking(connection), self.given)

    def told(self) -> dict[str, Any]:
        """All of it, as plain values; what was acknowledged is there at the very end, too."""
        last = self._verdict().said
        return {
            "broken": self.broken + bool(last),
            "said": self.said + last,
            "failed_calls": self.failed,
            "acknowledged": len(self.given),
            "refused": dict(self.codes),
        }


def _asking(connection: Any) -> Callable[[str], Iterable[tuple[Any, ...]]]:
    def ask(query: str) -> Iterable[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    return ask


def _planted(fault: str) -> None:
    """``swallow``: a commit that fails is passed over, so that a receipt is given for what is not there."""
    if fault != "swallow":
        return
    from django.db import DatabaseError, connection

    commit = connection._commit

    def swallowing() -> None:
        try:
            commit()
        except DatabaseError:
            connection._rollback()

    connection._commit = swallowing
