"""Runs the programme and writes one file for each promise and database into ``evidence/``.

    python -m tests.evidence [--tier 1|2|3] [--only R1,R2] [--database sqlite|postgresql] [--seed N] [--out FOLDER]

Without ``--database`` the promises are tried on both, side by side, each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.evidence.promise import POSTGRESQL, SQLITE, Outcome, Promise, Run
from tests.evidence.shim import in_memory

HERE = Path(__file__).parent


def promises() -> list[Promise]:
    """Every promise, in the order of their ids: each module whose name begins with one holds ``PROMISE``."""
    names = sorted(path.stem for path in HERE.glob("[rs][0-9]*.py"))
    found = [import_module(f"tests.evidence.{name}").PROMISE for name in names]
    return sorted(found, key=lambda promise: (promise.id[0], int(promise.id[1:])))


def bound(outcome: Outcome) -> float:
    """The 95% upper bound of the share of failures: three in so many trials where there was none."""
    from scipy.stats import beta

    if outcome.trials == 0 or outcome.failures >= outcome.trials:
        return 1.0
    if outcome.failures == 0:
        return 3 / outcome.trials
    return float(beta.ppf(0.975, outcome.failures + 1, outcome.trials - outcome.failures))


def proved(promise: Promise, database: str, tier: int, seed: int) -> dict[str, Any]:
    """One promise on one database: the attack, the control, and what it comes to."""
    folder = Path(tempfile.mkdtemp(prefix=f"caselight-{promise.id}-", dir=in_memory() if promise.lively else None))
    began = time.monotonic()
    own = zlib.crc32(f"{seed}/{promise.id}/{database}".encode())
    trials = promise.trials[tier - 1]
    control = Outcome(0, 0)
    try:
        outcome = promise.attack(Run(own, trials, database, _new(folder / "attack"), tier, promise.lively))
        few = promise.planted_trials or trials
        control = promise.planted(Run(own, few, database, _new(folder / "planted"), tier, promise.lively))
    except Exception as error:  # noqa: BLE001 - an attack that broke down proves nothing, and the others go on
        outcome = Outcome(
            trials, trials, {}, [f"The attack itself failed: {type(error).__name__}: {str(error)[-1500:]}"]
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    void = control.failures == 0
    return {
        "promise": promise.id,
        "says": promise.says,
        "database": database,
        "tier": tier,
        "seed": seed,
        "trials": outcome.trials,
        "failures": outcome.failures,
        "upper_bound_95": bound(outcome),
        "figures": dict(outcome.figures),
        "said": list(outcome.said)[:20],
        "planted": {"fault": promise.fault, "trials": control.trials, "caught": control.failures},
        "void": void,
        "kept": not void and outcome.failures == 0 and outcome.trials > 0,
        "not_modelled": promise.not_modelled,
        "seconds": round(time.monotonic() - began, 1),
    }


def main(arguments: list[str]) -> int:
    """Run what was asked; 0 when every promise was kept and every planted fault caught."""
    parser = argparse.ArgumentParser(prog="./start test --evidence")
    parser.add_argument("--tier", type=int, choices=(1, 2, 3), default=1)
    parser.add_argument("--only", default="", help="ids with commas between them")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), default="")
    parser.add_argument("--seed", type=int, default=20_260_101)
    parser.add_argument("--out", type=Path, default=Path("evidence"))
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    if not asked.database:
        return _side_by_side(arguments)
    wanted = {name for name in asked.only.upper().split(",") if name}
    failed = 0
    for promise in promises():
        if wanted and promise.id not in wanted:
            continue
        if asked.database in promise.databases:
            row = proved(promise, asked.database, asked.tier, asked.seed) | _where()
            file = asked.out / f"{promise.id.lower()}-{asked.database}.json"
            file.write_text(json.dumps(row, indent=2, sort_keys=True) + "\n", "utf-8")
            failed += not row["kept"]
            print(_line(row), flush=True)  # noqa: T201
    return 1 if failed else 0


def _side_by_side(arguments: list[str]) -> int:
    """Both databases at once; 0 when both came to 0."""
    lanes = [
        subprocess.Popen([sys.executable, "-m", "tests.evidence", *arguments, "--database", database])
        for database in (SQLITE, POSTGRESQL)
    ]
    try:
        return max(abs(lane.wait()) for lane in lanes)
    finally:
        for lane in lanes:
            lane.terminate()


def _line(row: dict[str, Any]) -> str:
    state = "kept" if row["kept"] else "VOID" if row["void"] else "BROKEN"
    planted = row["planted"]
    said = "".join(f"\n      {sentence}" for sentence in row["said"][:5])
    return (
        f"{row['promise']:<4}{row['database']:<11}{state:<7}{row['failures']} of {row['trials']:,} "
        f"(fewer than {row['upper_bound_95']:.2g}); planted: {planted['caught']} of {planted['trials']:,} caught; "
        f"{row['seconds']} s{said}"
    )


def _where() -> dict[str, str]:
    from datetime import UTC, datetime

    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "commit": commit.stdout.strip() or "not a clone",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
