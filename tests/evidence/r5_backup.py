"""R5: a backup is proven by restoring it, and one that is damaged is refused."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.evidence.databases import environment, fresh, migrated
from tests.evidence.django_run import answer_of, in_django, started
from tests.evidence.forking import Forked
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.backing_up"
TYPED = "tests.evidence.work.commands:typed"
BAD = 6  # damaged copies for each good one


def attack(run: Run) -> Outcome:
    """Take backups while somebody writes, restore each into an empty place, and try to restore damaged ones."""
    return _tried(run, too_early=False)


def planted(run: Run) -> Outcome:
    """The same with a backup that was taken before the last acknowledged rows: it must be found wanting."""
    return _tried(replace(run, trials=1), too_early=True)


def _tried(run: Run, *, too_early: bool) -> Outcome:
    chance = random.Random(run.seed)
    said: list[str] = []
    bad = 0
    slowest = 0.0
    for trial in range(run.trials):
        here = replace(run, folder=run.folder / str(trial))
        here.folder.mkdir()
        place = _Place(here)
        acknowledged = place.django("fill", rows=60)
        destroyed = place.django("keys", n=4)
        backup = place.back_up() if too_early else None
        acknowledged += place.django("write", rows=20)
        backup = backup or place.back_up_while_writing()
        place.django("destroy", ids=destroyed[:2])  # purged after the backup: must not come back
        place.back_up(only_keys=True)
        began = time.monotonic()
        said += _wrong_with_restored(place, backup, acknowledged, destroyed)
        slowest = max(slowest, time.monotonic() - began)
        for _ in range(0 if too_early else BAD):
            bad += 1
            said += _wrong_with_damaged(place, backup, chance)
    figures = {"damaged copies tried": bad, "slowest restore and check, seconds": round(slowest, 1)}
    return Outcome(run.trials + bad, len(said), figures, said)


class _Place:
    """A Caselight with its data, a key for backups that lies elsewhere, and a folder for them."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.data = run.folder / "data"
        self.data.mkdir()
        self.address = migrated(replace(run, folder=self.data))
        self.backups = run.folder / "backups"
        self.key = run.folder / "backup.key"
        made = caselight({}, "new", "backup-key", str(self.key), "--json")
        self.recipient = json.loads(made.stdout)["recipient"]

    def django(self, function: str, **arguments: Any) -> Any:
        """What a function of the work module returns in this place."""
        run = replace(self.run, folder=self.data)
        return in_django(run, f"{WORK}:{function}", database=self.address, **arguments)

    def back_up(self, *, only_keys: bool = False) -> Path:
        """The file of a new backup; with ``only_keys`` the backup itself goes away, as one on another day would."""
        env = environment(self.data, self.address)
        done = caselight(env, "backup", str(self.backups), "--for", self.recipient, "--json")
        if done.returncode:
            raise AssertionError(f"No backup: {done.stderr}")
        file = Path(json.loads(done.stdout)["file"])
        if only_keys:
            file.unlink()
        else:
            file = file.rename(file.with_name(f"kept-{file.name}"))
        return file

    def back_up_while_writing(self) -> Path:
        """A backup taken while another process adds rows."""
        beside = started(self.data, self.address, f"{WORK}:write", rows=400)
        try:
            return self.back_up()
        finally:
            answer_of(beside, "write")

    def restored(self, backup: Path, key: Path) -> tuple[subprocess.CompletedProcess[str], Path, str]:
        """What restoring into an empty place said, that place, and its database."""
        target = self.run.folder / "restored"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        address = fresh(replace(self.run, folder=target))
        env = environment(target, address)
        keys = str(self.backups / "keys.age")
        return caselight(env, "restore", str(backup), "--keys", keys, "--key", str(key), "--json"), target, address


def _wrong_with_restored(place: _Place, backup: Path, acknowledged: list[str], destroyed: list[str]) -> list[str]:
    done, target, address = place.restored(backup, place.key)
    if done.returncode:
        return [f"A good backup was not restored: {done.stderr[-300:]}"]
    again = replace(place.run, folder=target)
    live = place.django("held")
    found = in_django(again, f"{WORK}:held", database=address)
    back = in_django(again, f"{WORK}:present", database=address, ids=destroyed)
    said = []
    if missing := set(acknowledged) - set(found["hashes"]):
        said.append(f"{len(missing)} acknowledged rows are not in the restored store.")
    if not found["whole"]:
        said.append("The chain of the restored store is broken.")
    quiet = {table: n for table, n in live["rows"].items() if not table.startswith("audit")}
    if {table: n for table, n in found["rows"].items() if table in quiet} != quiet or found["reads"] != live["reads"]:
        said.append("The restored store does not hold what the other one holds.")
    if back != destroyed[2:]:
        said.append(f"Of four keys, two of them destroyed since, {len(back)} can be used after the restore.")
    return said


def _wrong_with_damaged(place: _Place, backup: Path, chance: random.Random) -> list[str]:
    how = chance.choice(["cut", "flipped", "other key", "newer"] if place.run.tier else ["cut"])
    key, copy = place.key, place.run.folder / "damaged.age"
    shutil.copy(backup, copy)
    if how == "cut":
        os.truncate(copy, chance.randrange(copy.stat().st_size))
    elif how == "flipped":
        data = bytearray(copy.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        copy.write_bytes(data)
    elif how == "other key":
        key = place.run.folder / "other.key"
        key.unlink(missing_ok=True)
        caselight({}, "new", "backup-key", str(key))
    else:
        _of_the_future(copy, place)
    done, target, _ = place.restored(copy, key)
    left = [path for path in target.rglob("*") if path.is_file() and path.name != "django.key"]
    if done.returncode == 0:
        return [f"A damaged backup ({how}) was restored."]
    if "Traceback" in done.stderr or "in a way it should not" in done.stderr:
        return [f"A damaged backup ({how}) was refused with: {done.stderr[-300:]}"]
    return [f"A refused backup ({how}) left {left[0].name} behind."] if left else []


def _of_the_future(copy: Path, place: _Place) -> None:
    """The same backup, as a version that knows one migration more would have made it."""
    from caselight.procedures.backup.sealing import open_sealed, write_sealed

    folder = place.run.folder / "opened"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    manifest = open_sealed(copy, folder, place.key.read_text())
    members = {name: folder / name for name in manifest["files"]}
    manifest["migrations"] = [*manifest["migrations"], "audit.9999_of_tomorrow"]
    write_sealed(copy, members, manifest, place.recipient)


def caselight(env: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody types it; one that breaks down has its traceback for what it said."""
    work = Forked(
        "caselight", env, json.dumps({"function": TYPED, "arguments": {"arguments": arguments}, "migrate": False})
    )
    answer, said = work.ended()
    found = json.loads(answer) if answer else {"status": 1, "out": "", "err": said}
    return subprocess.CompletedProcess(arguments, found["status"], found["out"], found["err"])


PROMISE = Promise(
    id="R5",
    says="A backup is proven by restoring it; one that is damaged is refused and leaves nothing behind.",
    attack=attack,
    planted=planted,
    fault="a backup taken before the last acknowledged rows",
    trials=(1, 10, 100),
    not_modelled="The disk that keeps the backups is taken to keep what it was given.",
)
