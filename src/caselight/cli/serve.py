"""``caselight serve``: the team's Caselight, served by gunicorn in this process once nothing speaks against it."""

from __future__ import annotations

import ctypes
import gc
import signal
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json
from caselight.method.faults import Fault, stop

# M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h: one place for all threads; what is larger than
# 64 KiB goes back to the system as soon as it is done with, and so does what is free at the end of the place.
MEMORY = ((-8, 1), (-3, 65_536), (-1, 65_536))
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
COLLECTED = (2_000, 5, 5)  # new objects until the new are searched; such searches until older ones, until all are


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="N", help="The port (default: 8000).")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address to listen at (default: 127.0.0.1).")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Processes; one on SQLite (default: 1)."
)
@click.option(
    "--threads", type=click.IntRange(1, 256), default=8, metavar="N", help="Threads of each process (default: 8)."
)
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what is served; the log is JSON in any case.")
def serve(port: int, host: str, workers: int, threads: int, *, as_json: bool) -> None:
    """Serve Caselight to a team, after looking whether the database is as this version needs it."""
    open_store()
    from caselight.procedures.serving.starting import prepare

    prepare()
    address = f"{host}:{port}"
    if as_json:
        say_json({"address": address, "workers": workers, "threads": threads})
    run_server({"bind": [address], "workers": workers, "threads": threads})


def _begin(worker: Any) -> None:
    from caselight.procedures.serving import keeping

    # A terminal sends Ctrl+C to everybody, and the server then ends its workers. To be told twice at once locks one up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    share_memory()
    collect_often()
    worker.keeping = keeping.begin(lambda: datetime.now(UTC))


ALWAYS: dict[str, Any] = {
    "worker_class": "gthread", "keepalive": 75, "graceful_timeout": 20, "timeout": 60, "control_socket_disable": True,
    "post_worker_init": _begin, "proc_name": "caselight",
}  # fmt: skip


def refuse_elsewhere(addresses: list[str]) -> None:
    """``Faults`` where a demonstration, in which nobody needs a password, would be open to more than this machine."""
    elsewhere = [one for one in addresses if one.rpartition(":")[0] not in LOOPBACK]
    if elsewhere:
        says = f"A demonstration is served to this machine alone, and not at {', '.join(elsewhere)}."
        stop(Fault("demo.elsewhere", ("host",), says, "Serve it with caselight demo, at 127.0.0.1."))


def share_memory() -> None:
    """Let all threads take memory from one place, and give it back, where the system's C library is glibc.

    It else gives each thread a place of its own: eight threads that each had a large message once would keep eight times
    its memory. Python lets one thread at a time work anyhow, so that none waits for another here. And it else keeps ever
    larger pieces after the first large message, between which small ones are scattered: what is held would creep up.
    """
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        for what, value in MEMORY:
            library.mallopt(what, value)


def collect_often() -> None:
    """Look for circular garbage often, unlike a command that lives for seconds (``cli.main``).

    Django's requests refer to themselves, each with the message that came in: a process that serves for weeks would
    hold hundreds. What is loaded by now stays, so it is never looked through again, and a search is short.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # loads every address, which the first request would do otherwise
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    gc.collect()  # from which the next search of everything is measured


def run_server(options: dict[str, Any]) -> None:
    """Serve in this process until it is ended; ``options`` are gunicorn's, beside those that always hold."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger

    if settings.DEMONSTRATION:
        refuse_elsewhere(options["bind"])

    class Plain(Logger):  # type: ignore[misc]
        """Says everything through our log, where nothing personal passes."""

        def setup(self, cfg: Any) -> None:
            self.cfg = cfg
            self.error_log.propagate = True

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {**ALWAYS, **options, "logger_class": Plain}.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return get_wsgi_application()

    Server().run()
