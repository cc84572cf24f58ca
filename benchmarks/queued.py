"""Answers that wait on the devices of ten inspectors: the large inspection without them in the store, and them to send.

The queue of an inspector holds what the inspector recorded in the large inspection, in that order, so that what builds
on an earlier answer follows it. A message holds 250 of them, or the rest.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.large_inspection import write_large_inspection

INSPECTION = "large"
MANY = 250  # answers in a message
QUEUE = "queue.csv"
LISTS, FLAGS = ("reasons", "themes", "base_op_ids"), ("notable", "withdrawn")


def write(folder: Path, cases: int) -> None:
    """Write the inspection into a new folder; its answers lie beside it, and those of the package are empty."""
    package = folder / "package"
    write_large_inspection(package, cases)
    answers = (package / "answers.csv").rename(folder / QUEUE)
    with answers.open("rb") as stream:
        (package / "answers.csv").write_bytes(stream.readline())


def begin(folder: str) -> dict[str, str]:
    """In a process with Django: the inspection in fieldwork and its inspectors with their cases; their tokens."""
    from tests.factories.store import AT, token

    from caselight.procedures.importing import import_package
    from caselight.store.accounts.models import User
    from caselight.store.accounts.permissions import Role
    from caselight.store.inspections.models import Inspection, Membership, State
    from caselight.store.samples.models import Allocation

    import_package(Path(folder) / "package", by="lead", at=AT)
    inspection = Inspection.objects.get(key=INSPECTION)
    inspection.state = State.FIELDWORK
    inspection.save()
    tokens = {}
    for key, cases in sorted(_cases(Path(folder)).items()):
        user = User.objects.create_user(f"{key}@example.org", name=key, key=key)
        Membership.objects.create(user=user, role=Role.INSPECTOR, inspection=inspection, member_key=key)
        Allocation.objects.bulk_create(
            Allocation(inspection=inspection, case_key=case, user=user, from_at=AT) for case in sorted(cases)
        )
        tokens[key] = token(user, device=f"device-{key}")
    return tokens


def messages(folder: Path) -> dict[str, list[bytes]]:
    """By inspector, the requests that empty the queue, in their order."""
    queues: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder):
        queues.setdefault(row["actor"], []).append(_sent(row))
    return {
        actor: [
            json.dumps({"events": queue[at : at + MANY]}, ensure_ascii=False).encode()
            for at in range(0, len(queue), MANY)
        ]
        for actor, queue in queues.items()
    }


def _cases(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in _rows(folder):
        found.setdefault(row["actor"], set()).add(row["subject_key"])
    return found


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    with (folder / QUEUE).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _sent(row: dict[str, str]) -> dict[str, Any]:
    """A row as a device sends it: lists are lists, and no server has seen it yet."""
    said: dict[str, Any] = {name: value for name, value in row.items() if name != "server_time"}
    said |= {name: said[name].split("|") if said[name] else [] for name in LISTS}
    return said | {name: said[name] == "yes" for name in FLAGS}
