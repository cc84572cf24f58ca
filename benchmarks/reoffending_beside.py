"""What stands beside the large file: the same file on a Spark cluster, and one more event in the tracker."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.measuring import peak_memory
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import AREAS, KINDS, NAMES, SEXES, named
from caselight.method.reoffending.events import Event
from caselight.method.reoffending.tracking import Known, Tracker

ROWS = 12_000  # of some two thousand people


def on_spark(path: Path, question: Question) -> None:
    """A master and two workers of one core each; the first of three runs warms them. Prints as ``inside`` does."""
    from tests.engines.reoffending.cluster import LOOPBACK, cluster, session

    from caselight.engines.reoffending import spark
    from caselight.engines.reoffending.computing import compute

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": LOOPBACK}
    os.environ.pop("SPARK_HOME", None)
    with tempfile.TemporaryDirectory() as place, cluster(Path(place)) as address, session(address) as running:
        took = []
        for _ in range(3):
            began = time.perf_counter()
            found = spark.compute_file(running, path, question)
            many = len(found.groups)
            took.append(time.perf_counter() - began)
    if not many or sorted(found.groups, key=repr) != sorted(compute(path, question).groups, key=repr):
        raise SystemExit("The cluster comes to different counts.")
    sys.stdout.write(json.dumps([min(took[1:]), 0, peak_memory()]) + "\n")


def one_more(path: Path, question: Question) -> float:
    """Seconds of processor that one more event takes in a tracker of many people: the median of one for each."""
    events = _events(path)
    known = (Known(str(at), one, one.proven_date or question.as_of) for at, one in enumerate(events))
    tracker = Tracker(question.measure, question.ordered, question.as_of, known)
    took = []
    for person, one in {one.person: one for one in events}.items():
        day = (one.proven_date or question.as_of) + timedelta(30)
        more = replace(one, occasion="more", offence_date=day, proven_date=day, release_date=None)
        began = time.process_time()
        tracker.add(Known(f"more of {person}", more, day))
        took.append(time.process_time() - began)
    return statistics.median(took)


def _events(path: Path) -> list[Event]:
    """The first rows of a file as values."""
    rows = next(pq.ParquetFile(path).iter_batches(ROWS, columns=list(NAMES)))
    areas, sexes = named(rows.schema, AREAS), named(rows.schema, SEXES)
    return [
        Event(
            **one
            | {name: str(one[name]) for name in ("person", "occasion", "offence")}
            | {"kind": KINDS[one["kind"]], "sex": sexes[one["sex"]]}
            | {name: areas[one[name]] for name in ("area", "police_area")}
        )
        for one in rows.to_pylist()
    ]
