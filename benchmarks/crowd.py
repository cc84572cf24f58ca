"""Thirty inspectors and ten readers at once on the pages, with locust: nobody may meet an error.

``caselight serve`` with two workers serves an inspection of 100 cases of 60 questions; every inspector has a case of
their own and answers it while the readers look at findings and letter. Locust runs in an environment of its own under
``out/``, made from ``requirements.load.lock``.

    python -m benchmarks.crowd [--database sqlite|postgresql]
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from tests.evidence.django_run import in_django
from tests.evidence.promise import Run as Attack
from tests.evidence.server import Server, serving

from benchmarks import pages_inside as inside
from benchmarks.measuring import ROOT, Line, doing, on_each_database

INSPECTORS, READERS, SECONDS = 30, 10, 60
LOCK = ROOT / "requirements.load.lock"
PLACE = ROOT / "out" / "benchmarks" / "locust"


def lines(folder: Path, database: str) -> list[Line]:
    """The figures on one database, measured now."""
    place, data = folder / "crowd", folder / f"crowd-{database}"
    if not place.exists():
        inside.write(place)
    data.mkdir()
    with serving(database, data, workers=2) as server:
        plan = in_django(
            Attack(0, 0, database, data), "benchmarks.pages_inside:begin_crowd", database=server.address,
            folder=str(place), inspectors=INSPECTORS, readers=READERS,
        )  # fmt: skip
        with doing(f"{INSPECTORS} inspectors and {READERS} readers on {database}, {SECONDS} s"):
            return _told(_run(server, plan, data), database)


def _run(server: Server, plan: dict[str, object], data: Path) -> list[dict[str, str]]:
    """The rows that locust writes: one for each kind of request, and one for all of them."""
    command = [
        str(_locust()), "--headless", "--locustfile", str(ROOT / "benchmarks" / "crowd_people.py"), "--host", server.url,
        "--users", str(INSPECTORS + READERS), "--spawn-rate", "10", "--run-time", f"{SECONDS}s", "--stop-timeout", "30",
        "--csv", str(data / "crowd"), "--only-summary", "--exit-code-on-error", "0",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own
        command, env=os.environ | {"CASELIGHT_CROWD": json.dumps(plan)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"locust failed:\n{done.stderr[-3000:]}")
    sys.stderr.write((data / "crowd_failures.csv").read_text("utf-8"))
    with (data / "crowd_stats.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _locust() -> Path:
    program = PLACE / "bin" / "locust"
    if not program.exists():
        with doing("Installing what requirements.load.lock names"):
            venv.create(PLACE)
            uv = Path(sys.executable).with_name("uv")
            command = [uv, "pip", "install", "--quiet", "--python", PLACE / "bin" / "python", "--require-hashes"]
            subprocess.run([*command, "-r", LOCK], check=True)  # noqa: S603 - our own
    return program


def _told(rows: list[dict[str, str]], database: str) -> list[Line]:
    told = {row["Name"]: row for row in rows}
    every = told["Aggregated"]
    failed, asked = int(every["Failure Count"]), int(every["Request Count"])
    what = f"{INSPECTORS} inspectors and {READERS} readers at once, {database}"
    p95 = ", ".join(f"{name} {told[name]['95%']} ms" for name in ("answer", "case", "findings/"))
    rate = f"{asked} requests, {float(every['Requests/s']):.0f} a second; p95: {p95}"
    return [Line(f"{what}: errors", f"{failed} of {rate}", "0", failed, 0)]


if __name__ == "__main__":
    on_each_database("crowd", lines)
