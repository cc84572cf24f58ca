"""The audit as a folder of JSON lines, which ``verifier.py`` checks without Caselight.

    rows/….jsonl     one file for each chain: its rows as they lie in the database
    events/….jsonl   one file for each inspection: its answers, without the words that are sealed
    evidence/….jsonl the same for locators and excerpts: what they belong to, and the digests of what is sealed
    steps/….jsonl    the same for steps of cases, quarantined messages, and what was decided about them
    tips.jsonl, heads.jsonl, receipts.pub

Nothing in it names a child. Everything is as it stood at one moment, and nobody who writes is kept waiting.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from caselight.formats.files import whole_folder, write_whole
from caselight.method.faults import Fault, stop
from caselight.store.assessments.evidence import wordless_evidence
from caselight.store.assessments.wordless import wordless
from caselight.store.assessments.wordless_steps import wordless_steps
from caselight.store.audit import heads, keys, queries
from caselight.store.inspections.models import Inspection

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written."""

    chains: int
    rows: int
    events: int


def export_audit(folder: Path) -> Exported:
    """Write the audit of this store into a new folder, whole or not at all. ``Faults`` where something lies there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        says = "There is something in the folder already."
        stop(Fault("audit.folder-not-empty", (folder.name,), says, "Name a folder that does not exist yet."))
    with whole_folder(folder) as beside, queries.snapshot():
        return _write(beside)


def _write(folder: Path) -> Exported:
    for name in ("rows", "events", "evidence", "steps"):
        (folder / name).mkdir()
    rows = events = 0
    chains = queries.chains()
    for chain in chains:
        rows += _lines(folder / "rows" / heads.file_name(chain), queries.rows_of(chain))
    for inspection in Inspection.objects.order_by("key").values_list("key", flat=True):
        events += _lines(folder / "events" / heads.file_name(inspection), wordless(inspection))
        _lines(folder / "evidence" / heads.file_name(inspection), wordless_evidence(inspection))
        _lines(folder / "steps" / heads.file_name(inspection), wordless_steps(inspection))
    _lines(folder / "tips.jsonl", queries.tips())
    _lines(folder / "heads.jsonl", queries.heads())
    write_whole(folder / "receipts.pub", f"{keys.public_key()}\n".encode())
    return Exported(len(chains), rows, events)


def _lines(file: Path, records: Iterable[Mapping[str, object]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            stream.write(_encode(record) + "\n")
            count += 1
    return count
