"""Answers that are acknowledged over HTTP: eight clients on one connection each, one answer a request.

The product's address is held against one in the same process with the same sign-in, parsing and answer, which writes
nothing: 60% of its requests a second, and a p95 within three times its own, are the aim. A sync of many answers in one
request is in ``benchmarks.syncing``, what the server holds in memory meanwhile in ``benchmarks.memory``.

    python -m benchmarks.answers [--database sqlite|postgresql]
"""

from __future__ import annotations

import http.client
import json
import secrets
import statistics
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.evidence.server import Server, serving
from tests.factories.small import event

from benchmarks.measuring import Line, doing, on_each_database

CLIENTS, REQUESTS = 8, 40  # requests of each client in one turn
INSPECTION, PERSON = "testshire", "i1"
SHARE, P95 = 0.6, 3.0
ADDRESSES = {"ours": f"/api/inspections/{INSPECTION}/answers", "bare": f"/bare/inspections/{INSPECTION}/answers"}


@dataclass(frozen=True)
class Turn:
    """One turn of one address: requests a second, and the 95th percentile of their seconds."""

    per_second: float
    p95: float


def lines(folder: Path, database: str, *, times: int = 5) -> list[Line]:
    """Both figures on one database."""
    turns: dict[str, list[Turn]] = {"ours": [], "bare": []}
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.serving.settings"}
    with (
        doing(f"{CLIENTS} clients on {database}, {times} times {CLIENTS * REQUESTS} requests to each address"),
        serving(database, folder, env=settings) as server,
    ):
        senders = [_Sender(server, number) for number in range(CLIENTS)]
        for which in turns:
            _turn(senders, which)  # the first does not count
        for _ in range(times):
            for which, found in turns.items():
                found.append(_turn(senders, which))
    ours, bare = turns["ours"], turns["bare"]
    best = {which: max(turn.per_second for turn in found) for which, found in turns.items()}
    p95 = {which: statistics.median(turn.p95 for turn in found) for which, found in turns.items()}
    what = f"{CLIENTS} clients, one answer a request, {database}"
    return [
        Line(f"{what}; the same without writing", _rate(ours), _rate(bare), best["bare"] / best["ours"], 1 / SHARE),
        Line(
            f"{what}, p95",
            f"{p95['ours'] * 1000:.0f} ms",
            f"{p95['bare'] * 1000:.0f} ms",
            p95["ours"] / p95["bare"],
            P95,
        ),
    ]


def _rate(turns: list[Turn]) -> str:
    rates = [turn.per_second for turn in turns]
    return f"{max(rates):.0f} a second (median {statistics.median(rates):.0f})"


def _turn(senders: list[_Sender], which: str) -> Turn:
    bodies = [list(sender.bodies(REQUESTS)) for sender in senders]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(senders)) as pool:
        taken = list(pool.map(lambda sender, own: sender.send(ADDRESSES[which], own), senders, bodies))
    seconds = time.perf_counter() - began
    all_of_them = sorted(one for own in taken for one in own)
    return Turn(len(all_of_them) / seconds, all_of_them[int(len(all_of_them) * 0.95)])


class _Sender:
    """A client with one open connection, whose answers build on its own last one."""

    def __init__(self, server: Server, number: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.headers = {"Authorization": f"Bearer {server.tokens[PERSON]}", "Content-Type": "application/json"}
        self.number = number

    def bodies(self, many: int) -> Iterator[bytes]:
        """Requests of one answer each; each turn begins anew, because the other address keeps nothing."""
        before: tuple[str, ...] = ()
        for n in range(many):
            op_id = uuid7()
            sent = answer(op_id, self.number, n, before)
            yield json.dumps({"events": [sent]}).encode()
            before = (op_id,)

    def send(self, address: str, bodies: list[bytes]) -> list[float]:
        """The seconds each request took; ``SystemExit`` where an answer is not a receipt."""
        taken = []
        for body in bodies:
            began = time.perf_counter()
            self.connection.request("POST", address, body, self.headers)
            answered = self.connection.getresponse()
            content = answered.read()
            taken.append(time.perf_counter() - began)
            if answered.status != 200 or b'"signature"' not in content:
                raise SystemExit(f"{address} answered {answered.status}: {content[:500]!r}")
        return taken


def uuid7() -> str:
    """A UUID of version 7, as a device makes it."""
    milliseconds = time.time_ns() // 1_000_000
    return str(
        uuid.UUID(int=milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))
    )


def answer(op_id: str, number: int, n: int, before: tuple[str, ...]) -> dict[str, object]:
    """An answer as a device sends it."""
    value = "yes" if n % 3 else "no"
    made = event(
        "C1" if number % 2 else "C2", "A", value, op_id,
        reasons=("weak",) if value == "no" else (), note="The plan came late." if n % 2 else "",
        base_op_ids=before, client_time="2026-03-02T10:00:00Z", device=f"device-{number}",
    )  # fmt: skip
    said = made._asdict()
    said["pass"] = said.pop("pass_")
    del said["server_time"]
    return said


if __name__ == "__main__":
    on_each_database("answers", lines)
