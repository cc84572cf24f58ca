"""R1: a judgement that was acknowledged survives the server being killed.

Eight devices post answers over HTTP to ``caselight serve``. At random moments the server is killed with ``kill -9``:
master and workers, the workers alone, or the master alone. It is started again, and the devices send again what they
hold no receipt for. In the end every receipt is held against the rows, and every chain is walked.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from random import Random

from tests.evidence.clients import gathered, posting
from tests.evidence.holding import forged_receipts, held
from tests.evidence.promise import Outcome, Promise, Run
from tests.evidence.server import Server, serving

DEVICES = 8
LONGEST_SECONDS = (1.0, 3.0, 3.0)  # between a start and a kill, at most, in each tier


def attack(run: Run, *, planted: str = "") -> Outcome:
    """Kill the server ``run.trials`` times while it is used."""
    chance = Random(run.seed)
    env = {"DJANGO_SETTINGS_MODULE": "tests.evidence.planted.settings", "CASELIGHT_PLANTED": planted} if planted else {}
    with serving(run.database, run.folder, env=env) as server:
        with posting(server.port, server.tokens["i1"], devices=DEVICES, seed=run.seed) as devices:
            for _ in range(run.trials):
                time.sleep(chance.uniform(0.0, LONGEST_SECONDS[run.tier - 1]))
                _kill(server, chance.choice(("all", "workers", "workers", "master")))
            time.sleep(0.3)
            server.kill()
        receipts, met, waits = gathered(devices)
        verdict = held(run.folder, server.address, receipts)
        forged = [] if planted else forged_receipts(run.folder, receipts)
    figures = {"kills": run.trials + 1, "acknowledged": len(receipts), "met": dict(met),
               "p99_wait_seconds": round(waits[int(len(waits) * 0.99)], 3) if waits else None}  # fmt: skip
    # Receipts of the planted fault name no row: there only what was lost counts, or any receipt would be a catch.
    wrong = [] if planted else [*verdict.wrong, *forged, *["a device met silence"] * met["silence"]]
    return Outcome(len(receipts), len(verdict.lost) + len(wrong), figures, [*verdict.said, *forged][:10])


def _kill(server: Server, what: str) -> None:
    if what == "workers":
        for pid in server.worker_pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return  # the master starts another
    if what == "master":
        os.kill(server.pid, signal.SIGKILL)
        time.sleep(0.2)
    server.restart()


def planted(run: Run) -> Outcome:
    """The same, with the receipt given before the judgement is written."""
    return attack(run, planted="early")


PROMISE = Promise(
    id="R1",
    says="A judgement that was acknowledged survives the server being killed.",
    attack=attack,
    planted=planted,
    fault="the receipt is given before the judgement is committed",
    trials=(10, 100, 500),
    planted_trials=2,
    not_modelled="Kills end processes; the machine and its disk go on (R2 cuts the power). Trials are acknowledged "
    "judgements; the kills are among the figures.",
)
