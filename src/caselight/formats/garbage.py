"""When not to look for circular garbage: while an inspection is read, settled and counted, because none is made.

The search walks through every object there is, again and again as they grow in number; with a million rows that is
half the time. What is not circular is freed at once as always.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside: list[bool] = []  # for each that is inside, whether the search was on when it came; the first tells how it was


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circular garbage meanwhile; as before once the last is out, of this thread and every other."""
    with _lock:
        _inside.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if len(_inside) > 1:
                _inside.pop()
            elif _inside.pop():
                gc.enable()
