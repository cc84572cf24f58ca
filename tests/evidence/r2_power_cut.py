"""R2: an acknowledged judgement survives a power cut.

The product records answers by several threads while ``shim/recorder.c`` writes down what it asks of the disk. From
each trace a few hundred power cuts are replayed; each image is opened as SQLite recovers it and held against the
receipts and the heads that had been given by then. One control commits without flushing (``synchronous=NORMAL``), the
other lets heads leave the database before the commit of what they name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pysqlite3.dbapi2 as sqlite
from tests.evidence.judging import Verdict, forged, judged, told
from tests.evidence.promise import SQLITE, Outcome, Promise, Run
from tests.evidence.replay import Disk, Step, contents, cuts, read_trace
from tests.evidence.shim import library, room
from tests.evidence.witnessed import Head, heads_told, witnessed

IMAGES = 250  # from one trace
COMMITS = 360  # in one trace
CONTROL = 0.3  # of the images the control must lose something in
KEYS = ("keys/receipts.key", "keys/audit.key")  # without them nothing more can be added to what was acknowledged


@dataclass(frozen=True)
class Trace:
    """What was recorded of one run: the files before it, the steps, and where the run's own files lie."""

    base: dict[str, bytes]
    steps: list[Step]
    folder: Path


def attack(run: Run) -> Outcome:
    """Power cuts against the product as it is shipped."""
    return _cut(run, "")


def planted(run: Run) -> Outcome:
    """The same with commits that are not flushed; nothing counts as caught unless many images lost something."""
    found, ahead = _cut(run, "normal"), _cut(run, "ahead")
    untrue = sum("which the database has lost" in said for said in ahead.said)
    if found.failures > CONTROL * found.trials and untrue:
        return Outcome(found.trials + ahead.trials, found.failures + ahead.failures, found.figures)
    return Outcome(
        found.trials, 0, found.figures, ["A control lost too little: the harness sees too little.", *found.said]
    )


def _cut(run: Run, fault: str) -> Outcome:
    with room(run.folder) as place:
        return _replayed(run, place, fault)


def _replayed(run: Run, place: Path, fault: str) -> Outcome:
    base = prepared(place)
    chance, began, spent = Random(run.seed), time.monotonic(), 0.0
    failures, most, acknowledged, heads, traces = 0, 0, 0, 0, 0
    said: list[str] = []
    while traces * IMAGES < run.trials:
        trace = recorded(base, place, run.seed + traces, fault)
        images = min(IMAGES, run.trials - traces * IMAGES)
        traces += 1
        receipts = told(b"".join(step.data for step in trace.steps if step.kind == "a"))
        acknowledged += len(receipts)
        heads += sum(len(heads_told(step.data)) for step in trace.steps if step.kind == "a")
        said += forged(receipts.values(), (trace.folder / "keys" / "receipts.pub").read_text("utf-8").strip())
        drawing = time.monotonic()
        for verdict in _verdicts(trace, images, place / "image", chance):
            failures += not verdict.kept
            most = max(most, len(verdict.lost))
            said += verdict.said
        spent += time.monotonic() - drawing
    figures = {
        "images_per_second": round(run.trials / spent, 1),
        "traces": traces,
        "commits": traces * COMMITS,
        "acknowledged": acknowledged,
        "heads_acknowledged": heads,
        "most_lost_at_once": most,
        "images_with_a_loss_percent": round(100 * failures / run.trials, 1),
        "seconds": round(time.monotonic() - began, 1),
    }
    return Outcome(run.trials, failures + sum(" does not verify" in one for one in said), figures, said)


def prepared(place: Path) -> Path:
    """A data folder with the tables and an inspection, its log written back: what each trace begins with."""
    base = place / "base"
    base.mkdir()
    _work(base, {}, "prepare")
    return base


def recorded(base: Path, place: Path, seed: int, fault: str) -> Trace:
    """One run of the product under the recorder, checked: the steps replayed give the files that it left."""
    folder, trace = place / "data", place / "trace"
    shutil.rmtree(folder, ignore_errors=True)
    trace.unlink(missing_ok=True)
    shutil.copytree(base, folder)
    under = {
        "LD_PRELOAD": str(library("recorder", place)),
        "RECORDER_FOLDER": str(folder),
        "RECORDER_TRACE": str(trace),
        "WRITING_SEED": str(seed),
    }
    _work(folder, under, "write", str(COMMITS), fault)
    before, steps = contents(base), read_trace(trace, folder)
    disk = Disk(before)
    for step in steps:
        disk.take(step)
    if disk.whole() != contents(folder):
        raise SystemExit("The recorder missed something: its trace does not give the files that were left.")
    return Trace(before, steps, folder)


def _work(folder: Path, under: dict[str, str], *asked: str) -> None:
    """The process under test; what it says is shown when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASELIGHT_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.evidence.writing", *asked]
    surroundings = kept | under | {"CASELIGHT_DATA": str(folder)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The process under test failed:\n{done.stderr[-3000:]}")


def _verdicts(trace: Trace, images: int, place: Path, chance: Random) -> Iterator[Verdict]:
    """What is wrong with each image, by the receipts that had been given at its moment."""
    told_by: dict[str, dict[str, object]] = {}
    heads: list[Head] = []
    public = (trace.folder / "keys" / "receipts.pub").read_text("utf-8").strip()
    seen = 0
    for moment, image in cuts(trace.steps, trace.base, images, chance):
        given = b"".join(step.data for step in trace.steps[seen:moment] if step.kind == "a")
        told_by |= told(given)
        heads += heads_told(given)
        seen = moment
        _laid_out(image, place)
        verdict = judged(place, told_by)
        verdict.wrong += _heads(place, heads, public)
        if told_by:
            verdict.wrong += [f"{key} is gone" for key in KEYS if image.get(key) != (trace.folder / key).read_bytes()]
        yield verdict


def _heads(place: Path, told_by: list[Head], public: str) -> list[str]:
    base = sqlite.connect(place / "store.sqlite3", isolation_level=None)
    try:
        return witnessed(place / "heads", base.execute, told_by, public)
    except sqlite.DatabaseError:
        return []  # said already
    finally:
        base.close()


def _laid_out(image: dict[str, bytes], place: Path) -> None:
    for old in place.rglob("*"):
        if old.is_file() and str(old.relative_to(place)) not in image:
            old.unlink()
    for name, content in image.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


PROMISE = Promise(
    id="R2",
    says="A judgement that was acknowledged survives a power cut.",
    attack=attack,
    planted=planted,
    fault="synchronous=NORMAL: a commit is not flushed (more than 30% of the images must lose a judgement); a head that leaves "
    "before its row is committed",
    trials=(500, 10_000, 100_000),
    planted_trials=100,
    databases=(SQLITE,),
    not_modelled=(
        "A drive that says it flushed and did not; a folder that loses a name although it was flushed; damage to bytes "
        "that were not being written; the race in resetting the log before SQLite 3.51.3, which the version gate shuts "
        "out. SQLite's index of the log (-shm) is mapped memory, never flushed, and made anew. PostgreSQL's own log is "
        "not replayed: R3 kills that server, and its settings are checked at start."
    ),
)
