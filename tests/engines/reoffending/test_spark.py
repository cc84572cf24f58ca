"""The kernel on a cluster: a real master and two workers, and the same whole numbers as here."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.cluster import LOOPBACK, cluster, session, spark_home
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.asking import BREAKDOWNS, Question
from caselight.engines.reoffending.columns import AREAS, SEXES, named, table_of
from caselight.engines.reoffending.computing import compute
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Spark warns of versions of packages that are not used here
def test_a_cluster_comes_to_the_same_whole_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: Callable[[str], str]
) -> None:
    """Five hundred dirty people, handed over as rows, and read by both workers themselves, in order and in none."""
    needs("java")
    spark_home()
    from caselight.engines.reoffending import spark, stretches

    monkeypatch.setattr(stretches, "LEAST", 500)
    table = table_of(event for events in Dirt(11).people(500).values() for event in events)
    path = tmp_path / "events.parquet"
    pq.write_table(table, path, row_group_size=500)
    shuffled = tmp_path / "shuffled.parquet"
    pq.write_table(table.take(list(range(table.num_rows))[::-1]), shuffled, row_group_size=500)
    asked = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), BREAKDOWNS)
    for name, value in {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": LOOPBACK}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SPARK_HOME", raising=False)
    with cluster(tmp_path) as address, session(address) as running:
        frame = running.read.parquet(str(path))
        by_rows = spark.compute(frame, asked, named(table.schema, AREAS), named(table.schema, SEXES))
        by_file = spark.compute_file(running, path, asked)
        by_parcels = spark.compute_file(running, shuffled, asked)
    here = compute(path, asked)

    for found in (by_rows, by_file, by_parcels):
        assert list(found.groups) == list(here.groups)
        assert (found.rows, found.drops, found.notes, found.states) == (here.rows, here.drops, here.notes, here.states)
