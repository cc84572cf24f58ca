"""The server under test: ``caselight serve`` as a team runs it, in processes of its own, with the cast in its database.

with serving("sqlite", run.folder) as server:
    post(server.url + "/api/…", token=server.tokens["i1"])
    server.kill()
    server.restart()
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.evidence.databases import environment, migrated
from tests.evidence.django_run import ROOT, WorkFailed, in_django
from tests.evidence.promise import Run

PATIENCE_SECONDS = 40.0


class Server:
    """One served Caselight; its database, folder, port and tokens stay when it is killed and started again."""

    def __init__(self, folder: Path, address: str, *, workers: int = 1, threads: int = 8) -> None:
        self.folder, self.address = folder, address
        self.workers, self.threads = workers, threads
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.tokens: dict[str, str] = {}
        self.env: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """gunicorn's master, which is also the group of all its processes."""
        assert self.process is not None
        return self.process.pid

    @property
    def worker_pids(self) -> list[int]:
        """The processes that answer."""
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, check=False)
        return [int(word) for word in children.stdout.split()]

    @property
    def log(self) -> str:
        """All that was logged, over all starts."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def start(self) -> None:
        """Start it and wait until it answers; ``WorkFailed`` with the end of its log where it does not."""
        command = [sys.executable, "-m", "caselight.cli.main", "serve", "--port", str(self.port)]
        command += ["--workers", str(self.workers), "--threads", str(self.threads)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=ROOT, start_new_session=True,
                env={**os.environ, **environment(self.folder, self.address), **self.env},
            )  # fmt: skip
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise WorkFailed(f"The server did not start:\n{self.log[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """``kill -9`` to the master and all workers at one moment."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Start it again on the same port and database, however it ended."""
        self.kill()
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait()
        self.process = None


@contextmanager
def serving(
    database: str,
    folder: Path,
    workers: int = 1,
    threads: int = 8,
    *,
    env: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A server with the seeded cast (``tests.factories.store``) and a token for each of them; ended with the block.

    ``database`` is ``sqlite``, ``postgresql``, or the address of an empty database; ``env`` adds to its environment,
    such as other settings with a fault planted in them.
    """
    run = Run(0, 0, database, folder)
    given = "://" in database
    address = database if given else migrated(run)
    server = Server(folder, address, workers=workers, threads=threads)
    server.env = dict(env or {})
    server.tokens = in_django(run, "tests.evidence.work.seeding:seed", database=address, migrate=given)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
