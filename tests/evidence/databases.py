"""A fresh database for each run of an attack: a file in its folder, or one of a PostgreSQL that this process started.

There are two such servers, each started when it is first needed, and both end with the process: one with every safeguard
against a crash on, and a ``lively`` one for attacks that have nothing to do with a crash. A migrated database is made
once on each, and copied from then on.
"""

from __future__ import annotations

import atexit
import shutil
import signal
import sys
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import current_thread, main_thread

from tests.evidence.promise import POSTGRESQL, Run
from tests.evidence.shim import in_memory
from tests.postgres import Cluster, running

STACK = ExitStack()
atexit.register(STACK.close)


@cache
def postgresql(*, lively: bool) -> Cluster:
    """This process's own server, started at the first call."""
    if current_thread() is main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whoever ends us ends the server too
    folder = Path(tempfile.mkdtemp(prefix="caselight-pg-", dir=in_memory() if lively else None))
    STACK.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)  # the server's user passes through; its own folder is shut to everybody else
    return STACK.enter_context(running(folder, durable=not lively))


def fresh(run: Run) -> str:
    """The address (CASELIGHT_DATABASE) of an empty database for this run."""
    if run.database == POSTGRESQL:
        return postgresql(lively=run.lively).new_database()
    return f"sqlite:///{run.folder / 'store.sqlite3'}"


def migrated(run: Run) -> str:
    """The address of a database for this run that ``caselight set-up`` has filled, and nobody else."""
    if run.database == POSTGRESQL:
        return postgresql(lively=run.lively).new_database(like=_template(run.database, run.lively))
    shutil.copy(_template(run.database, False).removeprefix("sqlite:///"), run.folder / "store.sqlite3")
    return fresh(run)


@cache
def _template(database: str, lively: bool) -> str:
    """A migrated database that nobody is connected to."""
    from tests.evidence.django_run import in_django

    folder = Path(tempfile.mkdtemp(prefix="caselight-template-"))
    STACK.callback(shutil.rmtree, folder, ignore_errors=True)
    run = Run(0, 0, database, folder, lively=lively)
    address = fresh(run)
    in_django(run, "os:getpid", database=address, migrate=True)
    return address


def environment(folder: Path, address: str) -> dict[str, str]:
    """The settings of a Caselight whose data lie in ``folder`` and whose database is at ``address``."""
    return {
        "CASELIGHT_DATA": str(folder),
        "CASELIGHT_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "caselight.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
