"""A column that holds something else is refused by name, all of them at once; and so are rows that name no person."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import KINDS, table_of
from caselight.engines.reoffending.computing import compute
from caselight.method.faults import Faults
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

ASKED = Question(measure("EW-3M"), quarters(2012), date(2014, 6, 30))
EVENTS = table_of([event for history in Dirt(2).people(60).values() for event in history])


def written(tmp_path: Path, **columns: pa.Array) -> Path:
    table = EVENTS
    for name, values in columns.items():
        table = table.set_column(table.schema.get_field_index(name), name, values)
    pq.write_table(table, tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def repeated(value: object) -> pa.Array:
    return pa.array([value] * EVENTS.num_rows)


@pytest.mark.parametrize(
    ("name", "value"),
    [("offence_date", True), ("proven_date", 20120101.5), ("recordable", "yes"), ("severity", "high"), ("person", 1.5),
     ("kind", 2.5), ("born", 36_000)],
)  # fmt: skip
def test_a_column_of_another_type_is_refused_by_name(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(Faults) as refused:
        compute(written(tmp_path, **{name: repeated(value)}), ASKED)
    assert [(fault.code, fault.where[1]) for fault in refused.value] == [("reoffending.column-type", name)]


def test_all_columns_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        compute(written(tmp_path, breach=repeated("no"), born=repeated(2000), proven_date=repeated("1/2/2012")), ASKED)
    assert {fault.where[1] for fault in refused.value} == {"breach", "born", "proven_date"}


def test_rows_that_name_no_person_are_refused_with_their_number(tmp_path: Path) -> None:
    persons = pa.array([None if n < 3 else one for n, one in enumerate(EVENTS["person"].to_pylist())], pa.int64())
    for statistics in (True, False):
        path = tmp_path / "events.parquet"
        pq.write_table(EVENTS.set_column(0, "person", persons), path, write_statistics=statistics)
        with pytest.raises(Faults, match="3 rows name no person") as refused:
            compute(path, ASKED)
        assert [fault.code for fault in refused.value] == ["reoffending.no-person"]


def test_types_that_say_the_same_come_to_the_same(tmp_path: Path) -> None:
    """Moments for days, wider numbers, words for kinds, and words from a dictionary."""
    plain = compute(written(tmp_path), ASKED)
    words = pa.array([str(KINDS[place]) for place in EVENTS["kind"].to_pylist()])
    other = {
        "proven_date": pc.cast(EVENTS["proven_date"], pa.timestamp("us")),
        "severity": pc.cast(EVENTS["severity"], pa.int64()),
        "kind": words.dictionary_encode(),
    }
    again = compute(written(tmp_path, **other), ASKED)
    assert (list(again.groups), again.drops, again.notes) == (list(plain.groups), plain.drops, plain.notes)
