"""A whole computation: from a file of events, in whatever order they come, to what they came to."""

from __future__ import annotations

from pathlib import Path

from caselight.engines.reoffending import arrow
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.results import Found
from caselight.engines.reoffending.sorting import in_order
from caselight.method.faults import Faults


def compute(path: Path, question: Question, *, batch: int = arrow.BATCH) -> Found:
    """What a Parquet file of events comes to. A file that is not sorted is sorted on the way.

    Raises ``reoffending.not-events`` for a file that holds something else.
    """
    required()
    if not arrow.is_numbered(path):
        with in_order(path, batch) as source:
            return arrow.run(source, question)
    try:
        return arrow.run(arrow.read(path, batch), question)
    except Faults as faults:
        if [fault.code for fault in faults] != ["reoffending.not-sorted"]:
            raise
    with in_order(path, batch) as source:
        return arrow.run(source, question)
