"""A whole computation: from a file of events, in whatever order they come, to what they came to."""

from __future__ import annotations

from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from caselight.engines.reoffending import arrow, stretches
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.merging import Same, merged
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.results import Found
from caselight.engines.reoffending.running import Run
from caselight.engines.reoffending.sorting import in_order
from caselight.engines.reoffending.typed import check


def compute(
    path: Path, question: Question, *, batch: int = stretches.BATCH, hashed: bool = False, same: Same | None = None
) -> Found:
    """What a Parquet file of events comes to. A file that is not sorted is sorted on the way.

    ``hashed`` puts the SHA-256 of the file into the result, so that it says from what it was computed; ``same`` says
    which ids are of one person, and its name is put there too. Raises ``reoffending.not-events`` for a file that holds
    something else, ``reoffending.column-type``, ``reoffending.date-form`` and ``reoffending.no-person``.
    """
    required()
    check(path)
    if same is None:
        found = run(path, question, batch).found()
    else:
        with merged(path, same) as under_persons:
            found = replace(run(under_persons, question, batch).found(), linkage=same.linkage)
    return replace(found, input_hash=digest(path)) if hashed else found


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def run(path: Path, question: Question, batch: int = stretches.BATCH) -> Run:
    """The run of a Parquet file of events that was checked, all of which it has taken, sorted on the way where it must be."""
    if arrow.is_numbered(path):
        sorted_already = stretches.if_sorted(lambda: stretches.run(path, question, batch))
        if sorted_already is not None:
            return sorted_already
    with in_order(path, batch) as source:
        return arrow.run(source, question)
