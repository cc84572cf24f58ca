"""S4, inside Django: an owner of a store who tampers with it, and a verifier from outside.

Each attack runs in a transaction with every trigger off, is looked at as an export would hold it, and is undone. The
owner does it as well as they can: numbers, tips, the heads inside the database and the answers are all made to fit.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from tests.evidence.work.tampered_store import Live, Place, built
from tests.evidence.work.tampering_answers import NORTH, ON_ANSWERS, each_trigger_dropped
from tests.evidence.work.tampering_chains import ON_CHAINS, Attack, forged, sql, tip_to
from tests.factories.answers import op_id
from tests.factories.store import AT
from tests.triggers import lifted

from caselight import verifier
from caselight.procedures.exporting_audit import export_audit
from caselight.store.audit import keys
from caselight.store.audit.actions import record_many
from caselight.store.audit.acts import Act

UNTOUCHED = ("nothing", "the database file itself")
ATTACKS: dict[str, Attack] = {**ON_CHAINS, **ON_ANSWERS}
COPIES: dict[str, Callable[[Place], list[Path]]] = {
    "an older database put back": lambda place: place.older,
    "another database put here": lambda place: place.other,
}


def attack(*, seed: int, trials: int, rows: int, folder: str) -> dict[str, Any]:
    """Every attack so many times, checked with the heads that left; and what else is worth knowing."""
    chance, place = Random(seed), built(Path(folder), seed)
    answer = _all(place, chance, trials)
    statuses = _alone(place, chance, Path(folder))
    right = {name: 0 if name in UNTOUCHED else 1 for name in statuses}
    answer["said"] += [
        f"Alone, {name}: exit status {statuses[name]}." for name in statuses if statuses[name] != right[name]
    ]
    dropped, unseen = each_trigger_dropped()
    answer["said"] += unseen
    answer["trials"] += dropped
    answer["figures"] |= {"triggers dropped, one at a time": dropped, "found by the doctor": dropped - len(unseen)}
    answer["figures"] |= _behind_the_last_head(place) | _timed(rows, Path(folder))
    return answer


def blind(*, seed: int, trials: int, folder: str) -> dict[str, Any]:
    """The same attacks, and a verifier that is given no head from outside."""
    chance, place = Random(seed), built(Path(folder), seed)
    place.outside.clear()
    return _all(place, chance, trials)


def _all(place: Place, chance: Random, trials: int) -> dict[str, Any]:
    found, said = Counter[str](), list[str]()
    for name in (*ATTACKS, *COPIES):
        for trial in range(trials):
            wrong, findings = _tried(name, place, chance)
            found[f"found: {name}"] += bool(findings)
            if not findings:
                said.append(f"{name}, trial {trial}: not found (row {wrong.start} was wrong).")
            elif not _located(findings, wrong, place):
                said.append(f"{name}, trial {trial}: row {wrong.start} was wrong, and this was said: {findings[0]}")
    return {"trials": trials * (len(ATTACKS) + len(COPIES)), "said": said, "figures": dict(found)}


def _tried(name: str, place: Place, chance: Random) -> tuple[range, list[verifier.Finding]]:
    """Tamper in one way: the rows of which the first wrong one should be named, and what the verifier says."""
    given = verifier.Given(place.outside, [keys.public_key()])
    if name in COPIES:
        copy = chance.choice(COPIES[name](place))
        return range(1, place.length + 1), verifier.verify(verifier.opened(copy), given).findings
    with transaction.atomic():
        with lifted(connection):
            wrong = ATTACKS[name](sql, place, chance)
        findings = verifier.verify(Live(), given).findings
        transaction.set_rollback(True)
    return wrong, findings


def _located(findings: list[verifier.Finding], wrong: range, place: Place) -> bool:
    """Whether the first row that is named is one that is wrong, as exactly as it is defined.

    A chain written anew agrees with itself: it is placed behind the last head before the first row that is wrong.
    """
    first = next((finding for finding in findings if finding.chain == NORTH), findings[0])
    if first.code == "chain-rewritten":
        return any(first.n == place.before(n) + 1 for n in wrong)
    return first.n in wrong


# ── the same from outside, and how long it takes ────────────────────────────────────────────────────────────────────


def _alone(place: Place, chance: Random, folder: Path) -> dict[str, int]:
    """The exit status for one of each attack, exported and checked by the one file in a process of its own."""
    statuses = {"nothing": _status(folder, "nothing")}
    for name, tamper in ATTACKS.items():
        with transaction.atomic():
            with lifted(connection):
                tamper(sql, place, chance)
            statuses[name] = _status(folder, name)
            transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        statuses["the database file itself"] = _checked(Path(settings.DATABASES["default"]["NAME"]))
    return statuses


def _status(folder: Path, name: str) -> int:
    export = folder / f"alone {name}"
    export_audit(export)
    return _checked(export)


def _checked(what: Path) -> int:
    key = settings.KEYS / "receipts.pub"
    command = [sys.executable, "-I", verifier.__file__, what, "--heads", settings.HEADS, "--key", key]
    return subprocess.run(command, check=False, capture_output=True).returncode


def _timed(rows: int, folder: Path) -> dict[str, float]:
    """Seconds to chain so many rows, to export them, and to check the export."""
    call_command("flush", verbosity=0, interactive=False)
    began = time.monotonic()
    for _ in range(rows // 1000):
        with transaction.atomic():
            some = [(("answer", op_id(n)), {"payload_sha256": "a" * 64, "n": n}) for n in range(1000)]
            record_many(chain="system", by="lead", act=Act.FOLDER_KEPT, rows=some, at=AT)
    chained = time.monotonic()
    export_audit(folder / "timed")
    exported = time.monotonic()
    report = verifier.verify(verifier.opened(folder / "timed"), verifier.Given())
    assert report.agrees
    assert report.rows == rows
    checked = time.monotonic()
    named = {"chained": chained - began, "exported": exported - chained, "checked": checked - exported}
    return {f"seconds {what}, {rows:,} rows": round(seconds, 2) for what, seconds in named.items()}


def _behind_the_last_head(place: Place) -> dict[str, int]:
    """The limit that is said: a row added after the last head that left, seen without the audit key and with it."""
    public = verifier.Given(place.outside, [keys.public_key()])
    with transaction.atomic():
        with lifted(connection):
            forged(sql, place.length + 1)
            tip_to(sql, place.length + 1)
        found = [
            len(verifier.verify(Live(), given).findings)
            for given in (public, replace(public, audit_key=keys.kept("audit.key")))
        ]
        transaction.set_rollback(True)
    return {"forged after the last head, found without the audit key": found[0], "and with it": found[1]}
