"""``caselight reoffending compute EVENTS``: cohorts of a measure from a Parquet file of offence events."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselight.cli.speaking import say_json, say_table

if TYPE_CHECKING:
    from decimal import Decimal

    from caselight.engines.reoffending.asking import Question
    from caselight.engines.reoffending.merging import Same
    from caselight.engines.reoffending.results import Found, Group
    from caselight.method.reoffending.measures import Measure
    from caselight.method.reoffending.rates import Counts
    from caselight.method.statistics.proportions import Undefined

COUNTS = ("entries", "reoffenders", "reoffences", "binary %", "per offender", "per reoffender")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("events", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--measure", "measure_id", required=True, metavar="ID", help="The measure, such as EW-3M.")
@click.option("--from", "first", required=True, type=DAY, metavar="DAY", help="The first day of the first cohort.")
@click.option("--to", "last", required=True, type=DAY, metavar="DAY", help="The last day of the last cohort.")
@click.option("--as-of", required=True, type=DAY, metavar="DAY", help="The day of the extract.")
@click.option(
    "--by",
    type=click.Choice(["area", "sex", "age", "previous"]),
    multiple=True,
    help="Break the counts down. Can be given several times.",
)
@click.option("--ages", nargs=2, type=int, metavar="LOW HIGH", help="Only entries at these ages: 10 17 for children.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE",
              help="Compute with another value of an option of the measure; once for each.")  # fmt: skip
@click.option("--linked", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Who is whose person, as the command link wrote it.")  # fmt: skip
@click.option("--threshold", type=float, default=0.95, metavar="P", help="Which of its thresholds (default: 0.95).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the counts as CSV.")
@click.option("--left-out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write every row that was left out or had a date set aside, with its rule, as CSV.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def compute(  # noqa: PLR0913 - click hands every option over
    events: Path,
    measure_id: str,
    first: datetime,
    last: datetime,
    as_of: datetime,
    by: tuple[str, ...],
    ages: tuple[int, int] | None,
    options: tuple[str, ...],
    linked: Path | None,
    threshold: float,
    out: Path | None,
    left_out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Count who reoffended, in the cohorts of a measure, from a Parquet file of offence EVENTS.

    EVENTS may be in any order. What was left out, and why, is said after the counts. Under 30 entries no rate is given.
    """
    by = tuple(dict.fromkeys(by))
    question = _question(_measure(measure_id, options), (first.date(), last.date()), as_of.date(), by)
    found = _found(events, question, (by, ages), _same(linked, threshold))
    if out is not None:
        _write(out, found, by)
    if left_out is not None:
        _write_left_out(left_out, events, question, _same(linked, threshold))
    if as_json:
        say_json(_data(found))
        return
    say_table((*_heads(by), *COUNTS), _rows(found, by), right=frozenset(COUNTS))
    if found.linkage:
        click.echo(f"Ids of one person were made one, by the linkage {found.linkage}.", err=True)
    for line in found.explained():
        click.echo(line, err=True)


def _measure(measure_id: str, options: tuple[str, ...]) -> Measure:
    from caselight.method.reoffending.measures import measure
    from caselight.method.reoffending.options import read_option

    named = [one.partition("=")[::2] for one in options]
    changed = {name.strip(): read_option(name.strip(), value) for name, value in named}
    how = measure(measure_id)
    return how.with_options(**changed) if changed else how


def _question(how: Measure, span: tuple[date, date], as_of: date, by: tuple[str, ...]) -> Question:
    from caselight.engines.reoffending.asking import Question
    from caselight.method.reoffending.months import cohorts

    return Question(how, cohorts(how.window, *span), as_of, by)


def _same(linked: Path | None, threshold: float) -> Same | None:
    from caselight.engines.reoffending.merging import Same
    from caselight.formats.linkage_files import read_linked

    return None if linked is None else Same.of(read_linked(linked, threshold), threshold)


def _found(
    events: Path, question: Question, asked: tuple[tuple[str, ...], tuple[int, int] | None], same: Same | None
) -> Found:
    from caselight.engines.reoffending.ages import Ages, of_ages
    from caselight.engines.reoffending.computing import compute as computed

    by, ages = asked
    if ages is None:
        return computed(events, question, hashed=True, same=same)
    wanted = Ages(*ages)
    wanted.labels(question.options.age_bands)  # what cannot be asked is refused before anything is read
    broken_down = replace(question, by=tuple(dict.fromkeys((*by, "age"))))
    return of_ages(computed(events, broken_down, hashed=True, same=same), question, wanted, by)


def _heads(by: tuple[str, ...]) -> tuple[str, ...]:
    return ("cohort", "state", *by)


def _rows(found: Found, by: tuple[str, ...]) -> list[tuple[object, ...]]:
    """A row for each group, and one for each whole cohort where there are groups."""
    rows: list[tuple[object, ...]] = []
    for window, state in found.states.items():
        if by:
            rows += [_row(found, group, by) for group in found.groups if group.window == window]
        whole = ("all",) * len(by)
        rows.append((window.label, str(state), *whole, *_figures(found.total(window))))
    return rows


def _row(found: Found, group: Group, by: tuple[str, ...]) -> tuple[object, ...]:
    said = (group.by[name] for name in by)
    return (group.window.label, str(found.states[group.window]), *said, *_figures(group.counts))


def _figures(counts: Counts) -> tuple[object, ...]:
    rates = (counts.binary, counts.per_offender, counts.per_reoffender)
    return (counts.entries, counts.reoffenders, counts.reoffences, *map(_rate, rates))


def _rate(rate: Decimal | Undefined) -> str:
    from caselight.method.statistics.proportions import Undefined

    return "[u]" if isinstance(rate, Undefined) else str(rate)


def _write(out: Path, found: Found, by: tuple[str, ...]) -> None:
    from caselight.formats.files import write_whole

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_heads(by), *COUNTS, "measure", "options", "extract", "engine", "input_sha256", "linkage"))
    about = (found.measure, found.options, found.as_of, found.engine, found.input_hash, found.linkage)
    writer.writerows((*row, *about) for row in _rows(found, by))
    write_whole(out, text.getvalue().encode())


def _write_left_out(to: Path, events: Path, question: Question, same: Same | None) -> None:
    """Row by row, so that whoever delivered the events can look each of them up: by its number, and nothing of it."""
    from contextlib import nullcontext

    from caselight.engines.reoffending.accounting import rows_of
    from caselight.engines.reoffending.merging import merged
    from caselight.formats.files import write_whole
    from caselight.method.reoffending.cleaning import IN_WORDS, Drop

    with nullcontext(events) if same is None else merged(events, same) as path:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("row", "what", "rule", "in words"))
        for row, rule in rows_of(path, question):
            writer.writerow(
                (row, "left out" if isinstance(rule, Drop) else "date set aside", str(rule), IN_WORDS[rule])
            )
    write_whole(to, text.getvalue().encode())


def _data(found: Found) -> dict[str, Any]:
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
            {"cohort": window.label, "state": str(state), **_numbers(found.total(window))}
            for window, state in found.states.items()
        ],
        "groups": [{"cohort": one.window.label, **one.by, **_numbers(one.counts)} for one in found.groups if one.by],
    }


def _numbers(counts: Counts) -> dict[str, Any]:
    names = ("entries", "reoffenders", "reoffences", "binary", "per_offender", "per_reoffender")
    numbers = {name: None if value == "[u]" else value for name, value in zip(names, _figures(counts), strict=True)}
    return {**numbers, "severe": counts.severe}
