"""The definition as a careful script with pandas would have it: vectorised, one cohort after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import NAMES

DAYS = ("offence_date", "proven_date", "release_date", "born")
OCCASION = ["person", "proven_date", "occasion"]


def compute(path: Path, question: Question) -> list[tuple[int, ...]]:
    """Entries, reoffenders and reoffences by window, area, sex and age band, for the default options."""
    rows = pq.read_table(path, columns=list(NAMES)).to_pandas(date_as_object=False)
    for name in DAYS:
        rows[name] = rows[name].astype("datetime64[s]")
    as_of = np.datetime64(question.as_of, "s")
    rows = rows[
        rows.kind.isin([0, 1, 2]) & rows.recordable & rows.in_jurisdiction & ~rows.tic & (rows.proven_date <= as_of)
    ]
    rows = rows.drop_duplicates(["person", "occasion", "offence", "offence_date", "proven_date"])
    rows.loc[rows.offence_date > rows.proven_date, "offence_date"] = pd.NaT
    free = (rows.kind == 2) & (rows.release_date >= rows.proven_date) & (rows.release_date <= as_of)
    rows["release_date"] = rows.release_date.where(free)
    occasions = rows.groupby(OCCASION, sort=False, as_index=False).agg(
        kind=("kind", "max"),
        released=("release_date", "max"),
        area=("area", "min"),
        sex=("sex", "min"),
        born=("born", "min"),
    )
    occasions["entry"] = occasions.released.where(occasions.kind == 2, occasions.proven_date)
    counted = rows.loc[~rows.breach & rows.offence_date.notna(), [*OCCASION, "offence_date"]]
    found = []
    for number, window in enumerate(question.ordered):
        first, last = np.datetime64(window.first, "s"), np.datetime64(window.last, "s")
        found += [
            (number, *group) for group in _cohort(occasions[occasions.entry.between(first, last)], counted, question)
        ]
    return sorted(found)


def _cohort(inside: pd.DataFrame, counted: pd.DataFrame, question: Question) -> list[tuple[int, ...]]:
    """One window: the first entry of each person, what came after it, and both in groups."""
    order = inside.sort_values(["person", "entry", "kind", "occasion"], ascending=[True, True, False, True])
    index = order.drop_duplicates("person").copy()
    index["until"], index["known"] = _plus(index.entry, 12), _plus(index.entry, 18)
    index["age"] = _age(index.born, index.entry)
    index["band"] = np.searchsorted(question.options.age_bands, index.age, side="right") - 1
    joined = index.merge(counted, on="person", suffixes=("", "_of"))
    other = (joined.occasion != joined.occasion_of) | (joined.proven_date != joined.proven_date_of)
    inside = (joined.offence_date > joined.entry) & (joined.offence_date <= joined.until)
    after = joined[other & inside & (joined.proven_date_of <= joined.known)]
    index["n"] = index.person.map(after.groupby("person").size()).fillna(0).astype(np.int64)
    groups = index.groupby(["area", "sex", "band"]).agg(
        entries=("n", "size"), reoffenders=("n", lambda n: (n > 0).sum()), reoffences=("n", "sum")
    )
    return [tuple(map(int, row)) for row in groups.reset_index().to_numpy()]


def _plus(days: pd.Series[Any], months: int) -> pd.Series[Any]:
    """So many months later, or the last day of a shorter month."""
    values = days.to_numpy().astype("datetime64[D]")
    month = values.astype("datetime64[M]")
    later = (month + months).astype("datetime64[D]") + (values - month.astype("datetime64[D]"))
    end = (month + months + 1).astype("datetime64[D]") - 1
    return pd.Series(np.minimum(later, end).astype("datetime64[s]"), index=days.index)


def _age(born: pd.Series[Any], day: pd.Series[Any]) -> Any:
    had = (day.dt.month > born.dt.month) | ((day.dt.month == born.dt.month) & (day.dt.day >= born.dt.day))
    return day.dt.year - born.dt.year - (~had).astype(np.int64)
