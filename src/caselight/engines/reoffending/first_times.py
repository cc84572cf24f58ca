"""How soon the entries of a computation reoffended, for each whole cohort and each group that was asked."""

from __future__ import annotations

from collections.abc import Mapping

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.results import Found
from caselight.method.reoffending.cohort import Row
from caselight.method.reoffending.first_times import FirstTimes, first_times
from caselight.method.reoffending.months import Window
from caselight.method.reoffending.options import Options, band, band_label

Key = tuple[Window, tuple[str, ...]]  # the names of a group as they stand in ``Group.by``; none for a whole cohort


def times_of(found: Found, question: Question, by: tuple[str, ...]) -> Mapping[Key, FirstTimes]:
    """By cohort and names, of a result whose rows were asked (``Question.rows``)."""
    rows: dict[Key, list[Row]] = {(window, ()): [] for window in found.states}
    for row in found.entries:
        rows[row.window, ()].append(row)
        if by:
            rows.setdefault((row.window, _names(row, by, question.options)), []).append(row)
    return {key: first_times(of, question.options) for key, of in rows.items()}


def _names(row: Row, by: tuple[str, ...], options: Options) -> tuple[str, ...]:
    def name(one: str) -> str:
        if one in {"area", "sex"}:
            return getattr(row, one) or "not known"
        bands = options.age_bands if one == "age" else options.previous_bands
        return band_label(band(getattr(row, one), bands), bands)

    return tuple(map(name, by))
