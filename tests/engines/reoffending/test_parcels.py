"""What a cluster does with rows, without one: spread by person in parcels, sorted again, counted in parts, added up."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending import arrow, spark
from caselight.engines.reoffending.asking import BREAKDOWNS, Question
from caselight.engines.reoffending.columns import AREAS, SEXES, named, schema, table_of
from caselight.engines.reoffending.results import Found
from caselight.engines.reoffending.running import Run
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

PARTS = 3
TABLE = table_of(event for events in Dirt(23).people(300).values() for event in events).combine_chunks()
NAMED = named(TABLE.schema, AREAS), named(TABLE.schema, SEXES)
ASKED = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), BREAKDOWNS)


def parcels(table: pa.Table, size: int) -> dict[int, list[pa.RecordBatch]]:
    """The parcels of each part, as its worker gets them."""
    found: dict[int, list[pa.RecordBatch]] = {at: [] for at in range(PARTS)}
    for rows in table.to_batches(max_chunksize=size):
        packed = spark._parcels(rows.cast(schema()), PARTS)
        for at, parcel in enumerate(packed.column("part").to_pylist()):
            found[parcel].append(packed.slice(at, 1))
    return found


def added(table: pa.Table, size: int) -> Found:
    """Every part swept by itself, and the sums added up."""
    whole = Run(ASKED, *NAMED)
    for batches in parcels(table, size).values():
        (answer,) = spark._sweep(ASKED)(iter(batches))
        whole.add(spark._sums(**answer.to_pylist()[0]))
    return whole.found()


@pytest.mark.parametrize("size", [7, 100_000])
@pytest.mark.parametrize("shuffled", [False, True])
def test_parts_add_up_to_the_whole(size: int, shuffled: bool) -> None:
    """In whatever order and however many at a time the rows come."""
    order = np.random.default_rng(3).permutation(TABLE.num_rows) if shuffled else np.arange(TABLE.num_rows)
    found = added(TABLE.take(pa.array(order)), size)
    here = arrow.run(arrow.Source(TABLE.to_batches(), *NAMED), ASKED).found()

    assert list(found.groups) == list(here.groups)
    assert len(here.groups) > 50
    assert (found.rows, found.drops, found.notes, found.states) == (here.rows, here.drops, here.notes, here.states)


def test_a_person_is_in_one_part_and_every_part_has_some() -> None:
    """Neighbouring numbers fall apart."""
    persons = [
        {int(person) for one in batches for rows in spark._sorted(iter([one])) for person in rows.person}
        for batches in parcels(TABLE, 50).values()
    ]
    assert min(map(len, persons)) > 50
    assert sum(map(len, persons)) == len(set.union(*persons)) == len(set(TABLE.column("person").to_pylist()))


def test_a_part_without_rows_adds_nothing() -> None:
    """More parts than persons."""
    (answer,) = spark._sweep(ASKED)(iter([]))
    whole = Run(ASKED, *NAMED)
    whole.add(spark._sums(**answer.to_pylist()[0]))
    assert (whole.rows, len(whole.found().groups)) == (0, 0)
