"""``caselight reoffending compute EVENTS``: cohorts of a measure from a Parquet file of offence events."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli import reoffending_counts
from caselight.cli.speaking import say_json

if TYPE_CHECKING:
    from caselight.engines.reoffending.asking import Question
    from caselight.engines.reoffending.merging import Same
    from caselight.engines.reoffending.results import Found
    from caselight.method.reoffending.measures import Measure

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
@click.option("--first-times", is_flag=True,
              help="Say too in which month after the index the first reoffence came.")  # fmt: skip
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
    first_times: bool,
    as_json: bool,
) -> None:
    """Count who reoffended, in the cohorts of a measure, from a Parquet file of offence EVENTS.

    EVENTS may be in any order. What was left out, and why, is said after the counts. Under 30 entries no rate is given.
    """
    by = tuple(dict.fromkeys(by))
    asked = _question(_measure(measure_id, options), (first.date(), last.date()), as_of.date(), by)
    question = replace(asked, rows=first_times)
    found = _found(events, question, (by, ages), _same(linked, threshold))
    times = _times(found, question, by) if first_times else {}
    if out is not None:
        reoffending_counts.write(out, found, by, times)
    if left_out is not None:
        _write_left_out(left_out, events, question, _same(linked, threshold))
    if as_json:
        say_json(reoffending_counts.as_data(found, times))
        return
    reoffending_counts.say(found, by, times)
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


def _times(found: Found, question: Question, by: tuple[str, ...]) -> reoffending_counts.Times:
    from caselight.engines.reoffending.first_times import times_of

    return times_of(found, question, by)


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
