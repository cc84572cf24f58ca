"""A file read in stretches at once comes to what one pass comes to, wherever its row groups end."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending import arrow, stretches
from caselight.engines.reoffending.asking import BREAKDOWNS, Question
from caselight.engines.reoffending.columns import table_of
from caselight.engines.reoffending.computing import compute
from caselight.method.faults import Faults
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

ASKED = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), BREAKDOWNS, rows=True)
TABLE = table_of(event for events in Dirt(11).people(60).values() for event in events).combine_chunks()
PERSONS = TABLE["person"].to_pylist()


@pytest.fixture(autouse=True)
def _processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three threads on every machine, a stretch for each row group with any row, and the next one peeked at in steps."""
    monkeypatch.setattr(pa, "cpu_count", lambda: 3)
    monkeypatch.setattr(stretches, "PEEK", 2)
    monkeypatch.setattr(stretches, "LEAST", 1)


def written(path: Path, table: pa.Table, ends: list[int], *, told: bool = True) -> Path:
    """A file whose row groups end at these rows, some of which may be the same; ``told``: it says who is in which."""
    with pq.ParquetWriter(path, table.schema, write_statistics=told) as writer:
        for begin, end in zip([0, *ends], [*ends, table.num_rows], strict=True):
            writer.write_table(table.slice(begin, end - begin))
    return path


def one_pass(path: Path) -> object:
    return arrow.run(arrow.read(path), ASKED).found()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ends=st.lists(st.integers(0, TABLE.num_rows), max_size=8).map(sorted),
    batch=st.integers(1, 40),
    told=st.booleans(),
)
def test_wherever_row_groups_end_it_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, ends: list[int], batch: int, told: bool
) -> None:
    """Counts, entries in their order, what was left out, and the state of each cohort."""
    path = written(tmp_path_factory.mktemp("cut") / "cut.parquet", TABLE, ends, told=told)

    assert stretches.run(path, ASKED, batch).found() == one_pass(path)


def test_a_row_group_for_every_row_comes_to_the_same(tmp_path: Path) -> None:
    """So that every person goes through several stretches, of which some hold nobody else."""
    path = written(tmp_path / "rows.parquet", TABLE, list(range(1, TABLE.num_rows)))

    assert stretches.run(path, ASKED).found() == one_pass(path)


def test_one_person_alone_goes_through_all_stretches(tmp_path: Path) -> None:
    """It is counted once."""
    longest = max(set(PERSONS), key=PERSONS.count)
    table = TABLE.filter(pa.compute.equal(TABLE["person"], longest))
    path = written(tmp_path / "person.parquet", table, list(range(1, table.num_rows)))

    assert table.num_rows > 5
    assert stretches.run(path, ASKED).found() == one_pass(path)


@pytest.mark.parametrize("moved", range(1, len(PERSONS), 7))
def test_a_row_out_of_order_is_seen_wherever_it_is(tmp_path: Path, moved: int) -> None:
    """At the edge of a stretch as within it."""
    last = PERSONS.index(PERSONS[-1])
    order = list(range(TABLE.num_rows))
    order.insert(moved, order.pop(0 if moved > last else -1))
    path = written(tmp_path / "moved.parquet", TABLE.take(order), list(range(5, TABLE.num_rows, 5)))

    with pytest.raises(Faults, match=r"reoffending\.not-sorted"):
        stretches.run(path, ASKED)


def test_nobody_is_looked_for_where_the_file_says_that_nobody_goes_on(tmp_path: Path) -> None:
    """As files are that were written person by person."""
    begins = [at for at in range(1, len(PERSONS)) if PERSONS[at] != PERSONS[at - 1]]
    within = next(at for at in range(1, len(PERSONS)) if PERSONS[at] == PERSONS[at - 1])

    for told in (True, False):
        file = arrow.opened(written(tmp_path / "persons.parquet", TABLE, begins, told=told))
        assert [stretches.parted(file, at) for at in range(1, len(begins) + 1)] == [told] * len(begins)
    assert not stretches.parted(arrow.opened(written(tmp_path / "cut.parquet", TABLE, [within])), 1)


def test_stretches_are_of_at_least_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the last one."""
    path = written(tmp_path / "cut.parquet", TABLE.slice(0, 100), list(range(10, 100, 10)))

    assert stretches.cut(arrow.opened(path)) == list(range(10))
    monkeypatch.setattr(stretches, "LEAST", 25)
    assert stretches.cut(arrow.opened(path)) == [0, 3, 6, 9]


def test_a_large_file_is_read_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And every thread takes part."""
    read: list[tuple[int, int | None]] = []
    counted = stretches.counted
    monkeypatch.setattr(stretches, "counted", lambda *given: read.append(given[1:3]) or counted(*given))
    path = written(tmp_path / "large.parquet", TABLE, [20, 40])

    assert compute(path, ASKED) == one_pass(path)
    assert sorted(read) == [(0, 1), (1, 2), (2, None)]
