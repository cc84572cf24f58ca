"""S4's store: two chains with answers between them, the heads that left, older copies of it, and another database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from tests.evidence.work.seeding import seed as seed_people
from tests.evidence.work.tampering_answers import NORTH, answered
from tests.factories.store import AT
from tests.triggers import let_tests_empty_the_database

from caselight import verifier
from caselight.procedures.exporting_audit import export_audit
from caselight.store.assessments.evidence import wordless_evidence
from caselight.store.assessments.wordless import wordless
from caselight.store.assessments.wordless_steps import wordless_steps
from caselight.store.audit import heads, queries
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

STEPS, ANSWERS, OTHERS = 6, 40, 2  # how often heads are written, and what is added to each chain in between


class Live:
    """The store as an export would hold it at this moment, without the files in between."""

    def chains(self) -> Iterator[tuple[str, Iterator[verifier.Record]]]:
        return ((chain, queries.rows_of(chain)) for chain in queries.chains())

    def tips(self) -> list[verifier.Record]:
        return queries.tips()

    def heads(self) -> list[verifier.Record]:
        return queries.heads()

    def events(self) -> Iterator[verifier.Record]:
        return wordless("testshire")

    def evidence(self) -> Iterator[verifier.Record]:
        return wordless_evidence("testshire")

    def steps(self) -> Iterator[verifier.Record]:
        return wordless_steps("testshire")

    def public_key(self) -> str:
        return ""


@dataclass
class Place:
    """What stands before the attacks: the heads that left, the length of the chain, older copies, another database."""

    outside: list[verifier.Record]
    length: int
    older: list[Path]
    other: list[Path]

    def before(self, n: int) -> int:
        """The row of the last outside head before row ``n``: what is written anew from ``n`` on is placed behind it."""
        rows = [head["n"] for head in self.outside if head["chain"] == NORTH and head["n"] < n]
        return max(rows, default=0)


def built(folder: Path, seed: int) -> Place:
    """Fill the store twice: the other database first, then ours, of which older copies are kept on the way."""
    heads_outside = settings.HEADS
    settings.HEADS = folder / "other-heads"
    other = _filled(folder / "other", seed + 1)[1:]
    let_tests_empty_the_database()
    call_command("flush", verbosity=0, interactive=False)
    settings.HEADS = heads_outside
    older = _filled(folder / "older", seed)
    outside = [head for head in verifier.head_files([settings.HEADS]) if head["kind"] == "head"]
    return Place(outside, max(head["n"] for head in outside if head["chain"] == NORTH), older[:-1], other)


def _filled(folder: Path, seed: int) -> list[Path]:
    folder.mkdir(parents=True)
    seed_people()
    copies = []
    for step in range(STEPS):
        at = AT + timedelta(minutes=15 * step)
        answered(range(step * ANSWERS + 1, (step + 1) * ANSWERS + 1), seed, at)
        for n in range(OTHERS):
            with transaction.atomic():
                of = ("sentinel", f"{step}-{n}")
                record(chain="system", by="lead", act=Act.FOLDER_KEPT, of=of, detail={"seed": seed}, at=at)
        heads.write_heads(at=at)
        export_audit(folder / f"{step:02d}")
        copies.append(folder / f"{step:02d}")
    return copies
