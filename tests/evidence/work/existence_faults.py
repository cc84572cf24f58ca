"""The faults that are planted for S3, each by a careless hand in one place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from caselight.store.inspections import access
from caselight.store.inspections.models import Inspection, Membership
from caselight.web.design import visits
from caselight.web.home import views as home


@contextmanager
def tells() -> Iterator[None]:
    """Whoever may not know that something is there is told that they may not do it, and so that it is there."""
    with patch.object(access, "known", lambda asked, *_: bool(asked.inspection)):
        yield


@contextmanager
def asks_more() -> Iterator[None]:
    """Of what is there, the team is counted before it is refused."""
    with _after_scope(Membership.objects.count):
        yield


@contextmanager
def takes_longer() -> Iterator[None]:
    """What is there takes ten milliseconds more."""
    with _after_scope(lambda: time.sleep(0.01)):
        yield


@contextmanager
def counts_all() -> Iterator[None]:
    """A list says of how many in all it shows some."""
    table = home.table

    def careless(mine: Any, said: Any) -> Any:
        made = table(mine, said)
        return replace(made, caption=f"{made.caption}, of {Inspection.objects.count()}")

    with patch.object(home, "table", careless):
        yield


@contextmanager
def _after_scope(act: Any) -> Iterator[None]:
    real = visits.scope

    def scope(*asked: Any) -> Any:
        found = real(*asked)
        if found.inspection:
            act()
        return found

    with patch.object(visits, "scope", scope):
        yield
