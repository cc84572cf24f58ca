"""A fresh database for each run of an attack: a file in its folder, or one of a PostgreSQL that this process started.

The PostgreSQL server has every safeguard against a crash on, is shared by all promises of a process, and ends with it.
"""

from __future__ import annotations

import atexit
import signal
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from threading import current_thread, main_thread

from tests.evidence.promise import POSTGRESQL, Run
from tests.postgres import Cluster, running


@cache
def postgresql() -> Cluster:
    """This process's own server, started at the first call."""
    stack = ExitStack()
    if current_thread() is main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whoever ends us ends the server too
    atexit.register(stack.close)
    return stack.enter_context(running(durable=True))


def fresh(run: Run) -> str:
    """The address (CASELIGHT_DATABASE) of an empty database for this run."""
    if run.database == POSTGRESQL:
        return postgresql().new_database()
    return f"sqlite:///{run.folder / 'store.sqlite3'}"


def environment(folder: Path, address: str) -> dict[str, str]:
    """The settings of a Caselight whose data lie in ``folder`` and whose database is at ``address``."""
    return {
        "CASELIGHT_DATA": str(folder),
        "CASELIGHT_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "caselight.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
