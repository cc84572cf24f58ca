"""R4: a full or failing disk refuses politely and loses nothing.

``shim/failing.c`` makes writes, flushes and new files below the database's folder fail at a seeded moment, once, some
times, or until the disk is well again. On SQLite part of the trials really fills a file system of 8 MB.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.evidence.databases import fresh
from tests.evidence.django_run import in_django
from tests.evidence.failing import Failing
from tests.evidence.failing_server import serving_from_a_failing_disk
from tests.evidence.promise import POSTGRESQL, Outcome, Promise, Run
from tests.evidence.shim import library, room

AT_ONCE = 100  # points in one process; then another begins with a new database
FILLED = 10  # of so many points one is on a file system that is really full


def attack(run: Run) -> Outcome:
    """The product as it is."""
    return _failing(run, "")


def planted(run: Run) -> Outcome:
    """The same with receipts for what is not there, and with heads of rows that never come: both must be caught."""
    half = replace(run, trials=run.trials // 2)
    both = [_failing(_own(half, fault), fault) for fault in ("swallow", "ahead")]
    caught = sum(one.failures for one in both) if all(one.failures for one in both) else 0
    return Outcome(sum(one.trials for one in both), caught)


def _own(run: Run, name: str) -> Run:
    (run.folder / name).mkdir()
    return replace(run, folder=run.folder / name)


def _failing(run: Run, fault: str) -> Outcome:
    if run.database == POSTGRESQL:
        return _failing_server(run, fault)
    found: list[dict[str, Any]] = []
    with room(run.folder) as place:
        real = run.trials // FILLED
        small = _filled(run, place / "small", real, fault)
        real = 0 if small.get("refused") is True else real
        if real:
            found.append(small)
        for number, points in enumerate(_shares(run.trials - real)):
            found.append(_points(run, place / str(number), points, run.seed + number, fault))
    return _outcome(run.trials, real, found)


def _failing_server(run: Run, fault: str) -> Outcome:
    """The same beneath PostgreSQL's own files: it stops itself and comes back, which takes longer, so a fifth of them."""
    points = max(1, run.trials // 5)
    control = run.folder / "control"
    with serving_from_a_failing_disk(run.folder, control) as address:
        asked = Run(run.seed, points, run.database, run.folder, run.tier)
        found = _asked(asked, "points", database=address, control=str(control), fault=fault)
    return _outcome(points, 0, [found])


def _shares(trials: int) -> list[int]:
    return [min(AT_ONCE, trials - at) for at in range(0, trials, AT_ONCE)]


def _points(run: Run, folder: Path, points: int, seed: int, fault: str) -> dict[str, Any]:
    data = folder / "data"
    data.mkdir(parents=True)
    control = folder / "control"
    Failing(control)  # the library maps it when the process begins
    under = {
        "LD_PRELOAD": str(library("failing", folder)),
        "FAILING_FOLDER": str(data),
        "FAILING_CONTROL": str(control),
    }
    return _asked(
        Run(seed, points, run.database, data, run.tier),
        "points",
        env=under,
        control=str(control),
        fault=fault,
    )


def _filled(run: Run, folder: Path, points: int, fault: str) -> dict[str, Any]:
    """Points on a file system that is full."""
    if not points:
        return {"refused": True}
    folder.mkdir()
    return _asked(Run(run.seed, points, run.database, folder, run.tier), "filled", migrate=False, fault=fault)


def _asked(
    run: Run,
    name: str,
    *,
    database: str = "",
    migrate: bool = True,
    env: dict[str, str] | None = None,
    **more: str,
) -> dict[str, Any]:
    found: dict[str, Any] = in_django(
        run,
        f"tests.evidence.work.filling:{name}",
        database=database or fresh(run),
        env=env,
        migrate=migrate,
        folder=str(run.folder),
        seed=run.seed,
        trials=run.trials,
        **more,
    )
    return found


def _outcome(trials: int, real: int, found: list[dict[str, Any]]) -> Outcome:
    codes: Counter[str] = Counter()
    for one in found:
        codes.update(one["refused"])
    figures = {
        "acknowledged": sum(one["acknowledged"] for one in found),
        "heads_acknowledged": sum(one["heads"] for one in found),
        "calls_that_failed": sum(one["failed_calls"] for one in found),
        "refused_messages": dict(codes),
        "points_on_a_full_file_system": real or "none: this machine lets nobody mount one, or not for this database",
    }
    return Outcome(
        trials, sum(one["broken"] for one in found), figures, [said for one in found for said in one["said"]]
    )


PROMISE = Promise(
    id="R4",
    says="A full or failing disk refuses politely and loses nothing.",
    attack=attack,
    planted=planted,
    fault="a commit that fails is passed over, and a receipt is given; a head leaves before its row is committed",
    trials=(60, 200, 2_000),
    planted_trials=40,
    not_modelled=(
        "A failed flush after which the system drops what it held and forgets to say so a second time; a read that "
        "fails. Uploads are not part of the product yet."
    ),
)
