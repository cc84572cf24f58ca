"""What the serving process holds in memory while 100,000 answers come in: it should stay as it is.

``caselight serve`` with one worker and eight threads; ten devices, each with a connection of its own, send their queues
in messages of 250, every answer to another question of another case, so that tables, chain and keys grow with each. After
10,000 answers, by when every module is loaded and every thread has its buffers, what the process holds (``Rss`` of
``/proc/PID/smaps_rollup``) is looked at after each 5,000. It is flat when every look is within 5% of their mean and the
line of least squares through them rises or falls by at most 5% from end to end.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.evidence.django_run import in_django
from tests.evidence.promise import Run
from tests.evidence.server import Server, serving

from benchmarks import queued
from benchmarks.measuring import Line, doing, on_each_database

CASES = 448  # about 111,000 answers
WARM_UP, ANSWERS, EVERY = 10_000, 100_000, 5_000
FLAT = 0.05
ADDRESS = f"/api/inspections/{queued.INSPECTION}/answers"


@dataclass(frozen=True)
class Series:
    """After how many answers the process held how many bytes, the warm-up being over."""

    looks: tuple[tuple[int, int], ...]

    @property
    def mean(self) -> float:
        """Bytes, on average."""
        return statistics.fmean(held for _, held in self.looks)

    @property
    def drift(self) -> float:
        """By which share of the mean the line of least squares rises from the first look to the last."""
        answers, held = zip(*self.looks, strict=True)
        slope = statistics.linear_regression(answers, held).slope
        return float(slope * (answers[-1] - answers[0]) / self.mean)

    @property
    def farthest(self) -> float:
        """The share of the mean by which the look that is farthest from it is away."""
        return max(abs(held - self.mean) for _, held in self.looks) / self.mean

    def __str__(self) -> str:
        return ", ".join(f"{answers // 1000}k: {held / 1e6:.1f}" for answers, held in self.looks) + " MB"


def lines(folder: Path, database: str) -> list[Line]:
    """The figure on one database, measured now; the series goes to the error channel."""
    place, data = folder / f"queued-{CASES}", folder / f"memory-{database}"
    with doing(f"Memory over {ANSWERS:,} answers on {database}"):
        if not place.exists():
            queued.write(place, CASES)
        data.mkdir()
        series = measured(place, data, database)
    sys.stderr.write(f"  {series}\n")
    worst = max(abs(series.drift), series.farthest)
    return [
        Line(
            f"memory of the server over {ANSWERS:,} answers, {database}: largest change of its mean, in %",
            f"{series.mean / 1e6:.0f} MB; drift {series.drift:+.1%}, farthest {series.farthest:.1%}",
            f"±{FLAT:.0%}",
            worst * 100,
            FLAT * 100,
        )
    ]


def measured(place: Path, data: Path, database: str) -> Series:
    """Serve, send everything, and look."""
    with serving(database, data, workers=1, threads=8) as server:
        tokens = in_django(
            Run(0, 0, database, data), "benchmarks.queued:begin", database=server.address, folder=str(place)
        )
        queues = queued.messages(place)
        [worker] = server.worker_pids
        counter = _Counter(lambda: resident(worker))
        with ThreadPoolExecutor(len(queues)) as pool:
            sent = [pool.submit(_send, server, tokens[key], bodies, counter) for key, bodies in queues.items()]
        for one in sent:
            one.result()
        if server.worker_pids != [worker]:
            raise SystemExit("The serving process was replaced by another while it was measured.")
    return Series(tuple(look for look in counter.looks if look[0] >= WARM_UP))


def resident(pid: int) -> int:
    """The bytes of memory that a process holds."""
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        name, _, rest = row.partition(":")
        if name == "Rss":
            return int(rest.split()[0]) * 1024
    raise SystemExit("This system does not say what a process holds.")


class _Counter:
    """Counts answers, and looks each time so many more have come."""

    def __init__(self, look: Callable[[], int]) -> None:
        self._look, self._lock = look, threading.Lock()
        self.answers = 0
        self.looks: list[tuple[int, int]] = []

    def add(self, many: int) -> None:
        """So many more were acknowledged."""
        with self._lock:
            before, self.answers = self.answers, self.answers + many
            if before // EVERY != self.answers // EVERY and self.answers <= WARM_UP + ANSWERS + EVERY:
                self.looks.append((self.answers, self._look()))


def _send(server: Server, token: str, bodies: list[bytes], counter: _Counter) -> None:
    """Empty one queue; ``SystemExit`` where an answer is no receipt."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        connection.request("POST", ADDRESS, body, headers)
        answered = connection.getresponse()
        content, many = answered.read(), body.count(b'"op_id"')
        if answered.status != 200 or content.count(b'"signature"') != many:
            raise SystemExit(f"The server answered {answered.status}: {content[:500]!r}")
        counter.add(many)


if __name__ == "__main__":
    on_each_database("memory", lines)
