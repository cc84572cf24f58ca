"""Devices that post answers over HTTP: each keeps an answer until it holds the receipt, whatever becomes of the server."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from tests.factories import small

PATIENCE_SECONDS = 30.0  # without an answer or an error for so long is silence, which is a failure
PATH = "/api/inspections/testshire/answers"
CASES = {"i1": ("C1", "C2"), "i2": ("C2",)}


class Device:
    """One device with a token: sends one new answer after another, and each again until it is acknowledged."""

    def __init__(self, port: int, token: str, *, seed: int, actor: str = "i1") -> None:
        self.port, self.token, self.actor = port, token, actor
        self.chance = Random(seed)
        self.receipts: dict[str, dict[str, Any]] = {}
        self.met: Counter[str] = Counter()  # statuses, kinds of broken connection, refusals by code
        self.waits: list[float] = []  # seconds, of answers that came
        self._connection: http.client.HTTPConnection | None = None

    def run(self, ended: threading.Event) -> None:
        """Record until the end."""
        waiting = self._answer()
        while not ended.is_set():
            result = self._send(waiting)
            if result is None:
                time.sleep(0.2)  # eight devices that knock without a pause would keep the server from starting
            else:
                if "signature" in result:
                    self.receipts[result["op_id"]] = result
                else:
                    self.met[result["code"]] += 1
                waiting = self._answer()

    def _answer(self) -> dict[str, Any]:
        made = small.event(
            self.chance.choice(CASES[self.actor]), "A", "yes", op_id=_new_id(self.chance), actor=self.actor
        )
        said = {name: list(part) if isinstance(part, tuple) else part for name, part in made._asdict().items()}
        said["pass"] = said.pop("pass_")
        del said["server_time"]
        return said

    def _send(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """The receipt or the refusal; None where there was neither."""
        began = time.monotonic()
        try:
            self._connection = self._connection or http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE_SECONDS
            )
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            self._connection.request("POST", PATH, json.dumps({"events": [event]}), headers)
            response = self._connection.getresponse()
            body = response.read()
        except TimeoutError:
            return self._broken("silence")
        except (OSError, http.client.HTTPException) as error:
            return self._broken(type(error).__name__)
        self.met[str(response.status)] += 1
        if response.status != 200:
            return None
        self.waits.append(time.monotonic() - began)
        return dict(json.loads(body)["results"][0])

    def _broken(self, kind: str) -> None:
        self.met[kind] += 1
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def posting(port: int, token: str, *, devices: int, seed: int) -> Iterator[list[Device]]:
    """So many devices of one person at work in threads; when the block ends, they end."""
    made = [Device(port, token, seed=seed * 1000 + number) for number in range(devices)]
    ended = threading.Event()
    threads = [threading.Thread(target=device.run, args=(ended,), daemon=True) for device in made]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        ended.set()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)


def gathered(devices: list[Device]) -> tuple[dict[str, dict[str, Any]], Counter[str], list[float]]:
    """All receipts, all that was met, and all waits in order of length."""
    receipts = {op_id: receipt for device in devices for op_id, receipt in device.receipts.items()}
    met = sum((device.met for device in devices), Counter[str]())
    return receipts, met, sorted(wait for device in devices for wait in device.waits)


def _new_id(chance: Random) -> str:
    return str(uuid.UUID(int=(chance.getrandbits(128) & ~(0xF << 76) & ~(3 << 62)) | (7 << 76) | (2 << 62)))
