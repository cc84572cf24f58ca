"""A PostgreSQL on a disk that fails when told to, and that somebody starts again when it has stopped itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.evidence.failing import Failing
from tests.evidence.shim import library
from tests.postgres import Cluster, NotStarted


class FailingCluster(Cluster):
    """A cluster whose server and all its processes carry ``shim/failing.c``."""

    def __init__(self, folder: Path, control: Path) -> None:
        Failing(control)  # the library maps it when a process begins
        self._under = {
            "LD_PRELOAD": str(library("failing", folder)),
            "FAILING_FOLDER": str(folder / "postgresql" / "data"),
            "FAILING_CONTROL": str(control),
        }
        self._kept_port = 0
        super().__init__(folder, durable=True)

    def _as_user(self) -> dict[str, object]:
        plain = super()._as_user()
        return plain | {"env": {**plain["env"], **self._under}}  # type: ignore[dict-item]

    def _wait(self) -> None:
        self.port = self._kept_port or self.port
        super()._wait()

    def start_again(self) -> None:
        """On the same port as before, so that its address stays."""
        self._kept_port = self.port
        with suppress(NotStarted):  # the disk still fails: the next try comes soon
            self.start(f"port={self.port}")


@contextmanager
def serving_from_a_failing_disk(folder: Path, control: Path) -> Iterator[str]:
    """The address of an empty database; the server is started again whenever it has ended, as a service manager does."""
    cluster, over = FailingCluster(folder, control), threading.Event()

    def keep() -> None:
        while not over.wait(0.1):
            if cluster.process is None or cluster.process.poll() is not None:
                cluster.start_again()

    cluster.start()
    keeper = threading.Thread(target=keep, daemon=True)
    try:
        address = cluster.new_database()
        keeper.start()
        yield address
    finally:
        over.set()
        if keeper.is_alive():
            keeper.join(70)
        cluster.halt()
