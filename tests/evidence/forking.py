"""A process with Django ready, which forks one for each piece of work: its settings are read anew, its imports are not.

    python -m tests.evidence.forking SOCKET        serves until its standard input closes

Each connection sends one piece of work and a file for what is printed, and is answered with one line of JSON; without
an answer the work's process was ended. No connection to a database is ever opened before a fork.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module, reload
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
SETTINGS = "caselight.config.settings"
PRELOADED = ("caselight.config.urls", "caselight.procedures.serving.upgrading", "django.test", "tests.factories.store")


class Forked:
    """A piece of work that runs in a process forked for it."""

    def __init__(self, function: str, env: Mapping[str, str], told: str) -> None:
        self.function = function
        self.said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.line.connect(_server())
        socket.send_fds(self.line, [b"\0"], [self.said.fileno()])
        self.line.sendall(json.dumps({"env": dict(env), "told": told}).encode() + b"\n")

    def ended(self) -> tuple[str | None, str]:
        """The answer as JSON, or None where it failed; and what was printed."""
        with self.line, self.said:
            answer = self.line.makefile("rb").read()
            self.said.seek(0)
            return answer.decode() or None, self.said.read().decode("utf-8", "replace")


@cache
def _server() -> str:
    """Start this process's own server; where it listens."""
    folder = tempfile.TemporaryDirectory(prefix="caselight-forking-")
    _ALIVE.append(folder)
    path = f"{folder.name}/socket"
    env = {**os.environ, "CASELIGHT_DATA": folder.name, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONWARNINGS": "ignore"}
    env.pop("CASELIGHT_DATABASE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.evidence.forking", path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=env,
    )  # fmt: skip
    _ALIVE.append(process)
    assert process.stdout is not None
    if process.stdout.readline() != b"ready\n":
        raise RuntimeError("The process that forks did not start.")
    return path


_ALIVE: list[Any] = []  # the server's standard input closes with this process, and so the server ends


def main(path: str) -> None:
    """Load what all work needs, then fork for each connection."""
    import django

    django.setup()
    for name in PRELOADED:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(64)
    print("ready", flush=True)  # noqa: T201
    waiting = selectors.DefaultSelector()
    waiting.register(listener, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    while True:
        if any(key.fileobj is sys.stdin for key, _ in waiting.select()):
            return
        line, _ = listener.accept()
        if os.fork() == 0:
            waiting.close()
            listener.close()
            _child(line)
        line.close()


def _child(line: socket.socket) -> None:
    """Do one piece of work, answer, and end without a word more."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # work that forks waits for its own
    _, files, _, _ = socket.recv_fds(line, 1, 1)
    for standard in (1, 2):
        os.dup2(files[0], standard)
    os.close(files[0])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    status = 1
    try:
        asked = json.loads(line.makefile("rb").readline())
        _settings_of(asked["env"])
        answer = _done(json.loads(asked["told"]))
        line.sendall(answer.encode())
        status = 0
    except BaseException:  # noqa: BLE001 - a child never returns into the server's loop
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _settings_of(env: Mapping[str, str]) -> None:
    """What a process that began with this environment would have read."""
    from django.conf import settings
    from django.db import connections
    from django.utils.log import configure_logging

    os.environ.update(env)
    tempfile.tempdir = None
    for name, value in vars(reload(import_module(SETTINGS))).items():
        if name.isupper():  # one by one: applications have added defaults of their own
            setattr(settings, name, value)
    for name in ("settings", "databases"):
        connections.__dict__.pop(name, None)
    connections._settings = None
    for alias in connections:
        if hasattr(connections._connections, alias):
            delattr(connections._connections, alias)
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


def _done(work: Mapping[str, Any]) -> str:
    from django.db import connections
    from tests.evidence.django_run import worked

    try:
        return json.dumps(worked(work))
    finally:
        connections.close_all()


if __name__ == "__main__":
    main(sys.argv[1])
