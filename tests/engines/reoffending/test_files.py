"""Events as Parquet files: sorted and not, numbers and text, cut short, and not events at all."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.agreeing import groups_of
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending import arrow, packages, statement
from caselight.engines.reoffending.asking import BREAKDOWNS, Question
from caselight.engines.reoffending.columns import KINDS, table_of
from caselight.engines.reoffending.computing import compute
from caselight.engines.reoffending.sorting import sort
from caselight.method.faults import Faults
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

ASKED = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), BREAKDOWNS)
EVENTS = [event for events in Dirt(5).people(200).values() for event in events]


@pytest.fixture
def sorted_file(tmp_path: Path) -> Path:
    """Two hundred people, sorted and numbered."""
    path = tmp_path / "sorted.parquet"
    pq.write_table(table_of(EVENTS), path)
    return path


def text_file(tmp_path: Path) -> Path:
    """The same as delivered: in any order, with ids and names as text."""
    names = ("person", "occasion", "offence", "area", "police_area", "sex")
    table = table_of(EVENTS)
    columns = {name: table.column(name) for name in table.column_names}
    columns |= {name: pa.array([getattr(event, name) for event in EVENTS]) for name in names}
    columns |= {
        name: pa.array([getattr(event, name) for event in EVENTS], table.schema.field(name).type)
        for name in table.column_names
        if name not in {*names, "kind"}
    }
    columns["kind"] = pa.array([str(event.kind) for event in EVENTS])
    path = tmp_path / "text.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_a_file_in_any_order_with_text_comes_to_the_same(sorted_file: Path, tmp_path: Path) -> None:
    """Sorted and numbered on the way, in the order of ids and names."""
    delivered = text_file(tmp_path)

    assert compute(delivered, ASKED) == compute(sorted_file, ASKED)


def test_a_file_that_is_numbered_and_not_sorted_is_sorted_on_the_way(sorted_file: Path, tmp_path: Path) -> None:
    """The first row out of order is enough."""
    table = pq.read_table(sorted_file)
    shuffled = tmp_path / "shuffled.parquet"
    pq.write_table(table.take(list(range(table.num_rows - 1, -1, -1))), shuffled)

    assert compute(shuffled, ASKED) == compute(sorted_file, ASKED)


def test_a_file_is_sorted_once_and_for_all(sorted_file: Path, tmp_path: Path) -> None:
    """What is written is what was sorted already."""
    to = tmp_path / "again.parquet"

    assert sort(text_file(tmp_path), to) == len(EVENTS)
    assert pq.read_table(to).equals(pq.read_table(sorted_file))


def test_batches_of_any_size_come_to_the_same(sorted_file: Path) -> None:
    """Also of a single row, so that every person is cut."""
    found = [compute(sorted_file, ASKED, batch=size) for size in (1, 2, 7, 100_000)]

    assert found[1:] == found[:-1]


def test_the_statement_gives_the_same_groups(sorted_file: Path) -> None:
    """From the file, group by group."""
    asked = Question(ASKED.measure, ASKED.windows, ASKED.as_of)
    found = {asked.ordered[window]: list(counts) for window, *counts in statement.compute(sorted_file, asked)}

    assert found == {window: counts for (window,), counts in groups_of(compute(sorted_file, asked)).items()}


def test_what_is_written_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """A run that fails in the middle leaves nothing."""
    table = table_of(EVENTS)

    def failing() -> object:
        yield table.to_batches()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        arrow.write(failing(), tmp_path / "half.parquet", table.schema)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"person,occasion\n", b"PAR1" + bytes(100)])
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    """With the name of the file."""
    path = tmp_path / "events.csv"
    path.write_bytes(content)

    with pytest.raises(Faults, match=r"events\.csv"):
        compute(path, ASKED)


def test_a_file_of_something_else_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    """Column by column."""
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"person": [1]}), path)

    with pytest.raises(Faults, match="no column occasion, offence"):
        compute(path, ASKED)


def test_every_dropped_row_is_explained(sorted_file: Path) -> None:
    """A sentence for each rule that any row met, with how many."""
    found = compute(sorted_file, ASKED)

    assert len(found.explained()) == len(found.drops) + len(found.notes)
    assert f"of {len(EVENTS):,} rows left out" in found.explained()[0]


def test_a_missing_package_is_refused_with_the_extra() -> None:
    """The base install works without it, and says how to get it."""
    with pytest.raises(Faults, match=r'pip install "caselight\[reoffending\]"'):
        packages.required("no_such_package_here")


def test_kinds_have_the_places_that_the_kernel_knows() -> None:
    """Numbers stand in files, so that their order never changes."""
    assert [str(kind) for kind in KINDS] == [
        "caution", "court_non_custodial", "custody", "not_proven", "recall", "drug_test", "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"by": ("height",)}, {"windows": ()}, {"as_of": date(1800, 1, 1)}], ids=str)
def test_a_question_that_means_nothing_is_refused(wrong: dict[str, object]) -> None:
    """With what can be asked."""
    said = {"measure": ASKED.measure, "windows": ASKED.windows, "as_of": ASKED.as_of} | wrong

    with pytest.raises(Faults, match=r"reoffending\.bad-question"):
        Question(**said)
