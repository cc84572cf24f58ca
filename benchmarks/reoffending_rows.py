"""Offence rows for measuring: those of the product's own generator, mistakes included; and the same in no order."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from caselight.engines.reoffending import synthetic

EACH = 5.97  # rows that a person has, in the mean


def write(path: Path, rows: int) -> None:
    """About so many rows, sorted by person."""
    with path.open("wb") as events, Path(os.devnull).open("wb") as beside:
        synthetic.write(synthetic.Wanted(round(rows / EACH)), events, beside, beside)


def shuffle(path: Path, to: Path) -> None:
    """The same rows in an order of no meaning."""
    table = pq.read_table(path)
    pq.write_table(table.take(np.random.default_rng(1).permutation(table.num_rows)), to)
