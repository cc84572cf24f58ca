"""Every row that is left out or has a date set aside is named by its place in the file, with the oracle's rule."""

from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.accounting import rows_of
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import KINDS, table_of
from caselight.engines.reoffending.computing import compute
from caselight.method.faults import Faults
from caselight.method.reoffending.cleaning import clean
from caselight.method.reoffending.events import Event
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters
from caselight.method.reoffending.options import Missing


def asked(**options: object) -> Question:
    return Question(measure("EW-3M").with_options(**options), quarters(2012), date(2014, 6, 30))


def in_file_order(events: list[Event]) -> list[Event]:
    """As ``table_of`` sorts them: one person after the other."""
    earliest = date.min
    return sorted(
        events,
        key=lambda e: (
            int(e.person),
            e.proven_date or earliest,
            int(e.occasion),
            e.offence,
            e.offence_date or earliest,
        ),
    )


@pytest.mark.parametrize("options", [{}, {"missing_offence_date": Missing.DROP}, {"tic_counts": True}], ids=str)
def test_every_row_is_named_with_the_rule_of_the_oracle(tmp_path: Path, options: dict[str, object]) -> None:
    events = in_file_order([event for history in Dirt(11).people(800).values() for event in history])
    path, question = tmp_path / "events.parquet", asked(**options)
    pq.write_table(table_of(events), path)
    cleaned = clean(events, question.options, question.as_of)
    named = list(rows_of(path, question))

    found = compute(path, question)
    assert Counter(rule for _, rule in named) == {**found.drops, **found.notes} == cleaned.drops + cleaned.notes
    plain = {(row, rule) for row, rule in named if rule != "repeat"}
    repeats = {row for row, rule in named if rule == "repeat"}
    assert plain == {(row + 1, rule) for row, rule in (*cleaned.dropped, *cleaned.noted) if rule != "repeat"}
    assert len(repeats) == len(cleaned.repeats)
    assert named == sorted(named)


def test_kinds_may_be_words_and_rows_in_any_order(tmp_path: Path) -> None:
    """The place is that of the row in the file as it was delivered."""
    table = table_of([event for history in Dirt(3).people(50).values() for event in history])
    question = asked()
    pq.write_table(table, tmp_path / "numbers.parquet")
    backwards = table.take(list(range(table.num_rows))[::-1])
    words = pa.array([str(KINDS[place]) for place in backwards["kind"].to_pylist()])
    pq.write_table(
        backwards.set_column(table.schema.get_field_index("kind"), "kind", words), tmp_path / "words.parquet"
    )
    there = {(row, rule) for row, rule in rows_of(tmp_path / "numbers.parquet", question) if rule != "repeat"}
    back = {
        (table.num_rows + 1 - row, rule)
        for row, rule in rows_of(tmp_path / "words.parquet", question)
        if rule != "repeat"
    }
    assert there == back


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"person": [1]}), tmp_path / "events.parquet")
    with pytest.raises(Faults, match=r"reoffending\.not-events"):
        list(rows_of(tmp_path / "events.parquet", asked()))
