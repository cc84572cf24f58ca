"""Runs where Django is set up: records answers while writes and flushes fail, and holds the database against receipts."""

from __future__ import annotations

import ctypes
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from tests.evidence import writing
from tests.evidence.failing import Failing, Failure
from tests.evidence.judging import Verdict, compared, judged
from tests.evidence.witnessed import witnessed

NEAR = {"sqlite": 60, "postgresql": 8}  # calls within which a failure begins: those of a few commits
FAR = {"sqlite": 1500, "postgresql": 100}  # and those of many, with what is written back to the tables
PATIENCE_SECONDS = 60.0
BALLAST = 64 * 1024
PRIVATE_MOUNTS = 0x00020000  # CLONE_NEWNS


def points(*, folder: str, control: str, seed: int, trials: int, fault: str = "") -> dict[str, Any]:
    """So many points at which the disk fails; what came of them."""
    _planted(fault)
    writing.prepare()
    from django.db import connection

    failing, chance = Failing(Path(control)), Random(seed)
    found = _Found(Path(folder), seed)
    for number in range(trials):
        far = number % 5 == 4
        failure = Failure.drawn(chance, (FAR if far else NEAR)[connection.vendor])
        failing.arm(failure)
        found.sends(chance.randint(4, 12) if far else chance.randint(1, 4), 20 if far else 1)
        if far and connection.vendor == "postgresql":
            _write_back()
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
        self.heads: list[dict[str, Any]] = []
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
            self._heads()
            self._tried(writing.witness)

    def _sent(self, events: list[Any]) -> bool:
        receipts = self._tried(lambda: writing.record(events))
        if receipts is None:
            return False
        self.given.update((receipt.op_id, asdict(receipt)) for receipt in receipts)
        return True

    def _heads(self) -> bool:
        """Whether heads of all chains that grew are written."""
        heads = self._tried(writing.heads)
        self.heads += heads or []
        return heads is not None

    def _tried(self, work: Callable[[], Any]) -> Any:
        """What it gives, or None where it was refused as it must be refused."""
        from django.db import close_old_connections

        from caselight.method.faults import Faults

        close_old_connections()  # as each request does
        try:
            return work()
        except Faults as faults:
            self.codes.update(fault.code for fault in faults.faults)
        except Exception as error:  # noqa: BLE001 - whatever else comes is what must not come
            self.wrong_now.append(f"a traceback instead of a fault: {type(error).__name__}: {error}")
        return None

    def settles(self, what: str) -> None:
        """The disk is well again: what was acknowledged is there, and what was refused is taken now, unaided."""
        self.wrong_now += self._verdict().said
        late = [events for events in self.owed if not self._sent(events)]
        if late:
            self.wrong_now.append(f"{len(late)} messages were still refused afterwards")
        if not self._heads():
            self.wrong_now.append("heads were still refused afterwards")
        self.owed.clear()
        self.broken += bool(self.wrong_now)
        self.said += [f"{what}: {one}" for one in self.wrong_now]
        self.wrong_now.clear()

    def _verdict(self) -> Verdict:
        from django.db import close_old_connections, connection

        from caselight.store.audit.keys import public_key

        if connection.vendor == "sqlite":
            verdict = judged(self.folder, self.given)
        else:
            _wait_for_server()
            verdict = compared(_asking(connection), self.given)
        close_old_connections()
        # One cut short stays where the disk would not even take it back.
        torn = self.failed + 1
        verdict.wrong += witnessed(self.folder / "heads", _asking(connection), self.heads, public_key(), torn=torn)
        return verdict

    def told(self) -> dict[str, Any]:
        """All of it, as plain values; what was acknowledged is there at the very end, too."""
        last = self._verdict().said
        return {
            "broken": max(self.broken, bool(last)),
            "said": self.said + last,
            "failed_calls": self.failed,
            "acknowledged": len(self.given),
            "heads": len(self.heads),
            "refused": dict(self.codes),
        }


def _write_back() -> None:
    """Have PostgreSQL write its tables; it may fail, and say so to nobody but us."""
    from django.db import DatabaseError, close_old_connections, connection

    close_old_connections()
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def _wait_for_server() -> None:
    """A server that stopped itself is coming back; the last error when it does not."""
    from django.db import DatabaseError, close_old_connections, connection

    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        close_old_connections()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            if time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.05)
        else:
            return


def _asking(connection: Any) -> Callable[[str], Iterable[tuple[Any, ...]]]:
    def ask(query: str) -> Iterable[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    return ask


def _planted(fault: str) -> None:
    """``swallow``: what cannot be written is passed over, so that a receipt is given for what is not there; ``ahead``."""
    if fault == "ahead":
        writing.plant_ahead()
    if fault != "swallow":
        return
    from django.db import DatabaseError

    from caselight.store.assessments.actions import recording
    from caselight.store.assessments.receipts import Committed

    commit = recording._commit

    def swallowing(messages: Any, at: Any) -> Any:
        try:
            return commit(messages, at)
        except DatabaseError:
            made = [(event.op_id, event.payload_sha256, "swallowed", 1, "0" * 64) for event in messages[0].events]
            return [tuple(Committed(*one) for one in made)]

    recording._commit = swallowing
