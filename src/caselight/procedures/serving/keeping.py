"""What is kept up beside the serving, every quarter of an hour: signed heads, unfinished purges, lists left behind,
sessions that ran out.

One thread of one process does it, whichever holds the lock file in the data folder, on a connection of its own that is
closed after each round. A round that fails is said in the log and tried again with the next.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connections

EVERY_SECONDS = 15 * 60
LOCK = "keeping.lock"
BY = "caselight"  # who the audit names where nobody asked

log = logging.getLogger("caselight.keeping")


def begin(clock: Callable[[], datetime], *, every_seconds: float = EVERY_SECONDS) -> threading.Event:
    """Start the thread; setting the event that is returned ends it after its round."""
    ended = threading.Event()
    threading.Thread(target=_keep, args=(clock, every_seconds, ended), name="keeping", daemon=True).start()
    return ended


def _keep(clock: Callable[[], datetime], every_seconds: float, ended: threading.Event) -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.DATA / LOCK).open("w") as lock:
        while not ended.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                pass  # another process keeps; it may end, so we go on asking
            else:
                once(clock())
            ended.wait(every_seconds)


def once(at: datetime) -> None:
    """One round: each piece of work by itself, so that none stops the others."""
    for name, work in WORK.items():
        try:
            work(at)
        except Exception:  # the round goes on, and the log says what failed
            log.exception("Keeping up failed", extra={"work": name})
        finally:
            connections.close_all()


def _heads(at: datetime) -> None:
    from caselight.store.audit.heads import write_heads

    write_heads(at=at)


def _purges(at: datetime) -> None:
    from caselight.store.identities.actions.purges import reapply, resume

    reapply(by=BY, at=at)
    resume(by=BY, at=at)


def _lists(at: datetime) -> None:
    from caselight.store.caseloads.drafts import drop_old_drafts

    drop_old_drafts(at=at)


def _sessions(at: datetime) -> None:
    from caselight.store.accounts.sessions import forget_sessions

    forget_sessions(at=at)


WORK: dict[str, Callable[[datetime], object]] = {
    "purges": _purges, "heads": _heads, "lists": _lists, "sessions": _sessions,
}  # fmt: skip
