"""How ``reoffending compute`` says what it counted: as a table, as CSV and as JSON, with the times to the first if asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselight.cli.speaking import say_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from caselight.engines.reoffending.first_times import Key
    from caselight.engines.reoffending.results import Found
    from caselight.method.reoffending.first_times import FirstTimes
    from caselight.method.reoffending.rates import Counts
    from caselight.method.statistics.proportions import Undefined

    Times = Mapping[Key, FirstTimes]
    Cells = tuple[object, ...]

COUNTS = ("entries", "reoffenders", "reoffences", "binary %", "per offender", "per reoffender")


def say(found: Found, by: tuple[str, ...], times: Times) -> None:
    """Print the counts, then the times to the first reoffence where there are any."""
    rows = [(*head, *figures) for _, head, figures in _rows(found, by)]
    say_table((*_heads(by), *COUNTS), rows, right=frozenset(COUNTS))
    if times:
        _say_times(found, by, times)


def _say_times(found: Found, by: tuple[str, ...], times: Times) -> None:
    """A line for each of the lines above: how many of its entries reoffended first in each month."""
    months = tuple(str(n + 1) for n in range(_months(times)))
    click.echo(
        "\nMedian days to the first reoffence, and the entries that reoffended first in each month after the index:"
    )
    rows = [(*head, _rate(times[key].median_days), *times[key].by_month) for key, head, _ in _rows(found, by)]
    say_table((*_heads(by), "median days", *months), rows, right=frozenset({"median days", *months}))


def _months(times: Times) -> int:
    """How many months the follow-up has; none where nobody asked for them."""
    return max((len(of.by_month) for of in times.values()), default=0)


def _heads(by: tuple[str, ...]) -> tuple[str, ...]:
    return ("cohort", "state", *by)


def _rows(found: Found, by: tuple[str, ...]) -> list[tuple[Key, Cells, Cells]]:
    """Key, names and figures of each group, and of each whole cohort after its groups where there are any."""
    rows: list[tuple[Key, Cells, Cells]] = []
    for window, state in found.states.items():
        cohort = (window.label, str(state))
        for group in found.groups if by else ():
            if group.window == window:
                names = tuple(group.by[name] for name in by)
                rows.append(((window, names), (*cohort, *names), _figures(group.counts)))
        rows.append(((window, ()), (*cohort, *("all",) * len(by)), _figures(found.total(window))))
    return rows


def _figures(counts: Counts) -> tuple[object, ...]:
    rates = (counts.binary, counts.per_offender, counts.per_reoffender)
    return (counts.entries, counts.reoffenders, counts.reoffences, *map(_rate, rates))


def _rate(rate: Decimal | Undefined) -> str:
    from caselight.method.statistics.proportions import Undefined

    return "[u]" if isinstance(rate, Undefined) else str(rate)


def write(out: Path, found: Found, by: tuple[str, ...], times: Times) -> None:
    """Write the counts as CSV, whole or not at all; each row names what it was computed by."""
    from caselight.formats.files import write_whole

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    months = [f"first in month {n + 1}" for n in range(_months(times))]
    when = ["median days to first", *months] if times else []
    writer.writerow((*_heads(by), *COUNTS, *when, "measure", "options", "extract", "engine", "input_sha256", "linkage"))
    about = (found.measure, found.options, found.as_of, found.engine, found.input_hash, found.linkage)
    for key, head, figures in _rows(found, by):
        of = (_rate(times[key].median_days), *times[key].by_month) if times else ()
        writer.writerow((*head, *figures, *of, *about))
    write_whole(out, text.getvalue().encode())


def as_data(found: Found, times: Times) -> dict[str, Any]:
    """The whole result for a program. A rate that is withheld is null."""
    return {
        "measure": found.measure,
        "options": found.options,
        "engine": found.engine,
        "extract": str(found.as_of),
        "input_sha256": found.input_hash,
        "linkage": found.linkage,
        "rows": found.rows,
        "dropped": {str(rule): count for rule, count in found.drops.items()},
        "set_aside": {str(note): count for note, count in found.notes.items()},
        "cohorts": [
            {"cohort": window.label, "state": str(state), **_numbers(found.total(window)), **_when(times, (window, ()))}
            for window, state in found.states.items()
        ],
        "groups": [
            {"cohort": one.window.label, **one.by, **_numbers(one.counts), **_when(times, (one.window, tuple(one.by.values())))}
            for one in found.groups if one.by
        ],
    }  # fmt: skip


def _when(times: Times, key: Key) -> dict[str, Any]:
    """In which months the entries of a group reoffended first, and what share had by their ends; nothing if not asked."""
    if key not in times:
        return {}
    of = times[key]
    reached = [_given(share) for share in of.reached]
    return {
        "first_in_month": of.by_month,
        "reoffended_by_month": reached,
        "median_days_to_first": _given(of.median_days),
    }


def _given(rate: Decimal | Undefined) -> str | None:
    said = _rate(rate)
    return None if said == "[u]" else said


def _numbers(counts: Counts) -> dict[str, Any]:
    names = ("entries", "reoffenders", "reoffences", "binary", "per_offender", "per_reoffender")
    numbers = {name: None if value == "[u]" else value for name, value in zip(names, _figures(counts), strict=True)}
    return {**numbers, "severe": counts.severe}
