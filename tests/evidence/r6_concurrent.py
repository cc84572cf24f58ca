"""R6: processes that write, check point and read at once never corrupt SQLite, nor make it say that it is locked.

Processes record answers through the product as fast as they can, others loop ``wal_checkpoint(TRUNCATE)``, others hold
long reads open. In the end the file is checked, every receipt held against the rows, and every chain walked. A SQLite
with the fault in resetting its log must be refused at the start.
"""

from __future__ import annotations

from typing import Any

from tests.evidence.databases import migrated
from tests.evidence.django_run import answer_of, in_django, started
from tests.evidence.holding import held
from tests.evidence.promise import SQLITE, Outcome, Promise, Run

WORK = "tests.evidence.work.crowding"
WRITERS, READERS = 3, 2
LONGEST_P99_SECONDS = 2.0


def attack(run: Run, *, planted: str = "") -> Outcome:
    """Crowd one database for ``run.trials`` seconds."""
    address = migrated(run)
    in_django(run, f"{WORK}:prepare", database=address)
    refused = in_django(run, f"{WORK}:refuses_old", database=address)
    env = {"DJANGO_SETTINGS_MODULE": "tests.evidence.planted.settings", "CASELIGHT_PLANTED": planted} if planted else {}
    works: list[tuple[str, dict[str, Any]]] = [("write", {"seed": run.seed, "number": n}) for n in range(WRITERS)]
    works += [("read", {})] * READERS + [("checkpoint", {})]
    processes = [
        started(run.folder, address, f"{WORK}:{name}", env=env, seconds=run.trials, **arguments)
        for name, arguments in works
    ]
    answers = [answer_of(process, name) for process, (name, _) in zip(processes, works, strict=True)]
    receipts = {receipt["op_id"]: receipt for answer in answers[:WRITERS] for receipt in answer["receipts"]}
    waits = sorted(wait for answer in answers[:WRITERS] for wait in answer["waits"])
    p99 = waits[int(len(waits) * 0.99)] if waits else 0.0
    verdict = held(run.folder, address, receipts)
    locked = [said for answer in answers for said in answer["failed"]]
    wrong = [*verdict.said, *locked]
    if not refused:
        wrong.append("a SQLite that can spoil a file was not refused")
    if p99 >= LONGEST_P99_SECONDS:
        wrong.append(f"one write in a hundred waited for {p99:.2f} s or longer")
    figures = {"commits": len(waits), "p99_wait_seconds": round(p99, 3), "longest_wait_seconds": round(max(waits, default=0), 3),
               "checkpoints": answers[-1]["done"], "reads": sum(a["done"] for a in answers[WRITERS:-1])}  # fmt: skip
    failures = len(verdict.lost) + len(wrong) - bool(verdict.lost)  # all that was lost is one sentence
    return Outcome(len(waits) + len(locked), failures, figures, wrong[:10])


def planted(run: Run) -> Outcome:
    """The same, with transactions that begin to write only after they have read."""
    return attack(run, planted="deferred")


PROMISE = Promise(
    id="R6",
    says="Concurrent writers never corrupt or deadlock SQLite.",
    attack=attack,
    planted=planted,
    fault="transactions are DEFERRED, and become writers only after they have read",
    trials=(10, 1_800, 14_400),
    planted_trials=3,
    databases=(SQLITE,),
    not_modelled="The race in resetting the log of old SQLite versions, which cannot be provoked at will: the version "
    "gate is tested instead. Trials are commits.",
)
