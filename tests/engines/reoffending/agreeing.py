"""The same question asked of the oracle and of an engine, and both answers in one form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from caselight.engines.reoffending import arrow
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import AREAS, SEXES, named, table_of
from caselight.engines.reoffending.results import Found
from caselight.engines.reoffending.running import Run
from caselight.method.reoffending.cleaning import clean
from caselight.method.reoffending.cohort import Row, person_rows
from caselight.method.reoffending.events import Event, id_order
from caselight.method.reoffending.options import band, band_label

People = Mapping[str, Sequence[Event]]


def oracle(people: People, question: Question) -> tuple[list[Row], Counter[Any]]:
    """Entries with persons and occasions by their numbers, and what was dropped and noted."""
    persons = {name: str(at) for at, name in enumerate(sorted(people, key=id_order))}
    names = {event.occasion for events in people.values() for event in events}
    occasions = {name: str(at) for at, name in enumerate(sorted(names, key=id_order))}
    rows: list[Row] = []
    counted: Counter[Any] = Counter()
    for name, events in people.items():
        cleaned = clean(events, question.options, question.as_of)
        counted += cleaned.drops + cleaned.notes
        found = person_rows(events, question.ordered, question.measure, question.as_of)
        rows += [replace(row, person=persons[name], occasion=occasions[row.occasion]) for row in found]
    return in_one_order(rows), counted


def in_one_order(rows: Sequence[Row]) -> list[Row]:
    """By person, then window."""
    return sorted(rows, key=lambda row: (int(row.person), row.window))


def kernel(people: People, question: Question, *, plain: bool = False, batch: int = 10**6) -> Found:
    """Compiled, or as plain Python."""
    table = table_of(event for events in people.values() for event in events).combine_chunks()
    areas, sexes = named(table.schema, AREAS), named(table.schema, SEXES)
    if not plain:
        return arrow.run(arrow.Source(table.to_batches(max_chunksize=batch), areas, sexes), question).found()
    under_way = Run(question, areas, sexes, plain=True)
    columns = arrow.arrays(table.to_batches()[0])
    under_way.take(type(columns)(*(column.tolist() for column in columns)), table.num_rows)
    return under_way.found()


def groups(rows: Sequence[Row], question: Question) -> dict[tuple[Any, ...], list[int]]:
    """The counts of each group that anybody is in, from entries."""
    options = question.options
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        said = {
            "area": row.area or "not known",
            "sex": row.sex or "not known",
            "age": band_label(band(row.age, options.age_bands), options.age_bands),
            "previous": band_label(band(row.previous, options.previous_bands), options.previous_bands),
        }
        counts = found.setdefault((row.window, *(said[name] for name in question.by)), [0, 0, 0, 0])
        for at, value in enumerate((1, row.reoffended, row.reoffences, bool(row.severe))):
            counts[at] += value
    return found


def groups_of(found: Found) -> dict[tuple[Any, ...], list[int]]:
    """The same of a result."""
    return {
        (group.window, *group.by.values()): [
            group.counts.entries, group.counts.reoffenders, group.counts.reoffences, group.counts.severe or 0,
        ]
        for group in found.groups
    }  # fmt: skip


def statement_accounts(people: People, question: Question) -> dict[str, int]:
    """How many rows the statement leaves out, and keeps with a date set aside, under each rule."""
    import duckdb
    import ibis

    from caselight.engines.reoffending.accounting import accounted

    with duckdb.connect() as raw:
        raw.register("events", table_of(event for events in people.values() for event in events))
        return accounted(ibis.duckdb.from_connection(raw).table("events"), question)


def statement(people: People, question: Question) -> list[Row]:
    """The entries that the statement gives, on DuckDB."""
    import duckdb
    import ibis

    from caselight.engines.reoffending.columns import KINDS
    from caselight.engines.reoffending.statement import entries
    from caselight.method.reoffending.events import WEIGHT

    table = table_of(event for events in people.values() for event in events)
    areas, sexes = named(table.schema, AREAS), named(table.schema, SEXES)
    with duckdb.connect() as raw:
        raw.register("events", table)
        connection = ibis.duckdb.from_connection(raw)
        found = connection.to_pyarrow(entries(connection.table("events"), question)).to_pylist()
    kinds = {weight: kind for kind, weight in WEIGHT.items() if kind in KINDS}
    rows = [
        Row(
            person=str(row["person"]),
            window=question.ordered[row["window"]],
            index=row["entry"],
            occasion=str(row["occasion"]),
            kind=kinds[row["weight"]],
            reoffences=row["reoffences"] or 0,
            severe=bool(row["severe"]) if question.options.serious else None,
            days_to_first=row["days_to_first"],
            previous=row["previous"],
            age=row["age"],
            area="" if row["area"] is None else areas[row["area"]],
            sex="" if row["sex"] is None else sexes[row["sex"]],
        )
        for row in found
    ]
    return in_one_order(rows)
