"""Ids that a linkage says are of one person are one before everything else, and the result says by which linkage."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.agreeing import groups, groups_of, oracle
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.asking import BREAKDOWNS, Question
from caselight.engines.reoffending.columns import table_of
from caselight.engines.reoffending.computing import compute
from caselight.engines.reoffending.merging import Same, merged
from caselight.method.faults import Faults
from caselight.method.reoffending.cleaning import merge
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.linking import kept
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

ASKED = Question(measure("EW-3M"), (*quarters(2012), *quarters(2013)), date(2014, 6, 30), BREAKDOWNS)


def written(tmp_path: Path, events: list[Event]) -> Path:
    path = tmp_path / "events.parquet"
    pq.write_table(table_of(events), path)
    return path


def test_events_under_merged_ids_come_to_what_the_oracle_says_of_the_merged_people(tmp_path: Path) -> None:
    people = Dirt(5).people(400)
    same = {str(n): str(n // 2) for n in range(200)}  # two or more ids a person, chains left as they are
    rows = [event for events in people.values() for event in events]
    together: dict[str, list[Event]] = {}
    for event in merge(rows, same):
        together.setdefault(event.person, []).append(event)
    expected, counted = oracle(together, ASKED)
    path = written(tmp_path, rows)

    found = compute(path, ASKED, same=Same(same, "the test"))
    assert groups_of(found) == groups(expected, ASKED)
    assert {**found.drops, **found.notes} == counted
    assert found.linkage == "the test"
    assert groups_of(found) != groups_of(compute(path, ASKED))
    assert compute(path, ASKED).linkage == ""


def test_a_missed_link_splits_an_entry_and_loses_its_reoffence_and_merging_brings_it_back(tmp_path: Path) -> None:
    """An offence under a second id is an entry of somebody else's, and nobody's reoffence."""
    first = Event(
        person="1",
        occasion="a",
        offence="x",
        kind=Kind.CAUTION,
        offence_date=date(2012, 1, 2),
        proven_date=date(2012, 2, 1),
    )
    second = Event(
        person="2",
        occasion="b",
        offence="y",
        kind=Kind.COURT,
        offence_date=date(2012, 2, 2),
        proven_date=date(2012, 3, 1),
    )
    path = tmp_path / "events.parquet"
    table = table_of([first, second])
    pq.write_table(table.set_column(0, "person", pa.array(["r1", "r2"])), path)  # ids as text
    asked = Question(measure("EW-3M"), quarters(2012)[:1], date(2014, 6, 30))
    apart, one = compute(path, asked), compute(path, asked, same=Same({"r1": "r1", "r2": "r1"}, "by hand"))
    counts = [found.total(asked.windows[0]) for found in (apart, one)]
    assert [(of.entries, of.reoffenders, of.reoffences) for of in counts] == [(2, 0, 0), (1, 1, 1)]


def test_the_name_of_a_linkage_changes_with_all_that_it_says() -> None:
    persons = {"1": "1", "2": "1", "3": "3"}
    on, other = date(2020, 1, 1), date(2021, 1, 1)
    names = {
        Same.of(kept(of, model, 0.95, day), 0.95).linkage
        for of, model, day in (
            (persons, "m", on),
            (persons, "m", other),
            ({**persons, "3": "1"}, "m", on),
            (persons, "n", on),
        )
    }
    assert len(names) == 3  # the day alone changes nothing
    assert all("0.95" in name for name in names)


def test_persons_that_are_no_numbers_are_refused_where_the_ids_are(tmp_path: Path) -> None:
    path = written(tmp_path, Dirt(5).people(3)["1"])
    with pytest.raises(Faults, match=r"reoffending\.linked-otherwise"), merged(path, Same({"1": "r1"}, "x")):
        pass


def test_what_is_merged_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, Dirt(5).people(3)["1"])
    with merged(path, Same({}, "x")) as on_the_way:
        assert pq.read_table(on_the_way).equals(pq.read_table(path))
    assert not on_the_way.exists()
