"""R3: PostgreSQL dying never splits a judgement from its audit row, and loses none that was acknowledged.

Devices post over HTTP while the database server beneath Caselight is ended: its postmaster by ``kill -9``, all of it by
an "immediate" stop, or a few of its sessions by ``pg_terminate_backend``. It recovers, and Caselight goes on without
being started again. In the end every receipt is held against the rows, events against audit rows, chains are walked.
"""

from __future__ import annotations

import time
from random import Random

from tests.evidence.clients import gathered, posting
from tests.evidence.holding import forged_receipts, held
from tests.evidence.promise import POSTGRESQL, Outcome, Promise, Run
from tests.evidence.server import serving
from tests.postgres import Cluster, running

DEVICES = 8


def attack(run: Run, *, planted: str = "") -> Outcome:
    """End the database server ``run.trials`` times while it is used."""
    chance = Random(run.seed)
    env = {"DJANGO_SETTINGS_MODULE": "tests.evidence.planted.settings", "CASELIGHT_PLANTED": planted} if planted else {}
    with running(run.folder, durable=True) as cluster:
        address = cluster.new_database()
        with serving(address, run.folder, env=env) as server:
            with posting(server.port, server.tokens["i1"], devices=DEVICES, seed=run.seed) as devices:
                for number in range(run.trials):
                    time.sleep(chance.uniform(0.2, 1.5))
                    _end(cluster, address, ("kill", "immediate", "sessions")[number % 3])
                time.sleep(1.5)  # Caselight must find its way back by itself
                before = len(gathered(devices)[0])
                time.sleep(1.0)
                after = len(gathered(devices)[0])
            server.kill()
            receipts, met, _ = gathered(devices)
            verdict = held(run.folder, address, receipts)
            wrong = [*verdict.wrong, *forged_receipts(run.folder, receipts), *["a device met silence"] * met["silence"]]
    if after == before:
        wrong.append("no answer was acknowledged after the database had come back")
    figures = {"deaths": run.trials, "acknowledged": len(receipts), "met": dict(met),
               "split": sum(said.startswith("split") for said in wrong)}  # fmt: skip
    return Outcome(len(receipts), len(verdict.lost) + len(wrong), figures, [*verdict.said, *wrong][:10])


def _end(cluster: Cluster, address: str, how: str) -> None:
    if how == "sessions":
        _terminate(address)
        return
    if how == "kill":
        cluster.kill()
    else:
        cluster.halt()
    cluster.restart()


def _terminate(address: str) -> None:
    """End every second session of Caselight."""
    import psycopg

    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid %% 2 = %s"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(query, [int(time.monotonic()) % 2])


def planted(run: Run) -> Outcome:
    """The same, with the audit row committed by itself before the judgement."""
    return attack(run, planted="apart")


PROMISE = Promise(
    id="R3",
    says="PostgreSQL dying never splits a judgement from its audit row.",
    attack=attack,
    planted=planted,
    fault="the audit row is committed in a transaction of its own",
    trials=(5, 50, 300),
    planted_trials=3,
    databases=(POSTGRESQL,),
    not_modelled="The machine and its disk go on: what fsync promised is not put to the test here. Trials are "
    "acknowledged judgements; the deaths are among the figures.",
)
