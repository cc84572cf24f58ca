"""Invented offence rows for measuring: quick to make, of a plausible shape, fitted to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from caselight.engines.reoffending.columns import schema

AREAS = tuple(f"E{number:03}" for number in range(174))
PART = 1_000_000  # rows made at a time, so that memory stays small
NO_DAY = -(10**6)


def write(path: Path, rows: int, *, shuffled: bool = False) -> None:
    """About so many rows; sorted by person, or in an order of no meaning."""
    made, person, part = 0, 0, 0
    with pq.ParquetWriter(path, schema(AREAS, ("F", "M"), is_sorted=not shuffled), compression="zstd") as writer:
        while made < rows:
            columns, person = _people(np.random.default_rng(part), person, min(PART, rows - made))
            keys = ("offence_date", "offence", "occasion", "proven_date", "person")
            order = np.lexsort([columns[name] for name in keys])
            if shuffled:
                order = np.random.default_rng(part).permutation(len(order))
            writer.write_table(_table({name: values[order] for name, values in columns.items()}, writer.schema))
            made, part = made + len(order), part + 1


def _people(rng: np.random.Generator, first: int, rows: int) -> tuple[dict[str, Any], int]:
    """The rows of people numbered from ``first``: occasions a person, gaps, offences an occasion, and some dirt."""
    people = max(int(rows / 3.7), 1)
    per = np.minimum(rng.geometric(1 / 2.3, people), 40)
    person, many = np.repeat(np.arange(people), per), int(per.sum())
    gap = np.where(rng.random(many) < 0.55, rng.exponential(75, many), rng.exponential(420, many)).astype(np.int64)
    passed = np.cumsum(gap)
    begins = np.repeat(passed[np.cumsum(per) - per], per)
    start = rng.integers(12_000, 17_800, people)
    offended = start[person] + passed - begins
    lag = np.where(rng.random(many) < 0.1, 0, np.exp(rng.normal(np.log(49), 0.9, many))).astype(np.int64)
    kind = np.where(rng.random(many) < 0.01, 3, rng.choice([0, 1, 2], many, p=[0.33, 0.6, 0.07]))
    area, sex = rng.integers(0, len(AREAS), people), (rng.random(people) < 0.8).astype(np.int64)
    born = start - rng.integers(10 * 365, 18 * 365, people)
    at = np.repeat(np.arange(many), np.minimum(rng.geometric(1 / 1.6, many), 8))
    at = np.sort(np.concatenate([at, rng.choice(at, len(at) // 200)]))
    size, who = len(at), person[at]
    proven = (offended + lag)[at]
    columns = {
        "person": first + who,
        "occasion": at,
        "offence": np.where(rng.random(size) < 0.005, 0, np.arange(size)),
        "offence_date": np.where(rng.random(size) < 0.01, NO_DAY, offended[at]),
        "proven_date": proven,
        "kind": kind[at],
        "release_date": np.where(kind == 2, offended + lag + rng.lognormal(4.5, 0.8, many).astype(np.int64), NO_DAY)[
            at
        ],
        "recordable": rng.random(size) > 0.02,
        "breach": rng.random(size) < 0.05,
        "in_jurisdiction": rng.random(size) > 0.01,
        "tic": rng.random(size) < 0.01,
        "severity": rng.integers(1, 9, size),
        "area": area[who],
        "police_area": area[who],
        "sex": sex[who],
        "born": born[who],
    }
    return columns, first + people


def _table(columns: dict[str, Any], wanted: pa.Schema) -> pa.Table:
    arrays = []
    for field in wanted:
        values = columns[field.name]
        plain = pa.array(values, mask=values == NO_DAY if values.dtype != np.bool_ else None)
        arrays.append(plain.cast(pa.int32()).cast(field.type) if field.type == pa.date32() else plain.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=wanted)
