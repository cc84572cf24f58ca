"""Invented histories: the published cells are met, the same seed gives the same rows, and every mistake is there."""

from __future__ import annotations

import io
from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from caselight.engines.reoffending.columns import ORDER, schema
from caselight.engines.reoffending.fitting import SPAN, cells, plus_months, spread, targets, tolerance
from caselight.engines.reoffending.histories import FITTED, occasions
from caselight.engines.reoffending.mistakes import FLAWLESS
from caselight.engines.reoffending.synthetic import BATCH, Wanted, Written, batches, events_schema, write
from caselight.method.reoffending.cohort import person_rows
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import Window, add_months

EPOCH = date(1970, 1, 1)


def written(wanted: Wanted) -> tuple[Written, bytes, bytes, bytes]:
    files = io.BytesIO(), io.BytesIO(), io.BytesIO()
    found = write(wanted, *files)
    return found, *(file.getvalue() for file in files)


def test_every_published_cell_is_met() -> None:
    """A smaller sample than the fit was accepted on, so that half as much again is allowed for chance."""
    rng = np.random.default_rng(5)
    made = cells(*spread(rng, occasions(rng, 500_000, SPAN, FITTED)))
    off = {cell: made[cell] - value for cell, value in targets().items()}
    assert {cell: by for cell, by in off.items() if abs(by) > 1.5 * tolerance(cell)} == {}


def test_the_cells_are_those_of_the_definition() -> None:
    """The fast count of the fit against the plain definition, person by person."""
    rng = np.random.default_rng(3)
    found, rows = spread(rng, occasions(rng, 3_000, SPAN, FITTED))
    made = cells(found, rows)
    events: dict[int, list[Event]] = {}
    kinds = (Kind.CAUTION, Kind.COURT, Kind.COURT, Kind.CUSTODY, Kind.COURT)
    for number, at in enumerate(rows.at.tolist()):
        person, release = int(rows.person[number]), int(found.release[at])
        event = Event(
            person=str(person), occasion=str(at), offence=str(number), kind=kinds[found.disposal[at]],
            offence_date=day(rows.offence[number]), proven_date=day(rows.proven[number]),
            release_date=day(release) if release >= 0 else None, born=day(found.born[person]),
        )  # fmt: skip
        events.setdefault(person, []).append(event)
    windows = [
        Window(first, add_months(first, 3) - timedelta(1))
        for first in (add_months(date(2015, 4, 1), 3 * n) for n in range(20))
    ]
    entries = [row for own in events.values() for row in person_rows(own, windows, measure("EW-3M"), date(2030, 1, 1))
               if row.age is not None and 10 <= row.age <= 17]  # fmt: skip
    first = [row for row in entries if row.previous == 0]
    assert 100 * len(first) / len(entries) == pytest.approx(made["entries 0"], abs=0.6)
    assert 100 * sum(row.reoffended for row in first) / len(first) == pytest.approx(made["binary 0"], abs=0.6)


def day(number: int) -> date:
    return EPOCH + timedelta(int(number))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    wanted = Wanted(people=2_000, seed=7)
    assert written(wanted) == written(wanted)
    assert written(wanted)[1] != written(Wanted(people=2_000, seed=8))[1]


def test_rows_are_sorted_by_person_in_the_columns_of_events_over_batches() -> None:
    wanted = Wanted(people=BATCH + 500)
    found, events, charges, same = written(wanted)
    table = pq.read_table(io.BytesIO(events))
    assert table.schema.equals(events_schema(wanted), check_metadata=True)
    assert table.schema.names == schema().names
    assert (table.num_rows, pq.read_table(io.BytesIO(charges)).num_rows) == (found.rows, found.charges)
    keys = [table[name].cast("int32").cast("int64").fill_null(-1) if "date" in name else table[name] for name in ORDER]
    columns = [key.to_numpy() for key in keys]
    order = np.lexsort(columns[::-1])
    assert (order == np.arange(len(order))).all()
    assert set(pq.read_table(io.BytesIO(same))["person"].to_pylist()) & set(table["person"].to_pylist())


def test_every_mistake_is_there_and_none_where_none_is_wanted() -> None:
    (batch,) = batches(Wanted(people=20_000))
    one = batch.events
    last = SPAN[1]
    share = {
        "no offence date": (one["offence_date"] < 0).mean(),
        "proven before": (one["offence_date"] > one["proven_date"]).mean(),
        "future": (one["proven_date"] > last).mean(),
        "early release": ((one["release_date"] >= 0) & (one["release_date"] < one["proven_date"])).mean(),
        "not recordable": (one["recordable"] == 0).mean(),
        "elsewhere": (one["in_jurisdiction"] == 0).mean(),
        "breach": (one["breach"] == 1).mean(),
        "not proven": (one["kind"] == 3).mean(),
    }
    assert all(value > 0 for value in share.values()), share
    assert share["no offence date"] == pytest.approx(0.01, abs=0.003)
    ids = np.stack(
        [one[name] for name in ("person", "occasion", "offence", "offence_date", "proven_date", "breach")], axis=1
    )
    assert len(np.unique(ids, axis=0)) < len(ids)
    assert len(batch.same[0]) == pytest.approx(250, abs=60)
    assert {*batch.same[0].tolist(), *batch.same[1].tolist()} <= set(one["person"].tolist())  # both ids have rows
    (plain,) = batches(Wanted(people=5_000, mistakes=FLAWLESS))
    assert (plain.events["offence_date"] >= 0).all()
    assert (plain.events["offence_date"] <= plain.events["proven_date"]).all()


def test_month_ends_and_leap_days_occur() -> None:
    (batch,) = batches(Wanted(people=50_000))
    days = batch.events["proven_date"].astype("datetime64[D]").astype(str)
    assert any(text.endswith("-02-29") for text in days)


def test_charges_are_not_yet_proven_on_the_last_day() -> None:
    (batch,) = batches(Wanted(people=50_000))
    charges = batch.charges
    assert len(charges["person"]) > 0
    assert (charges["offence_date"] <= SPAN[1]).all()
    assert (charges["charged_date"] <= SPAN[1]).all()
    assert (charges["charged_date"] >= charges["offence_date"]).all()


@pytest.mark.parametrize(
    ("start", "months"), [(date(2012, 2, 29), 12), (date(2013, 8, 31), 18), (date(2019, 1, 31), 1)]
)
def test_months_are_added_as_the_definition_adds_them(start: date, months: int) -> None:
    assert day(plus_months(np.array([(start - EPOCH).days]), months)[0]) == add_months(start, months)
